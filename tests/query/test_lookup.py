"""One way from a typed text to a record, on every road that reads a reference; and every look-up goes by an index."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.office.same_tools import doubled, insert, row_of

from officeops.cli.verbs.field_options import read_values
from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.cell_readers import resolve
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.model.declarations import Query
from officeops.model.errors import NotFound, OfficeError, Refused, UsageProblem
from officeops.model.identity import words
from officeops.query.near_names import cure
from officeops.store.folded_identities import alike
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState
from officeops_inventory.model import Item, Lot, Move, Order, Pack, Terms
from officeops_vendors.contacts import Phone
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops import Record
    from officeops.model.fields import Field
    from officeops.office.office import Office
    from officeops.testing import Cli

    Road = Callable[[Office, Field, str], object]

pytestmark = pytest.mark.officeops("vendors", "inventory")

#: References that are declared without an index, because nobody asks which records point to one.
UNINDEXED = {
    "core.office.default_location_id",
    # An office has a few dozen users.
    "core.user.place_id",
    "inventory.stock.location_id",
    "inventory.move.location_id",
    # The index of the ledger's accounts begins with it.
    "inventory.move.item_id",
}


def references(office: Office) -> list[tuple[type[Record], Field]]:
    """Return every reference of every kind of record."""
    return [
        (record, f) for record in office.records.values() for f in record.meta.fields if f.target
    ]


@pytest.fixture
def stocked(office: Office) -> Office:
    """An office with two items that have a box each, a vendor, a lot, an order and terms."""
    insert(office, Vendor, {"name": "Café Médical", "code": "CM-1"})
    for sku, name in (("GLV-N-L", "Nitrile glove"), ("VAX", "Vaccine")):
        insert(office, Item, {"sku": sku, "name": name})
    for item_id in (1, 2):
        insert(
            office,
            Pack,
            {"item_id": item_id, "name": "Box", "size": 100, "barcode": f"040002100030{item_id}"},
        )
        insert(office, Lot, {"item_id": item_id, "number": "L7"})
    insert(office, Order, {"vendor_id": 1})
    insert(office, Terms, {"item_id": 1, "vendor_id": 1, "pack_id": 1})
    return office


def by_option(office: Office, field: Field, text: str) -> object:
    return read_values(office, [field], {field.name: text})[field.name]


def by_form(office: Office, field: Field, text: str) -> object:
    state = FormState(Form("New", [field], lambda *_: "", {field.name: text}))
    values = state.read(office)
    if values is None:
        raise UsageProblem(state.errors[field.name])
    return values[field.name]


def by_filter(office: Office, field: Field, text: str) -> object:
    return office.query(Terms).given(f'{field.public_name}="{text}"')[field.name]


ROADS: dict[str, Road] = {
    "option": by_option,
    "form": by_form,
    "filter": by_filter,
    "import": resolve,
    "find": lambda office, field, text: office.find(office.records[field.target], text).id,
}


@pytest.mark.parametrize("road", ROADS)
def test_every_road_reads_a_reference_alike(stocked: Office, road: str) -> None:
    item, vendor = Terms.meta.by_name["item_id"], Terms.meta.by_name["vendor_id"]
    read = ROADS[road]
    for text in ("GLV-N-L", "glv-n-l", "Nitrile  glove", "NITRILE GLOVE", "0400021000301"):
        assert read(stocked, item, text) == 1, text
    for text in ("CM-1", "cafe medical", "CAFÉ\u00a0MÉDICAL", " café médical "):
        assert read(stocked, vendor, text) == 1, text
    for text in ("Nobody", "Nitrile", "%", "#99"):
        with pytest.raises((OfficeError, ValueError), match=r"[Tt]here is no"):
            read(stocked, item, text)


@pytest.mark.parametrize("road", ["option", "form", "import", "find"])
def test_several_that_fit_are_named(stocked: Office, road: str) -> None:
    insert(stocked, Item, {"sku": "GLV-N-S", "name": "nitrile GLOVE"})
    with pytest.raises(
        (OfficeError, ValueError),
        match=r"fits 2 items: Nitrile glove GLV-N-L \(#1\), nitrile GLOVE GLV-N-S \(#3\)",
    ):
        ROADS[road](stocked, Terms.meta.by_name["item_id"], "Nitrile glove")


def test_a_filter_takes_all_of_a_name(stocked: Office) -> None:
    insert(stocked, Item, {"sku": "GLV-N-S", "name": "nitrile GLOVE"})
    insert(stocked, Lot, {"item_id": 3, "number": "S1"})
    assert [row[0] for row in stocked.select(Lot, [], Query('item="nitrile glove"', "id"))] == [
        1,
        3,
    ]


@pytest.mark.parametrize("which", ["references", "fields"])
def test_every_kind_of_record_refuses_a_reference_to_nothing(office: Office, which: str) -> None:
    """A filter, an option, a form and a file: none of them is empty where it was meant to say something."""
    for record, field in references(office):
        target = office.records[field.target]
        roads = [by_option, by_form, resolve] if which == "fields" else [_filtered(record)]
        for read in roads:
            with pytest.raises((OfficeError, ValueError), match=r"[Tt]here is no"):
                read(office, field, f"no such {target.meta.noun}")


def _filtered(record: type[Record]) -> Road:
    return lambda office, field, text: office.select(
        record, [], Query(f'{field.public_name}="{text}"')
    )


def test_a_unique_value_that_nobody_has_is_refused(office: Office) -> None:
    for record in office.records.values():
        for identity in words(record.meta):
            field = record.meta.by_name[identity.name]
            if identity.unique and field.kind.name == "text":
                with pytest.raises(UsageProblem, match="there is no"):
                    office.select(record, [], Query(f"{field.public_name}=nobody"))


# -- inside another --------------------------------------------------------------------------------------


def test_a_pack_is_looked_up_inside_its_item(stocked: Office, cli: Cli) -> None:
    for fields in (Terms.meta.fields,):
        for item, pack in (("VAX", 2), ("GLV-N-L", 1)):
            assert (
                read_values(stocked, fields, {"item_id": item, "pack_id": "box"})["pack_id"] == pack
            )
    stocked.close()
    for item in ("VAX", "GLV-N-L"):
        assert (
            cli("order", "add-line", "PO-1", "--item", item, "--pack", "BOX", "--packs", "1").code
            == 0
        )
    assert cli("terms", "edit", "1", "--pack", "box").code == 0
    none = cli("terms", "add", "--item", "VAX", "--vendor", "CM-1", "--pack", "case")
    assert (
        none.code,
        "Vaccine has no pack 'case'; it has box" in none.err.replace("Box", "box"),
    ) == (1, True)


def test_a_lot_is_looked_up_inside_the_item_an_action_is_about(stocked: Office, cli: Cli) -> None:
    stocked.close()
    assert cli("item", "receive", "VAX", "--quantity", "5", "--lot", "l7").code == 0
    used = cli("item", "use", "0400021000302", "--quantity", "2", "--lot", "L7")
    assert (used.code, "3" in used.err) == (0, True)


def test_a_form_offers_what_is_inside(stocked: Office) -> None:
    from officeops.query.candidates import candidates
    from officeops.tui.forms.field_text import starting_texts

    fields = Terms.meta.fields
    texts = starting_texts(stocked, fields, stocked.get(Terms, 1))
    assert texts["pack_id"] == "Box"
    state = FormState(Form("Edit", fields, lambda *_: "", {**texts, "item_id": "VAX"}))
    pack = Terms.meta.by_name["pack_id"]
    inside = state.within(stocked, pack)
    assert inside == {"item_id": 2}
    assert [word for word, _ in candidates(stocked, pack, "bo", inside)] == ["Box"]
    values = state.read(stocked)
    assert values is not None
    assert values["pack_id"] == 2


# -- archived --------------------------------------------------------------------------------------------


def test_a_new_reference_to_what_is_archived_is_refused_where_a_person_types_it(
    stocked: Office, cli: Cli
) -> None:
    with stocked.acting("test.archive"):
        stocked.archive(stocked.get(Order, 1))  # a vendor with an open order stays
        stocked.archive(stocked.get(Vendor, 1))
    vendor = Terms.meta.by_name["vendor_id"]
    for read in (by_option, by_form):
        with pytest.raises(
            (Refused, UsageProblem), match="is archived; `officeops vendor unarchive CM-1`"
        ):
            read(stocked, vendor, "cafe medical")
    assert resolve(stocked, vendor, "cafe medical") == 1
    assert len(stocked.select(Terms, [], Query('vendor="cafe medical"'))) == 1
    stocked.close()
    assert cli("terms", "add", "--item", "VAX", "--vendor", "CM-1").code == 1


# -- words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "where", "ids"),
    [
        (Vendor, "MEDICAL", [1]),
        (Vendor, "médical", [1]),
        (Vendor, "name~MÉDIC", [1]),
        (Vendor, 'name="CAFE MEDICAL"', [1]),
        (Vendor, 'name!="CAFE MEDICAL"', []),
        (Vendor, "dí", [1]),
        (Lot, "VAX", [2]),
        (Lot, "vaccine", [2]),
        (Lot, "item=VAX", [2]),
        (Order, "PO-1", [1]),
        (Order, "1", [1]),
        (Order, "cafe", [1]),
        (Order, "vendor=cm-1", [1]),
        (Terms, "nitrile café", [1]),
        (Terms, "nitrile vaccine", []),
    ],
)
def test_what_words_and_filters_find(
    stocked: Office, record: type[Record], where: str, ids: list[int]
) -> None:
    assert [row[0] for row in stocked.select(record, [], Query(where, "id"))] == ids


def test_search_finds_keys_phones_and_names(stocked: Office, cli: Cli) -> None:
    with stocked.acting("test.phone"):
        stocked.add(Phone(vendor_id=1, number="(312) 555-0100"))
    stocked.close()
    for words_typed, key in (
        ("PO-1", "PO-1"),
        ("555-0100", "CM-1"),
        ("cafe medical", "CM-1"),
        ("0400021000302", "VAX"),
    ):
        assert key in [row["key"] for row in cli("search", words_typed, "--json").json], words_typed


# -- by an index -----------------------------------------------------------------------------------------


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """Take down every statement that is really run, with its values."""
    run: list[str] = []
    office.store.db.set_trace_callback(run.append)
    yield run
    office.store.db.set_trace_callback(None)


def scans(office: Office, run: list[str], table: str) -> list[str]:
    """Return the steps of the statements' plans that look at all of a table."""
    found: list[str] = []
    for sql in run:
        if sql.lstrip().upper().startswith(("SELECT", "UPDATE")):
            plan = [row[3] for row in office.store.db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            names = {table, "t", "o", "n"}
            found += [
                f"{step}: {sql}"
                for step in plan
                if step.startswith("SCAN") and step.split()[1] in names
            ]
    return found


def indexed(office: Office) -> Iterator[tuple[type[Record], Field]]:
    """Yield every unique field and every reference of every kind of record that is not knowingly left without an index."""
    for record in office.records.values():
        for field in record.meta.fields:
            name = f"{record.meta.key}.{field.name}"
            if (field.target and name not in UNINDEXED) or (field.unique and not field.sealed):
                yield record, field


def test_what_is_left_without_an_index_says_so(office: Office) -> None:
    without = {f"{r.meta.key}.{f.name}" for r, f in references(office) if not f.indexed}
    assert without == UNINDEXED


def test_no_look_up_looks_at_a_whole_table(stocked: Office) -> None:
    for record in stocked.records.values():
        with statements(stocked) as run:
            stocked.find_ids(record, "nobody")
            stocked.find_ids(record, "12")
        assert scans(stocked, run, record.meta.table) == []
    for record, field in indexed(stocked):
        with statements(stocked) as run:
            if field.target:
                target = stocked.records[field.target]
                made = stocked.value(f"SELECT min(id) FROM {target.meta.table}")
                if made is None:
                    [identity] = target.meta.identities[:1] or [None]
                    made = (
                        insert(stocked, target, row_of(stocked, target, identity, "Any"))
                        if identity
                        else 0
                    )
                run.clear()
                if made:
                    stocked.select(record, [], Query(f"{field.public_name}=#{made}", "id"))
            elif field.kind.name == "text":
                stocked.query(record).where("")
                stocked.alike(record, field.name, "nobody", "else")
        assert scans(stocked, run, record.meta.table) == [], (record.meta.key, field.name)


def test_an_import_looks_records_up_by_an_index(stocked: Office, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "rows.csv"
    for record, text in (
        (Item, "sku,name\nA,B\nVAX,Vaccine\n"),
        (Terms, "item,vendor,pack,price\nVAX,CM-1,Box,2.50\n"),
        (Lot, "item,number\nVAX,L9\n"),
        (Pack, "item,name,size,barcode\nVAX,Case,500,0400021000999\n"),
    ):
        path.write_text(text, encoding="utf-8")
        with open_table(path) as table, statements(stocked) as run:
            import_table(stocked, record, table, Options(update=True))
        assert scans(stocked, run, record.meta.table) == [], record.meta.key


def test_a_look_up_that_scans_is_seen(stocked: Office) -> None:
    """The sweep finds what it is for."""
    with statements(stocked) as run:
        stocked.rows("SELECT t.id FROM inventory_item t WHERE t.name = ? COLLATE NOCASE", "box")
        stocked.rows("SELECT id FROM inventory_move WHERE location_id = 1")
    assert len(scans(stocked, run, Move.meta.table)) == 2


def test_a_number_that_nobody_types_takes_no_word_from_another_field(office: Office) -> None:
    """The number of a login is no employee number."""
    for record in office.records.values():
        meta = record.meta
        for identity in meta.identities:
            columns = {column for other in alike(meta, identity) for column in other.columns}
            if any(meta.by_name[column].is_integer for column in columns):
                assert columns == set(identity.columns), (meta.key, identity.name)


def test_an_old_double_written_exactly_so_is_meant(stocked: Office) -> None:
    with doubled(stocked, Vendor):
        insert(stocked, Vendor, {"name": "CAFE MEDICAL"})
    assert stocked.find(Vendor, "CAFE MEDICAL").id == 2
    with pytest.raises(UsageProblem, match="fits 2 vendors"):
        stocked.find(Vendor, "cafe medical")
    with pytest.raises(NotFound):
        stocked.find(Vendor, "cafe")


def test_the_command_that_a_lookup_points_to_is_there_for_every_kind(
    office: Office, cli: Cli
) -> None:
    for record in office.records.values():
        line, *adding = re.findall(r"`officeops ([^`]+)`", cure(office, record, "x"))
        ran = cli(*line.split())
        assert ran.code == 0, (line, ran.err)
        # Where nothing is listed, the command that adds one is the next step.
        for added_by in adding:
            assert cli(*added_by.split(), "--help").code == 0, added_by
