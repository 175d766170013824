"""Tests of officeops-sterilizer. The fixtures `office`, `cli` and `freeze_today` are officeops'."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from officeops_sterilizer.loads import LIFE, Load
from officeops_sterilizer.machines import Sterilizer

from officeops import Office, Refused
from officeops.testing import Cli, OfficeFactory, check_plugin

pytestmark = pytest.mark.officeops("sterilizer", "inventory", "vendors")


@pytest.fixture
def load(office: Office) -> Load:
    """A load that is running."""
    with office.acting("test"):
        machine = office.add(Sterilizer(name="Autoclave 1"))
        return office.add(Load(sterilizer_id=machine.id, contents="4 exam sets", degrees=1340))


def test_officeops_finds_everything_in_order() -> None:
    check_plugin("officeops_sterilizer")


def test_a_second_person_releases_a_load_that_passed(
    office: Office, load: Load, office_factory: OfficeFactory
) -> None:
    with office.acting("test"):
        LIFE.move(office, load, "unload", indicator="pass")
    with office.acting("test"), pytest.raises(Refused, match="another person"):
        LIFE.move(office, office.get(Load, load.id), "release")
    other = office_factory(actor="P. Lam")
    with other.acting("test"):
        LIFE.move(other, other.get(Load, load.id), "release")
    assert office.get(Load, load.id).status == "released"


def test_a_load_that_failed_is_rejected(
    office: Office, load: Load, office_factory: OfficeFactory
) -> None:
    with office.acting("test"):
        LIFE.move(office, load, "unload", indicator="fail")
    other = office_factory(actor="P. Lam")
    with other.acting("test"), pytest.raises(Refused, match="has not passed"):
        LIFE.move(other, other.get(Load, load.id), "release")
    with other.acting("test"):
        LIFE.move(other, other.get(Load, load.id), "reject", why="the indicator failed")
    assert office.get(Load, load.id).why == "the indicator failed"


def test_an_incident_is_seen_by_its_person_and_the_manager(cli: Cli) -> None:
    for login, role in (("ana", "clerk"), ("ben", "clerk"), ("mia", "manager")):
        cli("access", "add", login, "--role", role)
    cli("sterilizer", "add", "--name", "Autoclave 1")
    words = ("--user", "ana", "--sterilizer", "Autoclave 1", "--injury", "Burn")
    cli("sterilizer-incident", "add", *words)
    listed = ("sterilizer-incident", "list", "--json")
    seen = [len(cli(*listed, login=who).json) for who in ("ana", "ben", "mia")]
    assert seen == [1, 0, 1]


def test_indicators_are_ordered_by_loads(office: Office, load: Load) -> None:
    from officeops_sterilizer.with_inventory import estimate_demand

    from officeops_inventory.model import Item

    strip = Item(name="Indicator strip", sku="STRIP")
    today = office.ways.day_of(load.started_at)
    demand = estimate_demand(office, strip, today - timedelta(days=9), today)
    assert demand is not None
    assert demand.mean == pytest.approx(0.1)


def test_a_forgotten_load_is_rejected_once(
    cli: Cli, load: Load, freeze_today: Callable[[str], None]
) -> None:
    assert load.human_key == "SL-1"
    assert cli("job", "sterilizer-forgotten").out == ""
    freeze_today("2199-01-01")
    assert cli("job", "sterilizer-forgotten").out == "SL-1 is rejected: nobody took it out.\n"
    assert cli("job", "sterilizer-forgotten").out == ""
    rows = cli("report", "sterilizer-loads", "--json").json
    assert rows == [{"sterilizer": "Autoclave 1", "loads": 1, "rejected": 1}]


def test_a_plan_and_a_certificate_are_due(cli: Cli, freeze_today: Callable[[str], None]) -> None:
    freeze_today("2026-03-02")
    cli("sterilizer", "add", "--name", "Autoclave 1")
    machine = ("--sterilizer", "Autoclave 1")
    cli("test-plan", "add", "--title", "Spore test", *machine, "--first-on", "today")
    cli("certificate", "add", "--title", "Validation", *machine, "--expires-on", "+10d")
    due = {item["what"].split()[0] for item in cli("today", "--json").json}
    assert {"Spore", "Validation"} <= due
