"""Plans: something that is done again and again to a unit, to all of a category, or to a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Record, Schedule, choice, computed, field, ref
from officeops.values import wording
from officeops_maintenance.entered_once import refuse_twice
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.plans.counters import COUNTERS
from officeops_maintenance.plans.leads import leads_in
from officeops_maintenance.plans.proved_by import FROZEN, settled
from officeops_maintenance.plans.units import pauses, subjects, use

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office

#: What sort of work a plan is.
SORTS = ("service", "inspection", "test", "calibration", "safety", "log", "visit")
#: A plan of the same title and vendor: of the same unit or category, or of one within the other.
_SAME = """
officeops_fold(CAST(title AS BLOB)) = officeops_fold(CAST(?1 AS BLOB)) AND location_id IS ?2 AND vendor_id IS ?3
AND (equipment_id IS ?4 AND category_id IS ?5
    OR category_id = (SELECT category_id FROM maintenance_equipment WHERE id = ?4)
    OR equipment_id IN (SELECT id FROM maintenance_equipment
        WHERE category_id = ?5 AND status <> 'retired' AND archived_at IS NULL))
"""
#: The most dates before today that become tasks unasked: a month of days.
FEW: Final = 31
#: Where an interval comes from; `assessment` is the office's own, documented risk assessment.
BASES = ("maker", "regulation", "assessment", "house")
# All its tasks are about these, which everybody sees who sees the plan.
_OWN_TASKS = """
k.plan_key = 'maintenance.plan' AND k.plan_id = t.id AND k.archived_at IS NULL
AND k.about_key IN ('maintenance.plan', 'maintenance.equipment')
"""
#: A person who may see no tasks learns nothing of them from their plan.
_TASKS = "core.task"
_NEXT = f"(SELECT min(k.due_on) FROM core_task k WHERE {_OWN_TASKS} AND k.state = 'open')"
#: A task that was skipped or missed was not done, and does not count.
_LAST = f"""(
SELECT max(k.done_at) FROM core_task k WHERE {_OWN_TASKS} AND k.state IN ('done', 'signed'))"""

#: How often a plan comes, in words.
_OFTEN = """
CASE t.mode
    WHEN 'meter' THEN 'each ' || t.use_every || ' ' || t.counter
    WHEN 'weekdays' THEN coalesce(t.weekdays, 'weekly')
    ELSE iif(t.every = 1, 'every ' || t.unit, 'every ' || t.every || ' ' || t.unit || 's')
END || CASE t.mode
    WHEN 'floating' THEN ' after the last'
    WHEN 'first_of' THEN ' or ' || t.use_every || ' ' || t.counter
    WHEN 'nth_weekday' THEN ' on a ' || coalesce(t.weekdays, 'weekday')
    ELSE ''
END"""


class Plan(
    Record,
    key="maintenance.plan",
    prefix="PL",
    display="title",
    sort="title,id",
    also=("schedule", "preventive maintenance", "pm"),
):
    """Work that comes again and again, such as a test.

    A service, a log and a cleaner's visit are plans as well. Without a unit and a category it is about a place, or the whole office.
    """

    title: str = field(
        search=True, list_rank=1, also=("plan", "task", "name"), example="Spore test"
    )
    equipment_id: int | None = ref(
        "maintenance.equipment", default=None, list_rank=2, also=("asset", "unit", "device")
    )
    category_id: int | None = ref(
        "maintenance.equipment-category",
        default=None,
        list_rank=2,
        help="All units of it: each has tasks of its own",
    )
    location_id: int | None = ref(
        "core.location", default=None, list_rank=5, help="Only the category's units there"
    )
    sort: str = choice(*SORTS, default="service", list_rank=5, label="Kind of work")
    vendor_id: int | None = ref(
        "vendors.vendor",
        default=None,
        list_rank=4,
        help="Who comes for it: a contractor, the cleaners",
        also=("contractor", "service vendor"),
    )
    first_on: date = field(
        list_rank=6, label="First", also=("start", "start date"), help="All dates count from it"
    )
    mode: str = choice(
        "fixed",
        "weekdays",
        "nth_weekday",
        "floating",
        "meter",
        "first_of",
        default="fixed",
        hidden=True,
        help="Fixed dates, so long after the last was done, or by use",
    )
    every: int = field(default=1, minimum=1, maximum=999, hidden=True, also=("interval",))
    unit: str = choice("day", "week", "month", "year", default="month", hidden=True)
    weekdays: str | None = field(default=None, hidden=True, example="mon thu")
    nth: int = field(
        default=1, hidden=True, help="Of nth_weekday: 1 to 4, or -1 for the last of the month"
    )
    closed_days: str = choice(
        "keep",
        "next",
        "previous",
        "skip",
        default="keep",
        hidden=True,
        help="What becomes of a date on which the office is closed",
    )
    days_early: int | None = field(default=None, minimum=0, maximum=999, hidden=True)
    days_late: int | None = field(
        default=None, minimum=0, maximum=999, hidden=True, help="After them it is missed"
    )
    slots: str | None = field(default=None, hidden=True, example="am pm")
    since: date | None = field(
        default=None,
        hidden=True,
        help="No task before it. [default: today, where more than 31 dates would be missed]",
    )
    until: date | None = field(default=None, hidden=True, help="The last day of the plan")
    counter: str | None = choice(*COUNTERS, default=None, hidden=True, help="Of a plan by use")
    use_every: int | None = field(
        default=None, minimum=1, hidden=True, example="500", help="It is due after so much use"
    )
    while_out: str = choice(
        "pause",
        "wait",
        "go_on",
        default="pause",
        hidden=True,
        help="While its unit is out of service: dates are skipped, the first waits, or all stay",
    )
    leads: str | None = field(
        default=None, hidden=True, example="14 3", help="Days before a date on which Today says so"
    )
    basis: str = choice(*BASES, default="house", list_rank=7, help="Where the interval comes from")
    basis_note: str | None = field(default=None, kind="long_text", hidden=True)
    source: str | None = field(default=None, list_rank=8, help="The rule, manual or page")
    checked_on: date | None = field(
        default=None, hidden=True, help="When somebody last read the source"
    )
    owner: str = field(
        default="manager",
        list_rank=4,
        example="dana",
        help="A login, a role, or the name of a person without a login",
        also=("assignee", "assigned to"),
    )
    severity: str = choice("unsafe", "legal", "money", "routine", default="routine", list_rank=7)
    checklist_id: int | None = ref("core.checklist", default=None, hidden=True)
    second_sign: bool = field(default=False, hidden=True, label="Second signature")
    needs_certificate: bool = field(
        default=False, hidden=True, help="Its calibrations pass only with the certificate"
    )
    paused_until: date | None = field(default=None, list_rank=8)
    pause_reason: str | None = field(default=None, hidden=True)
    note: str | None = field(default=None, kind="long_text", hidden=True)
    template: str | None = field(default=None, managed=True, hidden=True)
    confirmed_on: date | None = field(default=None, managed=True, list_rank=8)
    confirmed_by: str | None = field(default=None, managed=True, hidden=True)

    importer = "officeops_maintenance.plans.plan_imports:PlanImport"
    frozen = FROZEN
    schedule = Schedule(
        anchor="first_on",
        mode="mode",
        every="every",
        unit="unit",
        weekdays="weekdays",
        nth="nth",
        closed="closed_days",
        before="days_early",
        after="days_late",
        slots="slots",
        since="since",
        until="until",
        paused="paused_until",
        pause_reason="pause_reason",
        title="title",
        owner="owner",
        severity="severity",
        second_sign="second_sign",
        checklist="checklist_id",
        about=subjects,
        use=use,
        meter_every="use_every",
        pauses=pauses,
        settled=settled,
    )
    computed = (
        computed("next_on", _NEXT, kind="date", label="Next", list_rank=1, guard=_TASKS),
        computed("last_done", _LAST, kind="instant", list_rank=3, guard=_TASKS),
        computed("often", _OFTEN, kind="text", label="How often", list_rank=1),
    )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return today as the first day of a new plan whose past nobody asked for."""
        is_asked = self.id or self.since is not None or self.first_on >= office.today
        if is_asked or self.schedule.missed(office, self) <= FEW:
            return {}
        return {"since": office.today}

    def added(self, office: Office) -> Iterable[str]:
        """Say how many dates are left out before the first task, or are missed."""
        refuse_twice(
            office,
            self,
            "title",
            "each task would come twice; edit that plan, or give this one another title",
            _SAME,
            self.title,
            self.location_id,
            self.vendor_id,
            self.equipment_id,
            self.category_id,
        )
        waiting = self.schedule.missed(office, self)
        left_out = self.schedule.missed(office, self, self.first_on) - waiting
        if left_out:
            count = wording.count(left_out, "date")
            how = f"--since {self.first_on}"
            yield f"{count} before {self.since} left out: they are no tasks without {how}."
        if waiting:
            yield f"{wording.count(waiting, 'date')} before today: complete or explain each."

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse two answers to what it is about, and a plan by use of nothing."""
        # A template has its own day, whatever the clock of this machine says.
        if self.template is None or self.confirmed_on is not None:
            yield from not_to_come(office, self, "checked_on")
        if self.equipment_id and self.category_id:
            yield Problem(
                "goes with no category; name one of them", "equipment", code="not-together"
            )
        by_use = self.mode in {"meter", "first_of"}
        # A counter belongs to a unit, and a place has none to go by.
        if by_use and not (self.equipment_id or self.category_id):
            yield Problem("is needed: a plan by use is about a unit", "equipment", code="needed")
        if by_use and self.counter is None:
            yield Problem("is needed for a plan by use", "counter", code="needed")
        if self.counter and not by_use and self._is_changed(office):
            why = f"is of a plan by use, and the mode is {self.mode}"
            yield Problem(why, "counter", code="not-together")
        try:
            # Refused here, since Today reads the leads later and can ask nobody.
            leads_in(self.leads)
        except ValueError as error:
            yield Problem(str(error), "leads", code="not-a-number")

    def _is_changed(self, office: Office) -> bool:
        """Whether its counter or mode is another one than before: an old plan stays as it is."""
        before = office.get(Plan, self.id) if self.id else None
        return before is None or (before.counter, before.mode) != (self.counter, self.mode)
