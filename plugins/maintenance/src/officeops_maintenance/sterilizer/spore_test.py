"""Spore tests: biological indicators that were run in a sterilizer, with their controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Frozen, Problem, Reason, Record, Refused, Upheld, choice, field, named, ref
from officeops_maintenance.equipment.not_retired import before_retirement
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.sterilizer.indicator_life import SPORE_TEST
from officeops_maintenance.sterilizer.load import SHOWN, Load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from officeops import Office

# By name: the plan and the reading know of tests.
_CLOSE_TASK: Final = "officeops_maintenance.sterilizer.plan_task:close_task"
_MOVED: Final = "officeops_maintenance.sterilizer.plan_task:moved"
_ANOTHER_CYCLE: Final = "officeops_maintenance.sterilizer.same_cycle:why_another_cycle"
_REFUSE_EDIT: Final = "officeops_maintenance.sterilizer.reading:refuse_edit"
#: By which a failure counts a test, on whichever road they change.
_CYCLE: Final = Frozen(
    ("equipment_id", "run_at", "empty_chamber"),
    rule="officeops_maintenance.sterilizer.reading:frozen_cycle",
)
#: A positive test that was taken back comes back with its lock alone: redone, or entered again.
_BACK: Final = Frozen(
    ("archived_at",),
    rule="officeops_maintenance.sterilizer.locking:without_lock",
)
#: What a vial shows after incubation.
VIALS: Final = ("no_growth", "growth")
#: Who incubates and reads it.
READERS: Final = ("office", "lab")


class SporeTest(
    Record,
    key="maintenance.spore-test",
    label="Spore test",
    prefix="BI",
    display="indicator_lot",
    sort="-run_at,-id",
    also=("biological indicator", "bi", "spore strip"),
    indexes=(("equipment_id", "run_at"),),
):
    """A spore test of a sterilizer, with its control.

    It is sent, then negative or positive. Without growth of the control it is invalid.
    """

    equipment_id: int = ref(
        "maintenance.equipment",
        where="spore_procedure!=",
        indexed=False,
        list_rank=2,
        label="Sterilizer",
        also=("autoclave", "unit", "machine"),
    )
    run_at: datetime = field(
        default=lambda office: office.now(),
        list_rank=1,
        help="When its cycle ran",
        also=("date", "test date", "date run", "date of test"),
    )
    # Blank for a weekly test; a load with an implant is released by its own.
    load_id: int | None = ref(
        "maintenance.sterilizer-load",
        default=None,
        list_rank=6,
        help="The load that it ran with",
    )
    empty_chamber: bool = field(
        default=False,
        list_rank=7,
        help="It ran in an empty chamber",
    )
    indicator_lot: str | None = field(
        default=None,
        search=True,
        list_rank=5,
        example="2203A",
        also=("lot", "lot number"),
    )
    indicator_expires_on: date | None = field(
        default=None,
        hidden=True,
        also=("expires", "expiry", "expiration date"),
    )
    reader: str = choice(
        *READERS,
        default="office",
        list_rank=6,
        help="Who incubates and reads it",
        also=("read in",),
    )
    lab_id: int | None = ref(
        "vendors.vendor",
        default=None,
        hidden=True,
        also=("lab", "service"),
    )
    incubated_at: datetime | None = field(
        default=None,
        hidden=True,
        help="When its incubation began",
        also=("incubated",),
    )
    # Another person than the one who reads it, as a rule.
    run_by: str = field(
        default=lambda office: office.actor,
        list_rank=6,
        also=("operator", "initials"),
    )
    note: str | None = field(
        default=None,
        kind="long_text",
        hidden=True,
        also=("remarks",),
    )
    state: str = SPORE_TEST.field(list_rank=1)
    # By its reading alone, which knows what both vials mean.
    test_vial: str | None = choice(
        *VIALS,
        default=None,
        managed=True,
        list_rank=3,
    )
    control_vial: str | None = choice(
        *VIALS,
        default=None,
        managed=True,
        list_rank=3,
    )
    mechanical: str | None = choice(
        *SHOWN,
        default=None,
        managed=True,
        list_rank=7,
        help="Time, temperature and pressure",
    )
    chemical: str | None = choice(
        *SHOWN,
        default=None,
        managed=True,
        list_rank=7,
    )
    read_at: datetime | None = field(
        default=None,
        managed=True,
        list_rank=4,
    )
    # A test ran before somebody booked it, by whichever moment that person types later.
    entered_at: datetime | None = field(
        default=None,
        managed=True,
        hidden=True,
        help="When it was booked here",
    )
    known_at: datetime | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Result entered at",
        help="When somebody entered the result; a cycle of before is no repeat of it",
    )
    result_by: str | None = field(
        default=None,
        managed=True,
        list_rank=6,
    )
    reason: str | None = field(
        default=None,
        managed=True,
        list_rank=7,
        example="Vial lost",
    )

    life = SPORE_TEST
    # Without an invalid test, the tests around it would count as a row.
    upheld = Upheld("state", ("positive", "invalid"), needs="maintenance.spore-test.withdraw")
    frozen = (_CYCLE, _BACK)
    importer = "officeops_maintenance.sterilizer.imports:TestImport"

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse an expired indicator, a cycle of tomorrow, and the load of another sterilizer."""
        yield from not_to_come(office, self, "run_at", "incubated_at")
        yield from before_retirement(office, self, "run_at")
        expires = self.indicator_expires_on
        if expires is not None and office.ways.day_of(self.run_at) > expires:
            yield Problem(
                "had passed when it was run: such a test proves nothing",
                "indicator_expires_on",
                code="out-of-range",
            )
        # The test of another sterilizer would release an implant that nobody tested.
        if self.load_id is not None:
            load = office.get(Load, self.load_id)
            if load.equipment_id != self.equipment_id:
                yield Problem(
                    "is of another sterilizer",
                    "load",
                    code="not-allowed-here",
                )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return the moment at which it is booked, and the time of the load that it ran with."""
        if self.id or self.entered_at is not None:
            return {}
        now = office.now()
        values: dict[str, object] = {"entered_at": now}
        # Nobody gave another time: it ran with its load, however late somebody books it.
        if self.load_id is not None and self.run_at == now:
            values["run_at"] = office.get(Load, self.load_id).run_at
        return values

    def added(self, office: Office) -> Iterable[str]:
        """Complete the task of the plan that it is for."""
        self._refuse_another_cycle(office)
        sentences: Iterable[str] = named(_CLOSE_TASK)(office, self)
        return sentences

    def keep(self, office: Office) -> str | None:  # noqa: ARG002 - the signature of every record
        """Refuse to archive a test that counts: locks and releases rest on it."""
        if self.state == "withdrawn":
            return None
        return Reason("it is part of the log; withdraw it first", code="wrong-state")

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Refuse changes of what a result rests on; of another day it is for another task."""
        named(_REFUSE_EDIT)(self, before)
        if not before.keys().isdisjoint({"load_id", "run_at", "equipment_id"}):
            self._refuse_another_cycle(office)
        sentences: Iterable[str] = named(_MOVED)(office, self, before)
        return sentences

    def _refuse_another_cycle(self, office: Office) -> None:
        """Refuse the load of another cycle: the test would release an implant that nobody tested."""
        if self.load_id is None:
            return
        load = office.get(Load, self.load_id)
        why = named(_ANOTHER_CYCLE)(office, self, load)
        if why:
            raise Refused([Problem(why, "load", code=why.code)], self.meta.label)
