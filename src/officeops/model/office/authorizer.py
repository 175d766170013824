"""OfficeAuthorizer: what the acting person may see and do, as Protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from officeops.model.errors import Problem
    from officeops.model.records import Record


class Person(Protocol):
    """The acting person, and how far their roles reach."""

    @property
    def everything(self) -> bool:
        """Whether they may do everything, as the file's owner, or in an office without users."""
        ...

    @property
    def is_shared(self) -> bool:
        """Whether this is a login that people share, at which nobody has signed yet."""
        ...

    def reaches(self, permission: str, level: str) -> bool:
        """Whether their roles reach a permission of that level."""
        ...

    def reaches_pattern(self, pattern: str) -> bool:
        """Whether their roles reach everything that a pattern ever may."""
        ...


class OfficeAuthorizer(Protocol):
    """The acting person, and the permissions that their roles give them."""

    @property
    def actor(self) -> str:
        """The name of the acting person, as the history keeps it."""
        ...

    @property
    def witness(self) -> str:
        """The login of the second person who signed, in an action with a witness; else blank."""
        ...

    @property
    def who(self) -> Person:
        """The acting person, as the file has them now."""
        ...

    def acting_user(self) -> int | None:
        """The acting person's id as a user; None for one who is no user of this office."""
        ...

    def may(self, permission: str) -> bool:
        """Whether the acting person may do that."""
        ...

    def allow(self, permission: str) -> None:
        """Raise Forbidden where the acting person may not do that."""
        ...

    def may_view(self, record: type[Record]) -> bool:
        """Whether the acting person may see a kind of record."""
        ...

    def allow_view(self, record: type[Record]) -> None:
        """Raise Forbidden if the person may not see a kind of record; trusted code may."""
        ...

    def withheld(self, record: type[Record]) -> frozenset[str]:
        """The columns of a kind of record that the acting person may not see."""
        ...

    def in_team(self, record: Record) -> bool:
        """Whether a record is of the acting person's team: what a lead decides on.

        True for every record of a kind without a scope, and for a person who reaches all of them;
        of a person's own rows only those that the scope's `team` has too.
        """
        ...

    def whose(self, record: Record) -> Iterable[Problem]:
        """Yield the problem of a record that would be somebody's whose rows are out of reach."""
        ...

    def in_reach(self, record: type[Record], id: int) -> bool:  # noqa: A002 - the column's name
        """Whether a row is within the acting person's reach, by the scope of its kind."""
        ...

    def out_of_reach(self, record: type[Record], ids: Iterable[int]) -> set[int]:
        """Return which of some rows the acting person does not reach."""
        ...

    def within_reach(self, record: type[Record], column: str) -> str:
        """Make the SQL condition that a column has the id of a row within reach; blank for all."""
        ...

    def trusted(self) -> AbstractContextManager[None]:
        """Let code read more than the person may, for an action or a report that they may run."""
        ...

    def told(self, ask: Callable[[], Sequence[Problem]]) -> Sequence[Problem]:
        """Ask a rule of a write for problems, and return them as the acting person may read them."""
        ...

    def lifted(self) -> AbstractContextManager[None]:
        """Suspend the guard for statements whose permission was checked already."""
        ...
