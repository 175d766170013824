"""Renewals of the made-up people's credentials: the term before, and when the next one was entered.

Each quarter the practice entered the renewals of its credentials that were about to end; one came
late, as it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Value
from officeops_hr.credentials.credential import Credential

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.demo import Demo

#: The day, from today, on which the practice entered its credentials.
FIRST: Final = -690
#: Days between two afternoons on which renewals are entered.
_QUARTER: Final = 90
#: Days of a month, on average, as whole days: made-up ends need no more.
_MONTH: Final = 30
#: The end, in days from today, of the one that was renewed late, and by how many days.
_LATE: Final = {-440: 100}
_HELD: Final = "SELECT id, person_id, type_id FROM hr_credential"


class Term(Value):
    """A term of a credential: its values, and the day from today on which it was entered."""

    facts: dict[str, Any]
    entered: int

    def row(self, replaces: int | None) -> dict[str, Any]:
        """Return the values to write; `replaces` is the credential of the term before."""
        return {**self.facts, "replaces_id": replaces}


def terms_of(
    demo: Demo,
    facts: dict[str, Any],
    end: int,
    months: int,
) -> Iterator[Term]:
    """Yield the term before, if the practice had begun by its end, and the one that ends on a day."""
    term = months * _MONTH
    if term and end > term:
        # No term is longer than its cycle.
        end -= term
    before = end - term
    is_old = term and before > FIRST + _QUARTER
    if not is_old:
        yield Term(
            _dated(demo, facts, FIRST, end),
            FIRST,
        )
        return
    yield Term(
        _dated(demo, facts, FIRST, before),
        FIRST,
    )
    since = before - FIRST
    entered = FIRST + since - since % _QUARTER
    entered += _LATE.get(before, 0)
    begun = max(before + 1, entered)
    first_day = demo.day(begun)
    renewed = {**facts, "issued_on": first_day.isoformat()}
    yield Term(
        _dated(demo, renewed, entered, end),
        entered,
    )


def _dated(
    demo: Demo,
    facts: dict[str, Any],
    entered: int,
    end: int,
) -> dict[str, Any]:
    """Return facts with an end; licenses are looked up at their source."""
    last_day = demo.day(end)
    dated = {
        "issued_on": None,
        **facts,
        "expires_on": last_day.isoformat(),
        "verified_on": None,
        "verified_by": None,
    }
    if facts["state"]:
        day = demo.day(entered)
        dated["verified_on"] = day.isoformat()
        dated["verified_by"] = "ann"
    return dated


def write_renewals(demo: Demo, terms: Sequence[Term]) -> None:
    """Write the renewals, those of a quarter in one go."""
    held = {}
    for number, person, of_type in demo.office.rows(_HELD):
        held[person, of_type] = number
    by_day: dict[int, list[dict[str, Any]]] = {}
    for term in terms:
        if term.entered != FIRST:
            of = term.facts["person_id"], term.facts["type_id"]
            row = term.row(held[of])
            by_day.setdefault(term.entered, []).append(row)
    for day, rows in sorted(by_day.items()):
        with demo.at(demo.day(day), "ann"), demo.writing():
            demo.office.add_many(Credential, rows)
