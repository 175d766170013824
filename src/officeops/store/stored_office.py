"""An open office with its file, as the core's own code has it, as a Protocol.

For annotations: nothing imports it to run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from officeops.model.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from officeops.model.errors import Already
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.store.store import Store


class StoredOffice(Office, Protocol):
    """An office with its file at hand: for history, access and sealing."""

    @property
    def store(self) -> Store:
        """Its open file."""
        ...

    @property
    def ssh_key(self) -> str:
        """The fingerprint of the SSH key that the acting person came by; blank without one."""
        ...

    @property
    def login(self) -> str:
        """Return the login that it is open for, also once a person signed there."""
        ...

    def acting(
        self,
        verb: str,
        arguments: Mapping[str, object] | None = None,
        *,
        request: str | None = None,
        bulk: str = "",
        needs: str = "",
        witness: bool = False,
        beyond: bool = False,
    ) -> AbstractContextManager[list[str]]:
        """Open an action; with `beyond` it may write rows that the person does not reach."""
        ...

    def note_reading(self, field: str, number: int, value: object) -> object:
        """Note a guarded value of a record that is about to be shown, and return it."""
        ...

    def record_readings(self) -> None:
        """Record the guarded values that were noted, before they are shown."""
        ...

    def sign_first(self) -> None:
        """Have somebody sign, where the login is one that people share and nobody has yet."""
        ...

    def demand(self, request: str, typed: Callable[[], str] = str) -> None:
        """Take the request id of the command line, which the next action must use.

        `typed` returns the digest of the line.
        """
        ...

    def repeated(self, requests: Iterable[str]) -> Already | None:
        """Find what this very line did under these request ids; None unless it used each."""
        ...

    def expect(self, meta: Meta, rows: int = 1) -> None:
        """Expect that many rows of a table in the history when the action ends."""
        ...

    def retire(self, record: Record) -> Record:
        """Archive a record without asking what keeps it: for a merge, or a plan that pauses."""
        ...

    def refuse_kept(self, record: Record) -> None:
        """Raise Refused where the record, or a plugin, says that it must not be archived."""
        ...

    def follow(
        self,
        meta: Meta,
        ids: Sequence[int],
        before: Mapping[str, int | str],
        after: Mapping[str, int | str],
    ) -> None:
        """Have rows name another record in some columns, for a merge."""
        ...

    def move_back(
        self,
        meta: Meta,
        ids: Sequence[int],
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        """Have rows name what they named before a merge."""
        ...

    def put_back(
        self,
        record: type[Record],
        id: int,  # noqa: A002
        values: Mapping[str, Any],
        now: Mapping[str, Any],
    ) -> None:
        """Write values as SQLite keeps them over those that are there now."""
        ...

    def blob_fault(self, address: str) -> str:
        """Return the fault of the bytes of a digest: altered, unopened, or blank."""
        ...

    def same(self, meta: Meta, id: int, name: str, one: object, other: object) -> bool:  # noqa: A002 - the column's name
        """Compare two values of a record's field, each sealed or typed."""
        ...
