"""Which PINs are taken: digits, and none that a stranger would try first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import Problem

if TYPE_CHECKING:
    from officeops.model.sealed_value import Sealed

#: The fewest and the most digits.
SHORTEST: Final = 4
LONGEST: Final = 12
_DIGITS: Final = "01234567890"


def pin_problem(pin: Sealed) -> Problem | None:
    """Return why a PIN is not taken, without repeating it; None where it is."""
    text = str(pin.typed)
    is_digits = text.isascii() and text.isdecimal()
    if not (is_digits and SHORTEST <= len(text) <= LONGEST):
        return Problem(f"needs {SHORTEST} to {LONGEST} digits", "PIN", code="malformed")
    if _is_run(text) or _is_repeated(text):
        why = "is one of those that people try first; choose digits without a pattern"
        return Problem(why, "PIN", code="malformed")
    return None


def _is_run(text: str) -> bool:
    """Whether the digits count up or down: 1234, 7890, 4321."""
    return text in _DIGITS or text in _DIGITS[::-1]


def _is_repeated(text: str) -> bool:
    """Whether the digits repeat a piece of themselves: 0000, 1212, 123123."""
    return text in (text + text)[1:-1]
