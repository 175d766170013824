"""The fixtures for the tests of plugins: offices and command lines of one user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops import Forbidden

if TYPE_CHECKING:
    from officeops.testing import Cli, OfficeFactory


@pytest.fixture(autouse=True)
def users(cli: Cli) -> None:
    """An office with one user."""
    cli("access", "add", "vic", "--role", "read-only")


def test_an_office_opens_for_one_of_its_users(office_factory: OfficeFactory) -> None:
    office = office_factory(login="vic")
    assert office.actor == "vic"
    assert office.may("core.location.view")
    with pytest.raises(Forbidden):
        office.allow("core.location.add")
    office_factory(actor="P. Lam").allow("core.location.add")


def test_a_login_that_no_user_has_is_refused(office_factory: OfficeFactory) -> None:
    with pytest.raises(Forbidden, match="zoe"):
        office_factory(login="zoe")


def test_a_line_runs_as_its_sender(cli: Cli) -> None:
    words = ("location", "add", "--name", "Attic")
    refused = cli(*words, login="vic")
    assert (refused.code, refused.out) == (1, "")
    assert "Attic" not in cli("location", "list", login="vic").out
    assert cli(*words).code == 0
    assert "Attic" in cli("location", "list", login="vic").out
    assert cli("--db", "other.db", "location", "list", login="vic").code == 1
