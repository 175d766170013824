"""Plan dates: which tasks a plan has that are not written yet. Today and the writing ask the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.model.immutable import Value
from officeops.values.instants import as_instant
from officeops.values.meter import reached_on
from officeops.values.recurrence import Dated
from officeops.values.zones import local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.office import Office
    from officeops.model.office.reader import OfficeReader
    from officeops.model.records import Record
    from officeops.model.schedule import Schedule
    from officeops.values.meter import Reading
    from officeops.values.recurrence import Recurrence

_DAY: Final = timedelta(days=1)
#: How far ahead the one next date of a plan is looked for, beyond the horizon: thirty years.
_GENERATION: Final = timedelta(days=30 * 366)
#: The latest written task of each plan of a kind. Nobody looks through all of a plan's tasks for it.
_LATEST: Final = """
SELECT p.id, t.nominal_on, t.state, t.done_at FROM {table} p JOIN core_task t ON t.id = (
    SELECT id FROM core_task WHERE plan_key = ? AND plan_id = p.id AND archived_at IS NULL
    ORDER BY nominal_on DESC, id DESC LIMIT 1)
WHERE {which}
"""


class Latest(Value):
    """The latest task of a plan that is written: its day by the rule, and when it was closed."""

    nominal_on: date
    is_open: bool
    closed_on: date | None


class Occurrence(Value):
    """A task of a plan that is not written yet. A `reason` is why nobody has to do it: a pause."""

    plan_key: str
    plan_id: int
    nominal_on: date
    due_on: date
    slot: str
    reason: str | None = None

    @property
    def key(self) -> str:
        """What tells it from all others: its plan, its day by the rule, and the slot."""
        slot = f":{self.slot}" if self.slot else ""
        return f"{self.plan_key}:{self.plan_id}:{self.nominal_on}{slot}"


def latest_of(
    office: OfficeReader, kind: type[Record], plan_id: int | None = None
) -> dict[int, Latest]:
    """Return the latest written task of each plan of a kind that has one, in one query.

    With a `plan_id`, of that plan alone, archived or not.
    """
    which = "p.archived_at IS NULL" if plan_id is None else "p.id = ?"
    sql = _LATEST.format(table=kind.meta.table, which=which)
    rows = office.rows(sql, kind.meta.key, *filter(None, [plan_id]))
    return {number: _latest(office, *row) for number, *row in rows}


def _latest(
    office: OfficeReader,
    nominal: str,
    state: str,
    done_at: str | None,
) -> Latest:
    closed_on = local(as_instant(done_at), office.ways.zone).date() if done_at else None
    return Latest(date.fromisoformat(nominal), state == "open", closed_on)


class PlanDates:
    """The dates of one plan, beyond those that are written."""

    def __init__(self, office: Office, plan: Record) -> None:
        self._office, self._plan = office, plan
        schedule: Any = plan.schedule
        self.schedule: Schedule = schedule
        #: None where the plan has no first date yet.
        self.rule: Recurrence | None = None
        if schedule.value(plan, "anchor") is not None:
            self.rule = schedule.recurrence(plan)
        self._paused: date | None = schedule.value(plan, "paused") or None

    @property
    def is_one_at_a_time(self) -> bool:
        """Whether its next date follows from when the last task was closed."""
        return self.rule is not None and self.rule.is_one_at_a_time

    def until(self, latest: Latest | None, last: date) -> Iterator[Occurrence]:
        """Yield the tasks after the latest one whose day by the rule is at most `last`."""
        if self.rule is None:
            return
        if self.is_one_at_a_time:
            following = self._following(self.rule, latest)
            dates = [following] if following and following.nominal_on <= last else []
            yield from self._occurrences(dates)
            return
        first = latest.nominal_on + _DAY if latest else date.min
        yield from self._occurrences(self.rule.dates(first, last, self._office.calendar))

    def ahead(
        self,
        latest: Latest | None,
        first: date,
        at_least: date = date.min,
    ) -> Iterator[Occurrence]:
        """Yield the tasks to write: from a day on as far as the horizon, and at least the next one.

        So the latest task is after today, and a rule that is edited today counts from today. Beyond
        the horizon they go on up to the day `at_least`.
        """
        today = self._office.today
        if self.rule is None:
            return
        if self.is_one_at_a_time:
            # By use a date moves, so it is written once it has come.
            last = date.max if self.rule.mode == "floating" else today
            yield from self.until(latest, last)
            return
        first = max(first, latest.nominal_on + _DAY) if latest else first
        has_next = latest is not None and latest.nominal_on > today
        horizon = max(today + self.schedule.horizon * _DAY, at_least)
        for dated in self.rule.dates(first, horizon + _GENERATION, self._office.calendar):
            if dated.nominal_on > horizon and has_next:
                return
            has_next = has_next or dated.nominal_on > today
            yield from self._occurrences([dated])

    # -- one at a time -----------------------------------------------------------------------------

    def _following(self, rule: Recurrence, latest: Latest | None) -> Dated | None:
        """Return the date after the latest task; None while that is open, or nobody can tell."""
        if latest and latest.is_open:
            return None
        # A task of a former mode may have been skipped by a pause, which closes nothing.
        closed_on = (latest.closed_on or latest.nominal_on) if latest else None
        following = None
        if rule.mode != "meter":
            following = rule.after(closed_on, self._office.calendar)
        if rule.mode != "floating":
            following = self._by_use(following, closed_on)
        if following is None:
            return None
        # A task that was done early still has its own day.
        earliest = [following.nominal_on]
        earliest += [latest.nominal_on + _DAY] if latest else []
        earliest += [self._paused + _DAY] if self._paused else []
        nominal = max(earliest)
        return Dated(nominal, max(following.due_on, nominal))

    def _by_use(self, by_date: Dated | None, closed_on: date | None) -> Dated | None:
        """Return the earlier one of a date and the day on which the meter reaches its number."""
        number = self.schedule.value(self._plan, "meter_every") or 0
        day = reached_on(self._readings(), closed_on, number)
        if day is None or (by_date and by_date.nominal_on <= day):
            return by_date
        return Dated(day, day)

    def _readings(self) -> list[Reading]:
        meta, use = self._plan.meta, self.schedule.use
        if use is None:
            return []
        with self._office.answering(meta.plugin, f"`use` of the schedule of {meta.key}"):
            return list(use(self._office, self._plan))

    # -- as tasks ----------------------------------------------------------------------------------

    def _occurrences(self, dates: Iterable[Dated]) -> Iterator[Occurrence]:
        # Read once: there may be thousands of dates.
        plan, slots = self._plan, self.schedule.slots(self._plan)
        for nominal, due in dates:
            reason = self._pause() if self._paused and nominal <= self._paused else None
            for slot in slots:
                yield Occurrence(plan.meta.key, plan.id, nominal, due, slot, reason)

    def _pause(self) -> str:
        why = self.schedule.value(self._plan, "pause_reason")
        return f"paused until {self._paused}" + (f": {why}" if why else "")
