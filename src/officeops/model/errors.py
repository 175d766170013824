"""Errors that are sentences for people, each with a code for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.exit_codes import unmarked
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Self


#: The facts of a problem that needs none. Shared by all of them, so nobody changes it.
NO_FACTS: Final[Mapping[str, object]] = {}


class Problem(Value):
    """A reason for a refusal: the sentence, the field it is about, and a code for programs.

    The core's codes and their meanings are in `officeops.model.refusal_codes`. A plugin may leave
    the code out, or give one of its own.
    """

    message: str
    field: str = ""
    #: A short word for programs, such as `not-enough-stock`; they never read the message.
    code: str = ""
    #: Whether the message says by itself what it is about, and needs no name before it.
    is_whole: bool = False
    #: What a program needs beside the code, as values that JSON has: `{"on_hand": 3}`. They are
    #: printed, so a value that is sealed or withheld is never among them.
    facts: Mapping[str, object] = NO_FACTS

    def __str__(self) -> str:
        is_named = bool(self.field) and not self.is_whole
        return f"{self.field}: {self.message}" if is_named else self.message

    def reason(self) -> Reason:
        """Give the message alone, with the code and facts."""
        return Reason(self.message, code=self.code, facts=self.facts)

    def __hash__(self) -> int:
        # A mapping has no hash; problems that are equal have the same sentence anyway.
        return hash((self.message, self.field, self.code))


class Reason(str):
    """A sentence that says why not, with the code and facts of the problem it becomes.

    Guards, `unless`, `keep` and the rules of fields answer in sentences, and a plugin may answer
    in a plain text: this is the same text to whoever shows it.
    """

    __slots__ = ("code", "facts")

    code: str
    facts: Mapping[str, object]

    def __new__(cls, sentence: str, *, code: str, facts: Mapping[str, object] = NO_FACTS) -> Self:
        """Write a reason. A program reads `code` and `facts`, never the sentence."""
        reason = super().__new__(cls, sentence)
        reason.code, reason.facts = code, facts
        return reason

    def within(self, sentence: str) -> Reason:
        """Give the reason in other words, or in more of them."""
        return Reason(sentence, code=self.code, facts=self.facts)


def problem_of(
    sentence: str, field: str = "", *, code: str = "", facts: Mapping[str, object] = NO_FACTS
) -> Problem:
    """Make the problem of a sentence.

    A Reason brings its own code and facts; `code` and `facts` are for a plain text.
    """
    if isinstance(sentence, Reason):
        return Problem(str(sentence), field, sentence.code, facts=sentence.facts)
    return Problem(sentence, field, code, facts=facts)


def reason_of(error: ValueError, code: str) -> Reason:
    """Give the reason that an error of a reader carries, or its sentence with a code."""
    carried = error.args[0] if error.args else None
    return carried if isinstance(carried, Reason) else Reason(str(error), code=code)


class OfficeError(Exception):
    """An error that a sentence explains to a person.

    A command ends with `exit_code`. Programs know the error by `code`, because sentences may
    change.
    """

    exit_code = 1
    code = "error"

    def __init__(
        self,
        message: str = "",
        problems: Sequence[Problem] = (),
        *,
        code: str = "",
        facts: Mapping[str, object] = NO_FACTS,
    ) -> None:
        """Make the error of a sentence; with a `code`, or of a Reason, it is its only problem."""
        super().__init__(message)
        if not problems and (code or isinstance(message, Reason)):
            problems = [problem_of(message, code=code, facts=facts)]
        #: What a program needs beside the error's own code; often nothing.
        self.problems = problems


class UsageProblem(OfficeError):
    """The command line is wrong: an unknown command or option, or a value that cannot be read."""

    exit_code = 2
    code = "usage"


class NotFound(OfficeError):
    """There is no such record, office or plugin."""

    code = "not-found"


class Refused(OfficeError):
    """A rule of the office, of a record or of a plugin refuses it. Nothing was written.

    A sentence becomes its only problem; `code` and `facts` are for that one.
    """

    code = "refused"
    problems: list[Problem]

    def __init__(
        self,
        problems: list[Problem] | str,
        about: str = "",
        *,
        code: str = "",
        facts: Mapping[str, object] = NO_FACTS,
    ) -> None:
        if isinstance(problems, str):
            problems = [problem_of(problems, code=code, facts=facts)]
        self.about = about
        text = "; ".join(map(str, problems))
        is_whole = all(problem.is_whole for problem in problems)
        super().__init__(f"{about}: {text}" if about and not is_whole else text, problems)


class Forbidden(OfficeError):
    """You do not have the permission for it. Nothing was read or written."""

    code = "forbidden"


class Conflict(OfficeError):
    """Someone else changed the record after you read it. Nothing was written.

    `mine`, `theirs` and `base` hold the fields in conflict, by name: both people changed them, each
    to another value. `version` is the present one; `archived` says that the record was archived or
    restored since then.
    """

    code = "conflict"

    def __init__(
        self,
        about: str,
        mine: dict[str, object],
        theirs: dict[str, object],
        base: dict[str, object],
        *,
        version: int = 0,
        archived: str = "",
    ) -> None:
        self.about, self.mine, self.theirs, self.base = about, mine, theirs, base
        self.version, self.archived = version, archived
        names = archived or ", ".join(mine) or "another field"
        super().__init__(
            f"{about} was changed by someone else ({names}). Open it again and repeat the change."
        )


class Busy(OfficeError):
    """Another process kept the office's file for too long. Nothing was written."""

    code = "busy"


class Broken(OfficeError):
    """A plugin, a file or a setting is not in order.

    The message says which one and how to fix it.
    """

    code = "broken"


class PluginFault(OfficeError):
    """Code of a plugin failed. The message names the plugin and the place."""

    code = "plugin-failed"

    def __init__(self, plugin: str, place: str, error: BaseException) -> None:
        self.plugin, self.place = plugin, place
        super().__init__(f"The plugin {plugin} failed in {place} ({told(error)})")


class OutsideAction(Broken):
    """Code of a plugin wrote outside an action, or as only the core may. It was refused."""

    code = "outside-action"


class TimeUp(Broken):
    """Code of a plugin exceeded its time limit and was stopped."""

    code = "time-up"


class Stop(BaseException):
    """A signal asked the command to end. `store.interruption` raises it."""


class Already(Exception):
    """The request id was used before: the first answer, its exit code, and the action's number."""

    def __init__(self, outcome: str, action: int = 0) -> None:
        super().__init__(outcome)
        self.outcome, self.code = unmarked(outcome)
        self.action = action


def refusal(error: Exception) -> str:
    """Give the sentence for what SQLite refused because the acting person may not see or do it.

    It is blank for anything else. SQLite's code says so, not its text, which names the column.
    """
    if getattr(error, "sqlite_errorname", "") == "SQLITE_AUTH":
        return (
            "You may not see everything that this needs. A manager can grant you a role that may."
        )
    return ""


def damage(error: Exception) -> str:
    """Explain an error of a malformed file, with the remedy; blank for any other error.

    FTS5 reports it too where a searched row was altered outside officeops: then only the index is
    wrong, and can be rebuilt.
    """
    name = str(getattr(error, "sqlite_errorname", ""))
    if name == "SQLITE_CORRUPT_VTAB":
        return (
            "A search index does not match its records, which were altered outside officeops. "
            "`officeops selfcheck --full --fix` makes it again."
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return (
            "The office's file is damaged. "
            "`officeops selfcheck --full` gives details and the remedy."
        )
    return ""


_discreet = False


def discreet(*, on: bool = True) -> None:
    """From now on, show of an unexpected error its kind alone.

    For a process that has opened a sealed value, or works for a person who may not see everything:
    the text of an error in a plugin's code may repeat the values it worked with, and is printed,
    mailed by cron and shown on screens.
    """
    global _discreet  # noqa: PLW0603 - it is true of the whole process
    _discreet = on


def told(error: BaseException) -> str:
    """Put an error into words for people: its sentence, or, of an unexpected one, kind and text.

    The words are one line, and never fail: an error of a plugin's code may have any `__str__`.
    """
    kind = one_line(type(error).__name__)
    if isinstance(error, OfficeError):
        return text_of(error) or kind
    text = "" if _discreet else text_of(error)
    return f"{kind}: {text}" if text else kind


def text_of(value: object) -> str:
    """Give the text of a value from a plugin's code, in one line; blank where it has none.

    Its `__str__` may raise anything, return no text, or lead to a `__repr__` that does.
    """
    return _asked(str, value)


def repr_of(value: object) -> str:
    """Show a value from a plugin's code as Python writes it; its kind alone where that fails."""
    return _asked(repr, value) or f"a value of the type {one_line(type(value).__name__)}"


def _asked(question: Callable[[object], str], value: object) -> str:
    try:
        return one_line(question(value))
    except (KeyboardInterrupt, Stop):
        raise
    except BaseException:  # noqa: BLE001 - nothing of it may hide the error that is to be named
        return ""


def one_line(text: str) -> str:
    """Put a plugin's text on one line, and write halves of characters as escapes.

    A line break would let it write lines in the name of officeops, and half a character (a lone
    surrogate, as in a file name that is not UTF-8) cannot be written at all.
    """
    if text.isprintable():
        return text
    parts = [part.strip() for part in text.splitlines()]
    line = " ".join(filter(None, parts))
    return line.encode(errors="backslashreplace").decode()


def trace_of(error: BaseException) -> str:
    """Write the traceback of an error, for the author of the code."""
    from traceback import format_exception, format_tb

    if not _discreet:
        try:
            return "".join(format_exception(error))
        except (KeyboardInterrupt, Stop):
            raise
        except BaseException:  # noqa: BLE001, S110 - its notes or attributes fail; the place is below
            pass
    return "".join(
        ["Traceback (most recent call last):\n", *format_tb(error.__traceback__), told(error), "\n"]
    )
