"""A new lot is held until its controls pass; a failure says DO NOT USE and stays until a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops_inventory.model import Lot
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory
    from officeops_maintenance.laboratory.lab_test import LabTest

PASSED = ("controls", "record", "LK-1/positive=positive", "LK-1/negative=negative")
FAILED = ("controls", "record", "LK-1/positive=negative", "LK-1/negative=negative")


def states(office: Office) -> dict[str, str]:
    return {lot.number: lot.status for lot in office.all(Lot)}


def uses(cli: Cli) -> dict[str, str]:
    return {row["key"]: row["use"] for row in cli("lab-kit", "list", "--json").json}


def due(cli: Cli) -> list[str]:
    return [row["what"] for row in cli("today", "--json").json]


@pytest.fixture
def kit(cli: Cli, strep: LabTest) -> Cli:
    """A kit of lot L1 came, and the rules of its test are confirmed."""
    cli("lab-test", "confirm", strep.name, "--insert-version", "Rev. 7")
    assert cli("lab-kit", "add", "--test", "Strep A", "--number", "l1").code == 0
    return cli


def test_a_new_kit_holds_its_lot_and_has_the_expiry_of_the_stock(kit: Cli, office: Office) -> None:
    assert uses(kit) == {"LK-1": "control_due"}
    assert states(office) == {"L1": "quarantined", "L2": "available"}
    assert kit("lab-kit", "list", "--json").json[0]["expires_on"] == "2027-06-30"
    assert "Strep A lot l1 (LK-1): control due before use" in due(kit)


def test_controls_that_pass_open_the_kit_and_release_its_lot(kit: Cli, office: Office) -> None:
    assert kit(*PASSED).code == 0
    assert uses(kit) == {"LK-1": "usable"}
    assert states(office)["L1"] == "available"
    [row] = kit("lab-kit", "list", "--json").json
    assert (row["opened_on"], row["discard_by"]) == ("2026-03-02", "2026-04-01")
    assert not [line for line in due(kit) if "LK-1" in line and "discard" not in line]


def test_one_level_alone_is_not_enough(kit: Cli, office: Office) -> None:
    kit("controls", "record", "LK-1/positive=positive")
    assert uses(kit) == {"LK-1": "control_due"}
    assert states(office)["L1"] == "quarantined"


def test_a_failure_says_do_not_use_keeps_the_hold_and_opens_one_ticket(
    kit: Cli, office: Office
) -> None:
    assert "DO NOT USE" in kit(*FAILED).err
    assert uses(kit) == {"LK-1": "failed"}
    assert states(office)["L1"] == "quarantined"
    kit("controls", "record", "LK-1/positive=invalid")
    [ticket] = office.all(Ticket)
    assert ticket.title == "Strep A lot l1: control failed"
    assert any("DO NOT USE Strep A lot l1" in line for line in due(kit))
    assert "Strep A lot l1 (LK-1)" in kit("huddle").out
    kit("controls", "record", "LK-1/positive=positive")
    assert uses(kit) == {"LK-1": "usable"}
    assert states(office)["L1"] == "available"


def test_undo_puts_back_the_controls_the_ticket_and_the_hold(kit: Cli, office: Office) -> None:
    kit(*FAILED)
    kit("undo")
    assert not list(office.all(LabControl))
    assert not list(office.all(Ticket))
    assert uses(kit) == {"LK-1": "control_due"}
    kit(*PASSED)
    kit("undo")
    assert states(office)["L1"] == "quarantined"
    assert kit("lab-kit", "list", "--json").json[0]["opened_on"] is None
    kit("undo")
    assert states(office)["L1"] == "available"


def test_nobody_changes_what_a_control_had_to_show_after_it_was_run(kit: Cli) -> None:
    kit(*FAILED)
    lot = kit("control-lot", "list", "--json").json[0]["id"]
    ran = kit("control-lot", "edit", f"#{lot}", "--level", "negative")
    assert "officeops lab-control void '#1'" in ran.err
    kit("lab-control", "void", "#1", "--reason", "typed for the other lot")
    kit("control-lot", "edit", f"#{lot}", "--level", "negative")


def test_a_second_shipment_of_a_lot_is_tried_by_itself(kit: Cli, office: Office) -> None:
    kit(*PASSED)
    kit("lab-kit", "add", "--test", "Strep A", "--number", "L1")
    assert uses(kit) == {"LK-1": "usable", "LK-2": "control_due"}
    assert states(office)["L1"] == "quarantined"
    # Where the insert asks for a new lot alone, a known lot needs nothing.
    ran = kit("lab-test", "edit", "Strep A", "--new-shipment", "no")
    assert "officeops lab-test confirm" in ran.err
    kit("lab-test", "confirm", "Strep A")
    assert uses(kit) == {"LK-1": "usable", "LK-2": "usable"}
    assert states(office)["L1"] == "available"


def test_what_is_left_of_a_lot_that_failed_stays_held_when_its_kit_is_thrown_away(
    kit: Cli, office: Office
) -> None:
    kit(*FAILED)
    kit("lab-kit", "finish", "LK-1", "--reason", "thrown away")
    assert uses(kit) == {"LK-1": "finished"}
    assert states(office)["L1"] == "quarantined"
    kit("lab-kit", "add", "--test", "Strep A", "--number", "L1")
    assert uses(kit)["LK-2"] == "failed"
    kit("controls", "record", "LK-2/positive=positive", "LK-2/negative=negative")
    assert uses(kit)["LK-2"] == "usable"
    assert states(office)["L1"] == "available"


def test_a_lot_typed_wrong_is_corrected_and_the_hold_goes_with_it(kit: Cli, office: Office) -> None:
    kit("lab-kit", "edit", "LK-1", "--number", "L2")
    assert states(office) == {"L1": "available", "L2": "quarantined"}


def test_a_control_typed_wrong_is_void_and_stays_in_the_log(kit: Cli, office: Office) -> None:
    kit(*FAILED)
    kit("lab-control", "void", "#1", "--reason", "typed for the other kit")
    assert uses(kit) == {"LK-1": "control_due"}
    log = kit("controls", "log").out
    assert "VOID:" in log
    kit("controls", "record", "LK-1/positive=positive")
    assert states(office)["L1"] == "available"


def test_staff_run_controls_and_end_their_holds_but_release_no_lot(
    kit: Cli, office: Office
) -> None:
    kit("access", "add", "mia", "--role", "clerk")
    assert kit("lot", "release", "L1", login="mia").code == 1
    assert kit("lab-test", "edit", "Strep A", "--new-lot", "no", login="mia").code == 1
    assert kit(*PASSED, login="mia").code == 0
    assert states(office)["L1"] == "available"
    [control, _] = office.all(LabControl)
    assert control.run_by == "mia"


def test_a_failure_holds_the_lot_whoever_books_it(kit: Cli, office: Office) -> None:
    kit(*PASSED)
    kinds = ("lab-kit.view", "lab-test.view", "control-lot.view", "lab-control.view", "controls.*")
    kit("access", "role", "tester", *[f"maintenance.{kind}" for kind in kinds])
    kit("access", "add", "ann", "--role", "tester")
    assert kit(*FAILED, login="ann").code == 0
    assert states(office)["L1"] == "quarantined"


def test_without_an_inventory_the_controls_come_first_all_the_same(
    cli: Cli, office_factory: OfficeFactory
) -> None:
    office_factory("maintenance")
    cli("lab-test", "add", "--name", "Mono", "--controls", "positive", "--new-lot", "yes",
        "--until-expiry", "yes")  # fmt: skip
    cli("lab-test", "confirm", "Mono")
    cli("control-lot", "add", "--test", "Mono", "--level", "positive", "--number", "P",
        "--expires-on", "2027-06-30")  # fmt: skip
    cli("lab-kit", "add", "--test", "Mono", "--number", "M1", "--expires-on", "2027-06-30")
    assert uses(cli) == {"LK-1": "control_due"}
    cli("controls", "record", "LK-1/positive=p")
    assert uses(cli) == {"LK-1": "usable"}


def test_a_lot_that_comes_into_the_stock_later_is_held_at_once(kit: Cli, office: Office) -> None:
    kit("lab-kit", "add", "--test", "Strep A", "--number", "L9", "--expires-on", "2027-01-31")
    ran = kit("item", "receive", "STREP", "--quantity", "5", "--lot", "L9",
              "--expires-on", "2027-01-31", "--location", "Lab")  # fmt: skip
    assert "lot L9 is held for LK-2" in ran.err
    assert states(office)["L9"] == "quarantined"
    assert "Strep A: lot L2 is in the stock and not entered as a kit" in due(kit)


def test_a_number_passes_within_its_range_and_controls_come_again(
    cli: Cli, inr: LabTest, freeze_today: Callable[[date | str], None], office: Office
) -> None:
    cli("lab-test", "confirm", inr.name)
    cli("lab-kit", "add", "--test", "INR", "--number", "S1", "--expires-on", "2027-01-31")
    assert uses(cli) == {"LK-1": "control_due"}
    cli("controls", "record", "LK-1/1=1.2", "LK-1/2=3.51")
    assert uses(cli) == {"LK-1": "failed"}
    cli("controls", "record", "LK-1/2=2.5")
    assert uses(cli) == {"LK-1": "usable"}
    freeze_today("2026-04-01")
    assert uses(cli) == {"LK-1": "usable"}
    assert any("control due" in line for line in due(cli))
    freeze_today("2026-04-02")
    assert uses(cli) == {"LK-1": "control_due"}
    assert any("control overdue" in line for line in due(cli))
    assert len(list(office.all(LabKit))) == 1


def test_a_control_that_cannot_be_is_refused_and_nothing_is_booked(
    kit: Cli, office: Office
) -> None:
    for wrong in (
        ("LK-1/positive=maybe",),
        ("LK-1/3=2.0",),
        ("LK-9/positive=positive",),
        ("LK-1=positive",),
        ("LK-1/positive=positive", "--day", "yesterday", "--at", "9:00"),
        ("LK-1/positive=positive", "--day", "tomorrow", "--at", "9:00"),
    ):
        assert kit("controls", "record", *wrong).code != 0, wrong
    kit("control-lot", "edit", "P", "--finished-on", "2026-03-01")
    ran = kit("controls", "record", "LK-1/positive=positive", "LK-1/negative=negative")
    assert "no lot of the positive control is in use" in ran.err
    assert not list(office.all(LabControl))


def test_nothing_is_guessed_about_an_insert_that_nobody_read(cli: Cli, strep: LabTest) -> None:
    cli("lab-test", "edit", strep.name, "--open-days", "")
    cli("lab-kit", "add", "--test", "Strep A", "--number", "L1")
    cli(*PASSED)
    [row] = cli("lab-kit", "list", "--json").json
    assert (row["use"], row["discard_by"]) == ("unknown", None)
    assert cli("lab-test", "confirm", "Strep A").code == 1
    cli("lab-test", "edit", "Strep A", "--until-expiry", "yes")
    cli("lab-test", "confirm", "Strep A", "--insert-version", "Rev. 7")
    [row] = cli("lab-kit", "list", "--json").json
    assert (row["use"], row["discard_by"]) == ("usable", "2027-06-30")
    cli("lab-kit", "edit", "LK-1", "--insert-version", "Rev. 8")
    assert any("came with another insert" in line for line in due(cli))


def test_a_kit_past_its_day_is_not_used(
    kit: Cli, freeze_today: Callable[[date | str], None]
) -> None:
    kit(*PASSED)
    freeze_today("2026-04-01")
    assert uses(kit) == {"LK-1": "usable"}
    freeze_today("2026-04-02")
    assert uses(kit) == {"LK-1": "discard"}
    freeze_today("2027-07-01")
    assert uses(kit) == {"LK-1": "expired"}
    assert any(line.startswith("DO NOT USE Strep A") for line in due(kit))


def test_the_kit_that_failed_passes_by_itself_and_the_lot_waits_for_it(
    kit: Cli, office: Office
) -> None:
    kit("lab-kit", "add", "--test", "Strep A", "--number", "L1")
    kit(*FAILED)
    assert uses(kit) == {"LK-1": "failed", "LK-2": "failed"}
    kit("controls", "record", "LK-2/positive=positive", "LK-2/negative=negative")
    assert uses(kit) == {"LK-1": "failed", "LK-2": "usable"}
    assert states(office)["L1"] == "quarantined"
    kit("controls", "record", "LK-1/positive=positive")
    assert states(office)["L1"] == "available"


def test_the_level_that_passed_longest_ago_says_when_controls_come_again(
    cli: Cli, inr: LabTest, freeze_today: Callable[[date | str], None]
) -> None:
    cli("lab-test", "confirm", inr.name)
    cli("lab-kit", "add", "--test", "INR", "--number", "S1", "--expires-on", "2027-01-31")
    cli("controls", "record", "LK-1/1=1", "LK-1/2=3")
    freeze_today("2026-03-20")
    cli("controls", "record", "LK-1/1=0.8")
    [row] = cli("lab-kit", "list", "--json").json
    assert row["control_by"] == "2026-04-01"
    cli("controls", "record", "LK-1/2=3.5")
    [row] = cli("lab-kit", "list", "--json").json
    assert row["control_by"] == "2026-04-19"
    assert uses(cli) == {"LK-1": "usable"}


def test_the_control_lot_that_expires_first_is_used_until_it_is_finished(kit: Cli) -> None:
    kit("control-lot", "add", "--test", "Strep A", "--level", "positive", "--number", "P0",
        "--expires-on", "2026-03-31")  # fmt: skip
    assert "positive P0" in kit("controls").out
    assert any("P0" in line for line in due(kit))
    kit("control-lot", "edit", "P0", "--finished-on", "2026-03-02")
    assert "positive P " in kit("controls").out
    assert not any("P0" in line for line in due(kit))


def test_a_kit_of_a_file_holds_its_lot_as_one_that_is_typed(kit: Cli, office: Office) -> None:
    rows = "test,lot,received on\nStrep A,L2,2026-03-02\nStrep A,L9,2026-03-02\n"
    ran = kit("lab-kit", "import", "-", typed=rows)
    assert ran.code == 0, ran.err
    assert states(office) == {"L1": "quarantined", "L2": "quarantined"}
    kept = {kit_.number: kit_.holds for kit_ in office.all(LabKit)}
    assert (bool(kept["L2"]), kept["L9"]) == (True, None)
    kit("undo")
    assert states(office) == {"L1": "quarantined", "L2": "available"}


def test_a_kit_comes_back_by_no_redo_beside_its_loose_lot(kit: Cli, office: Office) -> None:
    kit("lab-kit", "add", "--test", "Strep A", "--number", "L7")
    kit("undo")
    kit("item", "receive", "STREP", "--quantity", "3", "--lot", "L7", "--expires-on", "2027-06-30")
    ran = kit("redo", str(office.value("SELECT max(id) FROM core_action WHERE verb = 'core.undo'")))
    assert (ran.code, "lot L7" in ran.err) == (1, True), ran
    assert states(office)["L7"] == "available"


@pytest.mark.parametrize(
    "edit",
    [
        ("lab-kit", "edit", "LK-1", "--number", "L9"),
        ("lab-test", "edit", "Strep A", "--item", ""),
    ],
)
def test_a_lot_that_failed_is_not_renamed_out_of_its_hold(
    kit: Cli, office: Office, edit: tuple[str, ...]
) -> None:
    assert kit(*edit).code == 0
    kit("undo")
    kit("controls", "record", "LK-1/positive=negative")
    refused = kit(*edit)
    assert (refused.code, "cannot be edited" in refused.err) == (1, True)
    assert states(office)["L1"] == "quarantined"


def test_a_kit_is_good_no_longer_than_the_stock_says_of_its_lot(kit: Cli) -> None:
    [row] = kit("lab-kit", "list", "--json").json
    refused = kit("lab-kit", "edit", "LK-1", "--expires-on", "2039-01-01")
    assert (refused.code, f"is after {row['expires_on']}" in refused.err) == (1, True)
    assert kit("lab-kit", "edit", "LK-1", "--expires-on", "2026-12-01").code == 0
