"""Monitored units: refrigerators, freezers and rooms whose temperature is read every day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Frozen, Part, Problem, Promise, Record, choice, computed, field, named, ref
from officeops_maintenance.equipment.choosing import refuse_unusable
from officeops_maintenance.readings.limits import SORTS, Limits, usual_limits
from officeops_maintenance.readings.other_scale import limits_in_other_scale
from officeops_maintenance.readings.slot import SLOTS, Slot, slot_now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from officeops import Office

#: The coldest and the hottest that a unit is kept: liquid nitrogen, and a warming cabinet.
COLDEST: Final = -20_000
HOTTEST: Final = 10_000
#: Nothing is usable that a unit with an open excursion keeps, whichever place is its place by now.
HELD: Final = Promise(
    "officeops_maintenance.readings.kept_goods:not_held",
    rests_on={"maintenance.monitored-unit": "id", "maintenance.excursion": "unit_id"},
)
#: By name: excursions know of units.
_MOVED: Final = "officeops_maintenance.readings.unit_places:moved"
_IN_FORCE: Final = "officeops_maintenance.readings.limits_in_force"
_KEPT_GAPS: Final = "officeops_maintenance.readings.kept_gaps:refuse_lost"
_WAS_AT: Final = "officeops_maintenance.readings.unit_places:former_places"
_WHY_KEPT: Final = "officeops_maintenance.readings.unit_places:why_kept"
_SAME_LOGGER: Final = "logger_serial = ? AND id <> ifnull(?, 0)"
_LAST_READ: Final = """(
SELECT r.taken_at FROM maintenance_temperature_reading r
WHERE r.unit_id = t.id AND r.archived_at IS NULL ORDER BY r.day DESC, r.slot DESC, r.id DESC LIMIT 1)"""
_OPEN_EXCURSION: Final = """EXISTS (
SELECT 1 FROM maintenance_excursion x
WHERE x.unit_id = t.id AND x.archived_at IS NULL AND x.state IN ('open', 'called'))"""


class MonitoredUnit(
    Record,
    key="maintenance.monitored-unit",
    display="name",
    sort="name",
    also=("temperature-log", "refrigerator", "fridge", "freezer", "monitor"),
):
    """A refrigerator, freezer or room with a temperature log."""

    name: str = field(
        unique=True,
        search=True,
        list_rank=1,
        example="Vaccine refrigerator",
        also=("monitored unit", "unit"),
    )
    sort: str = choice(*SORTS, default="refrigerator", list_rank=3, also=("type",))
    equipment_id: int | None = ref(
        "maintenance.equipment", default=None, list_rank=5, help="The piece of equipment that it is"
    )
    location_id: int | None = ref(
        "core.location",
        default=None,
        list_rank=4,
        help="Where the stock has the lots that it keeps; blank is its equipment's location",
    )
    low: int | None = field(
        kind="temperature",
        default=None,
        minimum=COLDEST,
        maximum=HOTTEST,
        list_rank=4,
        help="The coldest allowed; blank is the usual limit of its sort",
    )
    high: int | None = field(
        kind="temperature",
        default=None,
        minimum=COLDEST,
        maximum=HOTTEST,
        list_rank=4,
        help="The warmest allowed; blank is the usual limit of its sort",
    )
    shows_range: bool = field(
        default=True,
        list_rank=7,
        label="Min/max display",
        help="Its display shows the lowest and highest since the last reading",
    )
    twice: bool = field(
        default=False, list_rank=7, help="Your state or program asks for two readings a day"
    )
    first_on: date = field(
        default=lambda office: office.today, list_rank=8, help="The first day of its log"
    )
    first_half: str | None = choice(
        *SLOTS,
        default=None,
        managed=True,
        hidden=True,
        help="The first reading of its log, where that is not the morning of its first day",
    )
    call: str | None = field(
        default=None,
        hidden=True,
        example="State immunization program, 555-0100",
        help="Whom to call when it is out of range",
    )
    logger_serial: str | None = field(
        default=None, search=True, list_rank=9, help="Serial number of its logger"
    )
    owner: str = field(default="staff", list_rank=8, help="Who reads it: a login or a role")
    limits_confirmed_by: str | None = field(default=None, managed=True, hidden=True)
    was_at: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        internal=True,
        help="Numbers of its former locations, each with the moment of the change",
    )

    had_limits: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        internal=True,
        help="Its former limits, each with the moment of the change",
    )

    importer = "officeops_maintenance.readings.unit_import:UnitImport"
    promise = HELD
    frozen = (Frozen(("sort", "low", "high"), rule=f"{_IN_FORCE}:limits_kept"),)
    computed = (
        computed("last_read", _LAST_READ, kind="instant", list_rank=2),
        computed("in_excursion", _OPEN_EXCURSION, kind="yes_no", list_rank=6),
    )
    parts = (
        Part(
            "maintenance.excursion",
            "unit_id",
            ("started_at", "verdict", "case_number", "state"),
            is_quiet=True,
        ),
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse limits the wrong way round, and a unit without any."""
        limits = self.limits(office)
        if limits.low is None and limits.high is None:
            yield Problem("is needed, or the low one: no rule gives it", "high", code="needed")
        elif limits.low is not None and limits.high is not None and limits.low >= limits.high:
            yield Problem("is not below the high limit", "low", code="out-of-range")
        usual = usual_limits(self.sort, office.ways.temperature)
        yield from limits_in_other_scale(office, usual, low=self.low, high=self.high)
        if self.logger_serial:
            other = office.first(MonitoredUnit, _SAME_LOGGER, self.logger_serial, self.id)
            # A row of a file has the unit's name before it has its number.
            if other is not None and other.name != self.name:
                yield Problem(f"is of the logger in {other.name}", "logger_serial", code="taken")

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return its former places and limits, or the afternoon as the beginning of a log that comes at noon."""
        if self.id:
            return {
                **named(_WAS_AT)(office, self),
                **named(f"{_IN_FORCE}:had_limits")(office, self),
                **self._first_reading(office),
            }
        now = slot_now(office)
        is_late = self.first_half is None and self.first_on == now.day
        return {"first_half": now.half} if is_late and now.half == "pm" else {}

    def _first_reading(self, office: Office) -> Mapping[str, object]:
        known = office.get(MonitoredUnit, self.id)
        # Another first day begins with its morning, unless its half was chosen with it.
        is_moved = known.first_on != self.first_on and known.first_half == self.first_half
        return {"first_half": None} if is_moved and self.first_half else {}

    def added(self, office: Office) -> Iterable[str]:
        """Refuse a unit that nobody may use."""
        refuse_unusable(office, self.equipment_id, "equipment")
        return ()

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Do so where another one is chosen, and keep the gaps of its log."""
        named(_KEPT_GAPS)(office, self, before)
        if "equipment_id" in before:
            refuse_unusable(office, self.equipment_id, "equipment")
        if not before.keys().isdisjoint({"equipment_id", "location_id"}):
            yield from named(_MOVED)(office, self)

    def keep(self, office: Office) -> str | None:
        """Refuse to archive a unit with an open excursion, or with gaps that nobody explained."""
        why: str | None = named(_WHY_KEPT)(office, self)
        return why

    def limits(self, office: Office) -> Limits:
        """Return its limits: its own, else the usual ones of its sort."""
        usual = usual_limits(self.sort, office.ways.temperature)
        return Limits(self.low, self.high) if usual is None else usual.own(self.low, self.high)

    @property
    def slots(self) -> tuple[str, ...]:
        """The readings of a day: one where the display keeps the range, else two; CDC's rule.

        A state or a program may ask for two all the same.
        """
        return ("am", "pm") if self.twice or not self.shows_range else ("am",)

    @property
    def begins(self) -> Slot:
        """The first slot of its log."""
        return Slot(self.first_on, (len(self.slots) > 1 and self.first_half) or "am")
