"""One process of an attack: `python -m tests.reliability.worker ROLE FILE [options]`. What it measured goes to stdout as JSON."""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.reliability.practice import make, opened

from officeops.model.errors import Conflict, OfficeError
from officeops.office.crud import edit_record
from officeops.office.office import os_login
from officeops.store.store import Store
from officeops_inventory.model import Item
from officeops_inventory.stock.actions import use

if TYPE_CHECKING:
    from officeops.office.office import Office


def main() -> None:
    """Play a role until the time is over."""
    words = argparse.ArgumentParser()
    words.add_argument("role", choices=sorted(ROLES))
    words.add_argument("file", type=Path)
    words.add_argument("--start", type=float, default=0.0, help="When all begin")
    words.add_argument("--seconds", type=float, default=3.0)
    words.add_argument("--saves", type=int, default=10**9, help="End after so many")
    words.add_argument("--pause", type=float, default=0.0, help="Mean seconds between two saves")
    words.add_argument("--seed", type=int, default=0)
    words.add_argument("--items", type=int, default=50)
    words.add_argument("--own", type=int, default=0, help="Write this item alone")
    words.add_argument("--acks", type=Path)
    words.add_argument(
        "--sync", default="FULL", help="PRAGMA synchronous, to show what less than FULL loses"
    )
    words.add_argument(
        "--thread",
        type=lambda word: word == "True",
        default=False,
        help="Write in a thread other than the main one",
    )
    words.add_argument(
        "--strikes", action="store_true", help="The disk fails: errors are expected, and counted"
    )
    given = words.parse_args()
    json.dump(_in_thread(given) if given.thread else ROLES[given.role](given), sys.stdout)


def _in_thread(given: argparse.Namespace) -> dict[str, object]:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ROLES[given.role], given).result()


class Writer:
    """Saves again and again, and keeps what it was told."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.draw = given, random.Random(given.seed)
        self.acks = os.open(given.acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.waits: list[float] = []
        self.conflicts, self.failures = 0, list[str]()

    def run(self) -> dict[str, object]:
        """Save until the time is over."""
        with self._office() as office:
            office.store.db.unlooked(f"PRAGMA synchronous = {self.given.sync}")
            # One save ahead of time: the first of a process also imports what saving needs.
            self._once(office, f"{self.given.seed}-{os.getpid()}-0", 0)
            wait_for(self.given.start)
            self.waits.clear()
            end, number = time.monotonic() + self.given.seconds, 0
            while time.monotonic() < end and number < self.given.saves:
                number += 1
                self._once(office, f"{self.given.seed}-{os.getpid()}-{number}", number)
                if self.given.pause:
                    time.sleep(self.draw.expovariate(1 / self.given.pause))
        return self._told()

    def _office(self) -> Office:
        while True:
            try:
                return opened(self.given.file, f"writer{self.given.seed}")
            except (sqlite3.Error, OfficeError, OSError):
                if not self.given.strikes:
                    raise

    def _once(self, office: Office, request: str, number: int) -> None:
        began = time.monotonic()
        try:
            told = self._save(office, request, number)
        except Conflict:
            self.conflicts += 1
        except (sqlite3.Error, OfficeError, OSError) as error:
            self.failures.append(f"{type(error).__name__}: {error}")
        else:
            self.waits.append(time.monotonic() - began)
            os.write(self.acks, f"{request} {told}\n".encode())

    def _save(self, office: Office, request: str, number: int) -> str:
        item = office.get(Item, self.given.own or self.draw.randint(1, self.given.items))
        if self.draw.random() < 0.5:
            value = self.given.seed * 1_000_000 + number
            edit_record(office, item, {"reorder_point": value}, request)
            return f"edit {item.id} {value}"
        quantity = self.draw.randint(1, 9)
        office.do(use, item, quantity=quantity, request=request)
        return f"use {item.id} {quantity}"

    def _told(self) -> dict[str, object]:
        waits = sorted(self.waits) or [0.0]
        return {
            "done": len(self.waits),
            "conflicts": self.conflicts,
            "failures": self.failures[-20:],
            "failed": len(self.failures),
            "p50": waits[len(waits) // 2],
            "p99": waits[int(len(waits) * 0.99)],
            "worst": waits[-1],
        }


def read(given: argparse.Namespace) -> dict[str, object]:
    """Hold read transactions open for a moment, again and again; what is read in one must not move."""
    torn = reads = 0
    # A connection of its own, as another program's: an office's own begins no transaction outside an action.
    with closing(sqlite3.connect(given.file, isolation_level=None)) as db:
        wait_for(given.start)
        end = time.monotonic() + given.seconds
        while time.monotonic() < end:
            db.execute("BEGIN")
            first = db.execute("SELECT sum(quantity) FROM inventory_move").fetchone()
            time.sleep(0.05)
            second = db.execute("SELECT sum(quantity) FROM inventory_stock").fetchone()
            db.execute("COMMIT")
            reads += 1
            torn += first != second
    return {"done": reads, "torn": torn}


def checkpoint(given: argparse.Namespace) -> dict[str, object]:
    """Move the log into the file again and again, through the gate."""
    store, done = Store(str(given.file)), 0
    wait_for(given.start)
    end = time.monotonic() + given.seconds
    while time.monotonic() < end:
        store.checkpoint()
        done += 1
    store.close()
    return {"done": done}


def hold(given: argparse.Namespace) -> dict[str, object]:
    """Be a long bulk action: hold the gate, say so, and commit at the end."""
    with (
        opened(given.file, "holder") as office,
        office.acting("test.hold", bulk="counting the whole store room"),
    ):
        print("inside", flush=True)
        time.sleep(given.seconds)
    return {"done": 1}


def commit_and_die(given: argparse.Namespace) -> dict[str, object]:
    """Save under a request id and be killed between the commit and the answer."""
    office = opened(given.file, os_login())
    item = office.get(Item, given.own)
    office.runner.changes.tell_plugins = lambda: os.kill(os.getpid(), 9)  # type: ignore[method-assign]
    office.do(use, item, quantity=5, request=f"crash-{given.seed}")
    return {}


def start_office(given: argparse.Namespace) -> dict[str, object]:
    """Start the office."""
    make(given.file)
    return {}


def full(given: argparse.Namespace) -> dict[str, object]:
    """Save on a disk that fills up and is cleared again; return how many saves went through before, meanwhile and after."""
    writer, flag = Writer(given), Path(os.environ["FAULTS_FULL"])
    counts = []
    with opened(given.file, "writer") as office:
        for stage in range(3):
            if stage == 1:
                flag.touch()
            elif stage == 2:
                flag.unlink()
            before = len(writer.waits)
            for number in range(20):
                writer._once(office, f"{given.seed}-{stage}-{number}", stage * 100 + number)
            counts.append(len(writer.waits) - before)
    return {"counts": counts, "failures": writer.failures}


def wait_for(moment: float) -> None:
    """Wait until all begin."""
    with suppress(ValueError):
        time.sleep(max(0.0, moment - time.time()))


ROLES = {
    "write": lambda given: Writer(given).run(),
    "read": read,
    "make": start_office,
    "full": full,
    "checkpoint": checkpoint,
    "hold": hold,
    "commit-and-die": commit_and_die,
}

if __name__ == "__main__":
    main()
