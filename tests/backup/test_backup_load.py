"""Backups and restores while others write: whatever comes out is one moment of the office, whole.

Three rounds; `OFFICEOPS_TIMES=40` makes it 200.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import made, stocked
from tests.effort import PATIENCE, TIMES

from officeops.backup import manifest as manifests
from officeops.backup.config import BackupSettings
from officeops.backup.restore_live import replace_live
from officeops.backup.restore_new import restore_new
from officeops.backup.restore_record import Source
from officeops.backup.verify import proved
from officeops.history.verify import verify as verify_history

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

pytestmark = pytest.mark.officeops("vendors", "inventory")

ROUNDS = 5 * TIMES if TIMES > 1 else 3
WRITERS = 4
#: A person who counts and corrects; every tenth time one who adds an item. Says when it has begun.
WRITER = """
import random, sys, time
from officeops.office.office import open_office
from officeops_inventory.model import Item
from officeops_inventory.stock.actions import adjust
me, pick, done = sys.argv[2], random.Random(sys.argv[2]), 0
with open_office(sys.argv[1], actor=me) as office:
    while True:
        item = office.get(Item, pick.randint(1, 3))
        if pick.random() < 0.1:
            with office.acting("test.add"):
                office.add(Item(sku=f"{me}-{done}-{pick.random()}", name="Made under load"))
        else:
            office.do(adjust, item, quantity=pick.randint(1, 9), reason="counted")
        done += 1
        if done == 1:
            print(done, flush=True)
        time.sleep(pick.random() / 100)
"""


@contextmanager
def writers(path: str) -> Iterator[None]:
    """Let people write, until they are no longer watched; none of them may ever fail."""
    command = [sys.executable, "-c", WRITER, path]
    people = [
        subprocess.Popen(
            [*command, f"w{n}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for n in range(WRITERS)
    ]
    try:
        for each in people:
            assert each.stdout is not None
            assert each.stdout.readline() == "1\n"
        yield
        gone = [each.communicate()[1] for each in people if each.poll() is not None]
        assert gone == [], gone[0]
    finally:
        for each in people:
            each.kill()
            each.communicate()


def in_order(path: str) -> int:
    """Assert, without officeops, that a file is one whole moment; return how many actions it holds."""
    db = sqlite3.connect(path)
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        stock = db.execute(
            "SELECT item_id, sum(quantity) FROM inventory_stock GROUP BY 1"
        ).fetchall()
        moves = db.execute(
            "SELECT item_id, sum(quantity) FROM inventory_move GROUP BY 1"
        ).fetchall()
        assert sorted(stock) == sorted(moves)
        for table in ("inventory_move", "inventory_item"):
            rows = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            added = db.execute(
                "SELECT count(*) FROM core_change WHERE record = ? AND before IS NULL", (table,)
            ).fetchone()[0]
            assert rows == added
        actions, last, written = db.execute(
            "SELECT count(*), max(id), (SELECT count(DISTINCT action_id) FROM core_change c JOIN core_action a ON a.id = c.action_id "
            "WHERE a.verb IN ('inventory.item.adjust', 'test.add')) FROM core_action"
        ).fetchone()
        assert actions <= last
        assert (
            written
            == db.execute(
                "SELECT count(*) FROM core_action WHERE verb IN ('inventory.item.adjust', 'test.add')"
            ).fetchone()[0]
        )
        return int(actions)
    finally:
        db.close()


def test_backups_and_restores_under_load_are_whole(
    cli: Cli, office: Office, office_factory: OfficeFactory
) -> None:
    stocked(cli)
    actions = []
    with writers(office.path):
        for number in range(ROUNDS):
            path = made(office).path
            target = str(office_factory.home / f"restored-{number}.db")
            with proved(path, office.plugins, office.machine, live=office.path) as (
                plain,
                manifest,
                problems,
            ):
                assert problems == []
                source = Source(path, plain, manifest)
                restore_new(source, target, office.plugins, office.machine, office.path)
            actions.append(in_order(target))
            assert manifest
            assert actions[-1] == manifest.anchor["action"] + 1
            os.unlink(target)
    assert actions == sorted(actions)
    assert actions[-1] > actions[0]


def test_a_live_restore_under_load_loses_nobody_who_saves_after_it(
    cli: Cli, office: Office, office_factory: OfficeFactory
) -> None:
    stocked(cli)
    path = made(office).path
    kept = manifests.read(path)
    with writers(office.path):
        for number in range(ROUNDS):
            with proved(path, office.plugins, office.machine, live=office.path) as (
                plain,
                manifest,
                _,
            ):
                safety = replace_live(
                    office,
                    Source(path, plain, manifest),
                    office.machine.table("backup", BackupSettings),
                )
            in_order(safety)
            # Nothing was saved between the backup of what was there and its being replaced.
            [(restore, said)] = office.rows(
                "SELECT id, arguments FROM core_action WHERE verb = 'core.restore'"
            )
            replaced = json.loads(said)["replaced"]
            assert replaced == manifests.read(safety).anchor
            assert (restore, json.loads(said)["after"]["action"]) == (
                replaced["action"] + 1,
                kept.anchor["action"],
            )
            before = time.monotonic()
            while office.value("SELECT max(id) FROM core_action") < restore + 20:
                assert time.monotonic() < before + PATIENCE, "nobody writes any more"
                time.sleep(0.01)
            snapshot = made(office, keep_all=True)
            assert snapshot.manifest.problems == []
            in_order(snapshot.path)
            after = office.value(
                "SELECT min(id) FROM core_action WHERE id > ?", kept.anchor["action"]
            )
            assert after == restore, number
    again = office_factory()
    assert verify_history(again) == []
    in_order(again.path)
