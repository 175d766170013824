"""The command line: `officeops NOUN VERB` and a few words that stand alone."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.cli.context import Run


#: What Ctrl-C ends with.
_INTERRUPTED: Final = 130

#: How many new objects Python lets gather before it looks for those that nobody holds. Its own 700 are for what
#: runs long in little memory: a command would be searched fifty times while its modules load, a tenth of its time.
_OBJECTS_BETWEEN_COLLECTIONS: Final = 20_000

#: Where a shell puts its question when it asks for completions.
COMPLETION: Final = "_OFFICEOPS_COMPLETE"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with one of the codes of `officeops.model.exit_codes`."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        code = _process(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        # Before our own handlers were there: no office is open yet.
        os.write(2, b"officeops: Stopped. Nothing was written.\n")
        code = _INTERRUPTED
    # The process ends: its memory goes back as a whole, and a last search of it would be a fifth of the command.
    gc.freeze()
    sys.exit(code)


def _process(arguments: Sequence[str]) -> int:
    """Run the line of this process, with streams that are there and signals that end it between two steps."""
    from officeops.cli.context import Run
    from officeops.cli.streams import secure
    from officeops.store import interruption

    secure()
    line = Run()
    interruption.hold()
    interruption.arm(lambda: line.fate.sentence)
    code = run(arguments, own=line)
    interruption.leave(code)
    return code


def run(arguments: Sequence[str], prepared: Run | None = None, *, own: Run | None = None) -> int:
    """Run a command line and return its exit code. What a user does never ends in a traceback.

    `prepared` is a run for somebody else, whose line this is: who came in over SSH. `own` is the run of this process,
    whose signals are held until here.
    """
    from officeops.cli.context import Run
    from officeops.store import interruption

    if arguments:
        # A shell that asks for completions gives no words. Whoever sends both, by way of sshd, wants past the gate.
        os.environ.pop(COMPLETION, None)
    line = prepared or own or Run()
    line.begin()
    line.as_json = (
        "--json" in arguments
    )  # also where the line is so wrong that no command ever reads it
    try:
        if own is not None:
            interruption.release()
        return _ended(line, _answer(arguments, prepared, line))
    except interruption.Stopped:
        # In one of our own steps; it is raised once only.
        return _ended(line, 0)


def _answer(arguments: Sequence[str], prepared: Run | None, line: Run) -> object:
    """Carry a line out, and return its command's answer, or the code of what stopped it."""
    from officeops.cli.root import root_of

    try:
        answer = root_of(prepared).main(
            list(arguments), prog_name="officeops", standalone_mode=False, obj=line
        )
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the last resort: each becomes a sentence and a code
        from officeops.cli.ending import code_of

        if isinstance(error, SystemExit) and COMPLETION in os.environ:
            return error.code  # click has given the shell its completions, and leaves
        return code_of(error, line)
    return answer


def _ended(line: Run, answer: object) -> int:
    from officeops.cli.streams import lost
    from officeops.store.interruption import finish

    if not (finish() or answer or lost()) and line.is_clean:
        return 0
    from officeops.cli.ending import end

    return end(line, answer)
