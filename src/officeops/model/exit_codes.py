"""Exit codes: what a command ends with, and which of several counts.

README's table says the same to people.
"""

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

#: What each code means to a script; README, `officeops --help` and the docs say the same.
MEANINGS: Final = {
    DONE: "done; a reader that left early is no failure",
    REFUSED: "refused or failed; nothing was written",
    USAGE: "wrong usage",
    DUE: "`--check` found something",
    INCOMPLETE: "incomplete: a plugin failed",
    PARTLY: "written, with something left out or different",
}

#: What the others mean.
BY_SIGNAL: Final = "128 + n: ended by signal n; 130 is Ctrl-C. A sentence names the saved actions."

_MARK: Final = " [ended with {}]"
_ORDER: Final = (REFUSED, INCOMPLETE, PARTLY, DUE)


def marked(outcome: str, code: int) -> str:
    """Add a command's exit code to the outcome that is kept.

    A repetition of the request ends with the same code.
    """
    return outcome if code == DONE else outcome + _MARK.format(code)


def unmarked(outcome: str) -> tuple[str, int]:
    """Return an outcome that was kept, without its mark, and the code its command ended with."""
    for code in MEANINGS:
        if outcome.endswith(mark := _MARK.format(code)):
            return outcome.removesuffix(mark), code
    return outcome, DONE


def leading(codes: Iterable[int]) -> int:
    """Choose the code of several that a command ends with: the first of `_ORDER`."""
    present = {code for code in codes if code}
    for code in _ORDER:
        if code in present:
            return code
    return max(present, default=DONE)
