"""Whatever the places are called and whoever sells it: nothing is ordered twice, and goods land where they were counted."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import count as numbers
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.effort import examples

from officeops.core.actions import make_default
from officeops.core.default_location import default_location
from officeops.core.office_record import Facts
from officeops.core.records import Location
from officeops_inventory.declared.amounts import OUTSTANDING
from officeops_inventory.model import Item, Level, Line, Order, Pack, Terms
from officeops_inventory.purchasing import orders
from officeops_inventory.purchasing.receipts import receive
from officeops_inventory.reorder.drafting import draft_orders
from officeops_inventory.reorder.position import LINE_PLACE
from officeops_inventory.reorder.sheet import explain, sheet
from officeops_inventory.stock import actions as stock
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_inventory.reorder.types import Evaluation

TODAY = date(2026, 3, 2)
PLACES = 3
NUMBERS = numbers(1)
FAR = TODAY + timedelta(days=4000)

places = st.integers(0, PLACES - 1)
levels = st.tuples(st.integers(0, 40), st.integers(0, 90), st.booleans()).map(
    lambda drawn: (drawn[0], max(drawn[0], drawn[1]), drawn[2])
)


class Offered(NamedTuple):
    """What a vendor asks: units in its pack, least packs, rank."""

    vendor: int
    size: int
    moq: int
    rank: int


class OpenLine(NamedTuple):
    """A line that is under way: packs of how many units, to which place (None: none is said), and how far it got."""

    vendor: int
    packs: int
    size: int
    place: int | None
    state: str


class Kept(NamedTuple):
    """One item: its own levels, those at places, what is where (the days its lot still has), offers and open lines."""

    level: tuple[int, int, bool]
    placed: dict[int, tuple[int, int, bool]]
    on_shelf: list[tuple[int, int, int]]
    in_lots: bool
    offers: list[Offered]
    lines: list[OpenLine]


items = st.builds(
    Kept,
    levels,
    st.dictionaries(places, levels, max_size=PLACES),
    st.lists(st.tuples(places, st.integers(1, 40), st.integers(0, 60)), max_size=3),
    st.booleans(),
    st.lists(
        st.builds(
            Offered, st.integers(0, 1), st.integers(1, 25), st.integers(1, 5), st.integers(1, 2)
        ),
        max_size=2,
    ),
    st.lists(
        st.builds(
            OpenLine,
            st.integers(0, 1),
            st.integers(1, 5),
            st.integers(1, 25),
            st.none() | places,
            st.sampled_from(("draft", "approved", "sent", "partly_received")),
        ),
        max_size=3,
    ),
)


class World(NamedTuple):
    """An office as it is drawn: the default place, the places' order of counting and their new names, and items."""

    default: int
    count_orders: list[int]
    names: list[str]
    items: list[Kept]


worlds = st.builds(
    World,
    places,
    st.lists(st.integers(-3, 3), min_size=PLACES, max_size=PLACES),
    st.permutations(("Main", "Annex", "Lager", "Exam 1", "Zed")),
    st.lists(items, min_size=1, max_size=3),
)


class Shelves:
    """The office of one drawn world, built through what people do."""

    def __init__(self, office: Office, world: World) -> None:
        self.office, self.world = office, world
        self.places = [place.id for place in office.some(Location, range(1, PLACES + 1))]
        self._arrange(world.names)
        if default_location(office) != self.places[world.default]:
            office.do(make_default, office.get(Location, self.places[world.default]))
        with office.acting("test"):
            self.vendors = [
                office.add(Vendor(name=f"Vendor {next(NUMBERS)}", lead_days=3)) for _ in range(2)
            ]
        self.items = [self._item(kept) for kept in world.items]

    def _arrange(self, names: list[str]) -> None:
        with self.office.acting("test"):
            for place in self.places:
                self.office.edit(self.office.get(Location, place), name=f"so far {next(NUMBERS)}")
            for n, place in enumerate(self.places):
                order = self.world.count_orders[n]
                self.office.edit(self.office.get(Location, place), name=names[n], count_order=order)

    def rename(self) -> None:
        """Give every place another's name: the default one is called Main, or no longer is."""
        self._arrange([*self.world.names[1:], self.world.names[0]])

    def _item(self, kept: Kept) -> Item:
        point, top, hard = kept.level
        number = next(NUMBERS)
        with self.office.acting("test"):
            item = self.office.add(
                Item(
                    sku=f"I{number}",
                    name=f"Item {number}",
                    reorder_point=point,
                    order_up_to=top,
                    maximum_is_hard=hard,
                    shelf_life_days=365 if kept.in_lots else None,
                )
            )
            for place, (at, up_to, is_hard) in kept.placed.items():
                self.office.add(
                    Level(
                        item_id=item.id,
                        location_id=self.places[place],
                        reorder_point=at,
                        order_up_to=up_to,
                        maximum_is_hard=is_hard,
                    )
                )
            for offer in kept.offers:
                self._terms(item, offer)
        for n, (place, quantity, days) in enumerate(kept.on_shelf):
            given: dict[str, Any] = {"location_id": self.places[place], "quantity": quantity}
            if kept.in_lots:
                given |= {"lot": f"S{n}", "expires_on": TODAY + timedelta(days=days)}
            self.office.do(stock.receive, item, **given)
        for line in kept.lines:
            self._line(item, line)
        return item

    def _terms(self, item: Item, offer: Offered) -> None:
        known = self.office.first(Pack, "item_id = ? AND size = ?", item.id, offer.size)
        pack = known or self.office.add(
            Pack(item_id=item.id, name=f"box of {offer.size}", size=offer.size)
        )
        vendor = self.vendors[offer.vendor].id
        if self.office.first(Terms, "item_id = ? AND vendor_id = ?", item.id, vendor) is None:
            self.office.add(
                Terms(
                    item_id=item.id,
                    vendor_id=vendor,
                    pack_id=pack.id,
                    moq=offer.moq,
                    rank=offer.rank,
                    price=12_345,
                )
            )

    def _line(self, item: Item, drawn: OpenLine) -> None:
        place = None if drawn.place is None else self.places[drawn.place]
        with self.office.acting("test"):
            order = self.office.add(Order(vendor_id=self.vendors[drawn.vendor].id))
            line = self.office.add(
                Line(
                    order_id=order.id,
                    item_id=item.id,
                    packs=drawn.packs,
                    pack_size=drawn.size,
                    price=12_345,
                    location_id=place,
                )
            )
        steps = {"draft": [], "approved": ["approve"]}.get(drawn.state, ["approve", "send"])
        for verb in steps:
            self.do(verb, order)
        if drawn.state == "partly_received" and line.ordered > 1:
            self.take_in(order, line, line.ordered // 2)

    def do(self, verb: str, order: Order) -> None:
        action = next(one for one in orders.ACTIONS if one.verb == verb)
        self.office.do(action, self.office.get(Order, order.id))

    def take_in(self, order: Order, line: Line, quantity: int) -> None:
        in_lots = self.office.get(Item, line.item_id).shelf_life_days is not None
        label: dict[str, Any] = {"lot": "NEW", "expires_on": FAR} if in_lots else {}
        order = self.office.get(Order, order.id)
        self.office.do(receive, order, line_id=line.id, quantity=quantity, **label)

    @property
    def ids(self) -> list[int]:
        return [item.id for item in self.items]

    def evaluations(self) -> dict[tuple[int, int | None], Evaluation]:
        """Every term of the rule, at each place with a level, else of the whole item."""
        lines = [line for item in self.items for line in explain(self.office, item)]
        return {(line.item.id, line.location_id): line.suggestion for line in lines}

    def positions(self, item_id: int) -> dict[int | None, int]:
        """The item's position at each place with a level, else wherever it is."""
        item = self.office.get(Item, item_id)
        return {line.location_id: line.suggestion.position for line in explain(self.office, item)}

    def suggested(self) -> list[Evaluation]:
        """What the sheet would still have somebody order, and somebody can."""
        lines = [line.suggestion for line in sheet(self.office).lines if line.item.id in self.ids]
        return [suggestion for suggestion in lines if suggestion.offer and not suggestion.blocked]

    def on_shelves(self) -> Counter[tuple[int, int]]:
        rows = self.office.rows(
            "SELECT item_id, location_id, sum(quantity) FROM inventory_stock GROUP BY 1, 2"
        )
        return Counter(
            {(item, place): quantity for item, place, quantity in rows if item in self.ids}
        )

    def open_orders(self) -> list[Order]:
        vendors = {vendor.id for vendor in self.vendors}
        return [order for order in self.office.all(Order) if order.vendor_id in vendors]

    def outstanding(self, order: Order) -> list[tuple[int, int, int, int]]:
        """Each line of an order: its id, item, the place where the position counts it, and what is still to come."""
        sql = (
            f"SELECT l.id, l.item_id, {LINE_PLACE}, {OUTSTANDING} FROM inventory_line l "
            "JOIN inventory_item i ON i.id = l.item_id WHERE l.order_id = ?"
        )
        return self.office.rows(sql, order.id)

    def retire(self) -> None:
        """Leave nothing that the next world's sheet would look at."""
        with self.office.acting("test"):
            for item in self.items:
                self.office.edit(self.office.get(Item, item.id), discontinued=True)


@pytest.fixture
def bare(office: Office) -> Office:
    with office.acting("test"):
        first, *_ = [office.add(Location(name=f"P{n}")) for n in range(PLACES)]
        office.add(Facts(name="T", default_location_id=first.id))
    return office


def holds(before: Evaluation, after: Evaluation) -> None:
    """What the rule promises of one place before and after the draft."""
    drafted = before.quantity if before.fires and before.offer and not before.blocked else 0
    assert after.position == before.position + drafted
    if not drafted:
        return
    assert before.order_up_to is not None
    # Still low is what fewer packs than asked for leave, where no more have room below the hard maximum.
    assert not after.fires or after.blocked
    if before.hard_maximum is not None:
        assert after.position <= before.hard_maximum
    over = after.position - before.order_up_to
    assert over < before.pack_size or before.packs == before.moq


# One office for all worlds, so a world is not the same twice: there is nothing to shrink.
@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(world=worlds)
def test_no_world_orders_twice_or_loses_sight_of_what_comes(bare: Office, world: World) -> None:
    shelves = Shelves(bare, world)
    before = shelves.evaluations()
    draft_orders(bare, shelves.ids)
    after = shelves.evaluations()
    for spot, evaluation in before.items():
        holds(evaluation, after[spot])
    shelves.rename()
    assert not draft_orders(bare, shelves.ids).draft_lines
    assert not shelves.suggested()
    assert shelves.evaluations() == after
    receive_everything(shelves)
    received = shelves.evaluations()
    assert {spot: it.position for spot, it in received.items()} == {
        spot: it.position for spot, it in after.items()
    }
    assert all(it.on_order == it.in_draft == 0 for it in received.values())
    shelves.retire()


def receive_everything(shelves: Shelves) -> None:
    """Send and receive every order, line by line; each lands where the position counted it."""
    before = shelves.evaluations()
    for order in shelves.open_orders():
        for verb in {"draft": ("approve", "send"), "approved": ("send",)}.get(order.status, ()):
            shelves.do(verb, order)
    sent = shelves.evaluations()
    assert {spot: it.position for spot, it in sent.items()} == {
        spot: it.position for spot, it in before.items()
    }
    for order in shelves.open_orders():
        expected = shelves.on_shelves()
        lines = shelves.outstanding(order)
        for line_id, item_id, place, quantity in lines:
            if quantity:
                expected[item_id, place] += quantity
                take_in_where_counted(shelves, order, shelves.office.get(Line, line_id), quantity)
        assert shelves.on_shelves() == expected


def take_in_where_counted(shelves: Shelves, order: Order, line: Line, quantity: int) -> None:
    """Take goods in: where they were on order they are now in stock, and no position changes anywhere."""
    before = shelves.positions(line.item_id)
    shelves.take_in(order, line, quantity)
    assert shelves.positions(line.item_id) == before
