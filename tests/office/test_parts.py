"""The parts of an office, each made and asked by itself."""

from __future__ import annotations

from contextlib import nullcontext
from sqlite3 import IntegrityError
from typing import TYPE_CHECKING, Any

import pytest

from officeops import Record, field
from officeops.core.records import Location
from officeops.core.registered import registered
from officeops.model.errors import Broken, Forbidden, NotFound, OutsideAction, Refused
from officeops.model.settings import Machine
from officeops.office.action_runner import ActionRunner
from officeops.office.authorization import Authorizer
from officeops.office.bulk_writer import BulkWriter
from officeops.office.opened_values import OpenedValues
from officeops.office.openings import Openings
from officeops.office.reader import Reader
from officeops.office.record_types import records_of
from officeops.office.sealed_fields import SealedFields
from officeops.office.upgrade import Upgrade
from officeops.plugins.manager import Plugins
from officeops.sealing.keyring import Ring
from officeops.sealing.seal import Altered
from officeops.store.store import Store
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Badge(Record, key="badges.badge"):
    """What opens a door."""

    name: str = field()
    code: str | None = field(default=None, sealed=True)


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


def test_an_upgrade_makes_the_tables_and_makes_no_office_of_another_file(
    store: Store, plugins: Plugins
) -> None:
    tables = {name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"core_action", "core_location"} <= tables
    empty = Store(f"{store.path}.other", create=True)
    with pytest.raises(Broken, match="is empty"):
        Upgrade(empty, plugins, "amy").run()
    empty.close()


def test_an_authorizer_lets_the_owner_of_the_file_do_everything(
    store: Store, plugins: Plugins
) -> None:
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


def reader_of(store: Store, plugins: Plugins) -> Reader:
    records = records_of(plugins, Machine())
    return Reader(store, plugins, records, authorizer_of(store, plugins), Conventions)


def test_a_reader_reads_records_and_says_what_they_are_called(
    store: Store, plugins: Plugins
) -> None:
    reader = reader_of(store, plugins)
    assert list(reader.all(Location)) == []
    assert reader.first(Location, "name = ?", "Cart") is None
    with pytest.raises(NotFound, match="no location with id 7"):
        reader.get(Location, 7)
    assert reader.label(Location, 7) == "#7"
    assert reader.name(Location(name="Cart")) == "Cart"
    assert reader.rows("SELECT :one", one=1) == [(1,)]


#: No code of a plugin is asked here, to which an office would be handed.
NOBODY: Any = None


def test_sealed_fields_seal_for_one_place_and_open_there_alone(
    store: Store, plugins: Plugins, tmp_path: Path
) -> None:
    reader, meta = reader_of(store, plugins), Badge.meta
    reader.records = {**reader.records, meta.key: Badge}
    with store.exclusive("badges") as db:
        db.execute("CREATE TABLE badges_badge (id INTEGER PRIMARY KEY, name TEXT, code TEXT)")
    authorizer = authorizer_of(store, plugins)
    openings = Openings(ActionRunner(NOBODY, store, plugins, reader, authorizer), OpenedValues())
    seals = SealedFields(Ring(str(tmp_path / "keys")), reader, authorizer, nullcontext, openings)
    kept = seals.sealed(meta, 3, {"code": "B-200"})["code"]
    assert "B-200" not in kept.kept
    assert seals.opened(meta, 3, meta.by_name["code"], kept.kept) == "B-200"
    with pytest.raises(Altered):
        seals.opened(meta, 4, meta.by_name["code"], kept.kept)
    with pytest.raises(Refused, match="sealed for its own record"):
        seals.sealed(meta, 4, {"code": kept})


def test_an_action_runner_keeps_an_action_whole_or_not_at_all(
    store: Store, plugins: Plugins
) -> None:
    runner = ActionRunner(
        NOBODY, store, plugins, reader_of(store, plugins), authorizer_of(store, plugins)
    )
    with pytest.raises(OutsideAction):
        runner.must_be_inside()
    with runner.acting("core.location.tidy") as outcome:
        runner.must_be_inside()
        outcome.append("tidy")
    with pytest.raises(ZeroDivisionError), runner.acting("core.location.spoil"):
        raise ZeroDivisionError
    assert store.rows("SELECT actor, verb FROM core_action") == [("amy", "core.location.tidy")]


def bulk_writer_of(store: Store, plugins: Plugins, path: Path) -> tuple[ActionRunner, BulkWriter]:
    reader, authorizer = reader_of(store, plugins), authorizer_of(store, plugins)
    runner = ActionRunner(NOBODY, store, plugins, reader, authorizer)
    ring = Ring(str(path / "keys"))
    seals = SealedFields(ring, reader, authorizer, runner.acting, Openings(runner, OpenedValues()))
    return runner, BulkWriter(NOBODY, runner, reader, authorizer, lambda: seals)


def test_a_bulk_writer_writes_many_records_and_their_history(
    store: Store, plugins: Plugins, tmp_path: Path
) -> None:
    reader = reader_of(store, plugins)
    runner, bulk = bulk_writer_of(store, plugins, tmp_path)
    with runner.acting("core.location.build"):
        store.defer()
        ids = bulk.add_many(Location, [{"name": "Cart"}, {"name": "Safe"}])
        bulk.deferred.write()
    assert [location.name for location in reader.some(Location, ids)] == ["Cart", "Safe"]
    assert store.value("SELECT count(*) FROM core_change WHERE record = 'core_location'") == 2


@pytest.mark.parametrize("is_delayed", [True, False])
def test_checked_rows_keep_their_ids_and_are_found_by_their_names(
    store: Store, plugins: Plugins, tmp_path: Path, *, is_delayed: bool
) -> None:
    runner, bulk = bulk_writer_of(store, plugins, tmp_path)
    meta = Location.meta
    [name] = [identity for identity in meta.identities if identity.columns == ("name",)]
    with pytest.raises(OutsideAction):
        bulk.insert_rows(meta, {"id": [7], "name": ["Cart"]})
    with runner.acting("core.location.build"):
        if is_delayed:
            store.defer()
        bulk.insert_rows(meta, {"id": [7, 9], "name": ["Cart", "Ärmel"]}, name)
        if is_delayed:
            bulk.deferred.write()
    same = "SELECT folded, id FROM core_location_same WHERE identity = 'name' AND id > 5 ORDER BY 1"
    assert store.rows(same) == [("armel", 9), ("cart", 7)]
    assert store.value("SELECT count(*) FROM core_change WHERE record = 'core_location'") == 2


def test_an_attempt_that_the_file_refuses_leaves_no_row(
    store: Store, plugins: Plugins, tmp_path: Path
) -> None:
    runner, bulk = bulk_writer_of(store, plugins, tmp_path)
    meta = Location.meta
    with runner.acting("core.location.build"):
        store.defer()
        with pytest.raises(IntegrityError), bulk.attempt(meta):
            bulk.insert_rows(meta, {"id": [7, 8], "name": ["Cart", "CART"]})
        with bulk.attempt(meta):
            bulk.insert_rows(meta, {"id": [7], "name": ["Safe"]})
        bulk.deferred.write()
    assert store.rows("SELECT id, name FROM core_location") == [(7, "Safe")]
    assert store.value("SELECT count(*) FROM core_change WHERE record = 'core_location'") == 1
