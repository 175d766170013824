"""No SQL has another rule of the same: NOCASE orders rows, it never tells whether two texts are one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for folder in (ROOT / "src", *(ROOT / "plugins").glob("*/src"))
    for path in folder.rglob("*.py")
    if "COLLATE NOCASE" in path.read_text()
)
#: The last of these before a NOCASE tells what it is for.
CLAUSE = re.compile(
    r"ORDER BY|WHERE|HAVING|GROUP BY|\bON\b|\bAND\b|\bOR\b|\bIN\b|\bUNIQUE\b|\bSELECT\b|\bdef \w+"
)
#: Functions that make the order of rows, or a bound in that order.
ORDERS = frozenset({"def order", "def _collation"})


def comparing(text: str) -> Iterator[int]:
    """Yield the line of each NOCASE that does not stand in an ORDER BY."""
    for found in re.finditer("COLLATE NOCASE", text):
        clauses = CLAUSE.findall(text[: found.start()])
        if not clauses or clauses[-1] not in {"ORDER BY", *ORDERS}:
            yield text.count("\n", 0, found.start()) + 1


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_comparison_is_by_nocase(path: Path) -> None:
    assert not list(comparing(path.read_text()))


@pytest.mark.parametrize(
    "planted",
    [
        "SELECT max(expires_on) FROM inventory_lot WHERE item_id = ? AND number = ? COLLATE NOCASE",
        "SELECT 1 FROM t JOIN u ON t.name = u.name COLLATE NOCASE ORDER BY t.id",
        "CREATE UNIQUE INDEX one ON t (name COLLATE NOCASE)",
        'def found():\n    return f"{column} COLLATE NOCASE = ?"',
    ],
)
def test_a_planted_comparison_is_found(planted: str) -> None:
    assert list(comparing(planted)) == [planted.count("\n") + 1]


def test_an_order_is_none() -> None:
    assert not list(comparing("SELECT name FROM t WHERE id = ? ORDER BY name COLLATE NOCASE, id"))
