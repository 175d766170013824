"""Action rows: the columns of an action as the chain reads them, and findings about one.

Rows stay tuples of bytes: a walk along the chain reads every action of a file, and making an object
of each would show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.history.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.history.finding import Mark

    Row = Sequence[Any]

#: Columns of `store.chain.ACTIONS`.
ID, FIRST, REQUEST, ACTOR, AT, VERB, ARGUMENTS, OUTCOME, DESTROYED, LINK, KEY_ID = range(11)


def about(action: Row, code: str, mark: Mark) -> Finding:
    """Make a finding about one action; without a digest of it at the mark's end, it has no mark."""
    facts = {
        "verb": text(action[VERB]),
        "actor": text(action[ACTOR]),
        "at": text(action[AT]),
    }
    if not mark[-1]:
        mark = ()
    return Finding(code, action[ID], facts=facts, mark=mark)


def missing(what: str, first: int, last: int) -> Finding:
    """Make the finding about numbers that nothing has: of "actions" or "changes"."""
    one = what.removesuffix("s")
    facts = {"first": first, "last": last}
    mark = ("missing", one, first, last)
    action = first if one == "action" else None
    return Finding(f"{what}-missing", action, facts=facts, mark=mark)


def hex_of(value: object) -> str:
    """Write a link as a mark has it."""
    return value.hex() if isinstance(value, bytes) else str(value)


def text(value: bytes | None) -> str:
    """Read a column that may hold anything in an altered file."""
    return "" if value is None else value.decode(errors="replace")


def key_of(action: Row) -> str:
    """Name the key that an action says it was sealed with."""
    return text(action[KEY_ID])


def with_next(rows: Iterator[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Yield each row with the one after it."""
    row = next(rows, None)
    while row is not None:
        following = next(rows, None)
        yield row, following
        row = following
