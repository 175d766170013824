"""Booking controls: each is kept with its outcome; a failure opens a ticket, and the lot follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Note
from officeops_maintenance.laboratory.holds import follow_lot
from officeops_maintenance.laboratory.kit_actions import opened, use_words
from officeops_maintenance.laboratory.kits import kit_now
from officeops_maintenance.laboratory.levels import level_words
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_maintenance.laboratory.lab_control import LabControl
    from officeops_maintenance.laboratory.lab_kit import LabKit


def book_controls(
    office: Office,
    kit: LabKit,
    controls: Sequence[LabControl],
) -> Iterator[str]:
    """Keep the controls of a kit inside the open action, and yield what they mean for it."""
    if kit.opened_on is None:
        # Nobody runs a control without opening the box, so its day is known.
        first_day = min(control.day for control in controls)
        kit = office.edit(kit, opened_on=first_day)
        yield f"{opened(office, kit)}."
    # One ticket for all levels that failed at once: it is one thing to see to.
    failed = [control for control in controls if control.outcome == "fail"]
    ticket = _ticket(office, kit, failed) if failed else None
    for control in failed:
        control.ticket_id = ticket.id if ticket else None
    for control in controls:
        office.add(control)
    # After the controls are kept, as the hold follows from them.
    yield from follow_lot(office, kit.test_id, kit.number)
    yield use_words(office, kit)
    if ticket:
        yield f"{ticket.human_key} is open for it."


def _ticket(
    office: Office,
    kit: LabKit,
    failed: Sequence[LabControl],
) -> Ticket:
    """Open a ticket for a failed control, or add to the one that is open for the lot."""
    test = kit_now(office, kit).test
    title = f"{test} lot {kit.number}: control failed"
    lines = []
    for control in failed:
        seen = f"{control.result}, expected {control.expected}"
        lines.append(f"{level_words(control.level)}: {seen}")
    text = f"{kit.human_key}. {'; '.join(lines)}."
    # A repeat that fails again belongs to the same story.
    ticket = office.first(Ticket, f"title = ? AND {OPEN}", title)
    if ticket is not None:
        office.add(Note(about=ticket, text=f"It failed again. {text}"))
        return ticket
    return office.add(
        Ticket(
            title=title,
            details=text,
            kind="incident",
            priority="high",
        )
    )
