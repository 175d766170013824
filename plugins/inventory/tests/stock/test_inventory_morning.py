"""Stock on the morning's page and before an inspector: lots not to use, shortages, deliveries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from officeops.core.inspection_questions import inspection
from officeops.office.huddle import huddle
from officeops.office.inspection import inspection_lines
from officeops_inventory.model import Lot
from officeops_inventory.purchasing.receipts import receive as receive_order
from officeops_inventory.stock.actions import receive
from officeops_inventory.stock.lots import discard, recall

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.inventory.tests.conftest import Shop


def part(shop: Shop, name: str) -> list[str]:
    return [line.what for _, line in huddle(shop.office)[name]]


def proofs(shop: Shop) -> dict[str, list[tuple[str, str]]]:
    lines = inspection_lines(shop.office, inspection("clia"))
    shown: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        if line.status not in {"binder", "elsewhere"}:
            shown.setdefault(line.question.word, []).append((line.status, line.shown))
    return shown


def lot(shop: Shop, number: str) -> Any:  # noqa: ANN401 - a Lot, not None
    return next(shop.office.all(Lot, "number = ?", number))


def test_lots_not_to_use_are_there_until_they_are_gone(
    shop: Shop, freeze_today: Callable[..., None]
) -> None:
    assert (part(shop, "unsafe"), proofs(shop)) == ([], {})
    today = shop.office.today
    for number, days in (("A", 5), ("B", 90)):
        ends = today + timedelta(days)
        shop.office.do(receive, shop.vaccine, quantity=2, lot=number, expires_on=ends)
    good = [("met", "None of 2 lots on a shelf with an expiry date has expired")]
    unheld = [("met", "None of 2 lots on a shelf is recalled, quarantined or damaged")]
    assert proofs(shop) == {"expired": good, "recalled": unheld}
    freeze_today(today + timedelta(6))
    ended = today + timedelta(5)
    assert part(shop, "unsafe") == ["Lot A of Vaccine, expired: 2 at Main"]
    expired = [("not met", f"Lot A of Vaccine expired {ended}: 2 at Main")]
    assert proofs(shop) == {"expired": expired, "recalled": unheld}
    shop.office.do(recall, lot(shop, "B"), reason="notice 7")
    recalled = [("not met", "Lot B of Vaccine is recalled (notice 7): 2 at Main")]
    assert proofs(shop) == {"expired": expired, "recalled": recalled}
    assert part(shop, "unsafe")[1] == "Lot B of Vaccine, recalled (notice 7): 2 at Main"
    for number in "AB":
        shop.office.do(discard, lot(shop, number))
    # Nothing with a lot is left to speak of.
    assert (part(shop, "unsafe"), proofs(shop)) == ([], {})


def test_an_item_is_short_while_none_or_too_little_of_it_may_be_used(shop: Shop) -> None:
    assert part(shop, "short") == []
    with shop.office.acting("test"):
        shop.office.edit(shop.vaccine, minimum=10)
        shop.office.edit(shop.gloves, reorder_point=100)
    assert part(shop, "short") == ["Gloves M: none usable", "Vaccine: none usable, minimum 10"]
    shop.office.do(receive, shop.gloves, quantity=5)
    shop.office.do(receive, shop.vaccine, quantity=8, lot="A", no_lot="no day on it")
    assert part(shop, "short") == ["Vaccine: 8 doses usable, minimum 10"]


def test_a_delivery_is_there_on_its_day_and_until_it_came(
    shop: Shop, freeze_today: Callable[..., None]
) -> None:
    order = shop.sent(shop.gloves)
    assert part(shop, "deliveries") == []
    expected = order.expected_on
    assert expected is not None
    freeze_today(expected)
    assert part(shop, "deliveries") == ["PO-1 from Acme: today, 1 line"]
    freeze_today(expected + timedelta(1))
    late = f"PO-1 from Acme: late, expected {expected}, 1 line"
    assert part(shop, "deliveries") == [late]
    shop.office.do(receive_order, order)
    assert part(shop, "deliveries") == []
