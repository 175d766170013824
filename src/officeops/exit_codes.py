"""Exit codes: what a command ends with, and which of several counts. README's table says the same to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Done. A reader of the output that left early is no failure.
DONE: Final = 0
#: Refused or failed; nothing was written.
REFUSED: Final = 1
#: Wrong usage: an unknown word or option, a value that cannot be read.
USAGE: Final = 2
#: `--check` found something due.
DUE: Final = 3
#: The answer is incomplete: a plugin failed or is refused.
INCOMPLETE: Final = 4
#: Written, with something left out or different.
PARTLY: Final = 5
#: Ended by signal n: SIGNAL + n.
SIGNAL: Final = 128

_ORDER: Final = (REFUSED, INCOMPLETE, PARTLY, DUE)


def leading(codes: Iterable[int]) -> int:
    """Return the one code of several that a command ends with: refused, incomplete, partly, due, in this order."""
    present = {code for code in codes if code}
    for code in _ORDER:
        if code in present:
            return code
    return max(present, default=DONE)
