"""Tasks from a file: those of a plan name it, and what became of each comes along.

The office that takes the file in may have written the same dates itself, when the plan came in. Such
a task, which nobody has touched, takes over what became of it elsewhere.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from officeops.core.plan_dates import Occurrence
from officeops.core.plan_tasks import subjects_of
from officeops.exchange.importer import Importer, Row
from officeops.exchange.imports.cell_readers import subject_of
from officeops.model.about import Subject
from officeops.model.errors import Reason
from officeops.model.fields import Field
from officeops.model.sql_values import from_sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.office import Office
    from officeops.model.records import Record

#: What became of a task.
_BECAME: Final = ("state", "done_at", "done_by", "signed_at", "signed_by", "reason")
# With its title too: in another office the plan of that number may be another one.
_UNTOUCHED: Final = "occurrence = ? AND title = ? AND state = 'open' AND version = 1"


class TaskImport(Importer):
    """Links the tasks of an office's own export to their plans."""

    extra = (
        Field(
            "text",
            default=None,
            label="Plan",
            help="The plan that wrote it: its kind and its name, such as plan:PL-1",
        ).named("plan", "str"),
    )
    restores = (*_BECAME, "slot", "window_from", "window_to", "nominal_on", "occurrence")
    fills = ("plan_key", "plan_id", "occurrence")
    # They follow from the columns of the plan, which may have another number here.
    later = ("plan_key", "plan_id", "missed")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        #: Plans by the texts that name them, or why none does.
        self._plans: dict[str, Record | str] = {}

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Find the plan of each task, or the record from which its date follows."""
        for row in rows:
            text = row.extra.get("plan")
            # Without its date by the plan a task would be one of its own.
            if not text or not row.values["nominal_on"]:
                row.values["occurrence"] = _followed(row.values)
                continue
            plan = self._plan(text)
            if isinstance(plan, str):
                yield row, "plan", plan
            else:
                self._link(row.values, plan)

    def _plan(self, text: str) -> Record | str:
        if text not in self._plans:
            self._plans[text] = self._found(text)
        return self._plans[text]

    def _found(self, text: str) -> Record | str:
        try:
            key, number = subject_of(self.office, text)
        except ValueError as error:
            return Reason(f"{error}; import the plans first", code="not-found")
        kind = self.office.records[key]
        if kind.schedule is None:
            return Reason(f"{text!r} is no plan", code="not-allowed-here")
        return self.office.get(kind, number)

    def _link(self, values: dict[str, Any], plan: Record) -> None:
        """Give a row the columns of its plan, and take over what became of its task."""
        has_several = subjects_of(self.office, plan) is not None
        subject = Subject(values["about_key"], values["about_id"]) if has_several else None
        date_of_plan = Occurrence(
            plan_key=plan.meta.key,
            plan_id=plan.id,
            nominal_on=date.fromisoformat(values["nominal_on"]),
            due_on=date.fromisoformat(values["due_on"]),
            slot=values["slot"] or "",
            subject=subject,
        )
        values["plan_key"], values["plan_id"] = plan.meta.key, plan.id
        values["occurrence"] = date_of_plan.key
        self._take_over(values)

    def _take_over(self, values: dict[str, Any]) -> None:
        """Have the office's own task of the same date take over what became of it."""
        if "state" not in self.given or values["state"] == "open":
            return
        task = self.office.first(self.kind, _UNTOUCHED, values["occurrence"], values["title"])
        if task is None:
            return
        became = {}
        for name in _BECAME:
            if name in self.given:
                became[name] = from_sql(self.kind.meta.by_name[name], values[name])
        self.office.edit(task, managed=True, **became)


def _followed(values: dict[str, Any]) -> str | None:
    """Return the occurrence of a date that follows from what a task is about; None for any other.

    `hr.incident:7:report` says the number that the incident had; here it may have another one.
    """
    key, _, rest = (values["occurrence"] or "").partition(":")
    _, _, topic = rest.partition(":")
    if not topic or key != values["about_key"]:
        return None
    return f"{key}:{values['about_id']}:{topic}"
