"""Doubles: `selfcheck` names the field, the value and the records that are alike, and its cure cures."""

from __future__ import annotations

import re
import shlex
from string import ascii_letters
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.office.same_tools import doubled, insert, row_of

from officeops.selfcheck.duplicates import double_findings

if TYPE_CHECKING:
    from officeops.model.identity import Identity
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.selfcheck.finding import Finding
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("vendors", "inventory")

#: What a person types for the value of an option; any other is a text.
TYPED: Final = {
    "--weekday": "friday",
    "--day": "2027-03-04",
    "--about": "vendor:Other",
    "--barcode": "12345670",
    "--record": "core.closed-day",
    "--item": "OTHER",
    "--vendor": "Other",
    "--checklist": "Other",
}
#: Values without which a row of the sweep would break its record's own rules.
FITTING: Final[dict[str, dict[str, Any]]] = {
    "core.opening-hours": {"closes": 1000},
    "inventory.terms": {"pack_id": None},
}


@pytest.fixture
def others(cli: Cli) -> Cli:
    """Add the records that cures point to in place of the ones that are alike."""
    for name in ("First", "Other"):
        for noun in ("location", "vendor", "checklist"):
            assert cli(noun, "add", "--name", name).code == 0
        assert cli("item", "add", "--name", name, "--sku", name.upper()).code == 0
    return cli


def problems(office: Office) -> list[Finding]:
    return [finding for finding in double_findings(office) if finding.severity != "ok"]


def lines(cure: str, text: str) -> list[list[str]]:
    """Return the commands of a cure as a person types them, with a text for what is a text."""
    typed: list[list[str]] = []
    for line in re.findall(r"`officeops ([^`]*)`", cure):
        words = shlex.split(line)
        if words[-1] in {"VALUE", "NOUN:WHICH"}:
            words[-1] = TYPED.get(words[-2], text)
        typed.append(words)
    return typed


def double(office: Office, record: type[Record], identity: Identity, text: str) -> list[int]:
    """Put two rows with one identity past the triggers, as old files and foreign tools have them."""
    values = {**row_of(office, record, identity, text), **FITTING.get(record.meta.key, {})}
    # They are one in nothing else.
    unlike = {"Bottle": "Flask", 1: 2}
    other = {
        name: value if name in identity.columns else unlike.get(value, value)
        for name, value in values.items()
    }
    with doubled(office, record):
        return [insert(office, record, values), insert(office, record, other)]


def test_every_double_of_every_kind_is_named_and_its_cure_cures(
    office: Office, others: Cli
) -> None:
    tried = 0
    for record in office.records.values():
        if record.meta.commandless or not record.meta.editable:
            continue
        for identity in filter(lambda identity: identity.unique, record.meta.identities):
            first, second = double(office, record, identity, f"Twin {ascii_letters[tried]}")
            found, *more = problems(office)
            assert not more, (found, more)
            assert found.severity == "problem"
            assert f"#{first}, #{second}" in found.what, found
            *edits, archive = lines(found.cure, f"Another {ascii_letters[tried]}")
            assert archive == [record.meta.noun, "archive", f"#{second}"], found
            for line in edits or [archive]:
                ran = others(*line)
                assert ran.code == 0, (line, ran)
            assert problems(office) == [], found
            with office.acting("test.away"):
                sql = f"UPDATE {record.meta.table} SET archived_at = '2026-01-01T00:00:00.000Z'"
                office.store.db.execute(f"{sql} WHERE id IN (?, ?)", (first, second))
            tried += 1
    assert tried > 12


def test_the_field_that_is_double_is_named_and_not_the_one_it_is_known_by(
    office: Office, others: Cli
) -> None:
    item = office.records["inventory.item"]
    with doubled(office, item):
        for name in ("Gauze", "Gloves"):
            insert(office, item, {"sku": "A-1", "name": name, "base_unit": "each"})
    [found] = problems(office)
    assert "2 items have the same SKU (A-1): #3, #4" in found.what
    assert found.cure.startswith(
        "Give one another SKU: `officeops item edit '#4' --sku VALUE`; or archive it: "
    )
    assert others("selfcheck", "--quiet").code == 1


@pytest.mark.usefixtures("others")
def test_a_record_that_both_are_about_is_named_in_words(office: Office) -> None:
    tag = office.records["core.tag"]
    with doubled(office, tag):
        for _ in range(2):
            insert(office, tag, {"about_key": "core.location", "about_id": 1, "word": "hot"})
    [found] = problems(office)
    assert "the same about (Location First) and word (hot): #1, #2" in found.what
    assert "`officeops tag edit '#2' --about NOUN:WHICH` (or --word)" in found.cure
    assert "about-key" not in found.cure


def test_a_code_that_is_another_ones_name_is_named_as_both(office: Office, others: Cli) -> None:
    vendor = office.records["vendors.vendor"]
    with doubled(office, vendor):
        insert(office, vendor, {"name": "Acme", "code": "A1"})
        insert(office, vendor, {"name": "Bolt", "code": "acme"})
    [found] = problems(office)
    assert "#3 by its name (Acme) and #4 by its code (acme)" in found.what
    assert "`officeops vendor edit '#4' --code VALUE`" in found.cure
    assert others("vendor", "edit", "#4", "--code", "B2").code == 0
    assert problems(office) == []
