"""Actions of a person at work in an office, drawn at random: each is a name and three numbers."""

from __future__ import annotations

import io
from datetime import timedelta
from itertools import count as numbers
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from plugins.inventory.tests.office_state import TODAY, changed

from officeops.core.records import Location
from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.model.errors import NotFound, OfficeError
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops_inventory.counts.booking import REASONS, count
from officeops_inventory.model import Item, Level, Line, Lot, Move, Order, Pack, Terms
from officeops_inventory.purchasing import order_lines, orders, receipts
from officeops_inventory.reorder.drafting import draft_orders, snooze_item
from officeops_inventory.stock import actions as stock
from officeops_inventory.stock import lots
from officeops_inventory.stock.reversal import reverse
from officeops_vendors.model import Document, Vendor
from officeops_vendors.vendor_actions import deactivate, hold, release

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops import Record
    from officeops.office.office import Office

RENEW = Document.action("renew")
VERBS = {action.name: action for action in [*stock.ACTIONS, *orders.ACTIONS]}
NAMES = numbers()

Step = tuple[str, int, int, int]


def pick(office: Office, kind: type[Record], n: int, where: str = "archived_at IS NULL") -> Any:  # noqa: ANN401 - of the kind asked for
    """The n-th record of a kind, counted around. Raises NotFound where there is none."""
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


def archive_one(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
    kinds = (Item, Vendor, Pack, Terms, Level, Location, Document, Order)
    archive_record(office, pick(office, kinds[c % len(kinds)], a))


def unarchive_one(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
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
    edit_record(office, pick(office, Vendor, a), {"website": f"555-{b}", "lead_days": c})


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


def add_location(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
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


def renew_document(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
    office.do(RENEW, pick(office, Document, a), expires_on=TODAY + timedelta(days=30 + b))


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


def lot_verb(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
    office.do(lots.ACTIONS[b % len(lots.ACTIONS)], pick(office, Lot, a))


def reverse_move(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
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


def order_verb(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
    verbs = ("approve", "send", "receive", "close", "reopen", "close-short", "cancel")
    follow(office, pick(office, Order, a), verbs[b % len(verbs)])


def follow(office: Office, order: Order, verb: str) -> None:
    """Do a verb to an order, with the consent that it asks for."""
    agreed: dict[str, Any] = {"without_prices": True} if verb == "approve" else {}
    office.do(VERBS[f"inventory.order.{verb}"], order, **agreed)


def advance_order(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
    """The next step of an order's lifecycle, so that some orders come to their end."""
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


def draft(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
    draft_orders(office)


def snooze(office: Office, a: int, b: int, c: int) -> None:  # noqa: ARG001 - every step takes three numbers
    snooze_item(office, pick(office, Item, a).id, TODAY + timedelta(days=1 + b))


FILES: dict[type[Record], str] = {
    Item: (
        "sku,name,on_hand,lot,vendor,price,pack,pack_size,on_order\n"
        "I{a},New {b},{c},,{v},1.25,box,{s},{o}\nS{x},Known {c},{b},L9,,,,,\n"
    ),
    Vendor: "code,name,phone\nW{a},Imported {b},1\nV{x},Changed,{c}\n",
    Move: (
        "item,kind,quantity,lot,day\n{i},use,{c},,2026-02-01\n{i},opening,{b},,2026-01-01\n"
        "{i},receive,{c},M{x},2026-02-02\n{i},opening,50,,2026-01-01\n"
    ),
    Terms: "item,vendor,price,pack,pack_size\n{i},{v},{c},case,{s}\n",
}


def import_file(office: Office, a: int, b: int, c: int) -> None:
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


STEPS: dict[str, Callable[[Office, int, int, int], None]] = {
    step.__name__: step
    for step in (
        add_item,
        edit_item,
        archive_one,
        unarchive_one,
        add_vendor,
        edit_vendor,
        vendor_status,
        add_pack,
        add_terms,
        edit_terms,
        add_level,
        add_location,
        add_document,
        renew_document,
        receive,
        take,
        transfer,
        count_item,
        lot_verb,
        reverse_move,
        new_order,
        add_line,
        change_line,
        order_verb,
        advance_order,
        receive_line,
        draft,
        snooze,
        import_file,
    )
}
#: Steps drawn more often than the others, so that sequences get somewhere.
OFTEN = (
    "receive",
    "take",
    "advance_order",
    "advance_order",
    "add_line",
    "receive_line",
    "import_file",
)
N = st.integers(0, 40)
steps = st.lists(st.tuples(st.sampled_from((*STEPS, *OFTEN)), N, N, N), min_size=8, max_size=40)


def carry_out(office: Office, step: Step) -> bool:
    """Do a step, and return whether it changed anything; a refused one changes nothing."""
    before = changed(office)
    name, *rest = step
    try:
        STEPS[name](office, *rest)
    except OfficeError:
        assert changed(office) == before
        return False
    return changed(office) > before
