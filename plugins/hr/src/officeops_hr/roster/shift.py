"""Shift: somebody's work on a day as it is planned now; a shift without a person is an open seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from officeops import Problem, Reason, Record, Refused, choice, field, named, ref
from officeops_hr.roster.rules import shift as rules
from officeops_hr.roster.usual_place import usual_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

KINDS = ("work", "on_call", "standby", "training", "meeting")
ORIGINS = ("hand", "pattern", "cover", "swap", "filler")

#: Other shifts of a person, on a day and in a role.
_LIKE = "person_id = ? AND day = ? AND role_id = ? AND id <> ? AND NOT dropped"
#: A shift of two people who are one, in all that is planned of it.
_SAME = (
    "person_id",
    "day",
    "starts_at",
    "ends_at",
    "unpaid",
    "role_id",
    "location_id",
    "room_id",
    "kind",
    "trainee",
    "dropped",
)


class Shift(
    Record,
    key="hr.shift",
    display="day",
    sort="day,starts_at,id",
    also=("roster-shift", "assignment"),
    indexes=(("day", "location_id"),),
):
    """A shift; people see it once it is published."""

    # Of two records of one person: a shift that is in the plan for both of them is one.
    identity = (_SAME,)

    importer = "officeops_hr.roster.shift_import:ShiftImport"

    day: date = field(list_rank=1, also=("date", "on"))
    person_id: int | None = ref(
        "hr.person", default=None, list_rank=1, help="Blank: an open seat", also=("employee",)
    )
    role_id: int = ref("hr.job-role", indexed=False, list_rank=1)
    starts_at: int = field(kind="time_of_day", list_rank=1, label="From", also=("start",))
    ends_at: int = field(
        kind="time_of_day",
        list_rank=1,
        label="Until",
        help="Not after the start: on the next day",
        also=("end",),
    )
    unpaid: int = field(
        kind="duration", default=0, minimum=0, maximum=480, list_rank=4, label="Unpaid break"
    )
    location_id: int = ref(
        "core.location", default=usual_place, indexed=False, list_rank=5, also=("place",)
    )
    # Beside the place and not in its stead: who is in a room is at its place.
    room_id: int | None = ref(
        "core.location",
        default=None,
        where="kind=room",
        indexed=False,
        list_rank=6,
        help="Of the place; a rule of kind most keeps it from two at once",
    )
    kind: str = choice(*KINDS, default="work", list_rank=6)
    trainee: bool = field(
        default=False, list_rank=7, help="Learns beside somebody, and fills no seat"
    )
    # A dropped one stays, so that its pattern never brings it back.
    dropped: bool = field(default=False, managed=True, hidden=True)
    origin: str = choice(*ORIGINS, default="hand", managed=True, hidden=True)
    pattern_id: int | None = ref("hr.shift-pattern", default=None, managed=True, hidden=True)
    # Whose absence opened it: the plan remembers who was rostered.
    call_out_id: int | None = ref("hr.call-out", default=None, managed=True, hidden=True)
    despite: str | None = field(
        default=None, managed=True, list_rank=8, help="Why it was planned although a rule warns"
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a shift without work, too long a one, and a person who cannot work then."""
        plan = self.planned()
        if plan.end > rules.LATEST_END:
            yield Problem("is after noon of the next day", "ends_at", code="out-of-range")
        if plan.planned <= 0:
            yield Problem("is as long as the shift", "unpaid", code="out-of-range")
        # A file brings a shift of the plan again; one that is added beside it is refused below.
        if self.id or not self._twins(office):
            yield from self._stops(office)

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:
        """Refuse a merge after which somebody would be in two places."""
        why: str | None = named("officeops_hr.roster.merge_clashes:of_shift")(office, row, keep)
        return why

    @classmethod
    def fold(cls, office: Office, kept: Self, gone: Self) -> str | None:  # noqa: ARG003
        """Make two that are planned alike one, whatever brought them into the plan."""
        return None

    def added(self, office: Office) -> Iterable[str]:
        """Refuse a second shift that is just like one of the plan."""
        if self._twins(office):
            why = "cannot work then: works already then"
            raise Refused([Problem(why, "person", code="not-allowed-here")], self.meta.label)
        return ()

    def keep(self, office: Office) -> str | None:  # noqa: ARG002 - the hook's signature
        """Keep a shift of a pattern, which would bring it again: to drop it is for good."""
        if self.pattern_id is None or self.dropped:
            return None
        return Reason(
            f"its pattern would bring it back; drop it instead: officeops shift drop #{self.id}",
            code="not-allowed-here",
        )

    def _stops(self, office: Office) -> Iterable[Problem]:
        """Yield why the person cannot work then."""
        if self.person_id is not None and not self.dropped:
            for why in named("officeops_hr.roster.covering:stops")(office, self):
                yield Problem(f"cannot work then: {why}", "person", code="not-allowed-here")

    def _twins(self, office: Office) -> bool:
        """Whether the plan has another shift of the same person and role with the same start."""
        day, number = self.day.isoformat(), self.id or 0
        others = office.all(type(self), _LIKE, self.person_id, day, self.role_id, number)
        return any(other.starts_at == self.starts_at for other in others)

    def planned(self) -> rules.Shift:
        """Return it as the rules take it."""
        over_midnight = self.ends_at <= self.starts_at
        return rules.Shift(
            id=self.id or 0,
            person=self.person_id,
            on=self.day,
            start=self.starts_at,
            end=self.ends_at + (rules.DAY if over_midnight else 0),
            role=self.role_id,
            place=self.location_id,
            pause=self.unpaid,
            kind=self.kind,
            is_trainee=self.trainee,
            room=self.room_id,
        )
