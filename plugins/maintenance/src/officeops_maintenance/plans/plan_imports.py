"""Imports of plans and visits: an office's own export comes back as it was."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

from officeops.exchange import Importer
from officeops.values import wording
from officeops_maintenance.claimed_states import ClaimsImport
from officeops_maintenance.plans.plan import FEW, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.exchange import Row


class PlanImport(Importer):
    """Takes over who confirmed a plan, and the template that it came from.

    A plan of another program that began years ago begins today, as one that is typed in.
    """

    restores = ("template", "confirmed_on", "confirmed_by")
    # They follow from the tasks, which the office writes itself.
    later = ("next_on", "last_done", "often")
    _begun = 0
    _left_out = 0

    def refuse_new(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Let new plans begin today where many dates would be missed."""
        # The office's own export says since when, and blank there is from the first date.
        if "since" not in self.given:
            for row in rows:
                self._begin(row)
        return ()

    def _begin(self, row: Row) -> None:
        values = row.values
        plan: Any = SimpleNamespace(**values)
        for name in ("first_on", "until"):
            if values[name] is not None:
                setattr(plan, name, date.fromisoformat(values[name]))
        missed = Plan.schedule.missed(self.office, plan)
        if missed > FEW:
            values["since"] = self.office.today.isoformat()
            self._begun += 1
            self._left_out += missed

    def finish(self) -> Iterable[str]:
        """Say how many dates are left out."""
        if self._begun:
            yield (
                f"{wording.count(self._left_out, 'date')} before today are no tasks, of "
                f"{wording.count(self._begun, 'plan')}; a column since says otherwise."
            )


class VisitImport(ClaimsImport):
    """Takes over who came when, and what they did."""

    claims: ClassVar[Mapping[str, str]] = {"came": "say so here: officeops visit came"}
    who = "noted_by"
    restores = ("state", "came_at", "done", "used", "reason", "noted_by")

    def lacks(self, row: Row) -> str | None:
        """Return that no moment says when somebody came."""
        return None if row.values["came_at"] else "no moment says when"
