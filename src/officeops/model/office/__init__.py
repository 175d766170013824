"""Office: an open office as a Protocol, for the annotations of plugins and of the floors below it.

`officeops.Office` is the whole of it. Code that only reads says so with `OfficeReader`, code that
reads and writes records with `OfficeWriter`; each is in the module of its name. The class behind
them is `officeops.office.office.Office`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from officeops.model.office.writer import OfficeWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class DeclaredAction(Protocol[T_co]):
    """An action as the office that runs it sees it; `officeops.Action` is the class.

    The office names no more of it than this, because an action names the office.
    """

    @property
    def name(self) -> str:
        """Its verb in the history and in permissions, such as `inventory.item.use`."""
        ...

    @property
    def label(self) -> str:
        """The verb in words."""
        ...

    @property
    def plugin(self) -> str:
        """The plugin whose action it is."""
        ...

    @property
    def record(self) -> str:
        """Key of the record it acts on; empty for the office as a whole."""
        ...

    @property
    def reach(self) -> str:
        """`all` where it may write rows that the acting person does not reach, else blank."""
        ...

    @property
    def witness(self) -> bool:
        """Whether a second person signs for it."""
        ...

    @property
    def long(self) -> bool:
        """Whether it has no time limit, and people who wait for it read its name."""
        ...

    def wrapped(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Wrap the arguments of sealed parameters, so that no log or error repeats them."""
        ...

    def in_order(
        self,
        office: Office,
        args: Sequence[object],
        given: Mapping[str, object],
    ) -> None:
        """Raise Refused for parameters of another kind, beyond a limit, or none of the choices."""
        ...

    def agreed(
        self,
        office: Office,
        record: Any,  # noqa: ANN401 - a record
        given: Mapping[str, object],
    ) -> None:
        """Raise Refused where there is a doubt that no parameter overrules."""
        ...

    def reason(self, office: Office, record: Any) -> str | None:  # noqa: ANN401 - a record
        """Return why it cannot be done now, or None."""
        ...

    def __call__(
        self,
        office: Office,
        /,
        *args: Any,  # noqa: ANN401 - each action has parameters of its own
        **kwargs: Any,  # noqa: ANN401
    ) -> T_co:
        """Run it inside the action that is open."""
        ...


class Office(OfficeWriter, Protocol):
    """An open office, as a plugin has it: the annotation for actions, hooks and methods of records.

    Read with `all`, `get`, `find`, `rows`; write inside an action with `add`, `edit`, `archive`.
    Outside of one, `do` runs a declared action, and `acting` opens one.

    You never make one: hooks, actions, jobs and methods of records are given it, and in tests
    `officeops.testing` has the fixture `office`.
    """

    def do(
        self,
        action: DeclaredAction[T],
        *args: object,
        request: str | None = None,
        **kwargs: object,
    ) -> T:
        """Run an action as one audited transaction and return what it returns.

        Raises Refused where the action cannot be done now, Conflict where its record changed since
        it was read, and Already, with the first answer, for a `request` id that was carried out
        before.
        """
        ...

    def ask(
        self,
        plugin: str,
        place: str,
        question: Callable[[Office, Any], object],
        record: Any,  # noqa: ANN401 - the record it is asked about
        *,
        then: str = "Nothing was written.",
    ) -> str | None:
        """Ask a plugin's code, in a named place, why something may not be done; None: it may.

        It only reads, and has a time limit; `then` is the consequence where that is up. Raises
        PluginFault, OutsideAction and TimeUp.
        """
        ...

    def answering(
        self,
        plugin: str,
        place: str,
        *,
        then: str = "Nothing was written.",
    ) -> AbstractContextManager[None]:
        """Make a context in which a plugin's code answers: it only reads, and has a time limit."""
        ...

    def blame(self, plugin: str, place: str) -> AbstractContextManager[None]:
        """Make a context in which a plugin's code acts: an error in it is raised as PluginFault."""
        ...

    def once(
        self,
        request: str | None,
        verb: str,
        is_same: Callable[[int, Mapping[str, Any]], bool],
        *,
        partly: bool = False,
    ) -> None:
        """Raise Already, with the first answer, if this person did this under this request id."""
        ...

    def put_off(self, key: str, until: date) -> None:
        """Note a snooze until a day, inside an action."""
        ...

    def put_off_until(self, prefix: str) -> dict[str, str]:
        """List the snoozed keys with a prefix: the rest of the key → the day it ends."""
        ...
