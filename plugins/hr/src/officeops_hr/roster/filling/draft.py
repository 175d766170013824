"""Draft: what the filler proposes for some days of a place, row by row, and what it leaves open."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from officeops_hr.roster.fairness import LOOK_BACK, fairness
from officeops_hr.roster.filling.groups import grouped
from officeops_hr.roster.filling.left_open import LeftOpen
from officeops_hr.roster.filling.proposal import Proposal
from officeops_hr.roster.filling.staff import Staff
from officeops_hr.roster.filling.wanted_seats import wanted_seats
from officeops_hr.roster.filling.week_draft import WeekDraft
from officeops_hr.roster.rules.cover import Candidate, answer
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.rules.limits import minutes_by_week, week_begins_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from officeops_hr.roster.filling.proposal import Given, OpenSeat
    from officeops_hr.roster.filling.wanted_seat import WantedSeat
    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.limits import Limits
    from officeops_hr.roster.rules.shift import Shift as PlannedShift

_CODE_LENGTH: Final = 6


class Draft:
    """A proposal for the days of a plan. Nothing is saved; the same plan has the same draft."""

    def __init__(
        self,
        plan: Plan,
        limits: Limits,
        *,
        moves: bool = True,
    ) -> None:
        """Take the plan; without `moves` everybody keeps the shifts that they have."""
        self.plan, self._moves = plan, moves
        self.staff = Staff(
            plan,
            limits,
        )
        self.wanted = wanted_seats(plan)

    @cached_property
    def proposals(self) -> list[Proposal]:
        """The rows of the draft, by day and time, numbered from 1."""
        given = sorted(
            self._given,
            key=_order,
        )
        groups = grouped(given)
        return [
            Proposal(
                number,
                one.shift,
                one.before,
                one.after,
                groups[number - 1],
                is_spare=one.is_spare,
            )
            for number, one in enumerate(
                given,
                1,
            )
        ]

    @cached_property
    def _given(self) -> list[Given]:
        """What would change, week by week; what people get in one counts in the next."""
        unpopular = self._had()
        changes: list[Given] = []
        # Hours and days are weekly, so each week is solved alone.
        for wanted in self._weeks():
            draft = WeekDraft(
                self.plan,
                self.staff,
                wanted,
                moves=self._moves,
            )
            week = draft.run(unpopular)
            changed = list(draft.changes(week))
            changes += changed
            self.staff.give(changed)
            # People who had a Saturday this week are the last for the next one.
            for worker in week.workers:
                unpopular[worker.id] = week.unpopular(worker)
        return changes

    def _had(self) -> Counter[int]:
        """Return how many unpopular shifts people had in the weeks before; closings are no slots."""
        plan, day = self.plan, timedelta(days=1)
        counted = fairness(
            plan.office,
            plan.first - LOOK_BACK,
            plan.first - day,
        )
        return Counter({person: one.unpopular - one.closing for person, one in counted.items()})

    def _weeks(self) -> list[list[WantedSeat]]:
        weeks: dict[date, list[WantedSeat]] = defaultdict(list)
        for want in self.wanted:
            weeks[monday_of(want.shift.on)].append(want)
        return [weeks[monday] for monday in sorted(weeks)]

    @cached_property
    def open_seats(self) -> list[OpenSeat]:
        """The seats that stay open if the whole draft is taken, each with why."""
        return list(
            LeftOpen(
                self.plan,
                self.staff,
                self.wanted,
                self.proposals,
            ).seats()
        )

    def week_of(self, row: Proposal) -> int:
        """Return the minutes of the week of who gets a row, were the whole draft taken."""
        shifts = self._after.get(
            row.after or 0,
            (),
        )
        begins = self.staff.limits.week_begins
        weeks = minutes_by_week(
            shifts,
            begins,
        )
        return weeks.get(
            week_begins_on(
                row.shift.on,
                begins,
            ),
            0,
        )

    @cached_property
    def _after(self) -> dict[int, list[PlannedShift]]:
        return self.staff.after(self.proposals)

    def doubts(self, row: Proposal) -> tuple[str, ...]:
        """Return what speaks against a row, were the whole draft taken; nothing of a shift left open."""
        if row.after is None:
            return ()
        mine = list(self._after[row.after])
        shift = row.shift._replace(person=row.after)
        mine.remove(shift)
        candidate = Candidate(
            person=row.after,
            name=self.staff.names[row.after],
            contract=self.staff.contract(
                row.after,
                shift.on,
            ),
            shifts=tuple(mine),
        )
        said = answer(
            shift,
            candidate,
            self.plan.facts,
            self.staff.limits,
        )
        return said.reasons

    @property
    def code(self) -> str:
        """A short code of the rows: the same code is the same draft."""
        # The names are left out: somebody who marries is no other draft.
        text = repr([tuple(row) for row in self.proposals])
        return sha256(text.encode()).hexdigest()[:_CODE_LENGTH]

    def with_group(self, numbers: Sequence[int]) -> list[Proposal]:
        """Return the rows of these numbers, and those that make no sense without them."""
        groups = {row.group for row in self.proposals if row.number in numbers}
        return [row for row in self.proposals if row.group in groups]


def _order(given: Given) -> tuple[object, ...]:
    shift = given.shift
    # New shifts after those that are in the plan.
    is_new = shift.id == 0
    return shift.on, shift.start, shift.role, shift.end, is_new, shift.id, given.after or 0
