"""Loads: each run of a sterilizer with its contents, its indicators, and who released it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Problem, Record, Refused, choice, computed, field, named, ref
from officeops_maintenance.entered_once import refuse_twice
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.sterilizer.load_life import FACTS, LOAD, PROVEN
from officeops_maintenance.sterilizer.suspects import IS_SUSPECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from officeops import Office

# By name: the steps know of loads.
_NOT_RUN: Final = "officeops_maintenance.sterilizer.load_steps:why_not_run"
_RELEASE: Final = "officeops_maintenance.sterilizer.load_steps:release_if_passed"
_KEPT: Final = "officeops_maintenance.sterilizer.load_steps:why_kept"
#: What an indicator shows; blank is not read yet.
SHOWN: Final = ("pass", "fail")
#: How far a load is called back.
DECISIONS: Final = ("recall", "implants_only", "none")
#: Loads of a sterilizer under one number, 7 and 07 alike; most count on, and some begin again each day.
_SAME: Final = """
equipment_id = ? AND run_at BETWEEN ? AND ?
AND officeops_fold(CAST(ltrim(number, '0') AS BLOB)) = officeops_fold(CAST(ltrim(?, '0') AS BLOB))"""

_AGAIN: Final = "equipment_id = ? AND run_at = ? AND number IS ? AND contents IS ?"


class Load(
    Record,
    key="maintenance.sterilizer-load",
    label="Sterilizer load",
    plural="Sterilizer loads",
    prefix="LD",
    display="contents",
    sort="-run_at,-id",
    also=("sterilization", "autoclave load", "cycle"),
    indexes=(("equipment_id", "run_at"),),
):
    """A load of a sterilizer.

    It is released by a person once its indicators passed; one with an implant waits for its spore test.
    """

    equipment_id: int = ref(
        "maintenance.equipment",
        where="spore_procedure!=",
        indexed=False,
        list_rank=2,
        label="Sterilizer",
        also=("autoclave", "unit", "machine"),
    )
    # Text: some sterilizers count with letters, or begin again each day.
    number: str | None = field(
        default=None,
        search=True,
        list_rank=1,
        label="Cycle",
        example="513",
        help="The sterilizer's own number of the run",
        also=("cycle number", "load number", "cycle no", "run number"),
    )
    run_at: datetime = field(
        default=lambda office: office.now(),
        list_rank=1,
        also=("date", "date and time", "ran", "started at", "cycle date"),
    )
    contents: str = field(
        search=True,
        list_rank=2,
        example="4 exam sets",
        also=("items", "load contents", "packs"),
    )
    program: str | None = field(
        default=None,
        list_rank=5,
        example="Wrapped 132 °C",
        also=("cycle type", "cycle program"),
    )
    pack_lots: str | None = field(
        default=None,
        search=True,
        hidden=True,
        help="Lots that are printed on its packs",
    )
    implant: bool = field(
        default=False,
        list_rank=5,
        help="It has an implantable device",
    )
    # Blank is not read yet, which is no pass.
    mechanical: str | None = choice(
        *SHOWN,
        default=None,
        list_rank=4,
        help="Time, temperature and pressure, as the printout shows them",
        also=("mechanical indicator", "physical"),
    )
    chemical: str | None = choice(
        *SHOWN,
        default=None,
        list_rank=4,
        also=("chemical indicator", "ci", "tape"),
    )
    run_by: str = field(
        default=lambda office: office.actor,
        list_rank=4,
        also=("operator", "initials"),
    )
    note: str | None = field(
        default=None,
        kind="long_text",
        hidden=True,
        also=("remarks",),
    )
    state: str = LOAD.field(list_rank=1)
    before_result: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Before the result",
        example="Emergency surgery, Dr. Hahn",
        help="Why an implant is used before its spore test is read",
    )
    released_by: str | None = field(
        default=None,
        managed=True,
        list_rank=4,
    )
    released_at: datetime | None = field(
        default=None,
        managed=True,
        hidden=True,
    )
    reason: str | None = field(
        default=None,
        managed=True,
        list_rank=6,
        example="Wet packs",
    )
    # On the load itself: a load has one decision, whichever failure asked for it.
    recall: str | None = choice(
        *DECISIONS,
        default=None,
        managed=True,
        list_rank=5,
        help="After a positive spore test: all of it, its implants alone, or none",
    )
    recall_by: str | None = field(
        default=None,
        managed=True,
        list_rank=7,
        label="Recall decided by",
    )
    recall_on: date | None = field(
        default=None,
        managed=True,
        hidden=True,
    )
    recall_reason: str | None = field(
        default=None,
        managed=True,
        hidden=True,
    )

    release_proofs: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Released because of",
        help="The spore test on which the release of an implant rests",
    )
    corrected: str | None = field(
        default=None,
        managed=True,
        list_rank=7,
        help="Values that were corrected before its release, and why",
    )

    life = LOAD
    promise = PROVEN
    frozen = (FACTS,)
    bare_word = "contents"
    importer = "officeops_maintenance.sterilizer.imports:LoadImport"
    computed = (
        computed(
            "suspect",
            IS_SUSPECT,
            kind="yes_no",
            list_rank=3,
            help="Whether it was run between the last negative spore test and a positive one",
        ),
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a load of a sterilizer that was locked or out of service by then."""
        yield from not_to_come(office, self, "run_at")
        # An older one stays as it is: what happened to the sterilizer since changes nothing.
        if not self.id and not self._is_in_log(office):
            yield from self._not_run(office)

    def _not_run(self, office: Office) -> Iterable[Problem]:
        if why := named(_NOT_RUN)(office, self):
            yield Problem(
                why,
                "equipment",
                code="wrong-state",
            )

    def _is_in_log(self, office: Office) -> bool:
        """Whether it is a row of the log that a file brings again."""
        row = (self.equipment_id, self.run_at.isoformat(), self.number, self.contents)
        return office.first(Load, _AGAIN, *row) is not None

    def added(self, office: Office) -> Iterable[str]:
        """Release it in the same action where its indicators are read, and passed."""
        # A second one like a row of the log is none that a file brings again.
        if problems := list(self._not_run(office)):
            raise Refused(problems, self.meta.label)
        self._refuse_twice(office)
        sentences: Iterable[str] = named(_RELEASE)(office, self)
        return sentences

    def _refuse_twice(self, office: Office) -> None:
        """Refuse a cycle that is in the log of its day already, under the same number."""
        if self.number is None:
            return
        day, moment = office.ways.day_of(self.run_at), office.ways.moment
        begin, end = moment(day, 0).isoformat(), moment(day, 24 * 60 - 1).isoformat()
        cycle = (self.equipment_id, begin, end, self.number)
        refuse_twice(office, self, "number", f"on {day}; edit that one", _SAME, *cycle)

    def keep(self, office: Office) -> str | None:
        """Refuse to archive a load that counts: inspectors ask for the log, and recalls for loads."""
        why: str | None = named(_KEPT)(office, self)
        return why

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Refuse a cycle that the log has already."""
        if not before.keys().isdisjoint({"number", "run_at", "equipment_id"}):
            self._refuse_twice(office)
        return ()
