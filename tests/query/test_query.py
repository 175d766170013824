"""The filter language: one reading of what people type, never SQL, and a sentence where it cannot be read."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.office.same_tools import doubled

from officeops.core.records import Location
from officeops.model.declarations import Query
from officeops.model.errors import UsageProblem
from officeops.office.crud import add_record
from officeops.query.terms import MOST
from officeops.values.text import line
from officeops_inventory.model import Item, Move, Order, Stock, Terms
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

RECORDS: list[type[Record]] = [Item, Move, Order, Stock, Terms, Document, Vendor, Location]
NASTY = [
    "'",
    '"',
    "''",
    ");",
    "--",
    "/*",
    "*",
    "\x00",
    "\ud800",
    "\\",
    "%",
    "_",
    "AND",
    "OR 1=1",
    "NEAR",
    "sku:",
    "^",
    "{",
    "?",
    "?1",
    ":x",
    "@x",
    "é",
    "²",
]
BY_HAND = tried(300)


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    office = office_factory("inventory", "vendors")
    with office.acting("test.setup"):
        office.add(Vendor(name="Acme", code="A1", minimum_order=12345))
        office.add(Item(sku="GLV", name="Gloves 'M' 100%", category="Hands", reorder_point=5))
        office.add(Item(sku="MSK", name="Mask_N95", category="Face"))
        office.add(Item(sku="BP", name="Blue pen"))
        office.add(Item(sku="PB", name="Pen, blue", discontinued=True))
    return office


def found(office: Office, where: str, record: type[Record] = Item) -> list[str]:
    """What names the records that a filter finds."""
    return [row[1] for row in office.select(record, [record.meta.fields[0]], Query(where, "id"))]


names = st.one_of(
    st.sampled_from(sorted({name for record in RECORDS for name in record.meta.by_name})),
    st.text(string.ascii_letters + "_-", max_size=8),
)
marks = st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "~", ""])
values = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=10),
    st.integers().map(str),
    st.lists(st.text(max_size=4), max_size=4).map(",".join),
)
terms = st.builds(
    "{}{}{}{}{}{}".format,
    st.sampled_from(["", "-"]),
    names,
    marks,
    st.sampled_from(["", '"']),
    values,
    st.sampled_from(["", '"']),
)
filters = st.one_of(st.lists(terms, max_size=5).map(" ".join), st.text(max_size=40))


@BY_HAND
@given(record=st.sampled_from(RECORDS), where=filters, sort=st.one_of(st.just(""), filters))
def test_any_filter_is_answered_or_refused_in_a_sentence(
    office: Office, record: type[Record], where: str, sort: str
) -> None:
    try:
        office.select(record, list(record.meta.list_fields), Query(where, sort, 5))
        sql, bound = office.query(record).ids(Query(where, sort))
        office.rows(sql, *bound)
    except UsageProblem as refused:
        sentence = str(refused)
    else:
        return
    assert sentence.endswith(".")


@BY_HAND
@given(mark=marks, value=values)
def test_what_is_typed_is_bound_and_never_part_of_the_sql(
    office: Office, mark: str, value: str
) -> None:
    typed = value.replace('"', "")
    try:
        sql, bound = office.query(Item).sql(
            Query(f'name{mark}"zqx{typed}"' if mark else f'"zqx{typed}"'), []
        )
    except UsageProblem:
        return
    assert "zqx" not in sql
    assert any("zqx" in str(each) for each in bound)


@BY_HAND
@given(text=st.text(min_size=1, max_size=30))
def test_what_is_kept_is_found_by_what_it_is(office: Office, text: str) -> None:
    try:
        kept = line(text.replace('"', ""))
    except ValueError:
        return
    if kept is None:
        return
    made = add_record(office, Item, {"sku": f"S{office.last_id(Item)}", "name": kept})
    for where in (f'name="{kept}"', f'name~"{kept}"', f'"{kept}"'):
        assert (made.id,) in office.select(Item, [], Query(where)), where


@pytest.mark.parametrize(
    ("where", "skus"),
    [
        ("", ["GLV", "MSK", "BP", "PB"]),
        ("sku=GLV", ["GLV"]),
        ("SKU=glv", ["GLV"]),
        ("sku=GLV,BP", ["GLV", "BP"]),
        ("sku!=GLV,BP", ["MSK", "PB"]),
        ("category=", ["BP", "PB"]),
        ("category!=", ["GLV", "MSK"]),
        ("-category=Hands", ["MSK", "BP", "PB"]),
        ("category!=Hands", ["MSK"]),
        ("name~100%", ["GLV"]),
        ("name~K_N", ["MSK"]),
        ("name~'M'", ["GLV"]),
        ('name="Pen, blue"', ["PB"]),
        ('"blue pen"', ["BP"]),
        ("blue pen", ["BP", "PB"]),
        ("pe", ["BP", "PB"]),
        ("-pen", ["GLV", "MSK"]),
        ("-pe mask", ["MSK"]),
        ("%", ["GLV"]),
        ("_", ["MSK"]),
        ("discontinued=yes", ["PB"]),
        ("discontinued=no sku~B", ["BP"]),
        ("reorder_point>=5", ["GLV"]),
        ("reorder-point<5", []),
        ("reorder_point=", ["MSK", "BP", "PB"]),
        ("on_hand=0 category~a", ["GLV", "MSK"]),
        ('""', ["GLV", "MSK", "BP", "PB"]),
    ],
)
def test_what_a_filter_finds(office: Office, where: str, skus: list[str]) -> None:
    assert found(office, where) == skus


def test_money_and_references_are_compared_as_people_write_them(office: Office) -> None:
    with office.acting("test.terms"):
        office.add(Terms(item_id=1, vendor_id=1, price=12500))
        office.add(Order(vendor_id=1))
    assert (
        found(office, "minimum_order=123.45", Vendor)
        == found(office, "minimum_order>=$123.45", Vendor)
        == ["A1"]
    )
    assert (
        len(found(office, "vendor=acme price=1.25", Terms))
        == len(found(office, "item~gloves", Terms))
        == 1
    )
    assert len(found(office, "vendor=Acme status=draft", Order)) == 1


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("colour=red", "Items have no field 'colour'. They have sku"),
        ("reorder_point=many", "on reorder_point: 'many' is not a number"),
        ("reorder_point<", "needs a value"),
        ('sku="GLV', "A quote may be open"),
        ("discontinued=perhaps", "neither yes nor no"),
        ("name~\x1b", "U+001B"),
        ("glo\x00ves", "U+0000"),
        (" ".join(["a"] * (MOST + 1)), f"more than {MOST} terms"),
        ("sku=" + ",".join(["a"] * (MOST + 1)), f"{MOST} is the most"),
        ("sku=NOPE", "there is no item 'NOPE'"),
        ("sku!=NOPE", "there is no item 'NOPE'"),
        ("#9", "there is no item '#9'"),
        ("name:gloves", "name~gloves"),
        ("p.a.y=1", "'p.a.y' is no field of items"),
    ],
)
def test_a_filter_that_cannot_be_read_says_which_part(
    office: Office, where: str, said: str
) -> None:
    with pytest.raises(UsageProblem) as why:
        found(office, where)
    assert said in str(why.value)


def test_an_order_is_total_and_knows_its_fields(office: Office) -> None:
    for sort in ("category", "-category", "category,-name", "id", "-id", "on_hand", ",", "--sku"):
        assert len(office.select(Item, [], Query(sort=sort))) == 4
    assert [row[0] for row in office.select(Item, [], Query(sort="-id"))] == [4, 3, 2, 1]
    with pytest.raises(UsageProblem, match="no field 'colour'"):
        office.select(Item, [], Query(sort="colour"))
    with pytest.raises(UsageProblem, match="is the most"):
        office.select(Item, [], Query(sort=",".join(["name"] * (MOST + 1))))


# -- by id ---------------------------------------------------------------------------------------------


@pytest.fixture
def twins(office: Office) -> Office:
    """Two vendors of one name, the second called like an id, and an order to each."""
    with doubled(office, Vendor), office.acting("test.twins"):
        for name in ("Acme", "#1"):
            office.add(Vendor(name=name))
        for vendor in (1, 2, 3):
            office.add(Order(vendor_id=vendor))
    return office


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("vendor=Acme", [1, 2]),
        ("vendor=#2", [2]),
        ("vendor=#2,#3", [2, 3]),
        ("vendor=#2,acme", [1, 2]),
        ("vendor!=#2", [1, 3]),
        ("vendor!=#3,Acme", []),
        ("-vendor=#2", [1, 3]),
        ('vendor="#1"', [3]),
        ("#2", [2]),
        ("#1,#3", [1, 3]),
        ("-#2", [1, 3]),
        ("#2 status=sent", []),
    ],
)
def test_a_record_is_meant_by_its_id(twins: Office, where: str, ids: list[int]) -> None:
    assert [row[0] for row in twins.select(Order, [], Query(where, "id"))] == ids


@pytest.mark.parametrize(
    "where",
    ["vendor=#9", "vendor=#99999999999999999999", "vendor=Nobody", "vendor!=Nobody", 'vendor="#9"'],
)
def test_a_reference_to_nothing_is_refused(twins: Office, where: str) -> None:
    with pytest.raises(UsageProblem, match="The filter on vendor: there is no vendor"):
        twins.select(Order, [], Query(where))


def test_an_id_in_quotes_is_a_word(twins: Office) -> None:
    assert twins.select(Vendor, [], Query('"#1"')) == [(3,)]
    assert twins.select(Vendor, [], Query("#1")) == [(1,)]


@pytest.mark.parametrize(
    ("where", "given"),
    [
        ("vendor=#2 status=draft", {"vendor_id": 2}),
        ("status=draft VENDOR=#2", {"vendor_id": 2}),
        ("-vendor=#2", {}),
        ("vendor!=#2", {}),
        ("vendor=#2,#3", {}),
        ("vendor=Acme", {}),
        ("colour=#2", {}),
        ('vendor=#2 "open', {"vendor_id": 2}),
    ],
)
def test_a_filter_tells_what_its_records_point_to(
    twins: Office, where: str, given: dict[str, int]
) -> None:
    assert twins.query(Order).given(where) == given
