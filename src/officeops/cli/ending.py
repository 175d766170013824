"""How a command ends: the sentence and the exit code of whatever stopped it, true to what was committed by then."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.cli.group import Unread
from officeops.cli.output import say
from officeops.cli.streams import lost
from officeops.model.errors import (
    Already,
    Forbidden,
    OfficeError,
    PluginFault,
    damage,
    refusal,
    told,
    trace_of,
)
from officeops.model.exit_codes import DONE, INCOMPLETE, PARTLY, REFUSED, SIGNAL, USAGE, leading
from officeops.store import interruption
from officeops.store.interruption import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.cli.context import Run
    from officeops.model.errors import Problem

#: Options that stand before the word.
_GLOBAL: Final = frozenset({"--db", "--config", "--safe", "--request-id"})
#: The number of SIGINT, which Ctrl-C sends.
_INTERRUPT = 2


def code_of(error: BaseException, run: Run) -> int:
    """Say what stopped a command, and return the code that it would end with if nothing had been written before."""
    if isinstance(error, Stopped) or interruption.number():
        return DONE  # what else went wrong then comes of it; `end` says so
    for kinds, answer in _ANSWERS:
        if isinstance(error, kinds):
            return answer(error, run)
    return _fault(error, run)


def end(run: Run, answer: object) -> int:
    """Say what is left to say after any command, and return the one code of all that it earned."""
    codes = [*run.codes, answer if isinstance(answer, int) else DONE]
    if run.is_incomplete:
        codes.append(INCOMPLETE)
    for trouble in run.troubles:
        say(f"officeops: plugin {trouble}")
        if os.environ.get("OFFICEOPS_DEBUG"):
            sys.stderr.write(trouble.trace)
        if trouble.hook == "changed":
            # What was written stays, but a plugin that is told of every write was not.
            codes.append(INCOMPLETE)
    if number := interruption.finish():
        return _stopped_by(number, run)
    if max(codes) >= SIGNAL or USAGE in codes:
        return max(codes)
    if why := lost():
        codes.append(_tell(run, _unanswered(why, run), REFUSED, "unanswered"))
    written = run.fate.written
    return leading(_after_all(code, written=written) for code in codes)


def _unanswered(why: str, run: Run) -> str:
    sentence = f"the answer could not be written whole to standard output: {why}."
    return f"{sentence} {run.fate.sentence}" if run.fate.written else sentence


def _after_all(code: int, *, written: bool) -> int:
    """Return what a code means now that it is known whether anything was written."""
    if code == REFUSED and written:
        return PARTLY
    return REFUSED if code == PARTLY and not written else code


def _stopped_by(number: int, run: Run) -> int:
    if not run.is_stopped:
        run.is_stopped = True
        say(f"officeops: Stopped. {run.fate.sentence}")
    return SIGNAL + number


def _stopped(error: BaseException, run: Run) -> int:
    """Ctrl-C, where no handler of ours was; or a question that got no answer, which click calls an abort."""
    code = (
        SIGNAL + _INTERRUPT
        if isinstance(error, KeyboardInterrupt) or _was_interrupted(error)
        else REFUSED
    )
    return _tell(run, f"Stopped. {run.fate.sentence}", code, "stopped")


def _was_interrupted(error: BaseException) -> bool:
    return isinstance(error.__cause__, KeyboardInterrupt) or isinstance(
        error.__context__, KeyboardInterrupt
    )


def _unread(_: BaseException, __: Run) -> int:
    """The reader of our output has had enough; that is no failure, and there is nobody left to tell."""
    sys.stdout = open("/dev/null", "w")  # noqa: SIM115 - so that the exit's flush finds a place
    return DONE


def _refused(
    sentence: str, exit_code: int, run: Run, code: str, problems: Sequence[Problem] = ()
) -> int:
    """Say why a rule refuses. What the command wrote before that stays, and is said."""
    if not run.fate.written:
        return _tell(run, sentence, exit_code, code, problems)
    sentence = f"{run.fate.corrected(sentence).rstrip('.')}. Before that: {run.fate.sentence}"
    return _tell(run, sentence, REFUSED, code, problems)


def _of_the_office(error: OfficeError, run: Run) -> int:
    return _refused(str(error), error.exit_code, run, error.code, getattr(error, "problems", ()))


def _misused(wrong: click.ClickException, run: Run) -> int:
    """Say what click found wrong. It repeats words of the command line, in which anything may stand."""
    ctx = getattr(wrong, "ctx", None)
    if isinstance(
        wrong, getattr(click.exceptions, "NoArgsIsHelpError", ())
    ):  # click 8.1 prints the help itself
        # A word that does nothing alone prints its help.
        say(wrong.format_message())
        return wrong.exit_code
    from officeops.cli.usage_errors import sentence as sentence_of

    sentence = sentence_of(wrong).rstrip(".")
    if isinstance(wrong, click.NoSuchOption) and wrong.option_name in _GLOBAL:
        sentence += f". It goes before the word, as in `officeops {wrong.option_name} …`"
    elif ctx is not None and "--help" not in sentence:
        sentence += f". `{ctx.command_path} --help` says what it takes"
    return _refused(f"{sentence}.".replace("?.", "?"), wrong.exit_code, run, "usage")


def _tell(
    run: Run, sentence: str, exit_code: int, code: str, problems: Sequence[Problem] = ()
) -> int:
    """Say on standard error what stopped a command, to a program that asked for JSON as one object, and return its exit code."""
    if not run.as_json:
        say(f"officeops: {sentence}")
        return exit_code
    import json

    error: dict[str, object] = {"code": code, "message": sentence}
    if problems:
        error["problems"] = [
            {"code": problem.code, "field": problem.field, "message": problem.message}
            for problem in problems
        ]
    say(json.dumps({"error": error}, ensure_ascii=False))
    return exit_code


def _unwritable(wrong: UnicodeEncodeError, run: Run) -> int:
    text = wrong.object[wrong.start : wrong.end]
    if any("\ud800" <= character <= "\udfff" for character in text):
        return _refused(
            "a word of the command is not text: it has bytes that are not UTF-8",
            USAGE,
            run,
            "usage",
        )
    cure = "set LANG to a UTF-8 one, such as C.UTF-8"
    sentence = f"the output cannot hold {text!a} in {wrong.encoding}; {cure}. {run.fate.sentence}"
    return _tell(run, sentence, REFUSED, "unwritable")


def _plugin_failed(fault: PluginFault, run: Run) -> int:
    """A plugin's own code failed. What it had written is rolled back with its action, or stays with the one before."""
    if os.environ.get("OFFICEOPS_DEBUG"):
        sys.stderr.write(trace_of(fault.__cause__ or fault))
    hint = "" if run.gated else " OFFICEOPS_DEBUG=1 shows where."
    return _tell(run, f"{fault}. {run.fate.sentence}{hint}", REFUSED, fault.code)


def _exited(error: SystemExit, run: Run) -> int:
    """Code of a plugin called sys.exit(): its number is no code of ours, and may claim what is not so."""
    sentence = f"a plugin ended the command (SystemExit: {error.code}). {run.fate.sentence}"
    return _tell(run, sentence, REFUSED, PluginFault.code)


def _fault(fault: BaseException, run: Run) -> int:
    import sqlite3

    if isinstance(fault, Already):
        run.repeat(fault)
        return DONE
    if os.environ.get("OFFICEOPS_DEBUG"):
        sys.stderr.write(trace_of(fault))
        return _tell(run, run.fate.sentence, REFUSED, "fault") if run.fate.written else REFUSED
    if isinstance(fault, sqlite3.DatabaseError) and (why := refusal(fault)):
        return _refused(why, REFUSED, run, Forbidden.code)
    if isinstance(fault, sqlite3.DatabaseError):
        why = damage(fault) or f"the office's file refuses: {fault}.{_other_tables(fault)}"
        return _tell(run, f"{why} {run.fate.sentence}", REFUSED, "file")
    if isinstance(fault, OSError):
        why = f"{fault.strerror or fault}: {fault.filename or 'the system refuses'}"
        return _tell(run, f"{why}. {run.fate.sentence}", REFUSED, "system")
    hint = "" if run.gated else " OFFICEOPS_DEBUG=1 shows where."
    return _tell(
        run,
        f"a fault in officeops itself ({told(fault)}). {run.fate.sentence}{hint}",
        REFUSED,
        "fault",
    )


def _other_tables(fault: Exception) -> str:
    """Return where to look when a table lacks what a statement names; blank for anything else SQLite refuses."""
    text = str(fault)
    if text.startswith(("no such column", "no such table")) or "has no column named" in text:
        return " `officeops selfcheck` compares the tables with what the plugins declare."
    return ""


#: What is said of each kind of error, the first that fits; of all others `_fault` tells.
_ANSWERS: Final[tuple[tuple[tuple[type[BaseException], ...], Callable[[Any, Run], int]], ...]] = (
    ((click.exceptions.Exit,), lambda error, _: error.exit_code),
    ((SystemExit,), _exited),
    ((KeyboardInterrupt, click.Abort), _stopped),
    ((BrokenPipeError, Unread), _unread),
    ((click.ClickException,), _misused),
    ((PluginFault,), _plugin_failed),
    ((OfficeError,), _of_the_office),
    ((UnicodeEncodeError,), _unwritable),
)
