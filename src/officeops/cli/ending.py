"""The end of a command: the sentence and the exit code for each kind of error.

Both are true to the commits until then: `run.fate` knows whether anything was written.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.cli.group import Unread
from officeops.cli.output import say
from officeops.cli.streams import lost
from officeops.model.error_words import damage, ended, text_of, told, trace_of
from officeops.model.errors import Already, Forbidden, OfficeError, PluginFault, Problem
from officeops.model.exit_codes import DONE, INCOMPLETE, PARTLY, REFUSED, SIGNAL, USAGE, leading
from officeops.store import interruption
from officeops.store.interruption import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from sqlite3 import DatabaseError

    from officeops.cli.context import Run
    from officeops.plugins.manifest import Trouble

#: Options that go before the command.
_GLOBAL: Final = frozenset({"--db", "--config", "--safe", "--read-only", "--request-id"})
#: The number of SIGINT, which Ctrl-C sends.
_INTERRUPT = 2


def code_of(error: BaseException, run: Run) -> int:
    """Say why a command stopped; return its exit code, as if nothing had been written before."""
    if isinstance(error, Stopped) or interruption.number():
        # Whatever else went wrong was caused by the signal, which `end` reports.
        return DONE
    for kinds, answer in _ANSWERS:
        if isinstance(error, kinds):
            return answer(error, run)
    return _fault(error, run)


#: From this many plugins with troubles on, a command that asks none of them says so in one line.
_SEVERAL: Final = 2
#: Commands whose answer is the same without any plugin, or that list the troubles themselves.
_ASKING_NONE: Final = frozenset({"backup", "history", "plugins", "selfcheck"})


def end(run: Run, answer: object) -> int:
    """Say the last sentences of a command, and return the leading one of its exit codes."""
    codes = [*run.codes, answer if isinstance(answer, int) else DONE]
    if run.is_incomplete:
        codes.append(INCOMPLETE)
    codes += _troubles(run)
    number = interruption.finish()
    if number:
        return _stopped_by(number, run)
    # A wrong line never began, and a stopped one has no answer: their codes stand alone.
    if max(codes) >= SIGNAL or USAGE in codes:
        return max(codes)
    why = lost()
    if why:
        codes.append(_tell(run, _unanswered(why, run), REFUSED, "unanswered"))
    written = run.fate.written
    return leading(_after_all(code, written=written) for code in codes)


def _troubles(run: Run) -> list[int]:
    """Say the troubles of the plugins, and return the exit codes for them."""
    codes = []
    cures = {trouble.cure for trouble in run.troubles if trouble.cure}
    told_in_one = _told_in_one(run)
    if told_in_one:
        say(told_in_one)
    for trouble in run.troubles:
        why = f"{trouble.where}: {trouble.why}"
        is_told = bool(told_in_one) or any(why in error for error in run.errors)
        if not is_told:
            say(f"officeops: plugin {_with_cure(trouble)}")
            cures.discard(trouble.cure)
        if os.environ.get("OFFICEOPS_DEBUG"):
            sys.stderr.write(trouble.trace)
        if trouble.hook == "changed":
            # The write stays, but a plugin that must learn of every write did not learn of this
            # one.
            codes.append(INCOMPLETE)
    # Of a plugin whose failure the command's own sentence names.
    for cure in () if told_in_one else sorted(cures):
        say(f"officeops: {cure}")
    return codes


def _with_cure(trouble: Trouble) -> str:
    """Return a trouble with its cure on one line."""
    return f"{ended(trouble)} {trouble.cure}" if trouble.cure else str(trouble)


def _told_in_one(run: Run) -> str:
    """Name several plugins with troubles in one sentence, under a command that asks none of them."""
    names = dict.fromkeys(trouble.plugin for trouble in run.troubles)
    if len(names) < _SEVERAL or run.word not in _ASKING_NONE:
        return ""
    from officeops.values.wording import listing  # only troubles are listed

    return (
        f"officeops: The plugins {listing(list(names))} are not in order; see `officeops plugins`."
    )


def _unanswered(why: str, run: Run) -> str:
    sentence = f"the answer could not be written whole to standard output: {why}."
    return f"{sentence} {run.fate.sentence}" if run.fate.written else sentence


def _after_all(code: int, *, written: bool) -> int:
    """Return the code of a command, corrected by whether it wrote: "refused" would deny a write."""
    if code == REFUSED and written:
        return PARTLY
    return REFUSED if code == PARTLY and not written else code


def _stopped_by(number: int, run: Run) -> int:
    if not run.is_stopped:
        run.is_stopped = True
        say(f"officeops: Stopped. {run.fate.sentence}")
    return SIGNAL + number


def _stopped(error: BaseException, run: Run) -> int:
    """Answer Ctrl-C where no handler of ours was set, or a question that was never answered.

    Click raises Abort for both.
    """
    is_interrupt = isinstance(error, KeyboardInterrupt) or _was_interrupted(error)
    code = SIGNAL + _INTERRUPT if is_interrupt else REFUSED
    return _tell(run, f"Stopped. {run.fate.sentence}", code, "stopped")


def _was_interrupted(error: BaseException) -> bool:
    earlier = (error.__cause__, error.__context__)
    return any(isinstance(cause, KeyboardInterrupt) for cause in earlier)


def _unread(_: BaseException, __: Run) -> int:
    """End well: the reader of our output has read enough, which is no failure."""
    # The last flush of the process needs a stream that takes it.
    sys.stdout = open("/dev/null", "w")  # noqa: SIM115 - it is open as long as the process
    return DONE


def _refused(
    sentence: str,
    exit_code: int,
    run: Run,
    code: str,
    problems: Sequence[Problem] = (),
) -> int:
    """Say why a rule refuses, and what the command wrote before that, which stays."""
    # A refusal after a write must not read as if nothing had happened.
    if not run.fate.written:
        return _tell(run, sentence, exit_code, code, problems)
    sentence = f"{run.fate.corrected(sentence).rstrip('.')}. Before that: {run.fate.sentence}"
    return _tell(run, sentence, REFUSED, code, problems)


def _of_the_office(error: OfficeError, run: Run) -> int:
    if run.request and not (run.fate.written or isinstance(error, Forbidden)):
        from officeops.cli.request_ids import repeated_line

        done = repeated_line(run)
        if done:
            # The line was carried out; since then a record that it names has another name.
            run.repeat(done)
            return DONE
    return _refused(
        told(error),
        error.exit_code,
        run,
        error.code,
        error.problems,
    )


def _misused(wrong: click.ClickException, run: Run) -> int:
    """Say what click found wrong with the line. `say` makes the words it repeats safe to print."""
    ctx = getattr(wrong, "ctx", None)
    # A command that does nothing alone prints its help; click 8.1 has no such error, and prints it.
    if isinstance(wrong, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        say(wrong.format_message())
        return wrong.exit_code
    from officeops.cli.usage_errors import problem_of
    from officeops.cli.usage_errors import sentence as sentence_of

    sentence = sentence_of(wrong).rstrip(".")
    if isinstance(wrong, click.NoSuchOption) and wrong.option_name in _GLOBAL:
        sentence += f". It goes before the command, as in `officeops {wrong.option_name} …`"
    elif ctx is not None and "--help" not in sentence:
        # A wrong command's cure is the list of commands, a wrong option's the list of options.
        is_group = isinstance(ctx.command, click.Group)
        shows = "lists the commands" if is_group else "explains the command"
        sentence += f". `{ctx.command_path} --help` {shows}"
    # Click ends some of its sentences with a question of its own.
    return _refused(
        f"{sentence}.".replace("?.", "?"),
        wrong.exit_code,
        run,
        "usage",
        problem_of(wrong, sentence),
    )


def _tell(
    run: Run,
    sentence: str,
    exit_code: int,
    code: str,
    problems: Sequence[Problem] = (),
) -> int:
    """Say on stderr why a command stopped, and return its exit code.

    A program that asked for JSON gets the sentence, the code and the problems as one object.
    """
    run.errors.append(sentence)
    if not run.as_json:
        say(f"officeops: {sentence}")
        return exit_code
    import json

    error: dict[str, object] = {"code": code, "message": sentence}
    if problems:
        error["problems"] = list(map(_as_object, problems))
    say(json.dumps({"error": error}, ensure_ascii=False))
    return exit_code


def _as_object(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "field": problem.field,
        "message": problem.message,
        "facts": _as_facts(problem.facts),
    }


def _as_facts(facts: object) -> dict[str, object]:
    """Return facts as JSON holds them: a plugin may have given anything in their place."""
    if not isinstance(facts, dict):
        return {}
    return {text_of(name): _as_fact(fact) for name, fact in facts.items()}


def _as_fact(value: object) -> object:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        # JSON has no infinity, and no number that is none.
        return value if abs(value) < float("inf") else text_of(value)
    if isinstance(value, list | tuple):
        return [_as_fact(part) for part in value]
    return text_of(value)


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


#: The verbs of every kind of record that write nothing.
_READING: Final = frozenset({"list", "show", "text", "search", "history"})


def _plugin_failed(fault: PluginFault, run: Run) -> int:
    """Say that a plugin's code failed. Its open action is rolled back; earlier actions stay."""
    cause = fault.__cause__ or fault
    if os.environ.get("OFFICEOPS_DEBUG"):
        sys.stderr.write(trace_of(cause))
    where = f" It failed in {fault.line}." if fault.line else ""
    off = f"`officeops plugins disable {fault.plugin}` turns it off"
    # A fault that stops every change has said it already.
    cure = "" if off in told(fault) else f" {off}."
    hint = "" if run.gated else f"{where} OFFICEOPS_DEBUG=1 shows the traceback.{cure}"
    # Nobody asks whether a list wrote anything.
    only_reads = run.command is not None and run.command.info_name in _READING
    fate = "" if only_reads and not run.fate.written else f" {run.fate.sentence}"
    return _tell(run, f"{ended(told(fault))}{fate}{hint}", REFUSED, fault.code)


def _exited(error: SystemExit, run: Run) -> int:
    """Say that a plugin called sys.exit().

    Its number is no exit code of ours, and may be untrue.
    """
    sentence = f"a plugin ended the command ({told(error)}). {run.fate.sentence}"
    return _tell(run, sentence, REFUSED, PluginFault.code)


def _fault(fault: BaseException, run: Run) -> int:
    """Answer all other errors: the file's, the system's, or a bug of ours."""
    import sqlite3

    if isinstance(fault, Already):
        run.repeat(fault)
        return DONE
    if os.environ.get("OFFICEOPS_DEBUG"):
        sys.stderr.write(trace_of(fault))
        return _tell(run, run.fate.sentence, REFUSED, "fault") if run.fate.written else REFUSED
    if isinstance(fault, sqlite3.DatabaseError | UnicodeDecodeError):
        return _file_refuses(fault, run)
    if isinstance(fault, OSError):
        why = damage(fault) or _system_refuses(fault)
        return _tell(run, f"{why} {run.fate.sentence}", REFUSED, "system")
    # Over SSH nobody can set the variable, and a traceback is none of their business.
    hint = "" if run.gated else " OFFICEOPS_DEBUG=1 shows where."
    sentence = f"a fault in officeops itself ({told(fault)}). {run.fate.sentence}{hint}"
    return _tell(run, sentence, REFUSED, "fault")


def _system_refuses(fault: OSError) -> str:
    from officeops.store.system_refusals import system_refusal

    return system_refusal(fault)


def _file_refuses(fault: DatabaseError | UnicodeDecodeError, run: Run) -> int:
    why = damage(fault) or f"the office's file refuses: {text_of(fault)}.{_other_tables(fault)}"
    return _tell(run, f"{why} {run.fate.sentence}", REFUSED, "file")


def _other_tables(fault: Exception) -> str:
    """Return the next step where a statement names a missing column or table; else blank."""
    import sqlite3

    from officeops.store.file_refusals import names_nothing

    if isinstance(fault, sqlite3.ProgrammingError):
        # An altered trigger, as officeops' own statements are none that SQLite refuses.
        return " `officeops selfcheck` names the altered tables and triggers."
    if isinstance(fault, sqlite3.Error) and names_nothing(fault):
        return " `officeops selfcheck` compares the tables with what the plugins declare."
    return ""


#: The answer to each kind of error, the first that fits; `_fault` answers all others.
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
