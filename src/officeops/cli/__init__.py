"""The command line: `officeops NOUN VERB` and a few words that stand alone."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click

    from officeops.cli.context import Run


#: What the answer's being incomplete ends with, because a plugin failed.
INCOMPLETE = 4


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit: 0 done, 1 refused or failed, 2 wrong usage, 3 something is due, 4 incomplete."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str], prepared: Run | None = None) -> int:  # noqa: PLR0911 - one way out for each way it can end
    """Run a command line and return its exit code. What a user does never ends in a traceback.

    `prepared` is a run for somebody else, whose line this is: who came in over SSH.
    """
    import click

    from officeops.cli.group import Unread
    from officeops.cli.root import root_of
    from officeops.errors import OfficeError

    if arguments:
        # A shell that asks for completions gives no words. Whoever sends both, by way of sshd, wants past the gate.
        os.environ.pop("_OFFICEOPS_COMPLETE", None)
    try:
        answer = root_of(prepared).main(list(arguments), prog_name="officeops", standalone_mode=False, obj=prepared)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        return _misused(wrong)
    except OfficeError as refused:
        return _tell(str(refused), refused.exit_code)
    except UnicodeEncodeError as wrong:
        return _unwritable(wrong)
    except (KeyboardInterrupt, click.Abort):
        return _tell("Stopped. Nothing half done was kept.", 130)
    except (BrokenPipeError, Unread):
        # Whoever read our output has had enough; that is no failure, and there is nobody left to tell.
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115 - so that the exit's flush finds a place
        return 0
    except Exception as fault:  # noqa: BLE001 - the last resort: a sentence, and the trace for who asks
        return _fault(fault, gated=bool(prepared and prepared.gated))
    return answer if isinstance(answer, int) else 0


def _misused(wrong: click.ClickException) -> int:
    """Say what click found wrong. It repeats words of the command line, in which anything may stand."""
    from io import StringIO

    from officeops.cli.output import say

    text = StringIO()
    wrong.show(text)
    say(text.getvalue().rstrip("\n"))
    return wrong.exit_code


def _tell(sentence: str, code: int) -> int:
    from officeops.cli.output import say

    say(f"officeops: {sentence}")
    return code


def _unwritable(wrong: UnicodeEncodeError) -> int:
    found = wrong.object[wrong.start : wrong.end]
    if any("\ud800" <= character <= "\udfff" for character in found):
        return _tell("a word of the command is not text: it has bytes that are not UTF-8. Nothing was written.", 2)
    return _tell(f"the output cannot hold {found!a} in {wrong.encoding}; set LANG to a UTF-8 one, such as C.UTF-8.", 1)


def _fault(fault: Exception, *, gated: bool) -> int:
    import sqlite3

    from officeops.errors import Already, refusal, told, trace_of

    if isinstance(fault, Already):
        return _tell(f"Done before under this request id. {fault.outcome}".rstrip(), 0)
    if os.environ.get("OFFICEOPS_DEBUG"):
        sys.stderr.write(trace_of(fault))
        return 1
    if isinstance(fault, sqlite3.DatabaseError) and (why := refusal(fault)):
        return _tell(why, 1)
    if isinstance(fault, sqlite3.DatabaseError):
        return _tell(f"the office's file refuses: {fault}. Nothing was written.", 1)
    if isinstance(fault, OSError):
        return _tell(f"{fault.strerror or fault}: {fault.filename or 'the system refuses'}.", 1)
    hint = "" if gated else " OFFICEOPS_DEBUG=1 shows where."
    return _tell(f"a fault in officeops itself ({told(fault)}). Nothing was written.{hint}", 1)
