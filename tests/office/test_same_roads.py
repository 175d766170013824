"""No road makes two live records that are found alike: every record of the registry, every identity, every variant of a text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.effort import TIMES
from tests.history.history_tools import raw
from tests.office.same_tools import ROADS, VARIANTS, doubled, insert, row_of, travel

from officeops.core.records import RECORDS as CORE
from officeops.selfcheck.duplicates import double_findings
from officeops_inventory.model import RECORDS as INVENTORY
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops import Record
    from officeops.model.identity import Identity
    from officeops.office.office import Office

pytestmark = pytest.mark.officeops("vendors", "inventory")

RECORDS: list[type[Record]] = [*CORE, *INVENTORY, Vendor, Document]
KEYS = [record.meta.key for record in RECORDS]
#: A text in which each variant differs from the others.
TEXT = "Nerve Tester 7e"


@pytest.fixture(autouse=True)
def _folder(officeops_home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(officeops_home))


def identities(record: type[Record]) -> Iterator[Identity]:
    return (identity for identity in record.meta.identities if identity.unique)


def some_variants(start: int) -> list[tuple[str, Callable[[str], str]]]:
    """Return a few of the variants, others for the next record and road; a long attack takes all of them."""
    many = list(VARIANTS.items())
    return [many[(start + 3 * step) % len(many)] for step in range(min(len(many), 2 * TIMES))]


def doubles(office: Office) -> list[str]:
    return [finding.what for finding in double_findings(office) if finding.severity != "ok"]


def test_the_sweep_takes_every_kind_of_record(office: Office) -> None:
    assert {key for key, record in office.records.items() if any(identities(record))} <= set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_no_road_makes_a_double(office: Office, key: str) -> None:
    record = office.records[key]
    for identity in identities(record):
        free = iter(range(1000))
        for place, (road_name, road) in enumerate(ROADS.items()):
            for variant, changed in some_variants(KEYS.index(key) + place):
                text = f"{TEXT} {next(free)}"
                values = row_of(office, record, identity, text)
                if all(values[name] != text for name in identity.columns) and variant != "as it is":
                    continue
                _away(office, record)
                insert(office, record, values)
                double = {
                    name: changed(value) if value == text else value
                    for name, value in values.items()
                }
                why = travel(road, office, record, double)
                assert doubles(office) == [], (key, identity.name, road_name, variant, why)


def _away(office: Office, record: type[Record]) -> None:
    """Put what is there away, so that numbers and days that every row has alike are free again."""
    with office.acting("test.away"):
        office.store.db.execute(
            f"UPDATE {record.meta.table} SET archived_at = '2026-01-01T00:00:00Z' WHERE archived_at IS NULL"
        ) if not record.meta.append_only else None


def test_a_road_past_the_rule_is_seen(office: Office) -> None:
    """The sweep finds what it is for: without the triggers every road ends in a double."""
    record = office.records["vendors.vendor"]
    [identity] = [each for each in identities(record) if each.name == "name"]
    for name, road in ROADS.items():
        if name in {"an import", "undoing an archiving", "a bulk action"}:
            continue  # an import knows the double by itself; what is undone is looked at before; a bulk action asks at its end
        _away(office, record)
        insert(office, record, row_of(office, record, identity, TEXT))
        with doubled(office, record):
            travel(road, office, record, row_of(office, record, identity, TEXT.upper()))
        assert any("vendors have the same name" in what for what in doubles(office)), name


def test_a_code_may_not_be_another_vendors_name(office: Office) -> None:
    insert(office, Vendor, {"name": "Acme", "code": "A1"})
    assert "taken" in travel(ROADS["add"], office, Vendor, {"name": "a1"})
    assert "taken" in travel(ROADS["add"], office, Vendor, {"name": "Bolt", "code": "ACMÉ"})
    assert travel(ROADS["add"], office, Vendor, {"name": "Bolt", "code": "bolt"}) == ""


def test_who_has_it_is_named_with_what_to_do(office: Office) -> None:
    insert(office, Vendor, {"name": "Acme"})
    why = travel(ROADS["add"], office, Vendor, {"name": " ACME "})
    assert "vendor Acme (#1). Use that one" in why


def test_doubles_of_old_files_stay_and_are_listed_with_their_cure(office: Office) -> None:
    with doubled(office, Vendor):
        for name in ("Acme", "ACME", "Bolt", "acmE"):
            insert(office, Vendor, {"name": name})
    [finding] = [finding for finding in double_findings(office) if finding.severity == "problem"]
    assert "3 vendors have the same name (Acme): #1, #2, #4" in finding.what
    assert "vendor archive '#4'" in finding.cure
    assert office.find(Vendor, "ACME").id == 2
    with office.acting("test.edit"):
        office.edit(office.get(Vendor, 2), website="555-0100")
        office.edit(office.get(Vendor, 2), name="Acme")
    assert travel(ROADS["an edit"], office, Vendor, {"name": "ácme"})


def test_a_double_of_a_foreign_tool_is_found_without_a_folded_name(office: Office) -> None:
    """Its triggers were away and are back, so the folded names do not have its row."""
    insert(office, Vendor, {"name": "Acme"})
    with raw(Path(office.path)) as db:
        db.execute("INSERT INTO vendors_vendor (name) VALUES (' acmÉ')")
    assert office.value("SELECT count(*) FROM vendors_vendor_same WHERE identity = 'name'") == 1
    [double] = doubles(office)
    assert "2 vendors have the same name (Acme): #1, #2" in double


def test_the_cure_names_the_fields_that_two_records_have_alike(office: Office) -> None:
    """Vendor terms have no name to change; their item, vendor and pack make them the same."""
    terms = office.records["inventory.terms"]
    [identity] = identities(terms)
    values = row_of(office, terms, identity, TEXT)
    with doubled(office, terms):
        for _ in range(2):
            insert(office, terms, values)
    [finding] = [finding for finding in double_findings(office) if finding.severity == "problem"]
    noun = terms.meta.noun
    assert f"`officeops {noun} edit '#2' --item VALUE` (or --vendor, --pack)" in finding.cure
    assert f"`officeops {noun} archive '#2'`" in finding.cure
