"""The WAL-reset schedule (sqlite.org/wal.html#the_wal_reset_bug): two writers, two checkpointers, one of which is stopped now and then.

With the gate nothing may happen. Without it SQLite 3.7.0 to 3.51.2 corrupts the file sooner or later; that shows that the schedule bites.
`python -m tests.reliability.walreset ROLE FILE SECONDS GATED`
"""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.reliability.processes import start, told

from officeops.model.immutable import Value
from officeops.store.gate import Gate
from officeops.store.store import Store

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path


class Reset(Value):
    """One round: commits made, checkpoints, stops of a checkpointer, and what is wrong with the file."""

    commits: int
    checkpoints: int
    stops: int
    wrong: list[str]


def round_of(file: Path, seconds: float, seed: int, *, gated: bool) -> Reset:
    """Run the schedule once on a new file."""
    store = Store(str(file), create=True)
    with store.exclusive("making a table") as db:
        db.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, who INTEGER, body BLOB) STRICT")
        db.execute("CREATE INDEX kept_who ON kept (who, id)")
    store.close()
    words = [sys.executable, "-m", "tests.reliability.walreset"]
    crew = [
        start([*words, role, str(file), str(seconds), str(int(gated))])
        for role in ("write", "write", "checkpoint", "checkpoint")
    ]
    stops = _stop_now_and_then(crew[2:], seconds, random.Random(seed))
    done = [told(each) for each in crew]
    return Reset(
        done[0]["done"] + done[1]["done"],
        done[2]["done"] + done[3]["done"],
        stops,
        _wrong(file, done[:2]),
    )


def _stop_now_and_then(
    victims: list[subprocess.Popen[str]], seconds: float, draw: random.Random
) -> int:
    stops, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        victim = draw.choice(victims)
        victim.send_signal(signal.SIGSTOP)
        time.sleep(0.004)
        victim.send_signal(signal.SIGCONT)
        time.sleep(draw.uniform(0.0005, 0.006))
        stops += 1
    return stops


def _wrong(file: Path, writers: list[dict[str, int]]) -> list[str]:
    db = sqlite3.connect(file)
    try:
        found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
        found += [error for each in writers for error in [str(each.get("error") or "")] if error]
        rows = db.execute("SELECT count(*) FROM kept").fetchone()[0]
        return found + ([f"{rows} rows"] if rows != sum(each["done"] for each in writers) else [])
    except sqlite3.DatabaseError as error:
        return [str(error)]
    finally:
        db.close()


def _play(role: str, file: str, seconds: float, *, gated: bool) -> dict[str, object]:
    if not gated:
        Gate.enter = lambda *_: None  # type: ignore[method-assign]
        Gate.leave = lambda _: None  # type: ignore[method-assign, assignment]
    store, done, end = Store(file), 0, time.monotonic() + seconds
    # Nobody pulls a plug here: without syncs the schedule turns ten times as often.
    store.db.unlooked("PRAGMA synchronous = OFF")
    try:
        while time.monotonic() < end:
            if role == "write":
                with store.exclusive("writing") as db:
                    db.execute(
                        "INSERT INTO kept (who, body) VALUES (?, randomblob(300))", (done % 97,)
                    )
                    db.execute(
                        "UPDATE kept SET body = randomblob(300) WHERE id = 1 + abs(random() % ?)",
                        (done + 1,),
                    )
            else:
                # The office's own checkpoint() empties the log; the passive kind is the one that the bug needs.
                with suppress(sqlite3.OperationalError), store.gate.held("checkpoint"):
                    store.db.unlooked("PRAGMA wal_checkpoint").fetchone()
            done += 1
    except sqlite3.DatabaseError as error:
        return {"done": done, "error": str(error)}
    finally:
        store.db.close()
    return {"done": done}


if __name__ == "__main__":
    print(json.dumps(_play(sys.argv[1], sys.argv[2], float(sys.argv[3]), gated=sys.argv[4] == "1")))
