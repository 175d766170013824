"""Devices of the FDA's database: thousands of texts by strangers arrive as they are written, and leave so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.real_data.sets import DATA, built, chosen, copied, counts, done, rows_of, taken

if TYPE_CHECKING:
    from officeops.testing import Cli

DEVICES = {
    "PrimaryDI": "sku",
    "brandName": "name",
    "deviceDescription": "description",
    "companyName": "category",
    "catalogNumber": "",
    "expirationDate": "",
}


def tidy(text: str) -> str | None:
    """One line as an office keeps it."""
    return " ".join(text.replace("\u00ad", "").split()) or None


def tidy_lines(text: str) -> str | None:
    """Lines as an office keeps them."""
    lines = [tidy(line) or "" for line in re.split("\r\n|\r|\n", text)]
    return "\n".join(lines).strip("\n") or None


def bring_devices(cli: Cli) -> None:
    """Import the devices as items."""
    taken(cli("item", "import", str(DATA / "gudid-slice" / "device.psv"), *chosen(DEVICES)))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("devices"), bring_devices)


@pytest.fixture
def devices(imported: Path, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(officeops_home)
    return copied(imported, officeops_home)


def test_devices_arrive_as_they_are_written(devices: Cli) -> None:
    file = {row["PrimaryDI"]: row for row in rows_of("gudid-slice/device.psv", "|")}
    items = {item["sku"]: item for item in devices("item", "list", "--json").json}
    assert items.keys() == file.keys()
    for code, row in file.items():
        item = items[code]
        assert item["name"] == tidy(row["brandName"])
        assert item["category"] == tidy(row["companyName"])
        assert item["description"] == tidy_lines(row["deviceDescription"])
    texts = [
        str(item[name] or "")
        for item in items.values()
        for name in ("name", "description", "category")
    ]
    assert any(not text.isascii() for text in texts)
    assert any("\n" in text for text in texts)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_devices_survive_export_and_import(devices: Cli, officeops_home: Path, form: str) -> None:
    # As descriptions elsewhere in that database begin; a spreadsheet would run them as formulas.
    for n, text in enumerate(
        ("+1.50 D lens", "-", "-3", "=1+1", "@home", "'+quoted", "'plain", "+-=")
    ):
        done(
            devices(
                "item", "add", "--sku", f"X{n}", "--name", text, "--description", f"{text}\n{text}"
            )
        )
    done(devices("item", "export", f"devices.{form}"))
    done(devices("item", "export", "before.csv"))
    there = type(devices)(officeops_home / "other.db")
    assert counts(there("item", "import", f"devices.{form}")) == (4_336, 0, 0)
    done(there("item", "export", "after.csv"))
    assert Path("after.csv").read_bytes() == Path("before.csv").read_bytes()


def test_identifiers_without_a_size_are_refused_row_by_row_and_come_in_with_one(
    devices: Cli,
) -> None:
    file = DATA / "gudid-slice" / "identifiers.psv"
    words = chosen(
        {"PrimaryDI": "item", "deviceId": "barcode", "deviceIdType": "name", "pkgQuantity": "size"}
    )
    refused = devices("pack", "import", str(file), *words, "--json")
    assert refused.code == 1
    assert {(bad["column"], bad["reason"]) for bad in refused.json["bad"]} == {
        ("pkgQuantity", "is needed")
    }
    assert len(refused.json["bad"]) == len(rows_of("gudid-slice/identifiers.psv", "|"))
    mended = [line.split("|") for line in file.read_text(encoding="utf-8").splitlines()]
    text = "\n".join("|".join([*row[:5], row[5] or "1", *row[6:]]) for row in mended)
    Path("mended.psv").write_text(text, encoding="utf-8")
    assert counts(devices("pack", "import", "mended.psv", *words)) == (len(mended) - 1, 0, 0)
    assert [hit["name"] for hit in devices("search", "00630414601786", "--json").json]
