"""At 80 columns what warns stays: a held or expired lot is told whole, a total says what it lacks, what is left out is named."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from officeops.cli import run
from officeops.tui.testing import Terminal
from officeops_inventory.model import Item, Lot
from officeops_inventory.purchasing.orders import approve
from officeops_inventory.stock.actions import receive
from officeops_inventory.stock.lots import damage, quarantine, recall

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.office.office import Office

pytestmark = pytest.mark.officeops("inventory", "vendors")

LONG = "Influenza vaccine, quadrivalent, 0.5 mL prefilled syringes for adults and children over six months"
HOLDS = {
    "RECALLED-LOT": recall,
    "QUARANTINED-LOT": quarantine,
    "DAMAGED-LOT": damage,
    "EXPIRED-LOT": None,
}


@pytest.fixture
def unsafe(shop: Shop) -> Office:
    """A lot in each state in which it must not be used, of an item with a long name, far down in a long sentence."""
    office = shop.office
    with office.acting("test"):
        office.edit(office.get(Item, shop.vaccine.id), name=LONG)
    item = office.get(Item, shop.vaccine.id)
    for number, hold in HOLDS.items():
        ends = office.today + timedelta(days=300 if hold else -3)
        office.do(receive, item, quantity=7, location_id=shop.exam.id, lot=number, expires_on=ends)
        if hold:
            lot = next(office.all(Lot, "number = ?", number))
            office.do(hold, lot, reason=f"notice of the maker about {number}")
    office.do(
        receive,
        item,
        quantity=7,
        location_id=shop.exam.id,
        lot="GOOD",
        expires_on=ends + timedelta(days=400),
    )
    return office


def paragraph(lines: list[str], number: str) -> str:
    """What a screen says of a lot, its lines put together up to the next lot."""
    text = " ".join(" ".join(lines).replace(">", " ").split())
    start = text.index(f"Lot {number}")
    ends = [
        at for other in HOLDS if other != number and (at := text.find(f"Lot {other}", start)) > 0
    ]
    return text[start : min(ends, default=None)]


@pytest.mark.parametrize("number", HOLDS)
def test_today_tells_an_unsafe_lot_to_the_place_and_cuts_nothing(
    unsafe: Office, number: str
) -> None:
    with Terminal(unsafe) as terminal:
        lines = [*terminal.lines[1:-2]]
        for _ in range(40):
            terminal.press("j")
            lines += [
                line
                for line in terminal.lines[1:-2]
                if line.lstrip("> ") not in {a.lstrip("> ") for a in lines}
            ]
    told = paragraph([line.rstrip() for line in lines], number)
    assert "7 at Exam 1" in told
    assert "…" not in told.replace("release …", "")


def test_an_item_of_several_lines_is_passed_over_whole_once_it_is_seen(unsafe: Office) -> None:
    with Terminal(unsafe) as terminal:
        for _ in range(2):
            terminal.press("r")
            # The cursor is at the first line of an item that is still new.
            assert terminal.current.startswith("!* Lot")


def narrow(monkeypatch: pytest.MonkeyPatch, columns: int = 80) -> None:
    """Make standard output a terminal of so many columns."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size((columns, 24)))


def said(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str
) -> tuple[str, str]:
    narrow(monkeypatch)
    run(["--db", str(office.path), *words])
    told = capsys.readouterr()
    assert all(len(line) <= 80 for line in told.out.splitlines())
    return told.out, told.err


def test_the_command_today_wraps_and_names_what_it_leaves_out(
    unsafe: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, err = said(unsafe, capsys, monkeypatch, "today")
    text = " ".join(out.split())
    for number in HOLDS:
        assert f"Lot {number} of" in text
    assert text.count("7 at Exam 1") == len(HOLDS)
    assert "…" not in out
    assert "80 columns: Next step, Owner, Key" in err


def test_a_list_of_lots_keeps_its_state(
    unsafe: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = said(unsafe, capsys, monkeypatch, "lot", "list")
    assert all(word in out for word in ("recalled", "quarantined", "damaged"))
    with Terminal(unsafe) as terminal:
        terminal.press(":").type("lot").press("enter")
        assert all(
            any(word in line for line in terminal.lines)
            for word in ("recalled", "quarantined", "damaged")
        )


def test_the_count_sheet_says_first_what_is_unsafe(unsafe: Office) -> None:
    with Terminal(unsafe) as terminal:
        terminal.press("#", "j", "enter")
        starts = [line.lstrip("> ") for line in terminal.lines]
        for number in HOLDS:
            word = f"{number.partition('-')[0]} lot {number}"
            assert any(start.startswith(word) for start in starts), terminal.lines


def test_an_orders_total_says_what_it_lacks_wherever_it_is_listed(
    shop: Shop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = shop.office
    priced = shop.draft((shop.gloves, 1), (shop.vaccine, 2))
    none = shop.draft((shop.vaccine, 2))
    whole = shop.draft((shop.gloves, 1))
    for order in (priced, none):
        office.do(approve, order, without_prices=True)
    expected = {
        f"PO-{priced.id}": "12.50 + 1 unpriced",
        f"PO-{none.id}": "— + 1 unpriced",
        f"PO-{whole.id}": "12.50",
    }
    out, _ = said(office, capsys, monkeypatch, "order", "list")
    with Terminal(office) as terminal:
        terminal.press(":").type("order").press("enter")
        for key, total in expected.items():
            for lines in (out.splitlines(), terminal.lines):
                [line] = [line for line in lines if f"{key} " in line]
                assert total in line
                assert ("unpriced" in line) == ("unpriced" in total)


@pytest.mark.parametrize("format_", ["--json", "--csv"])
def test_scripts_get_the_total_as_it_was(
    shop: Shop, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    shop.draft((shop.gloves, 1), (shop.vaccine, 2))
    run(["--db", str(shop.office.path), "order", "list", format_])
    out = capsys.readouterr().out
    assert "12.50" in out
    assert "+ 1" not in out


def test_the_lists_order_is_by_the_total_itself(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.draft((shop.gloves, 2), (shop.vaccine, 1))
    shop.draft((shop.gloves, 10))
    run(["--db", str(shop.office.path), "order", "list", "--sort", "total"])
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == ["PO-1", "PO-2"]
