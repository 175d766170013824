"""Nameless subjects: a record that no word finds, as a file names it: `#34 BAA of Acme`.

A number alone is another record's in another office. With the words beside it, it is that record
where the words are true of it, or else the one of which they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops.model.errors import NotFound

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.model.records import Record

_NUMBERED: Final = re.compile(r"#([0-9]{1,18}) (\S.*)")


def in_words(
    office: Office,
    kind: type[Record],
    number: int,
) -> str:
    """Return the number of a record, with what it is and whose."""
    return f"#{number} {office.describe(office.get(kind, number))}"


def meant(
    office: Office,
    kind: type[Record],
    text: str,
) -> Record | None:
    """Find the record that such a text names; None for a text of another form.

    Raises NotFound where its words are true of no record, or of several.
    """
    parts = _NUMBERED.fullmatch(text.strip())
    if parts is None:
        return None
    number, words = int(parts[1]), parts[2]
    meta = kind.meta
    rows = list(office.some(kind, [number]))
    if not _same(office, rows, words) and not meta.append_only:
        # Entries of a ledger are of their office alone, and too many to look through.
        rows = list(office.all(kind))
    same = _same(office, rows, words)
    if len(same) == 1:
        return same[0]
    why = f"there is no {meta.one} {words!r}"
    if same:
        why = f"{len(same)} {meta.many} are {words!r}, and #{number} is none of them"
    raise NotFound(why, code="not-found", facts={"kind": meta.noun, "text": text})


def _same(
    office: Office,
    rows: list[Record],
    words: str,
) -> list[Record]:
    """List the records within reach that words are true of."""
    same = [row for row in rows if office.describe(row) == words]
    beyond = office.out_of_reach(type(same[0]), [row.id for row in same]) if same else set()
    return [row for row in same if row.id not in beyond]
