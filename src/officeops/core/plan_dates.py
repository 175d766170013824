"""Plan dates: which tasks a plan has that are not written yet. Today and the writing ask the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.model.about import Subject
from officeops.model.immutable import Value
from officeops.values.calendar import calendar_of
from officeops.values.instants import as_instant
from officeops.values.meter import reached_on
from officeops.values.pauses import Pause
from officeops.values.recurrence import Dated
from officeops.values.zones import local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.office import Office
    from officeops.model.office.reader import OfficeReader
    from officeops.model.records import Record
    from officeops.model.schedule import Schedule
    from officeops.values.calendar import Calendar
    from officeops.values.meter import Reading
    from officeops.values.recurrence import Recurrence

_DAY: Final = timedelta(days=1)
#: The calendar of dates that stay as they are: nobody asks it.
_ANY: Final = calendar_of((), ())
#: How far ahead the one next date of a plan is looked for, beyond the horizon: thirty years.
_GENERATION: Final = timedelta(days=30 * 366)
#: The latest written task of each plan of a kind. Nobody looks through all of a plan's tasks for it.
_LATEST: Final = """
SELECT p.id, t.nominal_on, t.state, t.done_at FROM {table} p JOIN core_task t ON t.id = (
    SELECT id FROM core_task WHERE plan_key = ? AND plan_id = p.id AND archived_at IS NULL
    ORDER BY nominal_on DESC, id DESC LIMIT 1)
WHERE {which}
"""


#: The latest tasks of a plan about several records, by the index of the plan, whatever the records.
_NEWEST: Final = """
SELECT about_key, about_id, nominal_on, state, done_at FROM core_task
WHERE plan_key = ? AND plan_id = ? AND archived_at IS NULL {about}
ORDER BY nominal_on DESC, id DESC LIMIT ?
"""
_ABOUT_ONE: Final = "AND +about_key = ? AND +about_id = ?"
#: How many tasks of each record are read at once: on a date there may be several.
_AT_ONCE: Final = 4
#: The first day of a plan about a record, of tasks that were taken back. Most records have tasks.
_FIRST_ABOUT: Final = """
SELECT min(nominal_on) FROM core_task
WHERE plan_key = ? AND plan_id = ? AND +about_key = ? AND +about_id = ?
"""


class Latest(Value):
    """The latest task of a plan that is written: its day by the rule, and when it was closed."""

    nominal_on: date
    is_open: bool
    closed_on: date | None


class Occurrence(Value):
    """A task of a plan that is not written yet. A `reason` is why nobody has to do it: a pause.

    `subject` is the record that it is about, of a plan about several.
    """

    plan_key: str
    plan_id: int
    nominal_on: date
    due_on: date
    slot: str
    reason: str | None = None
    subject: Subject | None = None

    @property
    def key(self) -> str:
        """What tells it from all others: its plan, what it is about, its day and the slot."""
        return self.key_on(self.nominal_on.isoformat())

    def key_on(self, nominal_on: str) -> str:
        """Return the key, where the day is a text already: to write a day takes as long as the rest."""
        # Not by the kind of the subject, which may be renamed: a plan is about one kind.
        about = f"@{self.subject.id}:" if self.subject is not None else ""
        slot = f":{self.slot}" if self.slot else ""
        return f"{self.plan_key}:{self.plan_id}:{about}{nominal_on}{slot}"


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


def latest_about(
    office: OfficeReader, plan: Record, subjects: Sequence[Subject]
) -> dict[Subject, Latest]:
    """Return the latest written task of a plan about each of several records that has one."""
    of_plan = (plan.meta.key, plan.id)
    # Most have tasks on the same dates, so the newest of the plan are the newest of nearly all.
    rows = office.rows(_NEWEST.format(about=""), *of_plan, _AT_ONCE * len(subjects))
    latest = _first_of_each(office, rows)
    for subject in subjects:
        if subject not in latest:
            about = (subject.key, subject.id)
            rows = office.rows(_NEWEST.format(about=_ABOUT_ONE), *of_plan, *about, 1)
            latest |= _first_of_each(office, rows)
    return latest


def _first_of_each(office: OfficeReader, rows: Iterable[Sequence[Any]]) -> dict[Subject, Latest]:
    latest: dict[Subject, Latest] = {}
    for key, number, *row in rows:
        subject = Subject(key, number)
        if subject not in latest:
            latest[subject] = _latest(office, *row)
    return latest


def joined_on(
    office: OfficeReader,
    plan: Record,
    subject: Subject,
) -> date:
    """Return the day from which a plan with tasks is about a record that has none: as a rule today."""
    first = office.value(_FIRST_ABOUT, plan.meta.key, plan.id, subject.key, subject.id)
    return date.fromisoformat(first) if first else office.today


def _latest(
    office: OfficeReader,
    nominal: str,
    state: str,
    done_at: str | None,
) -> Latest:
    closed_on = local(as_instant(done_at), office.ways.zone).date() if done_at else None
    return Latest(date.fromisoformat(nominal), state == "open", closed_on)


class PlanDates:
    """The dates of one plan, beyond those that are written.

    Of a plan about several records they are those about `subject`, which joined it on `since`.
    """

    def __init__(
        self,
        office: Office,
        plan: Record,
        subject: Subject | None = None,
        since: date = date.min,
    ) -> None:
        self._office, self._plan, self._subject = office, plan, subject
        schedule: Any = plan.schedule
        self.schedule: Schedule = schedule
        self._since = max(since, schedule.value(plan, "since") or date.min)
        #: None where the plan has no first date yet.
        self.rule: Recurrence | None = None
        if schedule.value(plan, "anchor") is not None:
            self.rule = schedule.recurrence(plan)
        self._known_pauses: list[Pause] | None = None

    @property
    def is_one_at_a_time(self) -> bool:
        """Whether its next date follows from when the last task was closed."""
        return self.rule is not None and self.rule.is_one_at_a_time

    @property
    def _calendar(self) -> Calendar:
        """The office's opening hours, where a closed day moves a date of the plan."""
        is_moved = self.rule is not None and self.rule.closed != "keep"
        return self._office.calendar if is_moved else _ANY

    def until(self, latest: Latest | None, last: date) -> Iterator[Occurrence]:
        """Yield the tasks after the latest one whose day by the rule is at most `last`."""
        if self.rule is None:
            return
        if self.is_one_at_a_time:
            following = self._following(self.rule, latest)
            dates = [following] if following and following.nominal_on <= last else []
            yield from self._occurrences(dates)
            return
        first = latest.nominal_on + _DAY if latest else self._since
        yield from self._occurrences(self.rule.dates(first, last, self._calendar))

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
        first = max(first, latest.nominal_on + _DAY if latest else self._since)
        has_next = latest is not None and latest.nominal_on > today
        horizon = max(today + self.schedule.horizon * _DAY, at_least)
        dates = self.rule.dates(first, horizon + _GENERATION, self._calendar)
        yield from self._occurrences(self._as_far_as(today, horizon, dates, has_next=has_next))

    def _as_far_as(
        self,
        today: date,
        horizon: date,
        dates: Iterable[Dated],
        *,
        has_next: bool,
    ) -> Iterator[Dated]:
        """Yield the dates up to the horizon, and one after today in any case."""
        for dated in dates:
            nominal = dated.nominal_on
            if nominal > horizon and (has_next or self.is_on_hold(nominal)):
                return
            has_next = has_next or nominal > today
            yield dated

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
        earliest = latest.nominal_on + _DAY if latest else self._since
        nominal = max(following.nominal_on, earliest)
        for pause in self._pauses:
            if pause.has(nominal):
                # While it goes on nobody knows the day.
                if pause.last is None:
                    return None
                nominal = pause.last + _DAY
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
        about = () if self._subject is None else (self._subject,)
        with self._office.answering(meta.plugin, f"`use` of the schedule of {meta.key}"):
            return list(use(self._office, self._plan, *about))

    # -- pauses ------------------------------------------------------------------------------------

    @property
    def _pauses(self) -> list[Pause]:
        """The pause of the plan and those that the schedule knows of, by their first days."""
        # Asked when there is a date: most plans in Today have none that is not written.
        if self._known_pauses is None:
            pauses = [*self._own_pause(), *self._asked_pauses()]
            self._known_pauses = sorted(pauses, key=lambda pause: pause.first)
        return self._known_pauses

    def _own_pause(self) -> Iterator[Pause]:
        until = self.schedule.value(self._plan, "paused")
        if until:
            why = self.schedule.value(self._plan, "pause_reason")
            yield Pause(date.min, until, f"paused until {until}" + (f": {why}" if why else ""))

    def _asked_pauses(self) -> list[Pause]:
        meta, pauses = self._plan.meta, self.schedule.pauses
        if pauses is None:
            return []
        about = () if self._subject is None else (self._subject,)
        with self._office.answering(meta.plugin, f"`pauses` of the schedule of {meta.key}"):
            return list(pauses(self._office, self._plan, *about))

    def paused_since(self) -> date | None:
        """Return the first day of the latest pause of the schedule that has ended; None for none."""
        ended = [(pause.last, pause.first) for pause in self._asked_pauses() if pause.last]
        return max(ended)[1] if ended else None

    def is_on_hold(self, day: date) -> bool:
        """Whether a day is in a pause that goes on."""
        return any(pause.last is None and pause.has(day) for pause in self._pauses)

    # -- as tasks ----------------------------------------------------------------------------------

    def _occurrences(self, dates: Iterable[Dated]) -> Iterator[Occurrence]:
        # Read once: there may be thousands of dates.
        plan, slots, subject = self._plan, self.schedule.slots(self._plan), self._subject
        #: The pauses whose first date waits already.
        waited: list[Pause] = []
        pauses: list[Pause] | None = None
        for nominal, due in dates:
            reason = None
            # Asked at the first date: most plans in Today have none, and most others no pause.
            pauses = self._pauses if pauses is None else pauses
            if pauses and (pause := self._pause_of(nominal)):
                if pause.last is None:
                    continue
                reason = pause.reason
                if pause.waits and pause not in waited:
                    waited.append(pause)
                    due, reason = max(due, pause.last + _DAY), None  # noqa: PLW2901
            for slot in slots:
                yield Occurrence(plan.meta.key, plan.id, nominal, due, slot, reason, subject)

    def _pause_of(self, day: date) -> Pause | None:
        return next((pause for pause in self._pauses if pause.has(day)), None)
