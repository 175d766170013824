"""Walk: one random command of the schedule after the other, as a hurried office types them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from plugins.hr.tests.roster.cover_tools import MONDAY, retire_contradictions

from officeops import Record, Refused
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.absence.calling_out import call_out, end
from officeops_hr.roster.actions import assign, drop, open_seat
from officeops_hr.roster.offers.life import OFFER
from officeops_hr.roster.offers.shift_offer import ShiftOffer
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.revision import PublishedShift, RosterRevision
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.tell import told
from officeops_hr.worked.confirming import confirm_time
from officeops_hr.worked.handing_in import correct_time, submit_time
from officeops_hr.worked.life import TIMESHEET
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.timesheet import Timesheet

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from officeops.office.office import Office

R = TypeVar("R", bound=Record)
_DESPITE = "asked in the walk"


class Walk:
    """Chooses commands and runs them; what the office refuses is no step."""

    def __init__(
        self,
        office: Office,
        people: list[int],
        chance: random.Random,
    ) -> None:
        """Take the office and the people who work shifts."""
        self.office, self.chance = office, chance
        self._people = people
        #: The people and weeks that two records of one person may make longer than full time.
        self.joined: set[int] = set()
        #: The commands that were done, for a failure to tell.
        self.said: list[str] = []
        #: The people and weeks whose hours were handed over by the last command.
        self.locked: list[tuple[int, date]] = []
        self._planning = [
            self._assign,
            self._assign,
            self._open,
            self._drop,
            self._change,
            self._publish,
            self._publish,
            self._tell,
            self._call_out,
            self._is_back,
            self._swap,
            self._merge,
        ]
        self._pay = [
            self._confirm,
            self._enter,
            self._submit,
            self._approve,
            self._approve,
            self._lock,
            self._lock,
            self._unlock,
            self._correct,
        ]

    @property
    def people(self) -> list[int]:
        """The people who work shifts, those who were merged into others left out."""
        return [
            number for number in self._people if not self.office.get(Person, number).archived_at
        ]

    def step(self, *, without_pay: bool = False) -> str:
        """Run one command; return its name, or blank where it was refused or had nothing to do."""
        self.locked = []
        commands = self._planning if without_pay else [*self._planning, *self._pay]
        command = self.chance.choice(commands)
        try:
            was_done = command()
        except Refused:
            return ""
        name = command.__name__.strip("_") if was_done else ""
        if name:
            self.said.append(name)
        return name

    # -- the plan ----------------------------------------------------------------------------------

    def _assign(self) -> bool:
        return self._with(
            Shift,
            "NOT dropped",
            lambda shift: self.office.do(
                assign,
                shift,
                person_id=self.chance.choice(self.people),
                despite=_DESPITE,
            ),
        )

    def _open(self) -> bool:
        # Now and then: else all seats are open soon.
        where = "NOT dropped AND person_id IS NOT NULL"
        return self._with(Shift, where, lambda shift: self.office.do(open_seat, shift))

    def _drop(self) -> bool:
        if self.chance.random() < 0.7:
            return False
        return self._with(Shift, "NOT dropped", lambda shift: self.office.do(drop, shift))

    def _change(self) -> bool:
        """Move a shift by hours or days, as `shift edit` does."""
        begin = self.chance.choice([420, 480, 600])
        days = self.chance.choice([0, 0, 1])

        def edit(shift: Shift) -> None:
            with self.office.acting("hr.shift.edit"):
                self.office.edit(
                    shift,
                    day=shift.day + timedelta(days=days),
                    starts_at=begin,
                    ends_at=begin + 480,
                )

        return self._with(Shift, "NOT dropped", edit)

    def _publish(self) -> bool:
        week = MONDAY + timedelta(days=self.chance.choice([0, 7, 7]))
        said = self.office.do(publish_schedule, week=week)
        return not str(said).startswith("Nothing changed")

    def _tell(self) -> bool:
        person = self.chance.choice([*self.people, None])
        where = "number = (SELECT max(number) FROM hr_roster_revision WHERE archived_at IS NULL)"
        return self._with(
            RosterRevision, where, lambda revision: self.office.do(told, revision, person_id=person)
        )

    # -- absences and swaps ------------------------------------------------------------------------

    def _call_out(self) -> bool:
        day = self.office.today + timedelta(days=self.chance.randrange(3))
        person = self.office.get(Person, self.chance.choice(self.people))
        self.office.do(call_out, person, first_day=day)
        return True

    def _is_back(self) -> bool:
        return self._with(
            CallOut, "1", lambda out: self.office.do(end, out, on=out.first_day, despite=_DESPITE)
        )

    def _swap(self) -> bool:
        """Approve that somebody gives a published shift to another, or takes another for it."""
        rows = list(self.office.all(PublishedShift, "person_id IS NOT NULL AND day > '2026-03-11'"))
        if not rows:
            return False
        given = self.chance.choice(rows)
        taker = self.chance.choice(self.people)
        wanted = [row for row in rows if row.person_id == taker]
        asked = self.chance.choice([None, *wanted])
        # As one: an offer that nobody may approve was never taken here.
        with self.office.acting("hr.shift-offer.approve"):
            offer = self.office.add_made(
                ShiftOffer(
                    shift_id=given.id,
                    kind="give" if asked is None else "swap",
                    person_id=given.person_id,
                    name=given.name,
                    wanted_id=None if asked is None else asked.id,
                    taker_id=taker,
                    taker="Somebody",
                    state="taken",
                )
            )
            OFFER.move(self.office, offer, "approve", despite=_DESPITE)
        return True

    def _merge(self) -> bool:
        """Make two people one, as far as nothing but their work may contradict."""
        # Now and then: each of them is one person less to plan with.
        if len(self.people) < 3 or self.chance.random() < 0.5:
            return False
        keep, gone = (self.office.get(Person, one) for one in self.chance.sample(self.people, 2))
        with self.office.acting("hr.person.merge"):
            retire_contradictions(self.office, gone)
            self.office.merge(keep, gone)
        self.joined.add(keep.id)
        return True

    # -- time worked -------------------------------------------------------------------------------

    def _confirm(self) -> bool:
        person = self.chance.choice([*self.people, None])
        day = MONDAY + timedelta(days=self.chance.randrange(5))
        until = day + timedelta(days=self.chance.randrange(4))
        self.office.do(confirm_time, day=day, until=until, person_id=person)
        return True

    def _enter(self) -> bool:
        begin = self.chance.choice([360, 480, 1080])
        with self.office.acting("hr.time-entry.add"):
            self.office.add(
                TimeEntry(
                    person_id=self.chance.choice(self.people),
                    day=MONDAY + timedelta(days=self.chance.randrange(7)),
                    starts_at=begin,
                    ends_at=begin + self.chance.choice([300, 540, 660]),
                    unpaid=self.chance.choice([0, 30]),
                )
            )
        return True

    def _submit(self) -> bool:
        # Whoever forgot a day is asked for it, so all are confirmed first.
        person = self.chance.choice(self.people)
        self.office.do(submit_time, week=MONDAY, person_id=person)
        return True

    def _approve(self) -> bool:
        return self._moves("approve", "submitted")

    def _lock(self) -> bool:
        sheets = list(self.office.all(Timesheet, "state = 'approved'"))
        if not sheets:
            return False
        sheet = self.chance.choice(sheets)
        self.office.do(TIMESHEET.action(Timesheet, "lock"), sheet)
        self.locked = [(sheet.person_id, sheet.week)]
        return True

    def _unlock(self) -> bool:
        return self._moves("unlock", "locked", why_unlocked="A day was wrong")

    def _correct(self) -> bool:
        return self._with(
            TimeEntry,
            "1",
            lambda entry: self.office.do(
                correct_time,
                entry_id=entry.id,
                starts_at=480,
                ends_at=self.chance.choice([900, 1020, 1140]),
                reason="Came late",
            ),
        )

    def _moves(
        self,
        verb: str,
        state: str,
        **asked: Any,  # noqa: ANN401 - what the transition asks for
    ) -> bool:
        move = TIMESHEET.action(Timesheet, verb)
        where = f"state = '{state}'"
        return self._with(Timesheet, where, lambda sheet: self.office.do(move, sheet, **asked))

    def _with(
        self,
        kind: type[R],
        where: str,
        run: Callable[[R], object],
    ) -> bool:
        rows = list(self.office.all(kind, where))
        if not rows:
            return False
        run(self.chance.choice(rows))
        return True
