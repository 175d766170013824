"""Every figure of law has its source beside it, and counts as nobody's word until the office ticks it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import officeops_hr
from officeops_hr.people.employment import Employment
from officeops_hr.safety.deadline import Deadline
from officeops_hr.safety.rules import add_deadlines, suggestions
from officeops_hr.safety.vaccine_offer import VaccineOffer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import Ran
    from officeops_hr.people.person import Person

#: Fields that say that somebody of the office vouches for a row.
TICKS: Final = {"confirmed", "confirmed_on", "checked_on"}
#: Where a candidate learned of the job, and why a practice wants a skill: figures of no law.
NO_LAW: Final = {"hr.candidate", "hr.skill"}
#: Rows that a practice decides by itself: no law says their figures.
OF_THE_HOUSE: Final = {"PTO by the month", "Vacation by pay period", "Unpaid leave", "Jury duty"}


def _rules() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row with a source, as it is in its file, with the name of the file."""
    for file in sorted(Path(officeops_hr.__path__[0]).rglob("*.csv")):
        # Policies that the demo makes up are rules of nobody.
        if file.parent.name == "demo_data":
            continue
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if "source" in row:
                    yield file.name, row


def test_each_row_of_the_rules_that_ship_names_its_source() -> None:
    rules = list(_rules())
    bare = {next(iter(row.values())) for _, row in rules if not row["source"].strip()}
    assert bare <= OF_THE_HOUSE
    assert len(rules) > 150


def test_each_law_says_on_which_day_it_was_compared_or_whom_to_ask() -> None:
    for file, row in _rules():
        day, ask = row["compared_on"], row["ask"]
        if row["source"].casefold() in {"house", ""}:
            # A habit of the house is compared with nothing.
            assert (day, ask) == ("", ""), (file, row)
            continue
        assert bool(day) != bool(ask), (file, row)
        assert not day or date.fromisoformat(day) >= date(2026, 11, 30)


def test_a_rule_that_ships_carries_its_comparison_into_the_office(office: Office) -> None:
    """Where a law was not compared, the record names whom to ask, not only the file."""
    office.do(add_deadlines)
    opinion = office.first(Deadline, "topic = 'opinion'")
    assert opinion
    assert (opinion.after, opinion.unit) == (15, "day")
    assert opinion.source == "29 CFR 1910.1030(f)(5) (compared 2026-11-30)"
    clinic = office.first(Deadline, "topic = 'clinic'")
    assert clinic
    assert str(clinic.source).endswith("(unconfirmed, check with the clinic that treats exposures)")
    assert (opinion.confirmed, clinic.confirmed) == (False, False)


#: Deadlines of a breach by state, as their laws had them when they were compared, in days.
OF_STATES: Final = {
    ("breach-state", "CA"): (15, "open_day"),
    ("breach-residents", "CA"): (30, "day"),
    ("breach-state", "CO"): (30, "day"),
    ("breach-state", "FL"): (30, "day"),
    ("breach-state", "NY"): (30, "day"),
    ("breach-state", "TX"): (60, "day"),
    # Texas wants its attorney general told before the people must know.
    ("breach-attorney-general", "TX"): (30, "day"),
    ("breach-state", "WA"): (30, "day"),
}


def test_the_notices_of_a_breach_have_the_days_of_their_states() -> None:
    days = {(row["topic"], row["state"]): (int(row["after"]), row["unit"]) for row in suggestions()}
    assert {key: days.get(key) for key in OF_STATES} == OF_STATES


def test_each_kind_of_rule_with_a_source_has_a_tick_that_no_new_one_has(office: Office) -> None:
    kinds = 0
    for key, kind in office.records.items():
        fields = kind.meta.by_name
        is_rule = key.startswith("hr.") and kind.meta.editable and "source" in fields
        if not is_rule or key in NO_LAW:
            continue
        ticks = TICKS.intersection(fields)
        assert ticks, f"{key} has figures with a source and nobody can confirm them"
        assert not any(fields[name].default for name in ticks), key
        kinds += 1
    assert kinds >= 9


def test_each_clock_of_retention_names_its_law(office: Office) -> None:
    for key, kind in office.records.items():
        if kind.retention is not None:
            assert kind.retention.why, key


def test_the_thirty_years_of_a_medical_record_count_from_the_last_day_of_work(
    office: Office,
    crew: dict[str, Person],
    freeze_today: Callable[[date | str], None],
    cli: Callable[..., Ran],
) -> None:
    """Archived long before its person left, a record of an exposure is kept all the same."""
    ben = crew["ben"]
    with office.acting("test"):
        offer = office.add(VaccineOffer(person_id=ben.id, answer="declined"))
        office.archive(offer)
    freeze_today("2057-03-01")
    assert cli("purge", "--dry-run", "--json").json == []
    with office.acting("test"):
        span = next(iter(office.all(Employment, "person_id = ?", ben.id)))
        office.edit(span, last_day=date(2026, 6, 30))
    freeze_today("2056-06-30")
    assert cli("purge", "--dry-run", "--json").json == []
    freeze_today("2056-07-01")
    assert len(cli("purge", "--dry-run", "--json").json) == 1
