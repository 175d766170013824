"""The record that another one is about is given and shown by its name, never by key and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import DONE, REFUSED, USAGE

if TYPE_CHECKING:
    from officeops.testing import Cli


@pytest.fixture
def vendor(cli: Cli) -> Cli:
    """An office with a vendor."""
    assert cli("vendor", "add", "--name", "Acme").code == DONE
    return cli


def test_a_task_is_about_a_record_by_its_name_and_a_list_names_it(vendor: Cli) -> None:
    added = vendor("task", "add", "Call", "--due", "2030-01-01", "--about", "vendor:Acme")
    assert added.code == DONE, added.err
    listed = vendor("task", "list").out
    assert "Vendor Acme" in listed
    assert "vendors.vendor" not in listed
    [task] = vendor("task", "list", "--json").json
    assert (task["about_key"], task["about_id"]) == ("vendors.vendor", 1)
    assert vendor("task", "edit", "T-1", "--about", "vendor:#1").code == DONE


def test_a_name_that_is_no_records_is_refused(vendor: Cli) -> None:
    add = ("task", "add", "Call", "--due", "2030-01-01", "--about")
    assert vendor(*add, "Acme").code == USAGE
    assert vendor(*add, "vendor:").code == USAGE
    assert vendor(*add, "vendor:Nobody").code == REFUSED
    assert vendor(*add, "nothing:Acme").code != DONE
    assert vendor(*add, "vendor:Acme", "--about-id", "1").code == USAGE
    assert vendor("task", "list", "--json").json == []


def test_a_note_says_that_it_needs_one_and_scripts_give_key_and_number(vendor: Cli) -> None:
    assert "--about" in vendor("note", "add", "--text", "hi").err
    line = ("note", "add", "--text", "hi", "--about-key", "vendors.vendor", "--about-id", "1")
    assert vendor(*line).code == DONE
