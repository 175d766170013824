"""What is looked up inside a record stays with it, and what makes unsafe stock look good says why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops.office.crud import add_record, edit_record
from officeops_inventory.model import Item, Level, Lot, Pack
from officeops_inventory.stock.actions import receive
from officeops_inventory.stock.lots import recall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plugins.inventory.tests.conftest import Shop

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

SOON = date(2026, 9, 30)


def looked_up_inside(office: Office) -> Iterator[tuple[type[Record], Field]]:
    """Yield each kind of record that is looked up inside another, with the field that names the other."""
    places = [(record.meta.fields, record.meta.key) for record in office.records.values()]
    places += [(action.fields, action.record) for _, action in office.plugins.registered("actions")]
    for fields, owner in places:
        for field in fields:
            target = office.target(field) if field.within else None
            if target is None:
                continue
            holder = (
                owner
                if field.within == "id"
                else next(f.target for f in fields if f.name == field.within)
            )
            yield from ((target, own) for own in target.meta.fields if own.target == holder)


def loose(office: Office) -> list[str]:
    """Return the fields that could give what is looked up inside a record to another."""
    return sorted(
        {
            f"{target.meta.key}.{own.name}"
            for target, own in looked_up_inside(office)
            if not own.fixed
        }
    )


def test_what_is_looked_up_inside_a_record_names_it_for_good(office: Office) -> None:
    assert {target for target, _ in looked_up_inside(office)} == {Lot, Pack}
    assert not loose(office)


def test_the_sweep_finds_a_reference_that_may_change(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lot.meta.by_name["item_id"], "fixed", False)
    assert loose(office) == ["inventory.lot.item_id"]


def stocked(shop: Shop) -> Lot:
    """A lot of the vaccine of which five are at Main."""
    item = shop.office.get(Item, shop.vaccine.id)
    shop.office.do(receive, item, quantity=5, lot="L1", expires_on=SOON, location_id=shop.main.id)
    return shop.office.find(Lot, "L1")


def test_a_lot_with_stock_is_not_given_to_another_item(shop: Shop) -> None:
    lot = stocked(shop)
    with pytest.raises(Refused, match="1 stock move refers to this lot"):
        edit_record(shop.office, lot, {"item_id": shop.gloves.id})
    assert shop.office.get(Lot, lot.id).item_id == shop.vaccine.id


def test_a_lot_that_nothing_refers_to_is(shop: Shop) -> None:
    lot = add_record(
        shop.office, Lot, {"item_id": shop.vaccine.id, "number": "L2", "expires_on": SOON}
    )
    assert edit_record(shop.office, lot, {"item_id": shop.gloves.id}).item_id == shop.gloves.id


def test_a_pack_with_terms_is_not_given_to_another_item_by_hand_or_by_file(
    shop: Shop, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="1 vendor terms refers to this pack"):
        edit_record(shop.office, shop.box, {"item_id": shop.vaccine.id})
    file = tmp_path / "packs.csv"
    file.write_text("item,name,size,barcode\nVAX,box,100,00012345678905\n")
    with open_table(file) as table:
        outcome = import_table(shop.office, Pack, table, Options(key=("barcode",), update=True))
    assert "to this pack" in str(outcome.bad[0])
    assert shop.office.get(Pack, shop.box.id).item_id == shop.gloves.id


def test_an_undo_does_not_part_a_lot_from_its_stock(shop: Shop) -> None:
    lot = add_record(
        shop.office, Lot, {"item_id": shop.gloves.id, "number": "L1", "expires_on": SOON}
    )
    edit_record(shop.office, lot, {"item_id": shop.vaccine.id})
    change = shop.office.value("SELECT max(id) FROM core_action")
    stocked(shop)
    with pytest.raises(Refused, match="cannot be restored"):
        undo(shop.office, change)
    assert shop.office.get(Lot, lot.id).item_id == shop.vaccine.id


def test_an_undo_brings_a_lot_back_to_its_stock(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In older offices a lot was given away; to take that back is the cure."""
    lot = stocked(shop)
    with monkeypatch.context() as older:
        older.setattr(Lot.meta, "fixed", ())
        edit_record(shop.office, lot, {"item_id": shop.gloves.id})
    undo(shop.office)
    assert shop.office.get(Lot, lot.id).item_id == shop.vaccine.id


@pytest.mark.parametrize("end", [date(2027, 1, 31), date(2026, 5, 31)])
def test_the_expiry_of_unsafe_stock_changes_with_a_reason_alone(shop: Shop, end: date) -> None:
    lot = stocked(shop)
    shop.office.do(recall, lot, reason="R-7")
    with pytest.raises(Refused, match=r"recalled .* 5 at Main"):
        edit_record(shop.office, shop.office.get(Lot, lot.id), {"expires_on": end})
    changed = edit_record(
        shop.office,
        shop.office.get(Lot, lot.id),
        {"expires_on": end, "end_reason": "Label misread"},
    )
    assert (changed.expires_on, changed.end_reason) == (end, "Label misread")
    with pytest.raises(
        Refused, match="without a reason"
    ):  # the reason of the last time is none for this time
        edit_record(shop.office, changed, {"expires_on": SOON})


def test_the_expiry_of_expired_stock_changes_with_a_reason_alone(
    shop: Shop, freeze_today: object
) -> None:
    lot = stocked(shop)
    assert callable(freeze_today)
    freeze_today("2027-03-02")
    with pytest.raises(Refused, match="expired cannot change without a reason"):
        edit_record(shop.office, lot, {"expires_on": date(2028, 1, 31)})


def test_the_expiry_of_good_stock_is_corrected_as_before(shop: Shop) -> None:
    end = date(2026, 10, 31)
    assert edit_record(shop.office, stocked(shop), {"expires_on": end}).expires_on == end


def test_levels_of_a_place_do_not_contradict_each_other(shop: Shop) -> None:
    given = {
        "item_id": shop.gloves.id,
        "location_id": shop.main.id,
        "reorder_point": 500,
        "order_up_to": 100,
    }
    with pytest.raises(Refused, match="below the reorder point of 500"):
        add_record(shop.office, Level, given)
    level = add_record(shop.office, Level, {**given, "order_up_to": 900})
    with pytest.raises(Refused, match="below the reorder point of 1000"):
        edit_record(shop.office, level, {"reorder_point": 1000})
