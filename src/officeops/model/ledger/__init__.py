"""Ledger: amounts that only ever accumulate, by account, with lots, a floor and exact undo.

`class Entry(Record, key="hr.leave-entry", append_only=True)` has `ledger = Ledger(amount="minutes",
of=("person_id", "type_id"), ...)`. Bookings are in `officeops.ledger`, loaded with the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from officeops.model.declarations import named
from officeops.model.ledger.declaration import Counts, LedgerDeclaration, Lots, generated_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Protocol

    from officeops.model.about import Kept, Subject
    from officeops.model.actions import Action
    from officeops.model.errors import Reason
    from officeops.model.office import Office
    from officeops.model.records import Record

    class Begun(Protocol):
        """The days, as ISO, from which entries change accounts, each named by its keys."""

        def read(self, firsts: Iterable[int]) -> None:
            """Read the accounts that begin with some keys."""

        def counted(self, *keys: int) -> str:
            """Return the day of an account's last count; blank if there is none."""

        def begins(self, *keys: int) -> str:
            """Return the first day whose entries change an account; blank if all do."""

    class Sources(Protocol):
        """Which entries count, and at which attempt each source is booked."""

        def counts(self, number: int) -> bool:
            """Whether an entry counts, by its number: one that was reversed does not."""

        def is_undone(self, number: int) -> bool:
            """Whether an undo took an entry back, so that its source is free."""

        def attempt(self, source: str) -> int:
            """Return the attempt at which a source is booked now or, where it is free, will be."""

    class Booked(Protocol):
        """An entry that is kept."""

        id: int

    class Entry(Protocol):
        """An entry of a ledger, with what every ledger has."""

        id: int
        day: date
        kind: str
        source: str | None
        attempt: int
        group_id: int | None
        reverses_id: int | None
        note: str | None


__all__ = ["Counts", "Ledger", "Lots"]

#: The classes of `officeops.ledger` at work behind this declaration.
_ACCOUNTS = "officeops.ledger.accounts:Accounts"
_BOOKINGS = "officeops.ledger.booking:Bookings"
_REVERSALS = "officeops.ledger.reversal:Reversals"
_BEGUN = "officeops.ledger.counted:Begun"
_COUNT_HISTORY = "officeops.ledger.counted:CountHistory"
_SOURCES = "officeops.ledger.sources:Sources"
_PROBLEMS = "officeops.ledger.problems:LedgerProblems"
_FAULTS = "officeops.ledger.faults:DeclarationFaults"


class Ledger(LedgerDeclaration):
    """The ledger of an append-only record: what it adds up, and by which account.

    - `amount`: the column that is added up; `of`: the references that name an account
    - `lots`: its lots, taken from the earliest to end first; a lot never goes below zero
    - `floor`: how low an account may go outside its lots, as a function of the office and the
      account (default 0): leave taken ahead. What comes in later repays that first
    - `by_day`: whether lots and floor hold on every day, or only once all days are added up
    - `counts`: counts that outrank entries dated before them
    - `shortage`: the refusal to take more than there is, in the plugin's own words
    - `balances`: key of a derived record of the balances, where it is not to be generated

    The core adds the fields `day`, `kind`, `source`, `attempt`, `group_id`, `reverses_id`, the
    record that an entry is about, and `note`, as far as the class does not declare them.
    All that is booked belongs to an action that is open.
    """

    _generated: type[Record] | None = None

    @property
    def balances(self) -> type[Record] | None:
        """The generated record of its balances; None where the plugin declares its own."""
        if self._generated is None and self.balances_key == generated_key(self.meta):
            self._generated = named("officeops.model.ledger.balances:generated")(self)
        return self._generated

    def actions(self, record: type[Record]) -> list[Action[Any, Any]]:
        """Return the actions of its entries: `reverse`. An action of your own may take its place."""
        return [named("officeops.model.ledger.actions:reversing")(self, record)]

    # -- reading ----------------------------------------------------------------------------------

    def balance(
        self,
        office: Office,
        *,
        on: date | None = None,
        usable: bool = True,
        **keys: int | None,
    ) -> int:
        """Add up some accounts: of all entries, or at the end of a day.

        `keys` are columns of the account and the lot; those left out are added up, None is what has
        no lot. With `usable`, lots that ended, or may not be taken from, are left out.
        """
        amount: int = named(_ACCOUNTS)(self, office).balance(keys, on=on, usable=usable)
        return amount

    def portions(
        self,
        office: Office,
        day: date,
        *,
        usable: bool = True,
        **account: int,
    ) -> list[tuple[int | None, int]]:
        """List what may be taken of an account on a day: (lot, amount), the first to end first.

        What never ends comes after, what has no lot last. Without `usable`: what may not be taken.
        """
        portions = named(_ACCOUNTS)(self, office).portions(account, day, usable=usable)
        return cast("list[tuple[int | None, int]]", portions)

    # -- booking ----------------------------------------------------------------------------------

    def post(
        self,
        office: Office,
        amount: int,
        day: date,
        *,
        source: str | None = None,
        about: Kept | Subject | None = None,
        **fields: Any,  # noqa: ANN401 - the entry's own fields
    ) -> Entry:
        """Book what comes in or, below zero, what leaves the lot that is named, or none.

        With a `source` it is booked once: the entry that is there is returned. After an undo the
        source is free, after a reversal by hand it is not. Raises Refused for a source that was
        booked otherwise, and for less than may be there.
        """
        entry = named(_BOOKINGS)(self, office).post(amount, day, source, about, fields)
        return cast("Entry", entry)

    def take(
        self,
        office: Office,
        amount: int,
        day: date,
        *,
        about: Kept | Subject | None = None,
        **fields: Any,  # noqa: ANN401
    ) -> list[Entry]:
        """Book what goes out, from the lot that ends first: one entry a lot, in one group.

        What the lots lack is taken ahead, as far as the floor allows. Raises Refused.
        """
        entries = named(_BOOKINGS)(self, office).take(amount, day, about, fields)
        return cast("list[Entry]", entries)

    def transfer(
        self,
        office: Office,
        amount: int,
        day: date,
        *,
        out_of: Mapping[str, int | None],
        into: Mapping[str, int | None],
        about: Kept | Subject | None = None,
        **fields: Any,  # noqa: ANN401
    ) -> list[Entry]:
        """Carry an amount from one account or lot to another, lot by lot, in one group.

        `out_of` and `into` name what differs. Raises Refused.
        """
        bookings = named(_BOOKINGS)(self, office)
        entries = bookings.transfer(amount, day, out_of, into, about, fields)
        return cast("list[Entry]", entries)

    # -- taking back ------------------------------------------------------------------------------

    def reverse(
        self,
        office: Office,
        entry: Booked,
        *,
        note: str | None = None,
        also: Iterable[Booked] = (),
    ) -> list[Entry]:
        """Book the opposite of an entry on its day, and of all of its group. Raises Refused.

        `also` are entries that belong to it without a group. What a count has seen stays as
        counted: its reversal is history.
        """
        entries = named(_REVERSALS)(self, office).reverse(entry, note, also)
        return cast("list[Entry]", entries)

    def why_not_reversed(
        self,
        office: Office,
        entry: Booked,
        *,
        also: Iterable[Booked] = (),
    ) -> Reason | None:
        """Return why an entry cannot be reversed, with its group and `also`, or None."""
        reason = named(_REVERSALS)(self, office).why_not(entry, also)
        return cast("Reason | None", reason)

    def undo(self, office: Office, entries: Iterable[Booked]) -> None:
        """Take entries back, the latest first, or book them again. Raises Refused.

        An account may fall short on the way, never at the end.
        """
        named(_REVERSALS)(self, office).undo(entries)

    def move_balances(
        self,
        office: Office,
        column: str,
        gone: int,
        keep: int,
    ) -> None:
        """Book what accounts of one record have into those of another, for a merge."""
        named(_BOOKINGS)(self, office).move_balances(column, gone, keep)

    def sources(self, office: Office) -> Sources:
        """Make a reader of what all entries were booked for: an import knows its rows by it."""
        return cast("Sources", named(_SOURCES)(self, office))

    # -- counts -----------------------------------------------------------------------------------

    def begun(self, office: Office) -> Begun:
        """Make a reader of the first day whose entries change an account, for many accounts."""
        return cast("Begun", named(_BEGUN)(self, office))

    def counted_since(self, office: Office, entry: Booked) -> str:
        """Return the day of the last count that has seen an entry, as ISO; blank if none has."""
        day: str = named(_COUNT_HISTORY)(self, office).counted_since(entry)
        return day

    def relied_on(self, office: Office, counted: Record | Booked) -> bool:
        """Whether later entries are history because of a count, or of an opening entry."""
        is_relied_on: bool = named(_COUNT_HISTORY)(self, office).relied_on(counted)
        return is_relied_on

    # -- in order ---------------------------------------------------------------------------------

    def problems(self, office: Office) -> Iterator[tuple[str, str]]:
        """Yield (sentence, cure) for balances, lots and reversals that are not in order."""
        yield from named(_PROBLEMS)(self, office).found()

    def apart(self, office: Office) -> list[int]:
        """List the transfers that name no other half, by their numbers: older versions booked so."""
        return cast("list[int]", named(_PROBLEMS)(self, office).apart())

    def faults(self, office: Office) -> Iterator[str]:
        """Yield, for the plugin's author, what it names and other records have not."""
        yield from named(_FAULTS)(self, office).found()
