"""Whole commands: start-up, list and add."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, cpu, environment, figure, python

if TYPE_CHECKING:
    from collections.abc import Iterator

FLOORS = Path(__file__).parent / "floors"
OFFICEOPS = str(Path(sys.executable).with_name("officeops"))


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of whole commands."""
    db = folder / "commands.db"
    env = environment(
        XDG_CACHE_HOME=str(folder / "cache"),
        XDG_CONFIG_HOME=str(folder / "config"),
        HOME=str(folder),
    )
    _office(db, env, folder)
    yield figure(
        "`item list` of 200, CPU",
        "click + pluggy + sqlite3, same SQL",
        lambda: cpu([OFFICEOPS, "--db", str(db), "item", "list"], env),
        lambda: cpu([*python(FLOORS / "list_items.py"), str(db)], env),
        limit=1.4,
        aim=1.15,
    )
    yield _distributions(db, env, folder)
    yield _add(db, env, folder)


def _office(db: Path, env: dict[str, str], folder: Path) -> None:
    items = folder / "items.csv"
    lines = [f"S{n:04},Item {n},Category {n % 9},{10 + n % 7},{40 + n % 9}" for n in range(200)]
    items.write_text("sku,name,category,reorder_point,order_up_to\n" + "\n".join(lines) + "\n")
    for words in (["init", "--name", "Benchmark"], ["item", "import", str(items)]):
        subprocess.run(
            [OFFICEOPS, "--db", str(db), *words], env=env, check=True, capture_output=True
        )


def _distributions(db: Path, env: dict[str, str], folder: Path) -> Figure:
    few, many = _fakes(folder / "few", 30), _fakes(folder / "many", 200)
    command = [OFFICEOPS, "--db", str(db), "item", "list"]
    return figure(
        "start with 200 distributions",
        "the same with 30",
        lambda: cpu(
            command, {**env, "PYTHONPATH": str(many), "XDG_CACHE_HOME": str(folder / "many-cache")}
        ),
        lambda: cpu(
            command, {**env, "PYTHONPATH": str(few), "XDG_CACHE_HOME": str(folder / "few-cache")}
        ),
        limit=1.03,
        aim=1.03,
        rounds=25,
    )


def _fakes(folder: Path, count: int) -> Path:
    for n in range(count):
        info = folder / f"fake{n}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: fake{n}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[console_scripts]\nfake{n} = fake:main\n")
    return folder


def _add(db: Path, env: dict[str, str], folder: Path) -> Figure:
    plain = folder / "floor.db"
    made = sqlite3.connect(plain)
    made.executescript(
        "PRAGMA journal_mode = WAL; CREATE TABLE item (id INTEGER PRIMARY KEY, sku TEXT UNIQUE, name TEXT);"
        "CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT, who TEXT, what TEXT, record INTEGER, after TEXT);"
    )
    made.close()
    numbers = itertools.count()
    return figure(
        "one durable audited `item add`, CPU",
        "click + pluggy + sqlite3, insert + audit row",
        lambda: cpu(
            [
                OFFICEOPS,
                "--db",
                str(db),
                "item",
                "add",
                "--sku",
                f"N{next(numbers)}",
                "--name",
                "New",
            ],
            env,
        ),
        lambda: cpu(
            [
                *python(FLOORS / "add_item.py"),
                str(plain),
                "--sku",
                f"N{next(numbers)}",
                "--name",
                "New",
            ],
            env,
        ),
        limit=1.5,
        aim=1.15,
    )
