"""Errors that are sentences for people, each with a code for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.error_words import place_of, told
from officeops.model.exit_codes import unmarked
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self


#: The facts of a problem that needs none. Shared by all of them, so nobody changes it.
NO_FACTS: Final[Mapping[str, object]] = {}


class Problem(Value):
    """A reason for a refusal: the sentence, the field it is about, and a code for programs.

    The core's codes and their meanings are in `officeops.model.refusal_codes`. A plugin may leave
    the code out, or give one of its own. People read the kind, the field and the message: `Key:
    due_back: is a day for nobody`. With `is_whole` the message says all of that by itself.
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
    in a plain text: code that shows text shows this alike.
    """

    __slots__ = ("code", "facts")

    code: str
    facts: Mapping[str, object]

    def __new__(
        cls,
        sentence: str,
        *,
        code: str,
        facts: Mapping[str, object] = NO_FACTS,
    ) -> Self:
        """Write a reason. A program reads `code` and `facts`, never the sentence."""
        reason = super().__new__(cls, sentence)
        reason.code, reason.facts = code, facts
        return reason

    def within(self, sentence: str) -> Reason:
        """Give the reason in other words, or in more of them."""
        return Reason(sentence, code=self.code, facts=self.facts)


def problem_of(
    sentence: str,
    field: str = "",
    *,
    code: str = "",
    facts: Mapping[str, object] = NO_FACTS,
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
    #: Its text is a sentence for people, and needs no name of its class before it.
    is_sentence = True

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
    restored since then. `child` is the key and the id of the row in conflict, where that is a child
    of the record under edit.
    """

    code = "conflict"
    child: tuple[str, int] = ("", 0)

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

    The message says which one and how to fix it. `check` names the rule for authors of plugins that
    is broken, of those in `officeops.authoring.checks`; blank where none says it. `function` is the
    plugin's own that is at fault, where no line of it raised anything.
    """

    code = "broken"

    def __init__(
        self,
        message: str = "",
        *,
        check: str = "",
        function: object = None,
    ) -> None:
        super().__init__(message)
        self.check, self.function = check, function


class PluginFault(OfficeError):
    """Code of a plugin failed. The message names the plugin and the place.

    `line` is the file and line in the plugin, where known: the one that failed, or the beginning of
    the function that gave a wrong answer.
    """

    code = "plugin-failed"

    def __init__(
        self,
        plugin: str,
        place: str,
        error: BaseException,
        cure: str = "",
        *,
        begins: str = "",
    ) -> None:
        self.plugin, self.place = plugin, place
        self.line = place_of(error, plugin) or begins
        #: The same without the cure, for an author who asks for the faults.
        self.why = f"The plugin {plugin} failed in {place} ({told(error)})"
        super().__init__(f"{self.why}; {cure}" if cure else self.why)


class OutsideAction(Broken):
    """Code of a plugin wrote outside an action, or as only the core may. It was refused."""

    code = "outside-action"


class TimeUp(Broken):
    """Code of a plugin exceeded its time limit and was stopped."""

    code = "time-up"


class Stop(BaseException):
    """A signal asked the command to end. `store.interruption` raises it."""

    #: Nothing that reads the words of an error may keep it from its end.
    is_stop = True


class Already(Exception):
    """The request id was used before: the first answer, its exit code, and the action's number."""

    def __init__(self, outcome: str, action: int = 0) -> None:
        super().__init__(outcome)
        self.outcome, self.code = unmarked(outcome)
        self.action = action
