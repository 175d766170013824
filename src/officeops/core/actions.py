"""Actions on the core's own records: legal holds, and the default location."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.access.actions import ACTIONS as ACCESS
from officeops.access.day_actions import ACTIONS as ACCESS_DAYS
from officeops.access.shared_actions import ACTIONS as SHARED
from officeops.core.attached_actions import ACTIONS as ATTACHED
from officeops.core.default_location_rule import is_default
from officeops.core.document_records import PracticeDocument
from officeops.core.document_types import ACTIONS as DOCUMENT_TYPES
from officeops.core.hours_actions import ACTIONS as HOURS
from officeops.core.task_actions import ACTIONS as TASKS
from officeops.model.actions import action, param
from officeops.model.errors import Reason, Refused

if TYPE_CHECKING:
    from officeops.core.records import LegalHold, Location
    from officeops.model.actions import Action
    from officeops.model.office import Office


@action("core.hold")
def hold(
    office: Office,
    kind: str = param(example="location", help="Kind of record to keep, by its word or key"),
    reason: str = param(example="Audit of 2026", help="Why: the claim, the audit, the letter"),
    only: str | None = param(default=None, help="One record; blank holds all of the kind"),
) -> LegalHold:
    """Keep records from being lost during a claim or audit."""
    from officeops.core.records import LegalHold

    record = office.record(kind)
    if record.meta.derived:
        raise Refused(
            f"{record.meta.plural} are worked out from other records; hold those.",
            code="not-by-hand",
        )
    # A person who may not see the records must not learn from a hold which ones there are.
    office.allow(f"{record.meta.key}.view")
    number = office.find(record, only).id if only else None
    return office.add(
        LegalHold(
            record=record.meta.key,
            number=number,
            reason=reason,
            who=office.actor,
            since=office.today,
        )
    )


def _released(office: Office, held: LegalHold) -> str | None:  # noqa: ARG001 - as `unless` wants it
    return Reason("it is released already", code="wrong-state") if held.archived_at else None


@action(
    "core.legal-hold.release",
    danger=True,
    unless=_released,
)
def release(
    office: Office,
    held: LegalHold,
    reason: str = param(example="The audit is over", help="Why it need not be kept any longer"),
) -> str:
    """Release a hold: retention applies to its records again."""
    # Archived and not destroyed: the hold itself is evidence of why the records were kept.
    office.edit(held, managed=True, released_by=office.actor, released_because=reason)
    office.archive(held)
    return f"Hold {held.human_key} is released."


def _no_other_default(office: Office, location: Location) -> str | None:
    if not is_default(office, location.id):
        return None
    return Reason("it is the default location already", code="nothing-to-do")


@action("core.location.make-default", unless=_no_other_default)
def make_default(office: Office, location: Location) -> str:
    """Make a location the default: stock goes there unless an order, a level or the past differs."""
    from officeops.core.office_record import Facts

    facts = office.first(Facts, "1")
    if facts is None:
        raise Refused(
            "This office was never started. `officeops init --name NAME` does that.",
            code="not-started",
        )
    office.edit(facts, default_location_id=location.id)
    office.forget_facts()
    return f"{location.name} is the default location now."


ACTIONS: list[Action[..., Any]] = [
    hold,
    release,
    make_default,
    *ATTACHED,
    *HOURS,
    *TASKS,
    *PracticeDocument.actions(),
    *DOCUMENT_TYPES,
    *ACCESS,
    *ACCESS_DAYS,
    *SHARED,
]
