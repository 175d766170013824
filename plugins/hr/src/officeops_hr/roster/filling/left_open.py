"""Left open: why a draft leaves a seat open, with everybody of its role accounted for.

A seat is called impossible only with the proof: some roles need more people at that moment than may
work in any of them, by leave, roles and papers alone.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from officeops.values.wording import listing
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.people.job_role import JobRole
from officeops_hr.roster.filling.proposal import OpenSeat
from officeops_hr.roster.filling.wanted_seat import UNNEEDED, WantedSeat, has_seats
from officeops_hr.roster.rules.cover import CANNOT, Candidate, who_can
from officeops_hr.roster.rules.filling.shortage import shortage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops_hr.roster.filling.proposal import Proposal
    from officeops_hr.roster.filling.staff import Staff
    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.cover import Answer
    from officeops_hr.roster.rules.filling.shortage import Shortage
    from officeops_hr.roster.rules.shift import Shift as PlannedShift

#: People of other roles are no answer to who might fill a seat.
_NOT_ASKED: Final = ("does not work as", "does not work here")


class LeftOpen:
    """The seats that stay open after a draft, were it taken whole."""

    def __init__(
        self,
        plan: Plan,
        staff: Staff,
        wanted: Sequence[WantedSeat],
        proposals: Sequence[Proposal],
    ) -> None:
        """Take the wanted seats, and the rows of the draft."""
        self._plan, self._staff = plan, staff
        self._wanted, self._proposals = wanted, proposals
        self._by_person = staff.after(proposals)
        self._able = cache(self._read_able)
        self._codes = {role.id: role.code for role in plan.office.all(JobRole)}

    def seats(self) -> Iterator[OpenSeat]:
        """Yield the open seats, the earliest first."""
        # Two gaps may want equal new shifts, so they are counted, not looked up.
        given = Counter(row.shift for row in self._proposals if row.after is not None)
        opened = [row for row in self._proposals if row.after is None and not row.is_spare]
        left = [
            WantedSeat(
                row.shift,
                UNNEEDED,
            )
            for row in opened
        ]
        for want in self._wanted:
            if given[want.shift]:
                given[want.shift] -= 1
            else:
                left.append(want)
        for want in sorted(
            left,
            key=lambda one: (one.shift.on, one.shift.start),
        ):
            yield self._open(want)

    def _open(self, want: WantedSeat) -> OpenSeat:
        shift = want.shift
        answers = [
            self._with_papers(
                want,
                one,
            )
            for one in self._answers(shift)
        ]
        # The count of people who may work in a role says nothing of holders of papers.
        proof = None if want.holds else self._proof(shift)
        verdict = self._impossible(proof) if proof else _nearest(answers)
        reasons = [f"{one.name}: {listing(list(one.reasons))}" for one in answers if one.reasons]
        return OpenSeat(
            shift,
            verdict,
            tuple(reasons),
            want.rule,
        )

    def _with_papers(
        self,
        want: WantedSeat,
        one: Answer,
    ) -> Answer:
        """Return somebody's answer for a seat that asks for papers."""
        is_holder = self._plan.facts.holds(
            one.person,
            want.holds,
            want.shift.on,
        )
        if is_holder:
            return one
        office = self._plan.office
        names = [
            office.label(
                CredentialType,
                number,
            )
            for number in sorted(want.holds)
        ]
        why = f"holds no {listing(names)} then"
        return one._replace(
            group=CANNOT,
            reasons=(*one.reasons, why),
        )

    # -- who comes nearest -----------------------------------------------------------------------

    def _answers(self, shift: PlannedShift) -> list[Answer]:
        """Return the answers of people of the role, with the hours that the draft gives them."""
        facts, staff = self._plan.facts, self._staff
        candidates = [
            Candidate(
                person=person,
                name=name,
                contract=staff.contract(
                    person,
                    shift.on,
                ),
                shifts=tuple(
                    self._by_person.get(
                        person,
                        (),
                    )
                ),
            )
            for person, name in staff.names.items()
            # Who has the seat and cannot come has the reason of their own.
            if person != shift.person
        ]
        answers = who_can(
            shift,
            candidates,
            facts,
            staff.limits,
        )
        return [answer for answer in answers if not _is_of_others(answer)]

    # -- what nobody can change ------------------------------------------------------------------

    def _proof(self, shift: PlannedShift) -> Shortage | None:
        """Return the shortage of the first moment of a shift that has one."""
        for minute in self._moments(shift):
            needs = self._needs(
                shift,
                minute,
            )
            able = {
                role: self._able(
                    shift.on,
                    role,
                )
                for role in needs
            }
            short = shortage(
                shift.role,
                needs,
                able,
            )
            if short:
                return short
        return None

    def _moments(self, shift: PlannedShift) -> list[int]:
        """Return the minutes of a shift at which the needs change."""
        edges = {shift.start}
        for rule in self._plan.needed_on(shift.on):
            edges |= {rule.start, rule.end}
        edges |= self._plan.closed_edges(shift.on)
        return sorted(edge for edge in edges if shift.start <= edge < shift.end)

    def _needs(
        self,
        shift: PlannedShift,
        minute: int,
    ) -> dict[int, int]:
        """Return how many people each role needs at a moment, by the rules and the seat itself."""
        present = self._present(
            shift.on,
            minute,
        )
        # An open shift that no rule asks for is a need of one all the same.
        needs = {shift.role: 1}
        for rule in self._plan.needed_at(shift.on, minute):
            if rule.role is None or not has_seats(rule):
                continue
            before = needs.get(rule.role, 0)
            needs[rule.role] = max(before, rule.needed(present))
        return needs

    def _present(
        self,
        day: date,
        minute: int,
    ) -> list[PlannedShift]:
        shifts = []
        for person, own in self._by_person.items():
            for shift in own:
                start, end = shift.minutes_of(day)
                is_here = shift.place == self._plan.place and start <= minute < end
                if (
                    is_here
                    and shift.is_work
                    and not self._plan.facts.stops(
                        person,
                        shift,
                    )
                ):
                    shifts.append(shift)
        return shifts

    def _read_able(
        self,
        day: date,
        role: int,
    ) -> list[int]:
        staff = self._staff
        # Hours, days and wishes are left out: a manager may overrule all of them.
        return [
            person
            for person in staff.names
            if not staff.is_stopped(
                person,
                day,
                role,
            )
        ]

    def _impossible(self, short: Shortage) -> str:
        roles = " or ".join(self._codes[role] for role in short.roles)
        return f"impossible: {short.people} may work as {roles}, {short.needed} are needed"


def _nearest(answers: Sequence[Answer]) -> str:
    # They come with the fewest overtime minutes first.
    for answer in answers:
        if answer.group != CANNOT:
            why = listing(list(answer.reasons)) or "nothing speaks against it"
            return f"nobody found; nearest: {answer.name}, {why}"
    return "nobody found"


def _is_of_others(answer: Answer) -> bool:
    return any(reason.startswith(_NOT_ASKED) for reason in answer.reasons)
