"""Tagging: words put on a record and taken off it, each an action of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.core.tag_record import Tag
from officeops.model.about import Subject
from officeops.model.errors import Problem, Refused, reason_of
from officeops.model.text_folding import folded
from officeops.query.tags import of_kind
from officeops.values.convert import reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.office import Office
    from officeops.model.records import Record


def tag(
    office: Office,
    record: Record,
    words: Iterable[str],
    request: str | None = None,
) -> list[str]:
    """Put words on a record; return those that it did not have. Raises Refused, Already."""
    wanted = _read(office, words)
    arguments = {"of": [f"{record.meta.key}:{record.id}"], "words": wanted}
    office.once(request, "core.tag.add", lambda _, given: given == arguments)
    # A person who tags twice has the tag, so a word that is there is no error.
    present = _present(office, record)
    new = [word for word in wanted if folded(word) not in present]
    if not new:
        office.allow("core.tag.add")
        return []
    about: Any = Subject(record.meta.key, record.id)
    with office.acting("core.tag.add", arguments, request=request) as outcome:
        for word in new:
            office.add(Tag(about=about, word=word))
        outcome.append(", ".join(new))
    return new


def untag(
    office: Office,
    record: Record,
    words: Iterable[str],
    request: str | None = None,
) -> list[str]:
    """Take words off a record; return those that it had. Raises Already."""
    wanted = _read(office, words)
    arguments = {"of": [f"{record.meta.key}:{record.id}"], "words": wanted}
    office.once(request, "core.tag.archive", lambda _, given: given == arguments)
    present = _present(office, record)
    gone = [present[folded(word)] for word in wanted if folded(word) in present]
    if not gone:
        office.allow("core.tag.archive")
        return []
    with office.acting("core.tag.archive", arguments, request=request) as outcome:
        for held in gone:
            office.archive(held)
        outcome.append(", ".join(held.word for held in gone))
    return [held.word for held in gone]


def _read(office: Office, words: Iterable[str]) -> list[str]:
    """Read typed words, each once. Raises Refused for one that no tag can be."""
    field = Tag.meta.by_name["word"]
    read = reader(field, office.ways)
    wanted: dict[str, str] = {}
    for text in words:
        try:
            # People know tags as #recall, and a filter has no use for the sign.
            word = read(text.lstrip("#"))
        except ValueError as error:
            sentence = reason_of(error, field.kind.code)
            problem = Problem(sentence, "word", sentence.code)
            raise Refused([problem], Tag.meta.label) from None
        if not word:
            raise Refused([Problem("is needed", "word", code="needed")], Tag.meta.label)
        wanted.setdefault(folded(word), str(word))
    return [*wanted.values()]


def _present(office: Office, record: Record) -> dict[str, Tag]:
    """Map the folded tags of a record to the rows."""
    office.allow_view(Tag)
    where = f"{of_kind(record.meta, Tag.meta.table)} AND about_id = ?"
    return {folded(held.word): held for held in office.all(Tag, where, record.id)}
