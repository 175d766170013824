"""Refusals of a code: a sentence that names the code, its fault, and the cure."""

from __future__ import annotations

from typing import Final

from officeops.model.errors import Reason, Refused
from officeops.values.text import safe

#: The separator of GS1, and the character by which people see it.
SEPARATOR: Final = "\x1d"
SHOWN_SEPARATOR: Final = "\u241d"
#: The longest part of a code that a sentence names.
_NAMED: Final = 80
_CURE: Final = "Scan it again, or type what the label says"


def shown(code: str) -> str:
    """Return a code as a screen can show it."""
    named = safe(code.replace(SEPARATOR, SHOWN_SEPARATOR))
    return named if len(named) <= _NAMED else f"{named[:_NAMED]}…"


def refused(
    code: str,
    why: Reason,
    cure: str = _CURE,
) -> Refused:
    """Make the refusal of a code for a reason."""
    return Refused(why.within(f"The code {shown(code)} cannot be used: {why}. {cure}."))
