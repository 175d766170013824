"""A month without its day, in files of every format: the last day of the month where something expires."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

import pytest
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

MONTHS: Final = ("03/2027", "Mar 2027", "2027-03")
Rows = list[dict[str, Any]]


def as_csv(rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_json(rows: Rows) -> bytes:
    return json.dumps(rows).encode()


def as_xlsx(rows: Rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([list(rows[0]), *(list(row.values()) for row in rows)]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


FORMATS: Final = {"csv": as_csv, "json": as_json, "xlsx": as_xlsx}


@pytest.fixture(autouse=True)
def _office(cli: Cli, freeze_today: Callable[[str], None]) -> None:
    freeze_today("2026-03-10")
    cli("location", "add", "--name", "Main")
    cli("vendor", "add", "--name", "Osprey")
    cli("item", "add", "--sku", "G", "--name", "Gel", "--shelf-life-days", "365")


def bring(cli: Cli, tmp_path: Path, kind: str, noun: str, rows: Rows) -> dict[str, Any]:
    path = tmp_path / f"rows.{kind}"
    path.write_bytes(FORMATS[kind](rows))
    ran = cli(noun, "import", str(path), "--json")
    assert isinstance(ran.json, dict), ran.err
    return {**ran.json, "code": ran.code}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("noun", ["lot", "item", "document", "move"])
def test_a_month_is_its_last_day_where_something_expires(
    cli: Cli, tmp_path: Path, kind: str, noun: str
) -> None:
    made: dict[str, Callable[[str, str], dict[str, Any]]] = {
        "lot": lambda name, month: {"item": "G", "number": name, "expires on": month},
        "item": lambda name, month: {
            "sku": name,
            "name": name,
            "on hand": 5,
            "lot": name,
            "expires on": month,
        },
        "document": lambda name, month: {
            "vendor": "Osprey",
            "kind": "contract",
            "number": name,
            "expires on": month,
        },
        "move": lambda name, month: {
            "item": "G",
            "kind": "opening",
            "quantity": 5,
            "day": "2026-03-01",
            "lot": name,
            "expires on": month,
        },
    }
    rows = [made[noun](f"n{number}", month) for number, month in enumerate(MONTHS)]
    outcome = bring(cli, tmp_path, kind, noun, rows)
    assert (outcome["code"], outcome["bad"], outcome["added"]) == (0, [], 3)
    ends = cli("document" if noun == "document" else "lot", "list", "--json").json
    assert [end["expires_on"] for end in ends] == ["2027-03-31"] * 3


@pytest.mark.parametrize("kind", FORMATS)
def test_a_month_elsewhere_is_refused_by_its_cell(cli: Cli, tmp_path: Path, kind: str) -> None:
    rows = [
        {
            "vendor": "Osprey",
            "kind": "contract",
            "number": month,
            "issued on": month,
            "expires on": "2027-12-31",
        }
        for month in MONTHS
    ]
    outcome = bring(cli, tmp_path, kind, "document", rows)
    assert (outcome["code"], outcome["kept"]) == (1, False)
    assert [(bad["column"], bad["value"]) for bad in outcome["bad"]] == [
        ("issued on", month) for month in MONTHS
    ]
    assert all("2027-03-31" in bad["reason"] for bad in outcome["bad"])
