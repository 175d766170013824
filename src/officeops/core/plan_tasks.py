"""Plan tasks: what the tasks of a plan are about, whose they are, and their rows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from officeops.model.about import Subject, columns_of
from officeops.model.sql_values import to_sql

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops.core.plan_dates import Occurrence
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.model.schedule import Schedule

#: Whose the tasks of a plan without an owner are.
NOBODYS = "manager"


class PlanTasks:
    """The tasks of one plan, as they are written and as Today shows those that are not."""

    def __init__(self, office: Office, plan: Record) -> None:
        self._office, self._plan = office, plan
        schedule: Any = plan.schedule
        self._schedule: Schedule = schedule

    @property
    def subject(self) -> Subject:
        """The record that they are about: the one that the schedule names, or the plan."""
        meta, about = self._plan.meta, self._schedule.about
        named = None
        if about is not None:
            with self._office.answering(meta.plugin, f"`about` of the schedule of {meta.key}"):
                named = about(self._office, self._plan)
        if isinstance(named, Subject):
            return named
        # Never about nothing: a person must not see a task whose plan is out of reach.
        kept = named or self._plan
        return Subject(kept.meta.key, kept.id)

    @property
    def title(self) -> str:
        """The plan's title or name, with the name of the record that they are about."""
        title = str(self._value("title") or self._office.name(self._plan))
        subject = self.subject
        kind = self._office.records.get(subject.key)
        if kind is None or subject == Subject(self._plan.meta.key, self._plan.id):
            return title
        return f"{title}: {self._office.name(self._office.get(kind, subject.id))}"

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

    def rows(self, occurrences: Iterable[Occurrence]) -> list[dict[str, Any]]:
        """Return the rows of some of them, as SQLite keeps them."""
        shared = {
            "title": self.title,
            "owner": self.owner,
            "severity": self.severity,
            "second_sign": to_sql(bool(self._value("second_sign"))),
            "checklist_id": self._value("checklist") or None,
            "plan_key": self._plan.meta.key,
            "plan_id": self._plan.id,
            **columns_of(self.subject),
        }
        return [{**shared, **self._own(occurrence)} for occurrence in occurrences]

    def _own(self, occurrence: Occurrence) -> dict[str, Any]:
        """Return the columns in which a task differs from the others of its plan."""
        due = occurrence.due_on
        before, after = self._value("before"), self._value("after")
        return {
            "due_on": due.isoformat(),
            "state": "skipped" if occurrence.reason else "open",
            "slot": occurrence.slot or None,
            "window_from": _shifted(due, -(before or 0)),
            "window_to": None if after is None else _shifted(due, after),
            "reason": occurrence.reason,
            "nominal_on": occurrence.nominal_on.isoformat(),
            "occurrence": occurrence.key,
        }

    def _value(self, argument: str) -> Any:  # noqa: ANN401 - of the column's kind
        return self._schedule.value(self._plan, argument)


def _shifted(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()
