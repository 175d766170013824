"""The command line: `officeops NOUN VERB`, and commands of the office as a whole."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.cli.context import Run


#: The exit code of Ctrl-C.
_INTERRUPTED: Final = 130

#: How many new objects Python collects before it looks for garbage. Its own 700 are for programs
#: that run long in little memory. A command makes some 30,000 and ends; to search them once takes a
#: tenth of its time.
OBJECTS_BETWEEN_COLLECTIONS: Final = 200_000

#: The variable in which a shell asks for completions.
COMPLETION: Final = "_OFFICEOPS_COMPLETE"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with one of the codes of `officeops.model.exit_codes`."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        code = _process(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        # It came before our own handlers were set, so no office is open yet.
        os.write(2, b"officeops: Stopped. Nothing was written.\n")
        code = _INTERRUPTED
    # The process ends and its memory is freed as a whole; without this, Python would search all of
    # it once more, which takes a fifth of the time of a command.
    gc.freeze()
    sys.exit(code)


def _process(arguments: Sequence[str]) -> int:
    """Run the line of this process, with safe streams, and signals that end it between steps."""
    from officeops.cli.context import Run
    from officeops.cli.streams import secure
    from officeops.store import interruption

    secure()
    line = Run()
    interruption.hold()
    interruption.arm(lambda: line.fate.sentence)
    code = run(arguments, own=line)
    interruption.leave(code)
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        from officeops.plugins.left_threads import end_despite

        end_despite(code, line.plugin_of)
    return code


def run(
    arguments: Sequence[str],
    prepared: Run | None = None,
    *,
    own: Run | None = None,
) -> int:
    """Run a command line and return its exit code. No command line ends in a traceback.

    `prepared` is the run of a line that came in over SSH, for its sender. `own` is the run of this
    process, whose signals are held until here.
    """
    from officeops.cli.context import Run
    from officeops.store import interruption

    if arguments:
        # A shell that asks for completions gives no words. A client that sends both through sshd
        # tries to get around the gate.
        os.environ.pop(COMPLETION, None)
    line = prepared or own or Run()
    line.begin()
    # Also a line so wrong that no command reads its options gets its error as JSON.
    line.as_json = "--json" in arguments
    try:
        if own is not None:
            interruption.release()
        return _ended(line, _answer(arguments, prepared, line))
    except interruption.Stopped:
        # The signal came in one of our own steps; Stopped is raised only once.
        return _ended(line, 0)


def _answer(
    arguments: Sequence[str],
    prepared: Run | None,
    line: Run,
) -> object:
    """Run a line; return its command's answer, or the exit code of the error that stopped it."""
    from officeops.cli.root import root_of

    if COMPLETION in os.environ:
        from officeops.cli.shells import use_own

        use_own()
    try:
        answer = root_of(prepared).main(
            list(arguments),
            prog_name="officeops",
            standalone_mode=False,
            obj=line,
        )
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - each becomes a sentence and a code
        from officeops.cli.ending import code_of

        if isinstance(error, SystemExit) and COMPLETION in os.environ:
            # Click has given the shell its completions, and leaves.
            return error.code
        return code_of(error, line)
    return answer


def _ended(line: Run, answer: object) -> int:
    from officeops.cli.streams import lost
    from officeops.store.interruption import finish

    is_interrupted = finish()
    if line.is_clean and not (is_interrupted or answer or lost()):
        # The usual end, without importing the module that words all the others.
        return 0
    from officeops.cli.ending import end

    return end(line, answer)
