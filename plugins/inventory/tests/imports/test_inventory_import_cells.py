"""Every cell that a file of items has beside the item's own fields is written, or named: none is dropped in silence."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from officeops_inventory.imports.items.item_import import ItemImport
from officeops_inventory.imports.items.offers import ItemOffers
from officeops_inventory.imports.items.opening import ItemOpening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from officeops.testing import Cli

#: A value for each column, and another one for a second row of the same item.
VALUES: Final = {
    "vendor": ("Acme", "Beta"),
    "vendor_sku": ("A-1", "B-1"),
    "price": ("4.00", "5.00"),
    "pack": ("case", "box"),
    "pack_size": ("24", "12"),
    "barcode": ("4006381333931", "036000291452"),
    "moq": ("2", "3"),
    "lead_days": ("5", "9"),
    "on_hand": ("10", "7"),
    "on_order": ("48", "36"),
    "lot": ("L1", "L2"),
    "no_lot": ("a sample", "a gift"),
    "expires_on": ("2027-05-31", "2027-06-30"),
    "location": ("Room", "Exam"),
}
#: What a column needs beside it to be told at all.
NEEDS: Final = {"on_order": ("vendor",)}
TABLES: Final = ("item", "pack", "terms", "lot", "move", "order", "line", "stock")


class Seen(NamedTuple):
    """What an import did: what is in the file of the office, and what was said."""

    rows: tuple[Any, ...]
    said: tuple[Any, ...]
    code: int


@pytest.fixture
def office(freeze_today: Callable[[str], None], cli: Cli, tmp_path: Path) -> Path:
    freeze_today("2026-03-10")
    for name in ("Main", "Room", "Exam"):
        cli("location", "add", "--name", name)
    for name in ("Acme", "Beta"):
        cli("vendor", "add", "--name", name)
    ran = cli(
        "item", "import", "-", typed=sheet({"sku": "OLD", "name": "Old", **chosen(VALUES, 0)})
    )
    assert ran.code == 0, ran.err
    for path in cli.path.parent.glob(f"{cli.path.name}*"):
        shutil.copy(path, tmp_path / path.name.replace(cli.path.name, "kept.db"))
    return tmp_path


def chosen(names: Iterable[str], which: int) -> dict[str, str]:
    return {name: VALUES[name][which] for name in names}


def sheet(*rows: dict[str, str]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(row.get(name, "") for name in columns) for row in rows]
    return "\n".join([",".join(columns), *lines, ""])


def bring(cli: Cli, kept: Path, text: str, *words: str) -> Seen:
    """Import a file into the office as it was before."""
    for path in cli.path.parent.glob(f"{cli.path.name}*"):
        path.unlink()
    for path in kept.glob("kept.db*"):
        shutil.copy(path, str(cli.path) + path.name.removeprefix("kept.db"))
    ran = cli("item", "import", "-", "--json", *words, typed=text)
    assert ran.out, ran.err
    outcome = ran.json
    db = sqlite3.connect(cli.path)
    rows = tuple(
        tuple(db.execute(f"SELECT * FROM inventory_{table} ORDER BY 1, 2").fetchall())
        for table in TABLES
    )
    db.close()
    said = [(row["line"], tuple(row["columns"])) for row in outcome["differing"]]
    bad = [(row["line"], row["column"], row["reason"]) for row in outcome["bad"]]
    return Seen(rows, (*said, *bad, *outcome["left"]), ran.code)


#: Rows of a file by where the row that is tried is: what comes before it, and the item it is of.
SITUATIONS: Final = {
    "first row": ([], {"sku": "NEW", "name": "New"}, ()),
    "further row": (
        [{"sku": "NEW", "name": "New", **chosen(VALUES, 0), "barcode": "5901234123457"}],
        {"sku": "new", "name": "New"},
        (),
    ),
    "further row of a bare item": (
        [{"sku": "NEW", "name": "New"}],
        {"sku": "NEW", "name": "New"},
        (),
    ),
    "item there": ([], {"sku": "OLD", "name": "Old"}, ()),
    "item there, changed": ([], {"sku": "OLD", "name": "Old"}, ("--update",)),
    "further row of an item there": (
        [{"sku": "OLD", "name": "Old"}],
        {"sku": "OLD", "name": "Old"},
        (),
    ),
    "further row, changed": (
        [{"sku": "OLD", "name": "Old"}],
        {"sku": "OLD", "name": "Old"},
        ("--update",),
    ),
}


def test_the_sweep_has_every_column() -> None:
    assert set(VALUES) == {field.public_name for field in ItemImport.extra}


def dropped(
    cli: Cli, office: Path, situation: str, names: Iterable[str], *, full: bool
) -> list[str]:
    """The columns whose cell makes no difference to what is written, and is not named either."""
    above, item, words = SITUATIONS[situation]
    silent = []
    for name in names:
        beside = [other for other in VALUES if other != name] if full else NEEDS.get(name, ())
        # Both files have every column, so that only the cell makes a difference.
        bare = {**dict.fromkeys(VALUES, ""), **item, **chosen(beside, 1)}
        without = bring(cli, office, sheet(*above, bare), *words)
        with_it = bring(cli, office, sheet(*above, {**bare, name: VALUES[name][1]}), *words)
        is_written = with_it.rows != without.rows
        is_named = with_it.said != without.said and with_it.code != 0
        if not is_written and not is_named:
            silent.append(name)
    return silent


@pytest.mark.parametrize("full", [False, True], ids=["alone", "with all others"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_each_cell_is_written_or_named(
    cli: Cli, office: Path, situation: str, *, full: bool
) -> None:
    assert dropped(cli, office, situation, VALUES, full=full) == []


@pytest.mark.parametrize(
    ("owner", "method", "situation", "name"),
    [
        (ItemOpening, "further_order", "further row of a bare item", "on_order"),
        (ItemOpening, "left", "first row", "location"),
        (ItemOffers, "left", "item there", "price"),
    ],
)
def test_the_sweep_finds_a_cell_that_is_dropped(
    cli: Cli,
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    method: str,
    situation: str,
    name: str,
) -> None:
    monkeypatch.setattr(owner, method, lambda *_: ())
    assert dropped(cli, office, situation, [name], full=False) == [name]


def test_a_file_that_says_what_is_on_record_is_unchanged(cli: Cli, office: Path) -> None:
    for words in ((), ("--update",)):
        seen = bring(cli, office, sheet({"sku": "OLD", "name": "Old", **chosen(VALUES, 0)}), *words)
        assert seen.said == ()
        assert seen.code == 0
