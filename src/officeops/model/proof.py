"""Proof: what the office keeps of something that an inspector asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from datetime import date

#: How good a proof is: `met` (it holds), `due` (it holds and ends soon), `not met` (it does not
#: hold), or `missing` (there is none).
ProofStatus = Literal["met", "due", "not met", "missing"]
ProofStatus.__doc__ = (
    """How good a proof is: give one of these four words as the `status` of a `Proof`."""
)
#: The worst last.
STATUSES: Final[tuple[ProofStatus, ...]] = ("met", "due", "not met", "missing")


class Proof(Value):
    """What a plugin keeps of something that an inspector asks for: one document, one lot, one log.

    `kind` is the kind of proof that questions ask for, such as `expired-stock`. `status` is met,
    due (it holds and ends soon), not met (it has ended, or shows a fault), or missing: the plugin
    keeps this kind and has none. `what` names the proof, and claims no more than the plugin knows.
    `on` is its last good day; `action` is the command that repairs it, and `owner` is whose it is.
    `gap` is what it lacks still, which the office sees and an inspector does not.
    The files attached to its record are its documents.
    """

    kind: str
    status: ProofStatus
    what: str
    on: date | None = None
    action: str = ""
    owner: str = "manager"
    record: str = ""
    record_id: int = 0
    gap: str = ""
