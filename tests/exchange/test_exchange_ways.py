"""Dates and decimal marks are decided by a whole column: never two orders in one, never a guess in silence."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.exchange.import_tools import bring

from officeops.exchange.columns.column_ways import ColumnWays
from officeops.exchange.formats.reading import open_table
from officeops.model.fields import Field
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    import random

    from officeops.testing import Cli

TODAY = date(2026, 11, 28)
FORMS = {"mdy": "{m}/{d}/{y}", "dmy": "{d}/{m}/{y}", "ymd": "{y}/{m}/{d}"}


def lots(cli: Cli, days: list[str], *words: str) -> Any:  # noqa: ANN401 - the command's answer
    """Import lots that end on these days and return what the command did."""
    rows = "".join(f'V,L{n},"{day}"\n' for n, day in enumerate(days))
    return cli("lot", "import", "-", *words, typed=f"item,number,expires_on\n{rows}")


def ends(cli: Cli) -> list[str]:
    return [lot["expires_on"] for lot in cli("lot", "list", "--json", "--sort", "id").json]


@pytest.fixture(autouse=True)
def _an_item(cli: Cli) -> None:
    assert cli("item", "add", "--sku", "V", "--name", "Vaccine").code == 0


# -- dates -------------------------------------------------------------------------------------------------


def test_a_column_that_proves_another_order_is_read_in_it_and_that_is_said(cli: Cli) -> None:
    ran = lots(cli, ["03/04/2027", "31/08/2027", "04/12/2027"])
    assert ran.code == 0
    assert "day first: line 3 has '31/08/2027'" in ran.err
    assert ends(cli) == ["2027-04-03", "2027-08-31", "2027-12-04"]


def test_a_column_that_proves_the_offices_order_says_nothing(cli: Cli) -> None:
    ran = lots(cli, ["03/04/2027", "08/31/2027"])
    assert "first" not in ran.err
    assert ends(cli) == ["2027-03-04", "2027-08-31"]


def test_a_column_that_proves_nothing_is_read_as_the_office_writes_and_says_so_once(
    cli: Cli,
) -> None:
    ran = lots(cli, ["03/04/2027", "05/06/2027"])
    assert ran.err.count("--date-order") == 1
    assert ends(cli) == ["2027-03-04", "2027-05-06"]


@pytest.mark.parametrize("second", ["12/31/2027", "12-31-2027", "12/31/27"])
@pytest.mark.parametrize("first", ["31/12/2027", "31.12.2027", "31-12-2027", "31/12/27"])
def test_a_column_of_two_orders_is_refused_with_both_rows(
    cli: Cli, first: str, second: str
) -> None:
    ran = lots(cli, ["2027-01-31", first, "03/04/2027", second], "--skip-bad", "--json")
    assert (ran.code, ends(cli)) == (1, [])
    assert f"line 3 has '{first}', day first" in ran.err
    assert f"line 5 has '{second}', month first" in ran.err


def test_the_proof_may_come_ten_thousand_rows_later(cli: Cli) -> None:
    days = ["03/04/2027"] * 10_000 + ["31/08/2027"]
    assert lots(cli, days).code == 0
    assert set(ends(cli)) == {"2027-04-03", "2027-08-31"}
    late = lots(cli, ["08/31/2027", *days])
    assert (late.code, "two orders" in late.err) == (1, True)


def test_an_order_that_is_told_is_the_only_one(cli: Cli) -> None:
    ran = lots(cli, ["03/04/2027", "12/31/2027"], "--date-order", "dmy", "--json")
    assert (ran.code, [bad["line"] for bad in ran.json["bad"]]) == (1, [3])
    assert "day first" in ran.json["bad"][0]["reason"]
    assert lots(cli, ["27-03-04", "27-12-31"], "--date-order", "ymd").code == 0
    assert ends(cli) == ["2027-03-04", "2027-12-31"]


def test_years_in_two_digits_that_may_come_first_are_asked_about(cli: Cli) -> None:
    ran = lots(cli, ["27-03-04", "27-12-31"])
    assert (ran.code, "year first" in ran.err, ends(cli)) == (1, True, [])


def test_dates_and_text_in_one_column_of_a_sheet_are_asked_about(cli: Cli, tmp_path: Any) -> None:  # noqa: ANN401
    import xlsxwriter

    path = tmp_path / "lots.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["item", "number", "expires_on"])
        sheet.write_row(1, 0, ["V", "L1"])
        sheet.write_datetime(1, 2, date(2027, 3, 4), day)
        sheet.write_row(2, 0, ["V", "L2", "31/08/2027"])
    ran = cli("lot", "import", str(path))
    assert (ran.code, "swaps day and month" in ran.err, ends(cli)) == (1, True, [])
    assert cli("lot", "import", str(path), "--date-order", "dmy").code == 0
    assert ends(cli) == ["2027-03-04", "2027-08-31"]


def test_another_columns_proof_counts_where_a_column_has_none(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    text = "item,vendor,price_from,price_until\nV,Acme,03/04/2026,31/12/2027\n"
    assert bring(cli, "terms", text)["code"] == 0
    (terms,) = cli("terms", "list", "--json").json
    assert (terms["price_from"], terms["price_until"]) == ("2026-04-03", "2027-12-31")


# -- numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prices", "levels", "read"),
    [
        (["12,50", "1.234,56"], ["1.000", "2.500"], [("12.50", 1000), ("1234.56", 2500)]),
        (["12.50", "1,234.56"], ["1,000", "2,500"], [("12.50", 1000), ("1234.56", 2500)]),
        (["12,50", "1 234,56"], ["1 000", "7"], [("12.50", 1000), ("1234.56", 7)]),
        (["12.50", "1'234.56"], ["1'000", "7"], [("12.50", 1000), ("1234.56", 7)]),
        (["0,5", "1.000"], ["1.000", "7"], [("0.50", 1000), ("1000.00", 7)]),
        (["0.5", "1.000"], ["1.000", "7"], [("0.50", 1), ("1.00", 7)]),
        (["12.50", "3.0"], ["10.00000", "7.0"], [("12.50", 10), ("3.00", 7)]),
    ],
)
def test_a_file_is_read_with_the_decimal_mark_that_it_proves(
    cli: Cli, prices: list[str], levels: list[str], read: list[tuple[str, int]]
) -> None:
    cli("vendor", "add", "--name", "Acme")
    out = io.StringIO()
    csv.writer(out).writerows(
        [
            ["sku", "name", "vendor", "price", "reorder_point"],
            *(
                [f"A{n}", f"Item {n}", "Acme", *pair]
                for n, pair in enumerate(zip(prices, levels, strict=True))
            ),
        ]
    )
    outcome = bring(cli, "item", out.getvalue())
    assert outcome["code"] == 0, outcome
    prices_read = [terms["price"] for terms in cli("terms", "list", "--json", "--sort", "id").json]
    items = {item["sku"]: item["reorder_point"] for item in cli("item", "list", "--json").json}
    assert [(price, items[f"A{n}"]) for n, price in enumerate(prices_read)] == read


@pytest.mark.parametrize("prices", [["12,50", "12.50"], ["1.234,56", "1,234.56"], ["0,5", "0.125"]])
def test_a_column_with_both_decimal_marks_is_refused_with_both_rows(
    cli: Cli, prices: list[str]
) -> None:
    cli("vendor", "add", "--name", "Acme")
    rows = "".join(f'A{n},x,Acme,"{price}"\n' for n, price in enumerate(prices))
    ran = cli("item", "import", "-", "--skip-bad", typed=f"sku,name,vendor,price\n{rows}")
    assert ran.code == 1
    assert all(f"line {line} has '{price}'" in ran.err for line, price in enumerate(prices, 2))
    told = bring(cli, "item", f"sku,name,vendor,price\n{rows}", "--decimal", "point")
    assert (told["kept"], len(told["bad"])) == (False, 1)


def test_what_may_be_a_thousand_or_one_stays_refused_and_the_mark_cures_it(cli: Cli) -> None:
    text = 'sku,name,reorder_point\nA,Gauze,1.000\nB,Tape,"2.500"\n'
    assert [bad["line"] for bad in bring(cli, "item", text)["bad"]] == [2, 3]
    assert bring(cli, "item", text, "--decimal", "comma")["added"] == 2
    points = {item["sku"]: item["reorder_point"] for item in cli("item", "list", "--json").json}
    assert (points["A"], points["B"]) == (1000, 2500)


# -- any column ---------------------------------------------------------------------------------------------


def read_column(
    kind: Literal["date", "money"], cells: list[str], order: str = "mdy"
) -> tuple[list[Any], ColumnWays]:
    """Read one column as an import does, with its doubts settled first."""
    field = Field(kind, default=None).named("value", "")
    out = io.StringIO()
    csv.writer(out).writerows([["value"], *([cell] for cell in cells)])
    with open_table(
        None, stream=io.BytesIO(out.getvalue().encode()), name="t.csv", delimiter=","
    ) as table:
        ways = ColumnWays(table, {0: field}, Conventions(today=TODAY, date_order=order))
        if ways.doubts(0, set(cells)):
            ways.settle()
        read = ways.reader(0, field)
        return [read(cell) for cell in cells], ways


@tried(200)
@given(
    st.randoms(use_true_random=False),
    st.sampled_from(["mdy", "dmy"]),
    st.sampled_from(["mdy", "dmy"]),
)
def test_a_column_written_in_one_order_is_never_read_in_two(
    seed: random.Random, written: str, office: str
) -> None:
    days = [TODAY + timedelta(days=seed.randrange(1200)) for _ in range(seed.randrange(1, 9))]
    cells = [
        FORMS[written].format(y=day.year, m=f"{day.month:02}", d=f"{day.day:02}") for day in days
    ]
    read, ways = read_column("date", cells, office)
    swapped = [date(day.year, day.day, day.month) if day.day <= 12 else None for day in days]
    if read != days:
        assert read == swapped
        assert office != written
        assert any("unless --date-order" in note for note in ways.notes)


@tried(200)
@given(
    st.lists(st.integers(0, 99_999_999), min_size=1, max_size=8),
    st.sampled_from(["point", "comma"]),
)
def test_prices_written_with_one_mark_are_never_read_with_two(cents: list[int], mark: str) -> None:
    texts = [f"{amount / 100:,.2f}" for amount in cents]
    if mark == "comma":
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    assert read_column("money", texts)[0] == cents
