"""Stories: absences, covers, swaps and publications in any order, and each of them undone."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan
from tests.effort import examples, seed

from officeops import Refused
from officeops.history.undo import undo
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.roster.absence.asked import ask
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.absence.calling_out import call_out, end
from officeops_hr.roster.actions import assign, open_seat
from officeops_hr.roster.filling.fill_action import fill_schedule
from officeops_hr.roster.offers.life import OFFER
from officeops_hr.roster.offers.offering import offer
from officeops_hr.roster.offers.shift_offer import ShiftOffer
from officeops_hr.roster.published import changes_since, published
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.revision import PublishedShift, RosterRevision
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.tell import told

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_hr.people.person import Person

_DAY: Final = timedelta(days=1)
#: All that people see of the schedule: rows that are undone are archived, and ledgers add up.
_STATE: Final = (
    "SELECT id, person_id, call_out_id, day, starts_at FROM hr_shift WHERE archived_at IS NULL",
    "SELECT id, first_day, last_day FROM hr_call_out WHERE archived_at IS NULL",
    "SELECT id, answer FROM hr_cover_ask WHERE archived_at IS NULL",
    "SELECT id, state, taker_id FROM hr_shift_offer WHERE archived_at IS NULL",
    "SELECT id, number FROM hr_roster_revision WHERE archived_at IS NULL",
    "SELECT id, how FROM hr_roster_notice WHERE archived_at IS NULL",
    "SELECT id, state FROM hr_leave_request WHERE archived_at IS NULL",
    "SELECT day, sum(minutes) FROM hr_leave_entry GROUP BY day HAVING sum(minutes) <> 0",
)
_TWICE: Final = """
SELECT count(*) FROM hr_shift a JOIN hr_shift b
ON a.person_id = b.person_id AND a.id < b.id AND a.day = b.day
AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
WHERE NOT a.dropped AND NOT b.dropped AND a.archived_at IS NULL AND b.archived_at IS NULL
"""


def _state(office: Office) -> list[list[tuple[Any, ...]]]:
    return [sorted(office.rows(sql), key=str) for sql in _STATE]


def _step(office: Office, crew: dict[str, Person], chance: random.Random) -> None:
    """Do one thing at random. Raises Refused where the rules are against it."""
    person = crew[chance.choice(["ben", "cyd"])]
    shift = chance.choice(list(office.all(Shift)))
    day = MONDAY + chance.randrange(4) * _DAY
    match chance.randrange(10):
        case 0:
            office.do(call_out, person, first_day=day, last_day=day + chance.randrange(2) * _DAY)
        case 1:
            office.do(end, _any(office, CallOut, chance), on=day)
        case 2 | 3:
            asked: dict[str, Any] = {"despite": "asked", "asked": "phone", "moves": True}
            office.do(assign, shift, person_id=person.id, **asked)
        case 4:
            office.do(open_seat, shift)
        case 5:
            office.do(publish_schedule, week=MONDAY)
        case 6:
            office.do(told, _any(office, RosterRevision, chance), how="paper")
        case 7:
            office.do(ask, shift, person_id=person.id, answer="no")
        case 8:
            office.do(fill_schedule, first=MONDAY, take="all", despite="asked")
        case _:
            _trade(office, person, chance)


def _any(office: Office, kind: Any, chance: random.Random) -> Any:  # noqa: ANN401 - any kind
    rows = list(office.all(kind))
    if not rows:
        raise Refused("There is none yet.", code="nothing-to-do")
    return chance.choice(rows)


def _trade(office: Office, person: Person, chance: random.Random) -> None:
    """Offer a published shift, or decide on an offer that somebody takes."""
    waiting = list(office.all(ShiftOffer, "state = 'offered'"))
    if not waiting:
        row = _any(office, PublishedShift, chance)
        others = [one.id for one in office.all(PublishedShift) if one.person_id != row.person_id]
        office.do(offer, row, wanted_id=chance.choice([None, *others]))
        return
    with office.acting("test.take"):
        # As if the person had taken it at their own login.
        office.edit(
            waiting[0],
            managed=True,
            state="taken",
            taker_id=person.id,
            taker=person.name,
        )
    taken = office.get(ShiftOffer, waiting[0].id)
    office.do(OFFER.action(ShiftOffer, "approve"), taken, despite="asked")


def _differs(office: Office) -> set[int]:
    """Return the shifts that differ from the newest revision, by comparing all of both."""
    revision = next(iter(office.all(RosterRevision, order="id DESC")), None)
    if revision is None:
        return set()
    before = {shift.id: shift for shift in published(office, revision)}
    live = office.all(Shift, "NOT dropped AND archived_at IS NULL")
    now = {shift.id: shift.planned() for shift in live}
    return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}


def test_nobody_is_in_two_places_and_undone_all_is_as_before(
    office: Office, crew: dict[str, Person]
) -> None:
    """Over random stories: no double booking, exact differences, and undo to the very beginning."""
    assistants(office, crew)
    with office.acting("test.leave"):
        policy = office.add(LeavePolicy(name="Sick", kind="sick", accrues="never"))
        office.add(LeaveEnrollment(person_id=crew["ben"].id, policy_id=policy.id))
    ben, cyd = crew["ben"].id, crew["cyd"].id
    plan(office, [(0, ben, 480, 780), (0, cyd, 780, 1020), (1, ben, 480, 780), (1, cyd, 720, 1020)])
    plan(office, [(2, None, 480, 780), (2, cyd, 480, 1020), (3, ben, 480, 1020)])
    chance = random.Random(seed())  # noqa: S311
    for _ in range(examples(40)):
        _tell_and_undo(office, crew, chance)


def _tell_and_undo(office: Office, crew: dict[str, Person], chance: random.Random) -> None:
    before, first = _state(office), _last(office)
    for _ in range(15):
        with suppress(Refused):
            _step(office, crew, chance)
        assert office.value(_TWICE) == 0
        if office.first(RosterRevision) is not None:
            found = {change.shift.id for change in changes_since(office, 1, MONDAY)}
            assert found == _differs(office)
    for number in range(_last(office), first, -1):
        _undo(office, number)
        assert office.value(_TWICE) == 0
    assert _state(office) == before


def _undo(office: Office, number: int) -> None:
    try:
        undo(office, number)
    except Refused as refusal:
        # To publish a week again that is as it was changes nothing.
        if "changed nothing" not in str(refusal):
            raise


def _last(office: Office) -> int:
    return int(office.value("SELECT max(id) FROM core_action"))
