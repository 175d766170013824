"""A merge of two people names what contradicts, with the cure, and leaves no employments that overlap."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops import Problem, Refused
from officeops.office.merging import merge
from officeops_hr.people.employment import Employment, overlapping
from officeops_hr.people.pay import Pay
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.leave.conftest import Leave

    from officeops.office.office import Office
    from officeops.testing import Ran

START: Final = date(2020, 1, 1)


def _alone(leave: Leave) -> None:
    """Take out the pay, which is sealed and so always a person's decision."""
    with leave.office.acting("test"):
        for pay in leave.office.all(Pay):
            leave.office.archive(pay)


def test_overlapping_employments_refuse_a_merge_until_their_days_are_corrected(
    leave: Leave,
    cli: Callable[..., Ran],
) -> None:
    _alone(leave)
    ran = cli("person", "merge", "P-4", "--into", "P-5")
    assert ran.code == 1
    assert "Employment #4: shares days with the employment from 2024-05-01 to now" in ran.err
    assert "correct the days of one, or archive it, and merge again" in ran.err
    cli("employment", "edit", "#4", "--last-day", "2024-04-30")
    assert cli("person", "merge", "P-4", "--into", "P-5").code == 0
    spans = [row["hired_on"] for row in cli("employment", "list", "person=P-5", "--json").json]
    assert spans == ["2024-04-01", "2024-05-01"]
    assert list(overlapping(leave.office)) == []
    assert cli("undo").code == 0
    assert cli("person", "show", "P-4", "--json").json["status"] == "left"


def test_an_employment_that_ended_is_not_folded_into_one_that_goes_on(
    leave: Leave,
    cli: Callable[..., Ran],
) -> None:
    _alone(leave)
    cli("employment", "edit", "#4", "--hired-on", "2024-05-01", "--last-day", "2025-01-01")
    ran = cli("person", "merge", "P-4", "--into", "P-5")
    assert (ran.code, "#4: it ends on 2025-01-01, and #5 does not" in ran.err) == (1, True)


def test_two_enrollments_that_differ_are_named_with_the_cure(
    leave: Leave,
    cli: Callable[..., Ran],
) -> None:
    _alone(leave)
    cli("employment", "archive", "#4")
    cli("leave-enrollment", "edit", "#4", "--percent", "50")
    ran = cli("person", "merge", "P-4", "--into", "P-5")
    said = "Leave enrollment #4: percent differs from #5; edit or archive one of the two"
    assert (ran.code, said in ran.err) == (1, True)
    cli("leave-enrollment", "edit", "#4", "--percent", "100")
    assert cli("person", "merge", "P-4", "--into", "P-5").code == 0


SPANS: Final = st.lists(
    st.tuples(st.integers(0, 20), st.none() | st.integers(0, 6)),
    max_size=3,
    unique_by=lambda span: span[0],
)


def _spans(office: Office, person: Person, spans: list[tuple[int, int | None]]) -> None:
    for first, days in spans:
        hired_on = START + timedelta(first)
        last_day = None if days is None else hired_on + timedelta(days)
        row = Employment(person_id=person.id, hired_on=hired_on, last_day=last_day)
        # Those that share days are refused as they are entered.
        if not [problem for problem in row.check(office) if isinstance(problem, Problem)]:
            office.add(row)


@tried(120)
@given(one=SPANS, other=SPANS)
def test_no_merge_leaves_employments_that_share_days(
    office: Office,
    one: list[tuple[int, int | None]],
    other: list[tuple[int, int | None]],
) -> None:
    with office.acting("test"):
        gone, keep = (office.add(Person(name=name)) for name in ("Al", "Bo"))
        _spans(office, gone, one)
        _spans(office, keep, other)
    try:
        with office.acting("hr.person.merge"):
            merge(office, keep, gone)
    except Refused:
        pass
    assert list(overlapping(office)) == []
