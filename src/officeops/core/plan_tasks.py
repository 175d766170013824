"""Plan tasks: what the tasks of a plan are about, whose they are, and their rows."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from officeops.core.plan_dates import PlanDates, joined_on, latest_about
from officeops.model.about import Subject, columns_of
from officeops.model.records import Record
from officeops.model.sql_values import to_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.core.plan_dates import Latest, Occurrence
    from officeops.model.office import Office
    from officeops.model.schedule import Schedule

#: Whose the tasks of a plan without an owner are.
NOBODYS = "manager"


def subjects_of(office: Office, plan: Record) -> list[Subject] | None:
    """List the records that a plan is about, if it is about several, or about those of a class.

    None where it is about one, or about nothing but itself. Raises PluginFault for several kinds.
    """
    return _several(office, plan, _about(office, plan))


def _several(
    office: Office,
    plan: Record,
    named: Any,  # noqa: ANN401 - what a plugin answered
) -> list[Subject] | None:
    if named is None or isinstance(named, Record | Subject):
        return None
    subjects = list(dict.fromkeys(map(_as_subject, named)))
    kinds = {subject.key for subject in subjects}
    with office.answering(plan.meta.plugin, f"`about` of the schedule of {plan.meta.key}"):
        if len(kinds) > 1:
            raise TypeError(f"a plan is about records of one kind, not {', '.join(sorted(kinds))}")
    return subjects


def _about(office: Office, plan: Record) -> Any:  # noqa: ANN401 - what a plugin answers
    """Ask the schedule of a plan what its tasks are about."""
    meta, schedule = plan.meta, plan.schedule
    about = schedule.about if schedule else None
    if about is None:
        return None
    with office.answering(meta.plugin, f"`about` of the schedule of {meta.key}"):
        return about(office, plan)


def _as_subject(named: Record | Subject) -> Subject:
    return named if isinstance(named, Subject) else Subject(named.meta.key, named.id)


class PlanTasks:
    """The tasks of one plan, as they are written and as Today shows those that are not.

    Of a plan about several records they are those about `subject`.
    """

    def __init__(
        self,
        office: Office,
        plan: Record,
        subject: Subject | None = None,
    ) -> None:
        self._office, self._plan, self._subject = office, plan, subject
        schedule: Any = plan.schedule
        self._schedule: Schedule = schedule

    @property
    def subject(self) -> Subject:
        """The record that they are about: the one that the schedule names, or the plan."""
        if self._subject is None:
            named = _about(self._office, self._plan)
            # Never about nothing: a person must not see a task whose plan is out of reach.
            self._subject = _as_subject(self._plan if named is None else named)
        return self._subject

    @property
    def title(self) -> str:
        """The plan's title or name, with the name of the record that they are about."""
        title = str(self._value("title") or self._office.name(self._plan))
        subject = self.subject
        kind = self._office.records.get(subject.key)
        if kind is None or subject == Subject(self._plan.meta.key, self._plan.id):
            return title
        return f"{title}: {self._office.label(kind, subject.id)}"

    @property
    def owner(self) -> str:
        """A login, a role or a person's name: the column's text, or the name of its record."""
        named = self._value("owner")
        field = self._plan.meta.by_name.get(self._schedule.named["owner"])
        target = self._office.records.get(field.target) if field else None
        if target is not None and named is not None:
            # A user is named by the login.
            return self._office.name(self._office.get(target, named))
        return str(named or NOBODYS)

    @property
    def severity(self) -> Any:  # noqa: ANN401 - a Severity
        """How bad it is that one of them waits."""
        return self._value("severity") or "routine"

    @property
    def checklist(self) -> int | None:
        """The checklist by which they are answered, by its number."""
        return self._value("checklist") or None

    def rows(self, occurrences: Iterable[Occurrence]) -> list[dict[str, Any]]:
        """Return the rows of some of them, as SQLite keeps them."""
        shared = {
            "title": self.title,
            "owner": self.owner,
            "severity": self.severity,
            "second_sign": to_sql(bool(self._value("second_sign"))),
            "checklist_id": self.checklist,
            "plan_key": self._plan.meta.key,
            "plan_id": self._plan.id,
            **columns_of(self.subject),
        }
        before = timedelta(days=self._value("before") or 0)
        after = self._value("after")
        window = None if after is None else timedelta(days=after)
        # With blanks for what differs: a copy of all columns takes half the time of a merge.
        every = {**shared, **_BLANK}
        return [_filled(every.copy(), one, before, window) for one in occurrences]

    def _value(self, argument: str) -> Any:  # noqa: ANN401 - of the column's kind
        return self._schedule.value(self._plan, argument)


#: A day as SQLite keeps it. Thousands of plans come on the same few hundred days.
_written: Final = lru_cache(maxsize=2048)(date.isoformat)
#: The columns in which a task differs from the others of its plan.
_BLANK: Final = dict.fromkeys(
    (
        "due_on",
        "state",
        "slot",
        "window_from",
        "window_to",
        "reason",
        "nominal_on",
        "occurrence",
    )
)


def _filled(
    row: dict[str, Any],
    occurrence: Occurrence,
    before: timedelta,
    after: timedelta | None,
) -> dict[str, Any]:
    """Fill in the columns in which a task differs from the others of its plan."""
    due, nominal = occurrence.due_on, occurrence.nominal_on
    due_on, nominal_on = _written(due), _written(nominal)
    row["due_on"] = due_on
    row["state"] = "skipped" if occurrence.reason else "open"
    row["slot"] = occurrence.slot or None
    row["window_from"] = _written(due - before) if before else due_on
    row["window_to"] = None if after is None else _written(due + after)
    row["reason"] = occurrence.reason
    row["nominal_on"] = nominal_on
    row["occurrence"] = occurrence.key_on(nominal_on)
    return row


class PlanPart:
    """A plan as far as it is about one record: its dates, its tasks, and the latest one written."""

    def __init__(
        self,
        dates: PlanDates,
        tasks: PlanTasks,
        latest: Latest | None,
    ) -> None:
        self.dates, self.tasks, self.latest = dates, tasks, latest


def parts_of(
    office: Office,
    plan: Record,
    latest: Latest | None,
) -> Iterator[PlanPart]:
    """Yield the parts of a plan: one for each record that it is about.

    `latest` is the latest written task of all of the plan.
    """
    named = _about(office, plan)
    subjects = _several(office, plan, named)
    if subjects is None:
        # Asked once: a nightly job has thousands of plans.
        subject = _as_subject(plan if named is None else named)
        yield PlanPart(PlanDates(office, plan), PlanTasks(office, plan, subject), latest)
        return
    known = latest_about(office, plan, subjects)
    for subject in subjects:
        own = known.get(subject)
        # A record that joins a plan which has tasks has no past in it.
        since = joined_on(office, plan, subject) if latest and own is None else date.min
        dates = PlanDates(office, plan, subject, since)
        yield PlanPart(dates, PlanTasks(office, plan, subject), own)
