"""The refusal of an action that a second person signs for, while nobody has."""

from __future__ import annotations

from typing import Final

from officeops.model.errors import Problem, Refused

_WANTED: Final = "witness"


def no_witness() -> Refused:
    """Make the refusal. A screen asks for the witness then, and runs the action again."""
    why = "a second person signs for this, on the screen or a terminal"
    return Refused([Problem(why, code="needs-signing", facts={_WANTED: True})])


def wants_witness(error: Exception) -> bool:
    """Whether an error is that refusal."""
    return isinstance(error, Refused) and any(_WANTED in why.facts for why in error.problems)
