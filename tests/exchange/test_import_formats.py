"""The same rows arrive from text of any encoding and delimiter, JSON and workbooks; files that cannot be read are refused."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exchange.import_tools import bring, counts, items

from officeops.exchange.formats.writing import write_xlsx

if TYPE_CHECKING:
    from officeops.testing import Cli, Ran

pytestmark = pytest.mark.usefixtures("in_home")


def test_records_of_json_are_told_as_records(cli: Cli) -> None:
    ran = cli("item", "import", "-", typed='[{"sku": "A", "name": "a"}, {"sku": "B", "name": ""}]')
    assert "record 2, name: is needed" in ran.err


@pytest.mark.parametrize("text", ["", "\n\n", " \n", ",,\n,\n"])
def test_a_file_of_nothing_is_a_failed_export(cli: Cli, text: str) -> None:
    for noun in ("item", "move", "vendor"):
        ran = cli(noun, "import", "-", typed=text)
        assert (ran.code, "is empty" in ran.err) == (1, True)


def test_an_empty_first_sheet_names_the_others(cli: Cli) -> None:
    from xlsxwriter import Workbook

    with Workbook("two.xlsx") as book:
        book.add_worksheet("Cover")
        book.add_worksheet("Stock").write_row(0, 0, ["sku", "name"])
    ran = cli("item", "import", "two.xlsx")
    assert (ran.code, "--sheet; there are Cover, Stock" in ran.err) == (1, True)


ROWS: list[list[str | int | bool | None]] = [
    ["007", "Café Ω-3", 5, True],
    ["1E5", "+1.5 D", None, False],
]


def office_has_the_rows(cli: Cli, ran: Ran) -> None:
    """The two rows arrived as they are written, codes and all."""
    assert ran.code == 0, ran.err
    found = items(cli)
    assert {
        sku: (item["name"], item["reorder_point"], item["discontinued"])
        for sku, item in found.items()
    } == {str(row[0]): (row[1], row[2], row[3]) for row in ROWS}


HEADER = ["sku", "name", "reorder_point", "discontinued"]

TEXT = "sku,name,reorder_point,discontinued\n007,Café Ω-3,5,yes\n1E5,+1.5 D,,no\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_of_any_encoding_and_delimiter(cli: Cli, encoding: str, delimiter: str) -> None:
    office_has_the_rows(
        cli, cli("item", "import", "-", typed=TEXT.replace(",", delimiter).encode(encoding))
    )


def test_text_of_an_old_windows_machine(cli: Cli) -> None:
    text = "sku;name\r\nA;Grüße aus München – „schön“, 5 €\r\nB;Crème brûlée façon été\r\n"
    ran = cli("item", "import", "-", typed=text.encode("cp1252"))
    assert ran.code == 0
    assert [item["name"] for item in items(cli).values()] == [
        "Crème brûlée façon été",
        "Grüße aus München – „schön“, 5 €",
    ]


def test_json_and_xlsx(cli: Cli) -> None:
    objects = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    office_has_the_rows(cli, cli("item", "import", "-", typed=json.dumps(objects)))
    book = io.BytesIO()
    write_xlsx(book, HEADER, ROWS, "Items")
    assert counts(bring(cli, "item", book.getvalue())) == (0, 0, 2)
    for item in items(cli):
        cli("item", "archive", item)
    Path("items.xlsx").write_bytes(book.getvalue())
    office_has_the_rows(cli, cli("item", "import", "items.xlsx"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nofile.csv"], "There is no file nofile.csv"),
        (["."], "is a folder"),
        (["/dev/null"], "is a device"),
        (["broken.xlsx"], "broken.xlsx"),
        (["broken.json"], "broken.json"),
        (["broken.csv", "--encoding", "utf-99"], "utf-99"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    cli: Cli, words: list[str], said: str
) -> None:
    for name in ("broken.xlsx", "broken.json", "broken.csv"):
        Path(name).write_bytes(b'[{"sku": "A", "name"\xff')
    ran = cli("item", "import", *words)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert "fault" not in ran.err


def test_a_header_without_rows_adds_nothing(cli: Cli) -> None:
    assert counts(bring(cli, "item", "sku,name\n")) == (0, 0, 0)
