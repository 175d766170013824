"""Proofs for inspectors: the checks of a year that plans from templates keep."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Proof, Task
from officeops.values import wording
from officeops_maintenance.gone_records import gone_records
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.templates import templates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, ProofStatus

_YEAR: Final = timedelta(days=365)
_OF_YEAR: Final = "plan_key = 'maintenance.plan' AND plan_id = ? AND nominal_on BETWEEN ? AND ?"
#: Plans that are archived, and that asked for a check between two days.
_GONE: Final = """t.archived_at IS NOT NULL AND t.template IS NOT NULL AND EXISTS (
    SELECT 1 FROM core_task k WHERE k.plan_key = 'maintenance.plan' AND k.plan_id = t.id
    AND k.nominal_on BETWEEN ? AND ? AND k.archived_at IS NULL)"""
_DONE: Final = {"done", "signed"}


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield a proof for each plan whose template is for an asked kind.

    Without a plan it is on paper, if anywhere: nothing is said of it.
    """
    rows = templates()
    days = (office.today - _YEAR).isoformat(), office.today.isoformat()
    gone = gone_records(office, Plan, _GONE, *days)
    for plan in [*office.all(Plan, "template IS NOT NULL"), *gone]:
        row = rows.get(plan.template or "")
        for kind in row["proof"].split() if row else ():
            if kind in kinds:
                yield _proof(office, kind, plan)


def _proof(
    office: Office,
    kind: str,
    plan: Plan,
) -> Proof:
    """Say how many dates of a year were kept; one that was missed without a reason is a fault."""
    today = office.today
    days = (today - _YEAR).isoformat(), today.isoformat()
    tasks = list(office.all(Task, _OF_YEAR, plan.id, *days))
    done = sum(task.state in _DONE for task in tasks)
    missed = sum(task.is_missed(today) for task in tasks)
    explained = sum(task.state in {"skipped", "missed"} for task in tasks)
    words = f"{plan.title} ({plan.human_key}): {done} of {wording.count(len(tasks), 'check')} done"
    if explained:
        words += f", {explained} left out with a reason"
    if missed:
        words += f", {missed} missed without a reason"
    status: ProofStatus = "not met" if missed else "met" if done else "due"
    action = "task list --view missed" if missed else ""
    return Proof(
        kind,
        status,
        words,
        action=action,
        owner=plan.owner,
        record=Plan.meta.key,
        record_id=plan.id,
    )
