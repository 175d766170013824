"""Whatever people do in whatever order: stock is the sum of its moves, never below zero, and orders stay right."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import count as numbers
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from plugins.inventory.tests.office_state import problems
from tests.effort import examples

from officeops import Refused
from officeops_inventory.counts.booking import REASONS, count
from officeops_inventory.counts.portions import unsafe_beside_other
from officeops_inventory.model import Item, Line, Lot, Move, Order
from officeops_inventory.purchasing import order_lines, orders, receipts
from officeops_inventory.stock import actions as stock
from officeops_inventory.stock import lots, open_orders
from officeops_inventory.stock.intake import comes_in_lots
from officeops_inventory.stock.reversal import reverse

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops import Action

TODAY = date(2026, 3, 2)
LOTS = {
    "": None,
    "GONE": TODAY - timedelta(days=1),
    "SOON": TODAY,
    "LATE": TODAY + timedelta(days=30),
    "EVER": None,
}
SKU = numbers()

amounts = st.integers(1, 30)
places = st.sampled_from((0, 1))
lot_names = st.sampled_from(tuple(LOTS))
which = st.integers(0, 10**6)


class Shelves(RuleBasedStateMachine):
    """One new item at two locations; `at` is what a person who watched every step would say is there."""

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self.shop, self.office = shop, shop.office
        self.places = (shop.main.id, shop.exam.id)
        self.at: Counter[int] = Counter()
        with self.office.acting("test"):
            self.item = self.office.add(Item(sku=f"I{next(SKU)}", name="Thing"))
        self.orders: list[int] = []
        #: The last move that the last count of a place has seen.
        self.seen: Counter[int] = Counter()

    def tried(self, action: Action[..., Any], *about: object, **given: object) -> bool:
        """Do it; a refusal must leave no trace."""
        before = self.office.value("SELECT max(id) FROM core_action")
        try:
            self.office.do(action, *about, request=None, **given)
        except Refused:
            assert self.office.value("SELECT max(id) FROM core_action") == before
            return False
        return True

    def lot(self, name: str) -> int | None:
        found: int | None = self.office.value(
            "SELECT id FROM inventory_lot WHERE item_id = ? AND number = ?", self.item.id, name
        )
        return found

    def moves(self) -> list[Move]:
        return list(self.office.all(Move, "item_id = ?", self.item.id))

    @rule(quantity=amounts, place=places, name=lot_names)
    def receive(self, quantity: int, place: int, name: str) -> None:
        given: dict[str, object] = {
            "location_id": self.places[place],
            "lot": name or None,
            "expires_on": LOTS[name],
        }
        given |= {} if LOTS[name] else {"no_lot": "nothing on the label"}
        assert self.tried(stock.receive, self.item, quantity=quantity, **given)
        self.at[place] += quantity

    @rule(
        quantity=amounts,
        place=places,
        name=lot_names,
        how=st.sampled_from(("use", "waste", "return", "adjust")),
    )
    def take(self, quantity: int, place: int, name: str, how: str) -> None:
        action = next(each for each in stock.ACTIONS if each.name == f"inventory.item.{how}")
        given: dict[str, object] = {"location_id": self.places[place], "lot_id": self.lot(name)}
        given |= {"quantity": -quantity if how == "adjust" else quantity}
        given |= {} if how == "use" else {"reason": "because"}
        if self.tried(action, self.item, **given):
            self.at[place] -= quantity

    @rule(quantity=amounts, place=places, name=lot_names)
    def transfer(self, quantity: int, place: int, name: str) -> None:
        ways = {"from_location_id": self.places[place], "to_location_id": self.places[1 - place]}
        if self.tried(
            stock.transfer,
            self.item,
            quantity=quantity,
            lot_id=self.lot(name),
            no_lot="none",
            **ways,
        ):
            self.at[place] -= quantity
            self.at[1 - place] += quantity

    @rule(counted=st.integers(0, 60), place=places, reason=st.sampled_from(REASONS))
    def count(self, counted: int, place: int, reason: str) -> None:
        given = {"item_id": self.item.id, "location_id": self.places[place]}
        last = max((move.id for move in self.moves()), default=0)
        if self.tried(count, counted=counted, reason=reason, **given):
            self.at[place] = counted
            self.seen[place] = last
        else:
            # Found goods are of a lot that was never there, or what differs may be of good or of unsafe stock.
            mixed = unsafe_beside_other(self.office, self.item.id, self.places[place])
            assert counted > self.at[place] or (mixed and counted not in {0, self.at[place]})
            assert comes_in_lots(self.office, self.item.id)

    @precondition(lambda self: self.moves())
    @rule(pick=which)
    def reverse(self, pick: int) -> None:
        moves = self.moves()
        move = moves[pick % len(moves)]
        if self.tried(reverse, move):
            assert move.kind != "reversal"
            place = self.places.index(move.location_id)
            # What a later count has seen is in the quantity that it set.
            if move.id > self.seen[place]:
                self.at[place] -= move.quantity
            if move.kind == "transfer":
                halves = (move.id > self.seen[0], move.id > self.seen[1])
                assert halves in {(True, True), (False, False)}
                self.at[1 - place] += move.quantity if all(halves) else 0

    @rule(name=lot_names, verb=st.sampled_from(("quarantine", "release", "recall", "discard")))
    def hold(self, name: str, verb: str) -> None:
        if lot_id := self.lot(name):
            action = next(each for each in lots.ACTIONS if each.verb == verb)
            there = self.office.rows(
                "SELECT location_id, quantity FROM inventory_stock WHERE lot_id = ?", lot_id
            )
            if self.tried(action, self.office.get(Lot, lot_id)) and verb == "discard":
                self.at.subtract({self.places.index(place): quantity for place, quantity in there})

    @rule(packs=st.integers(1, 4))
    def order(self, packs: int) -> None:
        with self.office.acting("test"):
            order = self.office.add(Order(vendor_id=self.shop.acme.id))
        self.office.do(order_lines.add_line, order, item_id=self.item.id, packs=packs * 5)
        for verb in ("approve", "send"):
            agreed: dict[str, Any] = {"without_prices": True} if verb == "approve" else {}
            self.office.do(
                next(each for each in orders.ACTIONS if each.verb == verb), order, **agreed
            )
        self.orders.append(order.id)

    @precondition(lambda self: self.orders)
    @rule(pick=which, quantity=amounts, place=places, name=lot_names, over=st.booleans())
    def deliver(self, pick: int, quantity: int, place: int, name: str, *, over: bool) -> None:
        order = self.office.get(Order, self.orders[pick % len(self.orders)])
        given: dict[str, object] = {"location_id": self.places[place], "lot": name or None}
        given |= {"expires_on": LOTS[name], "over": over}
        given |= {} if LOTS[name] else {"no_lot": "nothing on the label"}
        before = open_orders.lines_of(self.office, order.id)[0][1]
        if self.tried(receipts.receive, order, quantity=quantity, **given):
            assert over or quantity <= before
            self.at[place] += quantity

    @precondition(lambda self: self.orders)
    @rule(pick=which, verb=st.sampled_from(("close", "close-short", "cancel")))
    def end(self, pick: int, verb: str) -> None:
        order = self.office.get(Order, self.orders[pick % len(self.orders)])
        self.tried(next(each for each in orders.ACTIONS if each.verb == verb), order)

    @invariant()
    def stock_is_the_sum_of_its_moves(self) -> None:
        there: Counter[int] = Counter()
        for move in self.moves():
            there[self.places.index(move.location_id)] += 0 if move.history else move.quantity
        assert all(there[place] == self.at[place] for place in (0, 1))
        balances = self.office.rows(
            "SELECT quantity FROM inventory_stock WHERE item_id = ?", self.item.id
        )
        assert sum(quantity for (quantity,) in balances) == there.total()
        assert all(quantity >= 0 for (quantity,) in balances)

    def teardown(self) -> None:
        assert not list(problems(self.office))

    @invariant()
    def orders_know_what_is_to_come(self) -> None:
        for line in self.office.all(Line, "item_id = ?", self.item.id):
            came = open_orders.received(self.office, line.id)
            to_come = open_orders.outstanding(line, came)
            status = self.office.get(Order, line.order_id).status
            assert (
                came == sum(move.quantity for move in self.moves() if move.line_id == line.id) >= 0
            )
            if status in {"sent", "partly_received", "received"}:
                assert status == (
                    "received" if not to_come else "partly_received" if came else "sent"
                )
            elif status == "closed":
                assert to_come == 0


def test_any_sequence_keeps_the_ledger_right(shop: Shop) -> None:
    checks = settings(
        max_examples=examples(50),
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    factory: Any = lambda: Shelves(shop)  # noqa: E731 - a class or what makes one
    run_state_machine_as_test(factory, settings=checks)
