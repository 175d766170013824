"""Excursions: a unit was too cold or too warm, and what became of what it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Part, Promise, Reason, Record, Upheld, choice, computed, field, named, ref
from officeops_maintenance.readings.excursion_life import EXCURSION, HELD_LOT, OPEN_STATES
from officeops_maintenance.readings.limits import VERDICTS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Self

    from officeops import Office
    from officeops.services import Held, KeptBack

_UNDECIDED = """(
SELECT count(*) FROM maintenance_held_lot h
WHERE h.excursion_id = t.id AND h.archived_at IS NULL AND h.decision = 'held')"""


#: How a held lot is released; the lots know of excursions, which know them by name alone.
_HOW_IT_ENDS = "officeops_maintenance.readings.held_lots:how_it_ends"
#: What comes into a unit with an open excursion, and what leaves it.
_KEPT_GOODS = "officeops_maintenance.readings.kept_goods"


class Excursion(
    Record,
    key="maintenance.excursion",
    prefix="EX",
    sort="-id",
    actions_only=True,
    also=("temperature-excursion", "do-not-use"),
):
    """A time out of range. DO NOT USE until it is closed.

    The limits of its day stay with it.
    """

    added_by = "officeops temperatures"

    unit_id: int = ref("maintenance.monitored-unit", list_rank=1)
    started_at: datetime = field(list_rank=1, help="When the temperature was out of range first")
    last_out_at: datetime | None = field(
        default=None, list_rank=6, help="When the temperature was out of range last"
    )
    ended_at: datetime | None = field(
        default=None, list_rank=5, help="When it was read within range again"
    )
    verdict: str = choice(*VERDICTS, list_rank=2)
    lowest: int | None = field(kind="temperature", default=None, list_rank=3)
    highest: int | None = field(kind="temperature", default=None, list_rank=3)
    low: int | None = field(kind="temperature", default=None, hidden=True, label="Low limit")
    high: int | None = field(kind="temperature", default=None, hidden=True, label="High limit")
    location_id: int | None = ref("core.location", default=None, hidden=True)
    opened_by: str = field(default=lambda office: office.actor, list_rank=6)
    state: str = EXCURSION.field(list_rank=2)
    are_lots_held: bool = field(default=False, managed=True, hidden=True)
    case_number: str | None = field(
        default=None, managed=True, search=True, list_rank=4, example="MRK-20481"
    )
    called: str | None = field(
        default=None, managed=True, hidden=True, help="Whom you talked to", example="State program"
    )
    advice: str | None = field(
        default=None, managed=True, hidden=True, example="Good to use until its expiry"
    )
    called_by: str | None = field(default=None, managed=True, hidden=True)
    called_at: datetime | None = field(default=None, managed=True, hidden=True)
    cause: str | None = field(
        default=None, managed=True, list_rank=7, example="The door was left open"
    )
    action_taken: str | None = field(default=None, managed=True, hidden=True)
    closed_by: str | None = field(default=None, managed=True, hidden=True)
    closed_at: datetime | None = field(default=None, managed=True, hidden=True)

    life = EXCURSION
    upheld = Upheld("state", OPEN_STATES, needs="maintenance.excursion.withdraw")
    promise = Promise(f"{_KEPT_GOODS}:of_archived", rests_on={"maintenance.excursion": "id"})
    as_text = "officeops_maintenance.readings.excursion_sign:sign"
    computed = (
        computed("undecided", _UNDECIDED, kind="number", label="Lots undecided", list_rank=4),
    )
    parts = (
        Part(
            "maintenance.held-lot",
            "excursion_id",
            ("name", "decision", "reason", "decided_by"),
            word="lots",
        ),
    )

    @property
    def last_out(self) -> datetime:
        """When it was out of range last, as far as is known: a file of an older release has its start."""
        return self.last_out_at or self.started_at

    @property
    def limits(self) -> Limits:
        """The limits of the day on which it was opened."""
        return Limits(self.low, self.high)

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:  # noqa: ARG003
        """Refuse to merge the place of an open one: nobody would know which goods were in the unit."""
        if row.state not in OPEN_STATES:
            return None
        return Reason(
            f"{row.human_key} is open; close it before you merge its place", code="in-use"
        )

    @classmethod
    def kept_back(cls, office: Office, item_id: int) -> Iterable[KeptBack]:
        """Keep back what comes into a unit while its excursion is open, of any item."""
        goods: Iterable[KeptBack] = named(f"{_KEPT_GOODS}:kept_back")(office, item_id)
        return goods

    def how_it_ends(self, office: Office, hold: int) -> str:
        """Say how the hold of one of its lots in the stock ends."""
        how: str = named(_HOW_IT_ENDS)(office, self, hold)
        return how

    def why_kept(self, office: Office, hold: int) -> str | None:
        """Return why a lot of it may not be discarded yet: nobody has decided so."""
        why: str | None = named(f"{_KEPT_GOODS}:why_kept")(office, self, hold)
        return why

    def came_in(self, office: Office, held: Held) -> None:
        """Take in lots that came while it is open, each to be decided on."""
        named(f"{_KEPT_GOODS}:came_in")(office, self, held)


class HeldLot(
    Record,
    key="maintenance.held-lot",
    display="name",
    sort="excursion_id,id",
    actions_only=True,
    also=("do-not-use",),
):
    """A lot that an excursion holds, and the decision on it."""

    added_by = "officeops temperatures"

    excursion_id: int = ref("maintenance.excursion", list_rank=1)
    name: str = field(search=True, list_rank=1, help="The item and its lot")
    holds: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        help="Numbers of its holds in the stock; blank for goods without a lot",
    )
    decision: str = HELD_LOT.field(list_rank=2)
    reason: str | None = field(default=None, managed=True, list_rank=3)
    decided_by: str | None = field(default=None, managed=True, list_rank=4)
    decided_at: datetime | None = field(default=None, managed=True, hidden=True)

    life = HELD_LOT
