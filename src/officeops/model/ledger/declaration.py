"""The parts of a ledger: its accounts, lots and counts, its columns, and its balances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.about import KEY, NUMBER
from officeops.model.fields import Field
from officeops.model.immutable import Value
from officeops.model.meta import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from officeops.model.meta import Meta

    #: How low the account of some keys may go outside its lots, which is 0 or less.
    Floor = Callable[[Any, Mapping[str, int]], int]
    #: The refusal to take more than there is, or its `module:function`: by the office, the account,
    #: the lot, the amount that was to go, the amount that is there, and whether it was to go back.
    Shortage = Callable[[Any, Mapping[str, int], int | None, int, int, bool], Exception] | str

#: The kinds of the entries that the core books.
REVERSAL, REPAY, TRANSFER = "reversal", "repay", "transfer"


class Lots(Value):
    """The lots of an account: goods of one label, or a grant of leave.

    `by` is the column that refers to the lot. `ends` is the lot's own column with its last good day
    (blank: it never ends), and `usable` SQL over the lot `l` that says whether it may be taken from.
    """

    by: str
    ends: str = "expires_on"
    usable: str = "1"


class Counts(Value):
    """The counts of accounts: the amount that was found on a day.

    `record` is the key of their record, with the account's columns and a `day`. An entry dated
    before a count that is there is history: the count includes it, so it changes no balance.
    `opening` is the kind of entry that begins an account, and outranks the days before it alike; an
    account without one goes by the first opening of the same first key.
    """

    record: str
    opening: str = ""


class LedgerDeclaration:
    """The declared parts of a ledger, and the columns and the trigger that follow from them."""

    def __init__(
        self,
        *,
        amount: str,
        of: tuple[str, ...],
        lots: Lots | None = None,
        floor: Floor | None = None,
        by_day: bool = False,
        counts: Counts | None = None,
        balances: str = "",
        shortage: Shortage = "",
    ) -> None:
        self.amount, self.of, self.lots = amount, of, lots
        self.floor, self.by_day, self.counts = floor, by_day, counts
        self.balances_key, self.shortage = balances, shortage
        self._meta: Meta | None = None
        if not of:
            raise TypeError("a ledger needs the columns that name an account: of=(...)")
        if by_day and counts:
            raise TypeError("a ledger by day has no counts: they outrank the days before them")

    # -- names ------------------------------------------------------------------------------------

    @property
    def meta(self) -> Meta:
        """The declaration of its entries."""
        if self._meta is None:
            raise TypeError("a ledger belongs to a record: `ledger = Ledger(...)`")
        return self._meta

    @property
    def table(self) -> str:
        """The table of its entries."""
        return self.meta.table

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of one balance: those of the account, and the lot."""
        return (*self.of, self.lots.by) if self.lots else self.of

    @property
    def balance_table(self) -> str:
        """The table of its balances."""
        return table_of(self.balances_key)

    @property
    def lot_table(self) -> str:
        """The table of its lots; blank without lots."""
        return table_of(self.meta.by_name[self.lots.by].target) if self.lots else ""

    # -- its entries ------------------------------------------------------------------------------

    def account_of(self, entry: object) -> dict[str, int]:
        """Return the account of an entry, by its columns."""
        return {key: getattr(entry, key) for key in self.of}

    def lot_of(self, entry: object) -> int | None:
        """Return the lot of an entry; None outside the lots, and in a ledger without any."""
        if self.lots is None:
            return None
        lot: int | None = getattr(entry, self.lots.by)
        return lot

    def amount_of(self, entry: object) -> int:
        """Return the amount of an entry."""
        amount: int = getattr(entry, self.amount)
        return amount

    # -- what its record gets ---------------------------------------------------------------------

    def columns(self, key: str, declared: Collection[str]) -> Iterator[Field]:
        """Declare the fields that every ledger has, except those that its class declares."""
        for name, field in _columns(key, has_counts=self.counts is not None):
            if name not in declared:
                yield field.named(name, "")

    def index(self) -> tuple[str, ...]:
        """Return the columns that the entries of one account are looked up by."""
        return (*self.of, "day")

    def bind(self, meta: Meta) -> None:
        """Take the declaration of its entries. Raises TypeError where it lacks what it names."""
        self._meta = meta
        self.balances_key = self.balances_key or generated_key(meta)
        for field in meta.fields:
            if field.target:
                field.archived = field.archived or self._moves_on(field.name)
        if fault := _fault(self, meta):
            raise TypeError(f"{meta.key}: its ledger {fault}")

    def _moves_on(self, column: str) -> str:
        """Return SQL that is true for a new entry that brings nothing more into its record.

        It takes out, or is the one exact opposite of an entry, or others of its group take as much
        out of the same record.
        """
        table, amount = self.table, self.amount
        same = " AND ".join(f"e.{key} IS NEW.{key}" for key in self.keys)
        # A sum of floats: one of integers fails past the greatest, and so would the statement.
        of_group = (
            f"SELECT total({amount}) FROM {table} WHERE {column} = NEW.{column} "
            "AND (id = NEW.group_id OR group_id = NEW.group_id)"
        )
        return (
            f"(NEW.{amount} < 0 OR EXISTS (SELECT 1 FROM {table} e WHERE e.id = NEW.reverses_id "
            f"AND e.{amount} = -NEW.{amount} AND {same} "
            f"AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = e.id)) "
            f"OR ({of_group}) + NEW.{amount} <= 0)"
        )

    def trigger(self) -> str:
        """Return the trigger that keeps the balances: they are right for every writer of entries."""
        name, into, keys = f"{self.table}_balance", self.balance_table, ", ".join(self.keys)
        new = ", ".join(f"NEW.{key}" for key in self.keys)
        when = " WHEN NOT NEW.history" if self.counts else ""
        unique = list(self.of)
        if self.lots:
            unique.append(f"ifnull({self.lots.by}, 0)")
        add = f"{self.amount} = {self.amount} + excluded.{self.amount}"
        return (
            f"CREATE TRIGGER {name} AFTER INSERT ON {self.table}{when} BEGIN "
            f"INSERT INTO {into} ({keys}, {self.amount}) VALUES ({new}, NEW.{self.amount}) "
            f"ON CONFLICT ({', '.join(unique)}) DO UPDATE SET {add}; END"
        )


def generated_key(meta: Meta) -> str:
    """Return the key of the balances that the core generates."""
    return f"{meta.key}-balance"


def _columns(key: str, *, has_counts: bool) -> Iterable[tuple[str, Field]]:
    yield "day", Field("date", list_rank=3, help="The office's day it counts for")
    yield "kind", Field("text", default="entry", list_rank=2)
    yield "source", Field("text", default=None, hidden=True, help="What it was posted for, once")
    yield "attempt", Field("number", default=0, hidden=True, managed=True)
    yield "group_id", Field("reference", target=key, default=None, hidden=True, managed=True)
    yield "reverses_id", Field("reference", target=key, default=None, list_rank=9, managed=True)
    yield KEY, Field("text", default=None, hidden=True, managed=True, label="About")
    yield NUMBER, Field("number", default=None, hidden=True, managed=True, label="About #")
    yield "note", Field("text", default=None, list_rank=8)
    if has_counts:
        yield "history", Field("yes_no", default=False, list_rank=9, managed=True)


def _fault(ledger: LedgerDeclaration, meta: Meta) -> str:
    """Return what a ledger names and its record has not; blank if it has all."""
    if not meta.append_only:
        return "needs a record with append_only=True"
    amount = meta.by_name.get(ledger.amount)
    if amount is None or not amount.is_integer or amount.target:
        return f"counts {ledger.amount!r}, which is no number of it"
    for key in ledger.keys:
        field = meta.by_name.get(key)
        if field is None or not field.target:
            return f"goes by {key!r}, which is no reference of it"
        if key in ledger.of and not field.required:
            return f"goes by {key!r}, which may be blank"
    return _fault_of_kinds(ledger, meta) or _fault_of_scope(ledger, meta)


def _fault_of_kinds(ledger: LedgerDeclaration, meta: Meta) -> str:
    choices = meta.by_name["kind"].choices
    booked = (REVERSAL, *((REPAY,) if ledger.floor and ledger.lots else ()))
    for kind in (*booked, *filter(None, [ledger.counts.opening if ledger.counts else ""])):
        if choices and kind not in choices:
            return f"books entries of the kind {kind!r}, which is none of its choices"
    return ""


def _fault_of_scope(ledger: LedgerDeclaration, meta: Meta) -> str:
    """Return that its balances could not say whose they are: they have the account's columns."""
    if meta.scope and meta.scope.column not in ledger.of:
        return f"goes by no {meta.scope.column!r}, so nobody can say whose a balance is"
    return ""
