"""A plugin with a sheet for tests: a number and a sealed note for each of five people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import (
    EntrySheet,
    Migration,
    Permission,
    Plugin,
    Record,
    Refused,
    SheetRow,
    Typed,
    field,
    hookimpl,
    sheet_column,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops import Office

PLUGIN = Plugin("bonus", api=2, summary="A bonus for each person")
PEOPLE = ("Ada", "Ben", "Cleo", "Dan", "Eve")


class Bonus(Record, key="bonus.bonus", display="person"):
    """What one person gets."""

    person: str = field(unique=True)
    amount: int = field(kind="quantity", default=0)


class BonusSheet(EntrySheet):
    """The people, each with the bonus of before."""

    key = "bonus.sheet"
    verb = "bonus.plan"
    done = "planned"
    columns = (
        sheet_column("amount", field(kind="quantity", maximum=500)),
        sheet_column("why", field(sealed=True, default=None), width=12),
    )

    @property
    def title(self) -> str:
        return "Bonus"

    def rows(self, office: Office, also: Iterable[str]) -> Sequence[SheetRow]:  # noqa: ARG002
        before = {bonus.person: bonus.amount for bonus in office.all(Bonus)}
        return [SheetRow(name, name, str(before.get(name, 0))) for name in PEOPLE]

    def differs(self, row: SheetRow, typed: Typed) -> str:
        amount = typed.value("amount")
        return "" if amount is None else f"{amount - int(row.expected):+}"

    def book(self, office: Office, typed: Mapping[str, Typed]) -> str:
        for name, row in typed.items():
            if row.value("amount") == 13:
                raise Refused("13 brings no luck", name, code="unlucky")
            office.add(Bonus(person=name, amount=row.value("amount")))
        return f"{len(typed)} planned."


MIGRATIONS = [
    Migration(
        "0001_bonus",
        """
CREATE TABLE bonus_bonus (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person TEXT NOT NULL,
    amount INTEGER NOT NULL DEFAULT 0
) STRICT;
""",
    )
]


@hookimpl
def records() -> list[type[Record]]:
    return [Bonus]


@hookimpl
def permissions() -> list[Permission]:
    return [Permission("bonus.plan", "Plan bonuses.", "work")]


@hookimpl
def migrations() -> list[Migration]:
    return MIGRATIONS
