"""Refusals name things as people know them: no row numbers, no options on a screen, no names that nobody can see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from officeops.core.office_record import Facts
from officeops.core.records import Location
from officeops.model.errors import Problem, Refused
from officeops.model.fields import Field
from officeops.model.text_folding import seems_blank
from officeops.office.crud import edit_record
from officeops.office.validation import fields_in_order
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

#: Texts in which people see nothing.
BLANKS = ("", " ", "\t", "\u00a0", "\u3164", "\u2800", "\u200b\u2800 ", "\ufeff", "\uffa0")


@pytest.mark.parametrize("blank", BLANKS)
def test_no_needed_text_of_any_record_is_a_blank(office_factory: OfficeFactory, blank: str) -> None:
    office = office_factory("inventory", "vendors")
    asked = 0
    for record in office.records.values():
        texts = [
            f for f in record.meta.fields if f.kind.name in {"text", "long_text"} and not f.sealed
        ]
        needed = [f for f in texts if f.required or f.default is not None]
        if not needed:
            continue
        made = record.from_values(
            {f.name: None for f in record.meta.fields} | {f.name: blank for f in needed}
        )
        wrong = {
            problem.field
            for problem in fields_in_order(office, made)
            if problem.message == "is needed"
        }
        # What a row is about is a record, and no text that a person types.
        assert {f.public_name for f in needed} - {"about_key"} <= wrong
        asked += len(needed)
    assert asked > 20


@pytest.mark.officeops("inventory", "vendors")
@pytest.mark.parametrize("blank", BLANKS[3:])
def test_a_name_that_shows_nothing_is_refused_by_commands_and_files(cli: Cli, blank: str) -> None:
    for command in (
        ("vendor", "add", "--name", blank),
        ("location", "add", "--name", blank),
        ("item", "add", "--sku", blank, "--name", "A"),
        ("item", "add", "--sku", "A", "--name", blank),
    ):
        assert cli(*command).code in {1, 2}, command
    assert cli("vendor", "import", "-", typed=f'name,phone\n"{blank}",555\n').code == 1
    assert cli("vendor", "list", "--json").json == []


def test_what_shows_something_is_no_blank() -> None:
    assert not any(map(seems_blank, ("a", "\u0301a", ".", "\u200bx", "\u4e2d")))


@pytest.mark.officeops("inventory", "vendors")
def test_a_refusal_names_the_record_and_not_its_row(office: Office, cli: Cli) -> None:
    with office.acting("test"):
        office.add(
            Facts(name="Elm Street", default_location_id=office.add(Location(name="Main")).id)
        )
        away = office.add(Location(name="Away"))
        office.archive(away)
    office.forget_facts()
    with pytest.raises(Refused) as refused:
        edit_record(office, office.facts, {"default_location_id": away.id})
    assert (
        str(refused.value)
        == "Office Elm Street: default_location: the location Away is archived; choose another, or unarchive it"
    )
    cli("item", "add", "--sku", "V", "--name", "Vaccine")
    cli("lot", "add", "--item", "V", "--number", "A1", "--expires-on", "2027-05-31")
    assert cli("lot", "quarantine", "A1").code == 0
    assert "Quarantine A1: it is quarantined" in cli("lot", "quarantine", "A1").err
    assert "Lot A1" in cli("lot", "edit", "A1", "--expires-on", "1995-05-31").err


def test_a_form_speaks_of_its_own_fields_and_leaves_commands_alone() -> None:
    fields = [
        Field("text", default=None, label="No lot").named("no_lot", "str"),
        Field("reference", default=None, target="core.location", label="Location").named(
            "location_id", "int"
        ),
    ]
    state = FormState(Form("Receive", fields, lambda *_: ""))
    cure = "say why with --no-lot, or --other: officeops item receive V --location Main"
    left = state.blame(Refused([Problem(cure, "no_lot"), Problem("name one with --location")]))
    assert state.errors["no_lot"] == (
        'say why with "No lot", or --other: officeops item receive V --location Main'
    )
    assert left == [Problem('name one with "Location"')]


POTS = """
from __future__ import annotations

from datetime import UTC, datetime

from officeops import *
from officeops.store.schema import declared_sql

PLUGIN = Plugin("pots", "Pots", api=2)


class Pot(Record, key="pots.pot", display="name"):
    "A pot."

    name: str = field(unique=True)


class Entry(
    Record, key="pots.entry", append_only=True, display="pot_id", unique_together=(("pot_id", "at"),)
):
    "A look into a pot."

    pot_id: int = ref("pots.pot")
    at: datetime = field()


@hookimpl
def records(): return [Pot, Entry]


@hookimpl
def migrations():
    sql = [*declared_sql(Pot.meta), *declared_sql(Entry.meta)]
    return [Migration("0001", ";".join(sql) + ";")]
"""


def test_an_entry_that_stays_as_it_is_is_no_cure_and_its_moment_is_that_of_lists(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory(files={"pots": POTS})
    entry = office.record("pots.entry")
    noon = datetime(2026, 11, 1, 12, tzinfo=UTC)
    with office.acting("pots.test.look"):
        pot = office.add(office.record("pots.pot")(name="A"))
        first = office.add(entry(pot_id=pot.id, at=noon))
    with pytest.raises(Refused) as refused, office.acting("pots.test.look"):
        office.add(entry(pot_id=pot.id, at=noon))
    said = str(refused.value)
    assert "archive it" not in said
    assert "Give this one others" in said
    assert office.text_of(first, "at") in said
