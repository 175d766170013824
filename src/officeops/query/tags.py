"""Tags in a list of any kind of record: the filter `tag=word`, and the column `tags`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.model.identity import folded_sql
from officeops.model.text_folding import folded
from officeops.query.terms import MOST, marks_for
from officeops.query.words import like

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.meta import Meta
    from officeops.query.terms import Term

    #: SQL and the values that it takes.
    Condition = tuple[str, list[object]]

#: The name of the column, where a kind has no field of that name.
COLUMN: Final = "tags"


def is_tag(meta: Meta, name: str) -> bool:
    """Whether the name of the filter or the column means tags, and no field of the kind's own."""
    return not (meta.derived or meta.about) and meta.field(name) is None


def tag_field(meta: Meta) -> Field:
    """Return the column of the tags of each record, separated by commas."""
    own = f"SELECT word FROM core_tag {_about(meta, 'core_tag')} AND about_id = t.id ORDER BY word"
    sql = f"(SELECT group_concat(word, ', ') FROM ({own}))"
    return Field("text", default=None, label="Tags", sql=sql).named(COLUMN, "str")


def tagged(
    meta: Meta,
    term: Term,
    has: Callable[[Meta, str], bool] | None,
) -> Condition:
    """Make the condition of a term such as `tag=urgent`. Raises UsageProblem.

    `has` tells whether any record of the kind has a folded word: an empty list would hide a typo.
    """
    rows = f"SELECT about_id FROM core_tag {_about(meta, 'core_tag')}"
    if term.op not in {"=", "!=", "~"}:
        raise UsageProblem(
            f"The filter tag{term.op}: a tag is compared with = != or ~.", code="malformed"
        )
    if not term.text:
        # Blank is no tag at all, as a blank value is for a field.
        no = "" if term.op == "!=" else "NOT "
        return f"t.id {no}IN ({rows})", []
    # Folded on both sides, as names are: Récall and RECALL are one tag.
    word = folded_sql("core_tag.word")
    if term.op == "~":
        pattern = f"%{like(folded(term.text))}%"
        return f"t.id IN ({rows} AND {word} LIKE ? ESCAPE '\\')", [pattern]
    words = [term.text] if term.is_quoted else term.text.split(",")
    if len(words) > MOST:
        raise UsageProblem(f"The filter has more than {MOST} tags.", code="too-many")
    for text in words:
        if has is not None and not has(meta, folded(text)):
            raise UsageProblem(
                f"The filter on tag: no {meta.one} has the tag {text[:80]!r}; "
                f"tag~{text.partition(' ')[0][:40]} finds a part of it.",
                code="not-found",
            )
    wanted = [*map(folded, words)]
    return f"t.id {term.no}IN ({rows} AND {word} IN ({marks_for(wanted)}))", [*wanted]


def has_tag(meta: Meta) -> str:
    """Write the query for whether any record of a kind has a folded word as its tag."""
    word = folded_sql("core_tag.word")
    return f"SELECT 1 FROM core_tag {_about(meta, 'core_tag')} AND {word} = ? LIMIT 1"


def _about(meta: Meta, table: str) -> str:
    """Write the condition that a live row is about a record of a kind, also by a former key."""
    return f"WHERE {of_kind(meta, table)} AND {table}.archived_at IS NULL"


def of_kind(meta: Meta, table: str) -> str:
    """Write the condition that a row is about a kind of record, by its key or a former one."""
    keys = ", ".join(f"'{key}'" for key in (meta.key, *meta.former_keys))
    return f"{table}.about_key IN ({keys})"
