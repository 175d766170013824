"""The rule of rows that hang on any record: the record is there, and the person reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.about import Subject
    from officeops.model.meta import Meta
    from officeops.model.office import Office


def takes_rows(meta: Meta) -> bool:
    """Whether files, notes and tags may hang on a kind of record: not on one another."""
    return not (meta.derived or meta.about)


def subject_problems(office: Office, subject: Subject, *, is_new: bool) -> Iterator[Problem]:
    """Yield why a row cannot be about a record.

    One out of reach is refused like one that is not there. The plugin of an existing row's subject
    may be off.
    """
    kind = office.records.get(subject.key)
    if kind is None and not is_new:
        return
    if kind is None or not office.may_view(kind):
        why = f"{subject.key!r} is no kind of record that you see"
        facts = {"kind": "record", "text": subject.key}
        yield Problem(why, "about_key", code="not-found", facts=facts)
    elif not takes_rows(kind.meta):
        why = f"{kind.meta.plural} take no files, notes or tags"
        yield Problem(why, "about_key", code="not-together")
    elif not (_is_there(office, kind.meta, subject.id) and office.in_reach(kind, subject.id)):
        why = f"there is no {kind.meta.one} with id {subject.id}"
        facts = {"kind": kind.meta.noun, "text": str(subject.id)}
        yield Problem(why, "about_id", code="not-found", facts=facts)


def _is_there(office: Office, meta: Meta, number: int) -> bool:
    with office.lifted():
        return office.value(f"SELECT 1 FROM {meta.table} WHERE id = ?", number) is not None
