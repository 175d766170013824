"""Judge: compare what a command said under a fault of its streams with what it did, and with what it does without one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops.model.exit_codes import (
    DONE,
    DUE,
    INCOMPLETE,
    PARTLY,
    REFUSED,
    SIGNAL,
    USAGE,
    leading,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.said.runner import Ran

#: The faults: what each does to the streams.
FAULTS: Final[Mapping[str, Mapping[str, str | None]]] = {
    "stdout closed": {"stdout": None},
    "stderr closed": {"stderr": None},
    "both closed": {"stdout": None, "stderr": None},
    "all closed": {"stdin": None, "stdout": None, "stderr": None},
    "stdout full": {"stdout": "/dev/full"},
    "stderr full": {"stderr": "/dev/full"},
    "reader gone": {"stdout": "gone"},
    "reader leaves": {"stdout": "head"},
}
#: Faults under which an answer on standard output does not arrive.
LOSE: Final = frozenset({"stdout closed", "both closed", "all closed", "stdout full"})
LEFT: Final = frozenset({"reader gone", "reader leaves"})
NOISE: Final = ("Traceback", "Exception ignored", "a fault in officeops", "Fatal Python")
_SAVED: Final = re.compile(
    r"saved as action (\d+)|[Aa]ctions ([\d, and]+) were saved|actions were saved, from (\d+) to (\d+)"
)
CODES: Final = frozenset({DONE, REFUSED, USAGE, DUE, INCOMPLETE, PARTLY})


def lies(
    fault: str, normal: Ran, ran: Ran, *, told: bool = False, typed: bool = False
) -> Iterator[str]:
    """Yield what is not true of a run.

    `told` is of a command that writes only what it could say first, `typed` of one that reads standard input.
    """
    yield from untrue(ran)
    if ran.code not in CODES:
        yield f"ends with {ran.code}, which is no code"
    if (told and fault in {*LOSE, "reader gone"}) or (typed and fault == "all closed"):
        if ran.change or ran.code != REFUSED:
            yield f"had nothing to do with, and ends with {ran.code}, {ran.change.kind}"
        return
    wanted = expected(fault, normal)
    if ran.code != wanted:
        yield f"ends with {ran.code} and not with {wanted}: {ran.err.strip()[-300:]}"
    if ran.change.kind != normal.change.kind:
        yield f"wrote {ran.change.kind} and not {normal.change.kind}"
    if fault.startswith("stderr") and bool(ran.out) != bool(normal.out):
        yield f"answers {ran.out[:80]!r}"


def expected(fault: str, normal: Ran) -> int:
    """Return the code that a command has to end with under a fault."""
    if fault not in LOSE or not normal.out or normal.code == USAGE:
        return normal.code
    return leading([normal.code, PARTLY if normal.change else REFUSED])


def untrue(ran: Ran) -> Iterator[str]:
    """Yield what of the code and the sentences does not agree with what was written."""
    for sign in NOISE:
        if sign in ran.err:
            yield f"says {sign!r}: {ran.err[-300:]}"
    if ran.code in {REFUSED, USAGE} and ran.change:
        yield f"ends with {ran.code} but wrote {ran.change.kind}"
    if ran.change.numbers and "Nothing was written" in ran.err:
        yield f"says that nothing was written, but wrote {ran.change.verbs}"
    named = {
        int(number)
        for found in _SAVED.findall(ran.err)
        for part in found
        for number in re.findall(r"\d+", part)
    }
    if not named <= set(ran.change.numbers):
        yield f"says that {sorted(named)} were saved, but wrote {ran.change.numbers}"
    if ran.code >= SIGNAL and ran.change.numbers and not named:
        yield f"was stopped and does not say that it saved {ran.change.verbs}: {ran.err[-200:]}"
