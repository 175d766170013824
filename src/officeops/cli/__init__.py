"""The command line: `officeops NOUN VERB` and a few words that stand alone."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.cli.context import Run


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with one of the codes of `officeops.exit_codes`."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str], prepared: Run | None = None) -> int:
    """Run a command line and return its exit code. What a user does never ends in a traceback.

    `prepared` is a run for somebody else, whose line this is: who came in over SSH.
    """
    from officeops.cli.context import Run
    from officeops.cli.root import root_of

    if arguments:
        # A shell that asks for completions gives no words. Whoever sends both, by way of sshd, wants past the gate.
        os.environ.pop("_OFFICEOPS_COMPLETE", None)
    line = prepared or Run()
    line.begin()
    try:
        answer = root_of(prepared).main(list(arguments), prog_name="officeops", standalone_mode=False, obj=line)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the last resort: each becomes a sentence and a code
        from officeops.cli.ending import code_of

        answer = code_of(error, line)
    if not answer and line.is_clean:
        return 0
    from officeops.cli.ending import end

    return end(line, answer)
