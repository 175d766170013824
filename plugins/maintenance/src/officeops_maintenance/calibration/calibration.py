"""Calibrations: a unit was compared with a standard on a day, by a vendor or in house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Child, Problem, Reason, Record, Upheld, choice, computed, field, named, ref
from officeops_maintenance.calibration.life import CALIBRATION, CERTIFIED, DECIDED, FROZEN
from officeops_maintenance.calibration.tolerance import FOUND, LEFT, OUT, WORDS, worst_in_sql
from officeops_maintenance.equipment.not_retired import before_retirement
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.papers import why_no_paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from officeops import Office

_STANDARD: Final = "officeops_maintenance.calibration.standard"
_DEMANDED: Final = "officeops_maintenance.calibration.certificate:demanded"
_POINTS: Final = """
FROM maintenance_calibration_point p
WHERE p.calibration_id = t.id AND p.archived_at IS NULL"""
#: A point that is out counts, whatever the certificate says in words, and so does its word.
_AS_FOUND: Final = f"""
CASE t.found WHEN '{OUT}' THEN t.found ELSE ifnull({worst_in_sql(FOUND, _POINTS)}, t.found) END"""
_AS_LEFT: Final = worst_in_sql(LEFT, _POINTS)
#: All that a unit measured is in doubt where it was found out of tolerance, or failed. IS, not =:
#: of a calibration without points nobody knows how it was found, and that alone is no doubt.
_SUSPECT: Final = f"""(
t.state IN ('passed', 'failed') AND (t.state = 'failed' OR {_AS_FOUND} IS '{OUT}'))"""
_IN_DOUBT: Final = f"({_SUSPECT} AND t.review IS NULL)"
#: The same for queries, in which the row has no name of its own.
IN_DOUBT: Final = f"id IN (SELECT t.id FROM maintenance_calibration t WHERE {_IN_DOUBT})"


class Calibration(
    Record,
    key="maintenance.calibration",
    prefix="CL",
    sort="-done_on,-id",
    also=("calibration certificate", "as found", "as left"),
    indexes=(("equipment_id", "done_on"),),
):
    """A calibration of a unit.

    It has points, a standard, and the certificate as a file.
    """

    equipment_id: int = ref(
        "maintenance.equipment",
        indexed=False,
        list_rank=1,
        also=("asset", "device", "unit", "instrument", "asset tag"),
    )
    done_on: date = field(
        default=lambda office: office.today,
        list_rank=1,
        label="Calibrated",
        also=("calibration date", "date of calibration", "cal date", "calibrated on", "date"),
    )
    vendor_id: int | None = ref(
        "vendors.vendor",
        default=None,
        list_rank=3,
        help="Who did it; blank: in house",
        also=("calibrated by", "calibration vendor", "company", "laboratory", "provider"),
    )
    technician: str | None = field(
        default=None, list_rank=7, also=("performed by", "calibration technician", "done by")
    )
    number: str | None = field(
        default=None,
        search=True,
        list_rank=4,
        label="Certificate number",
        also=("certificate", "certificate no", "cert no", "cert number", "report number"),
        example="C-20481",
    )
    found: str | None = choice(
        *WORDS,
        default=None,
        hidden=True,
        label="As found, stated",
        help="What the certificate says of it as found, where you enter no points",
    )
    standard_id: int | None = ref(
        "maintenance.reference-standard",
        default=None,
        list_rank=8,
        help="What it was compared with, in house",
    )
    standard_reason: str | None = field(
        default=None,
        hidden=True,
        label="Why this standard",
        help="Why a standard counts that is overdue",
        example="Its own calibration is booked for Friday",
    )
    standard_due_on: date | None = field(
        default=None, managed=True, hidden=True, help="When the standard was due, as it was then"
    )
    task_id: int | None = ref(
        "core.task", default=None, list_rank=8, help="The task that it completes, if not the next"
    )
    state: str = CALIBRATION.field(list_rank=2)
    reason: str | None = field(default=None, managed=True, list_rank=6, example="0.8 °C too high")
    decided_by: str | None = field(default=None, managed=True, hidden=True)
    decided_at: datetime | None = field(default=None, managed=True, hidden=True)
    ticket_id: int | None = ref(
        "maintenance.ticket", default=None, managed=True, archived=True, list_rank=8
    )
    review: str | None = field(
        default=None,
        managed=True,
        kind="long_text",
        hidden=True,
        help="What became of what it measured while it was off",
    )
    reviewed_by: str | None = field(default=None, managed=True, hidden=True)
    reviewed_at: datetime | None = field(default=None, managed=True, hidden=True)
    note: str | None = field(
        default=None, kind="long_text", hidden=True, also=("notes", "comments", "remarks")
    )

    certified_by: str | None = choice(
        "file",
        "number",
        default=None,
        managed=True,
        hidden=True,
        help="The proof by which it passed, where a certificate was asked for",
    )
    certificate_asked: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        help="The plan or category that asked for the certificate as it was entered",
    )

    life = CALIBRATION
    upheld = Upheld("state", ("failed",), needs="maintenance.calibration.withdraw")
    promise = CERTIFIED
    frozen = FROZEN
    importer = "officeops_maintenance.calibration.calibration_import:CalibrationImport"
    page = "officeops_maintenance.calibration.page:page"
    children = (
        Child(
            "maintenance.calibration-point",
            by="calibration_id",
            option="point",
            form="point as_found as_left tolerance unit",
            most=50,
            example="37; as_found=37.9; as_left=37; tolerance=0.5; unit=°C",
        ),
    )
    computed = (
        computed("as_found", _AS_FOUND, kind="choice", choices=WORDS, list_rank=2),
        computed("as_left", _AS_LEFT, kind="choice", choices=WORDS, list_rank=6),
        computed(
            "in_doubt",
            _IN_DOUBT,
            kind="yes_no",
            hidden=True,
            help="It was off, and nobody has said what became of what it measured",
        ),
    )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return what asks for its certificate, and when its standard was due: both change later."""
        values: dict[str, object] = {}
        if self.state == "open":
            # A plan that is archived or edited later asks no less.
            asked = self.certificate_asked or named(_DEMANDED)(office, self)
            values["certificate_asked"] = asked or None
        if self.standard_id is not None and self._is_compared_anew(office):
            due_on = named(f"{_STANDARD}:due_on")(office, self.standard_id)
            values["standard_due_on"] = due_on
        return values

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a day to come, a retired unit, and an overdue standard that nobody gives a reason for."""
        yield from not_to_come(office, self, "done_on")
        yield from before_retirement(office, self, "done_on")
        if self.standard_id is None or self.standard_reason or not self._is_compared_anew(office):
            return
        fault = named(f"{_STANDARD}:fault")(office, self.standard_id, self.done_on)
        if fault:
            cure = "take another one, or say why it counts: --standard-reason"
            yield Problem(f"{fault}; {cure}", "standard", code="needs-consent")

    def _is_compared_anew(self, office: Office) -> bool:
        """Whether its standard or its day changes; one that was right then is right for good."""
        if not self.id:
            return True
        before = office.get(Calibration, self.id)
        compared = (self.standard_id, self.done_on, self.standard_reason)
        return compared != (before.standard_id, before.done_on, before.standard_reason)

    def keep(self, office: Office) -> str | None:  # noqa: ARG002 - the signature of every record
        """Refuse to archive one that counts: inspectors ask for it."""
        if self.state == "withdrawn":
            return None
        facts = {"state": self.state, "needed": ["withdrawn"]}
        return Reason("withdraw it first", code="wrong-state", facts=facts)

    def attached(self, office: Office) -> Iterable[str]:
        """Say that a text is no certificate."""
        if none := why_no_paper(office, self):
            yield f"{none}: it is no certificate of {self.human_key}."


def decided(office: Office, calibration_id: int) -> Calibration | None:
    """Return a calibration that was decided; None of one that is open, withdrawn or archived."""
    calibration = office.first(Calibration, "id = ?", calibration_id)
    return calibration if calibration and calibration.state in DECIDED else None


def has_passed(office: Office, calibration_id: int) -> bool:
    """Whether a calibration has passed."""
    calibration = office.first(Calibration, "id = ?", calibration_id)
    return calibration is not None and calibration.state == "passed"


def latest(
    office: Office,
    equipment_id: int,
    states: tuple[str, ...] = DECIDED,
    before: date | None = None,
) -> Calibration | None:
    """Return the latest calibration of a unit in some states; before a day, if one is given."""
    words = ", ".join(map(repr, states))
    where = f"equipment_id = ? AND state IN ({words}) AND done_on < ifnull(?, '9999')"
    day = before.isoformat() if before else None
    return office.first(Calibration, where, equipment_id, day, order="done_on DESC, id DESC")
