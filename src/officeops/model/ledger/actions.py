"""The action of a ledger: an entry is reversed, as a command, a form and a permission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.actions import Action
from officeops.model.fields import Field

if TYPE_CHECKING:
    from officeops.model.ledger import Booked, Ledger
    from officeops.model.office import Office
    from officeops.model.records import Record


def reversing(ledger: Ledger, record: type[Record]) -> Action[Any, Any]:
    """Return the action that reverses an entry, with all that was booked with it."""

    def reverse(office: Office, entry: Any, /, note: str | None = None) -> str:  # noqa: ANN401
        booked = ledger.reverse(office, entry, note=note)
        others = len(booked) - 1
        with_others = f", with {others} more of its group" if others else ""
        return f"{record.meta.label} #{entry.id} of {entry.day} is reversed{with_others}."

    def unless(office: Office, entry: Booked) -> str | None:
        return ledger.why_not_reversed(office, entry)

    # The author finds the declaration where the record is.
    reverse.__module__ = record.__module__
    note = Field("text", default=None, help="What went wrong")
    return Action(
        reverse,
        f"{record.meta.key}.reverse",
        help="Reverse an entry that is wrong, with all of its group.",
        danger=True,
        unless=unless,
        fields=(note.named("note", "str | None"),),
    )
