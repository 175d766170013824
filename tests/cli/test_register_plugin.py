"""A register of keys, as an author writes it: blanks that mean a default, and a field with the name of the own number."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from officeops.office.office import open_office
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

REGISTER = """
from datetime import date

class Key(Record, key="register.key", noun="door-key", display="tag"):
    "A key of a door."
    tag: str = field(unique=True)
    material: str = choice("brass", "steel", default="brass")
    copies: int = field(default=1, minimum=1, help="How many there are")
    bought_on: date = field(default=lambda office: office.today)
    room_id: int | None = ref("core.location", default=None, where="kind=room")

class Loan(Record, key="register.loan", noun="key-loan", prefix="KL"):
    "A loan of a key."
    key_id: int = ref("register.key")

MIGRATIONS: list[Migration] = []

@hookimpl
def records(): return [Key, Loan]

@hookimpl
def migrations(): return MIGRATIONS
"""


@pytest.fixture
def register(write: Callable[..., Path], cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    write("register", REGISTER)
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "register")
    assert cli("plugins", "migration", "register").code == 0
    line = ("door-key", "add", "--tag", "A", "--material", "steel", "--copies", "4")
    assert cli(*line, "--bought-on", "2026-01-02").code == 0
    return cli


def test_a_blank_option_of_an_edit_means_the_default_of_its_field(register: Cli) -> None:
    line = ("--material", "", "--copies", "", "--bought-on", "")
    assert register("door-key", "edit", "A", *line, env={"OFFICEOPS_TODAY": "2026-05-06"}).code == 0
    shown = register("door-key", "show", "A", "--json").json
    assert (shown["material"], shown["copies"], shown["bought_on"]) == ("brass", 1, "2026-05-06")
    assert register("door-key", "edit", "A", "--tag", "").code == 1


def test_the_own_number_is_in_json_beside_a_field_that_is_called_key(register: Cli) -> None:
    assert register("key-loan", "add", "--key", "A").code == 0
    shown = register("key-loan", "show", "KL-1", "--json").json
    assert (shown["own_number"], shown["key"]) == ("KL-1", "A")
    [listed] = register("key-loan", "list", "--json").json
    assert (listed["own_number"], listed["key"]) == ("KL-1", "A")


def test_a_reference_that_does_not_fit_is_named_once(register: Cli) -> None:
    assert register("location", "add", "--name", "Cart", "--kind", "cart").code == 0
    said = register("door-key", "edit", "A", "--room", "Cart").err
    assert said.startswith("officeops: --room: the location Cart")


def test_a_blank_in_a_form_means_a_default_that_is_asked_for_too(register: Cli) -> None:
    with closing(open_office(register.path)) as office:
        bought = office.records["register.key"].meta.by_name["bought_on"]
        form = Form("Key", [bought], lambda *_: "", {"bought_on": ""})
        assert FormState(form).read(office) == {"bought_on": office.today}
