"""Whatever people do can be taken back step by step and done again, and the office is as it was at every step.

`tests/effort.py` says how to try more sequences.
"""

from __future__ import annotations

import io
import shutil
from datetime import date, timedelta
from itertools import count as numbers
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.core.records import Location
from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.history.undo import redo, undo
from officeops.model.errors import NotFound, OfficeError, Refused
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops.office.office import open_office
from officeops_inventory.counts.booking import REASONS, count
from officeops_inventory.invariants import problems
from officeops_inventory.model import Item, Level, Line, Lot, Move, Order, Pack, Terms
from officeops_inventory.purchasing import order_lines, orders, receipts
from officeops_inventory.reorder.drafting import draft_orders, snooze_item
from officeops_inventory.reorder.sheet import sheet
from officeops_inventory.stock import actions as stock
from officeops_inventory.stock import lots
from officeops_inventory.stock.ledger import on_hand
from officeops_inventory.stock.reversal import reverse
from officeops_vendors.model import Document, Vendor
from officeops_vendors.vendor_actions import deactivate, hold, release, renew

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from plugins.inventory.tests.conftest import Shop

    from officeops import Record
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

TODAY = date(2026, 3, 2)
SHORT = tried(30)
VERBS = {each.name: each for each in [*stock.ACTIONS, *orders.ACTIONS]}
NAMES = numbers()

# -- the state of an office ------------------------------------------------------------------------------------

_NET = """
WITH RECURSIVE origin(id, kind, quantity, item_id, location_id, lot_id, line_id, day, since) AS (
    SELECT id, kind, quantity, item_id, location_id, lot_id, line_id, day, since FROM inventory_move WHERE reverses_id IS NULL
    UNION ALL SELECT m.id, o.kind, m.quantity, m.item_id, m.location_id, m.lot_id, m.line_id, m.day, m.since
    FROM inventory_move m JOIN origin o ON o.id = m.reverses_id)
SELECT item_id, location_id, lot_id, line_id, kind, day, since, sum(quantity) FROM origin
GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(quantity) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7
"""


def state(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """What stands: every kind's unarchived records, and of the ledger what its entries come to."""
    found = {}
    for kind in office.records.values():
        if kind.meta.append_only or kind.meta.derived:
            continue
        columns = ", ".join(["id", *(f.name for f in kind.meta.fields)])
        found[kind.meta.key] = office.rows(
            f"SELECT {columns} FROM {kind.meta.table} WHERE archived_at IS NULL ORDER BY id"
        )
    found["moves"] = office.rows(_NET)
    found["stock"] = office.rows(
        "SELECT item_id, location_id, lot_id, quantity FROM inventory_stock WHERE quantity <> 0 ORDER BY 1, 2, 3"
    )
    return found


def outlook(office: Office) -> tuple[list[str], list[tuple[Any, ...]]]:
    """What the office makes of its state: what is due and what must be ordered."""
    lines = [
        (line.item.id, line.location_id, line.suggestion.position, line.suggestion.packs)
        for line in sheet(office).lines
    ]
    return [each.due.key for each in office.due_items(TODAY + timedelta(days=60))], lines


def wrong(office: Office) -> list[str]:
    """What is not in order; a balance below zero may come from a file."""
    return [str(each) for each in problems(office) if "on hand; count it" not in each.message]


# -- what people do ---------------------------------------------------------------------------------------------

Deed = tuple[str, int, int, int]


def pick(office: Office, kind: type[Record], n: int, where: str = "archived_at IS NULL") -> Any:  # noqa: ANN401 - of the kind asked for
    """The n-th record of a kind, beginning again where there are fewer. NotFound where there is none."""
    ids = [
        row[0] for row in office.rows(f"SELECT id FROM {kind.meta.table} WHERE {where} ORDER BY id")
    ]
    if not ids:
        raise NotFound(f"no {kind.meta.noun}")
    return office.get(kind, ids[n % len(ids)])


def maybe(office: Office, kind: type[Record], n: int) -> int | None:
    return None if n % 3 == 0 else pick(office, kind, n).id


def add_item(office: Office, a: int, b: int, c: int) -> None:
    add_record(
        office,
        Item,
        {
            "sku": f"S{a % 6}",
            "name": f"Item {b}",
            "reorder_point": b,
            "order_up_to": b + c,
            "shelf_life_days": 90 if c % 4 == 0 else None,
        },
    )


def edit_item(office: Office, a: int, b: int, c: int) -> None:
    changes = (
        {"name": f"Name {b}"},
        {"reorder_point": b},
        {"order_up_to": c},
        {"sku": f"S{b % 6}"},
        {"discontinued": c % 2 == 0},
    )
    edit_record(office, pick(office, Item, a), changes[b % len(changes)])


def put_away(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    kinds = (Item, Vendor, Pack, Terms, Level, Location, Document, Order)
    archive_record(office, pick(office, kinds[c % len(kinds)], a))


def bring_back(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    archived = "archived_at IS NOT NULL"
    kinds = [
        kind
        for kind in (Item, Vendor, Pack, Terms, Level, Location, Document, Order)
        if office.value(f"SELECT 1 FROM {kind.meta.table} WHERE {archived}")
    ]
    if not kinds:
        raise NotFound("nothing is archived")
    unarchive_record(office, pick(office, kinds[c % len(kinds)], a, archived))


def add_vendor(office: Office, a: int, b: int, c: int) -> None:
    add_record(
        office,
        Vendor,
        {"name": f"Vendor {a}", "code": f"V{b % 4}" if c % 2 else None, "lead_days": c},
    )


def edit_vendor(office: Office, a: int, b: int, c: int) -> None:
    edit_record(office, pick(office, Vendor, a), {"phone": f"555-{b}", "lead_days": c})


def vendor_status(office: Office, a: int, b: int, c: int) -> None:
    vendor = pick(office, Vendor, a)
    if c % 3 == 0:
        office.do(release, vendor)
    elif c % 3 == 1:
        office.do(hold, vendor, reason=f"because {b}")
    else:
        office.do(deactivate, vendor)


def add_pack(office: Office, a: int, b: int, c: int) -> None:
    add_record(
        office,
        Pack,
        {
            "item_id": pick(office, Item, a).id,
            "name": "box",
            "size": 1 + b % 10,
            "barcode": f"{c % 4}" if c % 2 else None,
        },
    )


def add_terms(office: Office, a: int, b: int, c: int) -> None:
    item = pick(office, Item, a)
    pack = next(iter(office.all(Pack, "item_id = ?", item.id)), None) if c % 2 else None
    given = {
        "item_id": item.id,
        "vendor_id": pick(office, Vendor, b).id,
        "pack_id": pack.id if pack else None,
        "price": c * 100,
        "lead_days": b,
    }
    add_record(office, Terms, given)


def edit_terms(office: Office, a: int, b: int, c: int) -> None:
    edit_record(office, pick(office, Terms, a), {"price": b * 100, "rank": 1 + c})


def add_level(office: Office, a: int, b: int, c: int) -> None:
    add_record(
        office,
        Level,
        {
            "item_id": pick(office, Item, a).id,
            "location_id": pick(office, Location, b).id,
            "reorder_point": c,
            "order_up_to": c + b,
        },
    )


def add_location(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    add_record(office, Location, {"name": f"Room {a % 4}", "count_order": b})


def add_document(office: Office, a: int, b: int, c: int) -> None:
    add_record(
        office,
        Document,
        {
            "vendor_id": pick(office, Vendor, a).id,
            "kind": "insurance",
            "expires_on": TODAY + timedelta(days=b),
            "number": str(c),
        },
    )


def renew_document(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    office.do(renew, pick(office, Document, a), expires_on=TODAY + timedelta(days=30 + b))


def receive(office: Office, a: int, b: int, c: int) -> None:
    given: dict[str, Any] = {"location_id": maybe(office, Location, c)}
    if b % 2:
        given |= {
            "lot": f"L{c % 3}",
            "expires_on": TODAY + timedelta(days=c % 3 * 20) if c % 2 else None,
        }
    if not given.get("expires_on"):
        given["no_lot"] = "nothing on the label"
    office.do(stock.receive, pick(office, Item, a), quantity=1 + b, **given)


def take(office: Office, a: int, b: int, c: int) -> None:
    name = ("use", "waste", "return", "adjust")[c % 4]
    given: dict[str, Any] = {} if name == "use" else {"reason": "because"}
    quantity = (1 + b % 6) * (-1 if name == "adjust" and b % 2 else 1)
    office.do(
        VERBS[f"inventory.item.{name}"],
        pick(office, Item, a),
        quantity=quantity,
        location_id=maybe(office, Location, c),
        **given,
    )


def transfer(office: Office, a: int, b: int, c: int) -> None:
    office.do(
        stock.transfer,
        pick(office, Item, a),
        quantity=1 + b % 6,
        to_location_id=pick(office, Location, c).id,
    )


def count_item(office: Office, a: int, b: int, c: int) -> None:
    given = {"location_id": pick(office, Location, c).id, "item_id": pick(office, Item, a).id}
    office.do(count, counted=b, reason=REASONS[c % len(REASONS)], **given)


def lot_verb(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    office.do(lots.ACTIONS[b % len(lots.ACTIONS)], pick(office, Lot, a))


def reverse_move(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    office.do(reverse, pick(office, Move, a, "1"))


def new_order(office: Office, a: int, b: int, c: int) -> None:
    add_record(
        office,
        Order,
        {"vendor_id": pick(office, Vendor, a).id, "reference": f"R{b % 3}" if c % 2 else None},
    )


def add_line(office: Office, a: int, b: int, c: int) -> None:
    office.do(
        order_lines.add_line,
        pick(office, Order, a),
        item_id=pick(office, Item, b).id,
        packs=1 + c,
        location_id=maybe(office, Location, c),
    )


def change_line(office: Office, a: int, b: int, c: int) -> None:
    office.do(order_lines.change, pick(office, Line, a), packs=b, price=c)


def order_verb(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    verbs = ("approve", "send", "receive", "close", "reopen", "close-short", "cancel")
    follow(office, pick(office, Order, a), verbs[b % len(verbs)])


def follow(office: Office, order: Order, verb: str) -> None:
    """Do a verb to an order, and with it what it is done in spite of."""
    agreed: dict[str, Any] = {"without_prices": True} if verb == "approve" else {}
    office.do(VERBS[f"inventory.order.{verb}"], order, **agreed)


def get_on(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    """What comes next in an order's life, so that some come to their end."""
    order = pick(office, Order, a, "archived_at IS NULL AND status NOT IN ('closed', 'cancelled')")
    verb = {
        "draft": "approve",
        "approved": "send",
        "sent": "receive",
        "partly_received": "receive",
        "received": "close",
    }[order.status]
    follow(office, order, verb)


def receive_line(office: Office, a: int, b: int, c: int) -> None:
    order = pick(office, Order, a, "status IN ('sent', 'partly_received')")
    line = pick(office, Line, b, f"order_id = {order.id}")
    given: dict[str, Any] = {"lot": f"L{c % 3}"} if c % 2 else {}
    given["no_lot"] = "nothing on the label"
    office.do(
        receipts.receive, order, line_id=line.id, quantity=1 + b % 4, over=c % 4 == 0, **given
    )


def draft(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    draft_orders(office)


def snooze(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every deed takes three numbers
    snooze_item(office, pick(office, Item, a).id, TODAY + timedelta(days=1 + b))


FILES: dict[type[Record], str] = {
    Item: "sku,name,on_hand,lot,vendor,price,pack,pack_size,on_order\nI{a},New {b},{c},,{v},1.25,box,{s},{o}\nS{x},Known {c},{b},L9,,,,,\n",
    Vendor: "code,name,phone\nW{a},Imported {b},1\nV{x},Changed,{c}\n",
    Move: "item,kind,quantity,lot,day\n{i},use,{c},,2026-02-01\n{i},opening,{b},,2026-01-01\n{i},receive,{c},M{x},2026-02-02\n{i},opening,50,,2026-01-01\n",
    Terms: "item,vendor,price,pack,pack_size\n{i},{v},{c},case,{s}\n",
}


def bring_in(office: Office, a: int, b: int, c: int) -> None:
    kind = list(FILES)[c % len(FILES)]
    item, vendor = pick(office, Item, a), pick(office, Vendor, b)
    text = FILES[kind].format(
        a=a,
        b=b,
        c=c + 1,
        x=b % 6,
        s=1 + c % 5,
        o=c % 3 or "",
        v=vendor.code or vendor.name,
        i=item.sku,
    )
    if kind is Move:
        text += f"{item.sku},opening,{next(NAMES) + 1},,2026-01-01\n"  # another file each time
    with open_table(None, stream=io.BytesIO(text.encode()), name="file.csv") as table:
        import_table(
            office,
            kind,
            table,
            Options(update=a % 2 == 0, skip_bad=b % 2 == 0),
            f"file.csv:{table.digest[:16]}",
        )


DEEDS: dict[str, Callable[[Office, int, int, int], None]] = {
    each.__name__: each
    for each in (
        add_item, edit_item, put_away, bring_back, add_vendor, edit_vendor, vendor_status, add_pack, add_terms, edit_terms, add_level, add_location,
        add_document, renew_document, receive, take, transfer, count_item, lot_verb, reverse_move, new_order, add_line, change_line, order_verb, get_on,
        receive_line, draft, snooze, bring_in,
    )
}  # fmt: skip
#: What happens more often than anything else, so that sequences get somewhere.
OFTEN = ("receive", "take", "get_on", "get_on", "add_line", "receive_line", "bring_in")
N = st.integers(0, 40)
deeds = st.lists(st.tuples(st.sampled_from((*DEEDS, *OFTEN)), N, N, N), min_size=8, max_size=40)


def changed(office: Office) -> int:
    """The last action that changed anything."""
    return int(office.value("SELECT ifnull(max(action_id), 0) FROM core_change"))


def carry_out(office: Office, each: Deed) -> bool:
    """Do it; what is refused, or changes nothing, does not count."""
    before = changed(office)
    name, *rest = each
    try:
        DEEDS[name](office, *rest)
    except OfficeError:
        assert changed(office) == before
        return False
    return changed(office) > before


# -- offices ----------------------------------------------------------------------------------------------------


@pytest.fixture
def start(office_factory: OfficeFactory, freeze_today: Callable[[date | str], None]) -> Path:
    """The file of an office with a few things in it, which nobody has open."""
    freeze_today(TODAY)
    office = office_factory("inventory", "vendors")
    with office.acting("test.setup"):
        main = office.add(Location(name="Main", count_order=1))
        office.add(Location(name="Exam", count_order=2))
        vendor = office.add(Vendor(name="Acme", code="V0", lead_days=4))
        items = [
            office.add(
                Item(sku=f"S{n}", name=f"Item {n}", reorder_point=10 * n, order_up_to=20 + 10 * n)
            )
            for n in range(3)
        ]
        box = office.add(Pack(item_id=items[0].id, name="box", size=5))
        office.add(Terms(item_id=items[0].id, vendor_id=vendor.id, pack_id=box.id, price=10_000))
        office.add(Terms(item_id=items[1].id, vendor_id=vendor.id, price=5_000))
        office.add(
            Move(item_id=items[0].id, kind="opening", quantity=20, location_id=main.id, day=TODAY)
        )
        order = office.add(Order(vendor_id=vendor.id))
        office.add(
            Line(
                order_id=order.id,
                item_id=items[0].id,
                packs=4,
                pack_size=5,
                pack="box",
                price=10_000,
            )
        )
    office.close()
    return office_factory.home / "office.db"


class Copies:
    """Opens a new copy of an office each time, for one sequence."""

    def __init__(self, start: Path) -> None:
        self.start, self.n = start, numbers()

    def __call__(self) -> Office:
        path = self.start.with_name(f"copy{next(self.n)}.db")
        for ending in ("", ".key"):
            shutil.copyfile(f"{self.start}{ending}", f"{path}{ending}")
        office = open_office(path, actor="tester", only=["inventory", "vendors"])
        office.store.db.unlooked("PRAGMA synchronous = OFF")
        return office


# -- the property -------------------------------------------------------------------------------------------------


def test_any_sequence_is_undone_and_redone_step_by_step(start: Path) -> None:
    copies = Copies(start)

    @SHORT
    @given(deeds)
    def back_and_forth(sequence: list[Deed]) -> None:
        with copies() as office:
            states = [state(office)]
            first = outlook(office)
            for each in sequence:
                if carry_out(office, each):
                    states.append(state(office))
                    event(each[0])
            last = outlook(office)
            for _ in range(
                2
            ):  # a second time, because what was done again is undone by another way
                for before in states[-2::-1]:
                    undo(office)
                    assert state(office) == before
                assert outlook(office) == first
                for after in states[1:]:
                    redo(office)
                    assert state(office) == after
                assert outlook(office) == last
            assert not wrong(office)

    back_and_forth()


def test_any_action_is_undone_whole_or_not_at_all(start: Path) -> None:
    """Whatever the order in which actions are taken back and done again, the office stays in order, and a refusal changes nothing."""
    copies = Copies(start)

    @SHORT
    @given(deeds, st.lists(st.tuples(N, st.sampled_from((undo, undo, redo))), max_size=20))
    def any_order(sequence: list[Deed], picks: list[tuple[int, Callable[..., str]]]) -> None:
        with copies() as office:
            done = [changed(office) for each in sequence if carry_out(office, each)]
            for n, back_or_forth in picks if done else ():
                before, last = state(office), changed(office)
                try:
                    back_or_forth(office, done[n % len(done)])
                    event(back_or_forth.__name__)
                except Refused as why:
                    event(f"refused: {str(why).partition(':')[0].rstrip('0123456789- #')}")
                    assert (state(office), changed(office)) == (before, last)
                assert not wrong(office)
                _nothing_hangs(office)

    any_order()


def _nothing_hangs(office: Office) -> None:
    """Unless somebody archived by hand: a live line stands on a live order of a live item, live terms on a live pack."""
    if office.value("SELECT 1 FROM core_action WHERE verb LIKE '%archive' LIMIT 1"):
        return
    for child, field, parent in (
        ("line", "order_id", "order"),
        ("line", "item_id", "item"),
        ("terms", "pack_id", "pack"),
        ("level", "item_id", "item"),
    ):
        sql = f"SELECT c.id FROM inventory_{child} c JOIN inventory_{parent} p ON p.id = c.{field} WHERE c.archived_at IS NULL AND p.archived_at IS NOT NULL"
        assert not office.rows(sql), (child, field)


# -- cases --------------------------------------------------------------------------------------------------------


def last(office: Office) -> int:
    return int(office.value("SELECT max(id) FROM core_action"))


def test_moves_are_taken_back_by_moves_and_the_ledger_shows_it(shop: Shop) -> None:
    office = shop.office
    office.do(stock.receive, shop.gloves, quantity=10)
    office.do(stock.use, shop.gloves, quantity=4, note="for Ann")
    for act in (undo, redo, undo, redo):
        act(office)
    booked = [(each.kind, each.quantity, each.reverses_id, each.note) for each in office.all(Move)]
    assert booked[1:] == [
        ("use", -4, None, "for Ann"),
        ("reversal", 4, 2, None),
        ("use", -4, 3, "for Ann"),
        ("reversal", 4, 4, None),
        ("use", -4, 5, "for Ann"),
    ]
    assert on_hand(office, shop.gloves.id) == 6
    assert not wrong(office)


def test_what_was_reversed_by_hand_is_not_taken_back_twice(shop: Shop) -> None:
    office = shop.office
    office.do(stock.receive, shop.gloves, quantity=10)
    office.do(stock.use, shop.gloves, quantity=4)
    used = last(office)
    office.do(reverse, office.get(Move, 2))
    with pytest.raises(Refused, match=r"Stock move #2: it was reversed since: use of 4 Gloves M"):
        undo(office, used)
    undo(office)
    undo(office, used)
    assert on_hand(office, shop.gloves.id) == 10


def test_what_was_used_meanwhile_keeps_its_receipt(shop: Shop) -> None:
    office = shop.office
    office.do(stock.receive, shop.gloves, quantity=10)
    received = last(office)
    office.do(stock.use, shop.gloves, quantity=4)
    with pytest.raises(
        Refused, match="of the 10 it brought only 6 are still at Main; undo what took them first"
    ):
        undo(office, received)
    assert on_hand(office, shop.gloves.id) == 6


def test_a_file_of_moves_is_taken_back_whatever_the_order_of_its_rows(shop: Shop) -> None:
    office = shop.office
    text = b"item,kind,quantity,day\nGLV-M,use,3,2026-02-02\nGLV-M,opening,10,2026-02-01\nGLV-M,use,6,2026-02-03\n"
    with open_table(None, stream=io.BytesIO(text)) as table:
        assert import_table(office, Move, table, Options()).added == 3
    undo(office)
    assert on_hand(office, shop.gloves.id) == 0
    redo(office)
    assert on_hand(office, shop.gloves.id) == 1


def test_an_import_is_taken_back_whole(shop: Shop) -> None:
    office = shop.office
    before = state(office)
    text = b"sku,name,on_hand,lot,vendor,pack,pack_size,price,on_order\nA,Masks,40,L1,Acme,box,10,2.50,20\nGLV-M,Mitts,,,,,,,\n"
    with open_table(None, stream=io.BytesIO(text)) as table:
        import_table(office, Item, table, Options(update=True))
    after = state(office)
    assert office.find(Item, "GLV-M").name == "Mitts"
    undo(office)
    assert state(office) == before
    redo(office)
    assert state(office) == after


def _work(office: Office, deed: Callable[[], object]) -> int:
    """How many steps of SQLite's machine something takes, in hundreds."""
    steps = numbers()
    office.store.db.set_progress_handler(lambda: next(steps) < 0, 100)
    deed()
    office.store.db.set_progress_handler(None, 0)
    return next(steps)


def test_an_import_is_taken_back_in_step_with_its_size_though_something_came_later(
    office_factory: OfficeFactory,
) -> None:
    works = []
    for size in (150, 600):
        office = office_factory("inventory", "vendors", file=f"{size}.db")
        acme, other = (add_record(office, Vendor, {"name": name}) for name in ("Acme", "Other"))
        rows = "".join(f"S{n},Item {n},5,Acme,1.25,box,10\n" for n in range(size))
        with open_table(
            None,
            stream=io.BytesIO(f"sku,name,on_hand,vendor,price,pack,pack_size\n{rows}".encode()),
        ) as table:
            assert import_table(office, Item, table, Options()).added == size
        imported = last(office)
        edit_record(office, other, {"phone": "1"})
        office.do(hold, acme, reason="recall")
        office.do(release, office.get(Vendor, acme.id))
        back = _work(office, lambda: undo(office, imported))  # noqa: B023 - called at once
        edit_record(office, office.get(Vendor, other.id), {"phone": "2"})
        works.append((back, _work(office, lambda: redo(office))))  # noqa: B023 - called at once
        assert len(list(office.all(Item))) == size
    small, large = works
    for few, many in zip(small, large, strict=True):
        assert many < 4.5 * few


def test_an_order_is_not_changed_behind_its_approval(shop: Shop) -> None:
    office, order = shop.office, shop.draft((shop.gloves, 2))
    added = last(office)
    line = next(office.all(Line))
    office.do(order_lines.change, line, packs=9)
    changed_at = last(office)
    follow(office, office.get(Order, order.id), "approve")
    for action_id in (added, changed_at):
        with pytest.raises(
            Refused, match="Purchase order PO-1: it was draft then and is approved since"
        ):
            undo(office, action_id)
    undo(office)
    undo(office)
    assert office.get(Line, line.id).packs == 2


def test_a_receipt_is_not_taken_back_from_under_a_later_one(shop: Shop) -> None:
    office, order = shop.office, shop.draft((shop.gloves, 2), (shop.vaccine, 2))
    for verb in ("approve", "send"):
        follow(office, office.get(Order, order.id), verb)
    office.do(receipts.receive, office.get(Order, order.id), item_id=shop.gloves.id, quantity=1)
    office.do(
        receipts.receive,
        office.get(Order, order.id),
        item_id=shop.vaccine.id,
        quantity=1,
        no_lot="torn label",
    )
    first = last(office) - 1
    with pytest.raises(
        Refused, match=r"Stock move 2 of it was written since by inventory\.order\.receive"
    ):
        undo(office, first)
    undo(office)
    undo(office, first)
    assert (office.get(Order, order.id).status, wrong(office)) == ("sent", [])


def test_a_second_person_takes_back_what_the_first_has_just_taken_back(shop: Shop) -> None:
    """Whoever comes second at the gate is refused, and nothing is reversed twice."""
    office = shop.office
    office.do(stock.receive, shop.gloves, quantity=10)
    number = last(office)
    other = office.twin()
    chosen = other.store.exclusive

    def waits(note: str) -> Any:  # noqa: ANN401 - the store's own context
        other.store.exclusive = chosen  # type: ignore[method-assign]
        undo(office, number)
        return chosen(note)

    other.store.exclusive = waits  # type: ignore[method-assign, assignment]
    try:
        with pytest.raises(Refused, match="was taken back already"):
            undo(other, number)
    finally:
        other.close()
    assert on_hand(office, shop.gloves.id) == 0
