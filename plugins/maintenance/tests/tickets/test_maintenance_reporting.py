"""Anyone reports in one line, and a small office closes in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.testing import Cli
    from officeops_maintenance.equipment.equipment import Equipment


def test_a_report_is_one_line_and_its_unit_has_its_name(cli: Cli, autoclave: Equipment) -> None:
    cli("ticket", "new", "Door does not lock", "--equipment", autoclave.human_key)
    [ticket] = cli("ticket", "list", "--json").json
    assert ticket["equipment"] == "EQ-1 Autoclave 1"
    assert (ticket["stage"], bool(ticket["reported_by"])) == ("reported", True)


def test_it_is_closed_in_one_step_with_a_word_on_what_was_done(
    cli: Cli, autoclave: Equipment
) -> None:
    cli("ticket", "new", "Door does not lock", "--equipment", autoclave.human_key)
    cli("ticket", "close", "TK-1", "--resolution", "Replaced the lock", "--cost", "120")
    assert cli("ticket", "list", "--json").json[0]["stage"] == "fixed"
    assert cli("today", "--json").json == []


def test_a_reference_that_a_list_shows_is_found_again(cli: Cli, autoclave: Equipment) -> None:
    shown = f"{autoclave.human_key} {autoclave.name}"
    cli("ticket", "new", "One", "--equipment", shown)
    assert cli("ticket", "list", "--where", f'equipment="{shown}"', "--json").json
    assert "there is no equipment" in cli("ticket", "new", "Two", "--equipment", "EQ-1 Other").err


#: Work orders as MaintainX and UpKeep export them, and as spreadsheets keep them.
WORK_ORDERS = """ID,Title,Status,Priority,Description,Assigned To,Asset,Created On,Created By,Completed On
1,ECG flat line,On Hold,Medium,Nothing,luis,ECG,2026-02-01 08:00,Ann,
2,Lamp,Done,None,,,,2026-01-05,Ann,2026-01-07 10:00
3,Noise,In Progress,Critical,,,ECG,2/3/2026,,
"""


def test_work_orders_of_another_program_come_in_by_its_heads_and_words(cli: Cli) -> None:
    cli("equipment", "add", "--name", "ECG")
    ran = cli("ticket", "import", "-", typed=WORK_ORDERS)
    assert ran.code == 0, ran.err
    tickets = {ticket["title"]: ticket for ticket in cli("ticket", "list", "--json").json}
    states = [
        (tickets[name]["state"], tickets[name]["priority"])
        for name in ("ECG flat line", "Lamp", "Noise")
    ]
    assert states == [("waiting", "normal"), ("closed", "normal"), ("in_progress", "emergency")]
    assert tickets["Lamp"]["resolved_at"][:10] == "2026-01-07"
    assert tickets["Noise"]["reported_at"][:10] == "2026-02-03"
    wrong = "Title,Status\nLamp,Vanished\n"
    assert "is no state that an import knows" in cli("ticket", "import", "-", typed=wrong).err
