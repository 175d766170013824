"""The parts of an office, each made and asked by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops.core.registered import registered
from officeops.model.errors import Broken, Forbidden
from officeops.model.settings import Machine
from officeops.office.authorization import Authorizer
from officeops.office.record_types import records_of
from officeops.office.upgrade import Upgrade
from officeops.plugins.manager import Plugins
from officeops.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def plugins() -> Plugins:
    """No plugin but the core."""
    return Plugins([], Machine(), core=registered)


@pytest.fixture
def store(tmp_path: Path, plugins: Plugins) -> Iterator[Store]:
    """A new office's file, with the tables of the core."""
    opened = Store(str(tmp_path / "office.db"), create=True)
    Upgrade(opened, plugins, "amy", create=True).run()
    yield opened
    opened.close()


def authorizer_of(store: Store, plugins: Plugins, user: str = "") -> Authorizer:
    return Authorizer(store, plugins, records_of(plugins, Machine()), user or "amy", user)


def test_an_upgrade_makes_the_tables_and_makes_no_office_of_another_file(store: Store, plugins: Plugins) -> None:
    tables = {name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"core_action", "core_location"} <= tables
    empty = Store(f"{store.path}.other", create=True)
    with pytest.raises(Broken, match="is empty"):
        Upgrade(empty, plugins, "amy").run()
    empty.close()


def test_an_authorizer_lets_the_owner_of_the_file_do_everything(store: Store, plugins: Plugins) -> None:
    owner = authorizer_of(store, plugins)
    assert owner.may("core.location.edit")
    assert owner.guard is None
    assert not owner.withheld(Location)
    with owner.trusted():
        assert owner.is_trusted
    assert not owner.is_trusted


def test_an_authorizer_refuses_a_user_who_is_none(store: Store, plugins: Plugins) -> None:
    with pytest.raises(Forbidden, match="zed is not a user"):
        authorizer_of(store, plugins, "zed").allow("core.location.view")
