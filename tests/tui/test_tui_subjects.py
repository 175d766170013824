"""What a record says of others: the one it is about, by name, and those that point to it, without repeating itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.access.scope_tools import crewed, kind

from officeops.office.crud import add_record
from officeops.testing import Cli
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory


def test_a_record_names_what_it_is_about_and_opens_it(office_factory: OfficeFactory) -> None:
    office = crewed(office_factory)
    with Terminal(office) as screen:
        screen.press(":").type("note").press("enter")
        shown = screen.press("/").type("ada").press("enter").press("enter").text
        assert "Person Ada" in shown
        assert "crew.person" not in shown
        assert "About #" not in shown
        assert "› Person Ada" in screen.press("enter").text


def test_the_command_line_names_it_too(office_factory: OfficeFactory) -> None:
    cli = Cli(Path(crewed(office_factory).path))

    def run(*words: str) -> str:
        return cli(*words, env={"OFFICEOPS_PLUGINS": "crew"}).out

    shown = run("note", "show", "#3")
    assert "Person Ada" in shown
    assert "crew.person" not in shown
    assert '"about_key": "crew.person"' in run("note", "show", "#3", "--json")
    added = run("note", "history", "#1")
    assert "about Leave ada holiday 1, text about" in added
    assert "about_" not in added
    assert "person Ada" in run("leave", "history", "#1")
    run("task", "add", "Call the landlord", "--due", "2027-01-01")
    assert "None" not in run("task", "show", "#1")


def test_rows_below_a_record_do_not_repeat_its_own_references(
    office_factory: OfficeFactory,
) -> None:
    office = crewed(office_factory)
    desk = add_record(office, kind(office, "desk"), {"name": "third", "person_id": 4})
    booking = kind(office, "booking")
    values = {"person_id": 4, "desk_id": desk.id, "day": date(2026, 11, 5)}
    add_record(office, booking, values)
    with Terminal(office) as screen:
        screen.press(":").type("desk").press("enter")
        screen.press("/").type("#3").press("enter")
        alone = screen.press("enter").text
        add_record(office, booking, {**values, "person_id": 1})
        screen.press("escape")
        both = screen.press("enter").text
    heads = [text.partition("Bookings")[2].splitlines()[1] for text in (alone, both)]
    assert ["Person" in head for head in heads] == [False, True]
