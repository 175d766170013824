"""Roles that plugins declare, and the one that every office had before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import login, open_as, staffed

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.access.roles import BUILT_IN, declared_roles, patterns_of
from officeops.model.errors import Forbidden, NotFound, Refused

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory

PATTERNS = ("read", "hr.*", "core.due.*", "core.undo", "core.redo")


def test_a_declared_role_reaches_what_its_plugin_says(office_factory: OfficeFactory) -> None:
    owner = staffed(office_factory)
    assert patterns_of(owner, "hr") == PATTERNS
    assert open_as(owner, login("hr")).may("hr.pay.view")
    with pytest.raises(Refused, match="not a name"):
        make_role(owner, "hr", ["read"])


def test_no_plugin_changes_a_built_in_role(office_factory: OfficeFactory) -> None:
    text = (
        "from officeops import Plugin, Role, hookimpl\n"
        "PLUGIN = Plugin('greedy', 'Greedy', api=2)\n"
        "@hookimpl\ndef roles():\n"
        "    return [Role('clerk', ('sensitive',), 'All.')]\n"
    )
    office = office_factory(files={"greedy": text})
    assert not office.plugins.troubles
    assert declared_roles(office.plugins)["clerk"] is BUILT_IN["clerk"]
    assert patterns_of(office, "clerk") == ("work",)


def test_a_role_reaches_nothing_while_its_plugin_is_off(office_factory: OfficeFactory) -> None:
    staffed(office_factory).close()
    office = office_factory("inventory")
    with pytest.raises(NotFound, match="hr"):
        patterns_of(office, "hr")
    with pytest.raises(Forbidden):
        open_as(office, login("hr")).allow("core.location.view")


def test_an_office_that_gave_somebody_the_role_keeps_it(office_factory: OfficeFactory) -> None:
    owner = staffed(office_factory)
    path = owner.path
    owner.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '0007_role_in_use'")
        db.commit()
    office = office_factory("inventory")
    assert patterns_of(office, "hr") == PATTERNS
    assert open_as(office, login("hr")).may("core.location.view")
    # The plugin's declaration comes second, so nobody's reach changes the day it is installed.
    admit(office, "new", ["hr"])
    assert open_as(office, "new").may("core.undo")


def test_an_office_without_the_role_gets_none(office_factory: OfficeFactory) -> None:
    office = office_factory("inventory")
    assert office.value("SELECT count(*) FROM core_role") == 0
