"""What a colleague learns of an absence: nothing, until the week is published again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan

from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.roster.absence.asked import ask
from officeops_hr.roster.absence.calling_out import call_out
from officeops_hr.roster.offers.shift_offer import ShiftOffer
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

#: By each of these somebody could learn who is out, who was asked, and who knows of a change.
ROADS: Final = (
    "today --json",
    "huddle --json",
    "me --json",
    "history --json",
    "call-out list --json",
    "call-out show CO-1",
    "cover-ask list --json",
    "roster-notice list --json",
    "shift-offer list --json",
    "leave-request list --json",
    "published-shift list --json",
    "roster-revision show #1",
    "roster who 2026-03-04 --json",
    "roster cover 2",
    "roster calendar --json",
    "undo",
)


def _seen(cli: Cli, login: str) -> dict[str, tuple[int, str, str]]:
    answers = {}
    for road in ROADS:
        ran = cli(*road.split(), login=login)
        answers[road] = (ran.code, ran.out, ran.err)
    return answers


def test_a_colleague_sees_the_same_before_and_after(
    office: Office, crew: dict[str, Person], cli: Cli
) -> None:
    """By each road that has the schedule, absences, or the people who were asked."""
    assistants(office, crew)
    ben, cyd = crew["ben"].id, crew["cyd"].id
    with office.acting("test.leave"):
        policy = office.add(LeavePolicy(name="Sick", kind="sick", accrues="never"))
        office.add(LeaveEnrollment(person_id=cyd, policy_id=policy.id))
    _, hers, other = plan(office, [(2, ben, 480, 780), (2, cyd, 480, 780), (3, cyd, 480, 780)])
    office.do(publish_schedule, week=MONDAY)
    before = _seen(cli, "ben")
    office.do(call_out, crew["cyd"], first_day=hers.day)
    office.do(ask, office.get(Shift, hers.id), person_id=crew["lea"].id, answer="no")
    with office.acting("test.taken"):
        # Cyd and Lea agree on something else, which is theirs.
        office.add_made(
            ShiftOffer(shift_id=other.id, person_id=cyd, taker_id=crew["lea"].id, state="taken")
        )
    after = _seen(cli, "ben")
    assert {road for road in ROADS if before[road] != after[road]} == set()
    # The manager's roads do change, so the comparison above could have failed.
    assert "CO-1" in cli("call-out", "list", "--json", login="mia").out
