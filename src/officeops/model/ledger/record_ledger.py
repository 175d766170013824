"""RecordLedger: the ledger of a record as the record itself knows it, as a Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from officeops.model.fields import Field
    from officeops.model.meta import Meta


class RecordLedger(Protocol):
    """The part of `officeops.Ledger` that the record of its entries uses.

    Its bookings ask an office and write records, so a record names no more of it than this.
    """

    @property
    def balances(self) -> Any:  # noqa: ANN401 - a kind of record, which names this
        """The generated record of its balances; None where the plugin declares its own."""
        ...

    @property
    def balance_table(self) -> str:
        """The table of its balances."""
        ...

    def columns(self, key: str, declared: Collection[str]) -> Iterable[Field]:
        """Declare the fields that every ledger has, except those that its class declares."""
        ...

    def index(self) -> tuple[str, ...]:
        """Return the columns that the entries of one account are looked up by."""
        ...

    def bind(self, meta: Meta) -> None:
        """Take the declaration of its entries. Raises TypeError where it lacks what it names."""
        ...

    def trigger(self) -> str:
        """Return the trigger that keeps the balances."""
        ...

    def undo(
        self,
        office: Any,  # noqa: ANN401 - an office reads records, so it cannot be named here
        entries: Iterable[Any],
    ) -> None:
        """Take entries back, the latest first, by new ones. Raises Refused."""
        ...

    def move_balances(
        self,
        office: Any,  # noqa: ANN401 - as above
        column: str,
        gone: int,
        keep: int,
    ) -> None:
        """Book what accounts of one record have into those of another, for a merge."""
        ...

    def problems(
        self,
        office: Any,  # noqa: ANN401 - as above
    ) -> Iterable[tuple[str, str]]:
        """Yield a sentence and its cure for each balance, lot or reversal that is not in order."""
        ...

    def apart(
        self,
        office: Any,  # noqa: ANN401 - as above
    ) -> list[int]:
        """List the transfers that name no other half, by their numbers."""
        ...

    def faults(
        self,
        office: Any,  # noqa: ANN401 - as above
    ) -> Iterable[str]:
        """Yield, for the plugin's author, what it names and other records have not."""
        ...
