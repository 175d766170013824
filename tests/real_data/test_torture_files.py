"""Files that break readers of CSV are read right, or end in a sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.real_data.sets import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.testing import Cli


def torture() -> Iterable[str]:
    """The names of the CSV torture files."""
    return sorted(path.stem for path in (DATA / "csv-spectrum" / "csvs").glob("*.csv"))


@pytest.mark.parametrize("name", torture())
def test_torture_files_end_in_a_sentence(cli: Cli, name: str) -> None:
    path = DATA / "csv-spectrum" / "csvs" / f"{name}.csv"
    read = json.loads((DATA / "csv-spectrum" / "json" / f"{name}.json").read_text(encoding="utf-8"))
    expected: list[dict[str, str]] = read if isinstance(read, list) else [read]
    unmapped = cli("item", "import", str(path), "--dry-run")
    assert unmapped.code == 2
    assert "--map" in unmapped.err
    first, second = list(expected[0])[:2]
    ran = cli(
        "item",
        "import",
        str(path),
        "--dry-run",
        "--map",
        f"{first}=sku",
        "--map",
        f"{second}=name",
        "--json",
    )
    filled = [row for row in expected if row[first].strip() and row[second].strip()]
    assert (ran.json["added"], ran.json["kept"]) == (len(filled), False)
    assert cli("item", "list", "--json").json == []
