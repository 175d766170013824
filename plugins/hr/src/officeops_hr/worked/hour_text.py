"""Hour text: minutes as hours, the way that payroll writes them."""

from __future__ import annotations

from typing import Final

_HOUR: Final = 60


def hours(minutes: int) -> str:
    """Write minutes as hours: 40:00, and -1:30 where too much was paid."""
    hour, minute = divmod(abs(minutes), _HOUR)
    return f"{'-' if minutes < 0 else ''}{hour}:{minute:02}"
