"""Whole commands: start-up, list and add."""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
import sys
import time
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
        limit=1.35,
        aim=1.15,
    )
    yield _distributions(db, env, folder)
    yield _plugins(env, folder)
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


def _plugins(env: dict[str, str], folder: Path) -> Figure:
    """Compare a list with its two plugins to one with twenty more, each of five kinds of record."""
    plugins = folder / "config" / "officeops" / "plugins"
    plugins.mkdir(parents=True)
    names = [f"extra{number}" for number in range(20)]
    an_hour_ago = time.time() - 3600
    for name in names:
        file = plugins / f"{name}.py"
        file.write_text(_plugin(name))
        os.utime(file, (an_hour_ago, an_hour_ago))
    few = {**env, "OFFICEOPS_PLUGINS": "inventory,vendors"}
    many = {**env, "OFFICEOPS_PLUGINS": ",".join(["inventory", "vendors", *names])}
    commands: list[tuple[list[str], dict[str, str]]] = []
    for which, chosen in (("many", many), ("few", few)):
        command = [OFFICEOPS, "--db", str(folder / f"{which}.db")]
        for words in (["init", "--name", "Benchmark"], ["item", "list"]):
            subprocess.run([*command, *words], env=chosen, check=True, capture_output=True)
        commands.append(([*command, "item", "list"], chosen))
    ours, floor = commands
    return figure(
        "`item list` with twenty more plugins of five records each",
        "the same without them",
        lambda: cpu(*ours),
        lambda: cpu(*floor),
        limit=1.1,
        aim=1.05,
        rounds=25,
    )


def _plugin(name: str) -> str:
    """Return the text of a plugin with five kinds of record."""
    kinds, tables = [], []
    for number in range(5):
        key = f"{name}.thing{number}"
        kinds.append(
            f'class Thing{number}(Record, key="{key}", noun="{name}-thing{number}", '
            f'plural="Things {name} {number}"):\n'
            "    name: str = field(search=True)\n    amount: int = field(default=1, minimum=0)\n"
            '    day: date | None = None\n    state: str = choice("a", "b", default="a")\n'
        )
        tables.append(
            f"CREATE TABLE {key.replace('.', '_')} (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, name TEXT NOT NULL, "
            "amount INTEGER NOT NULL DEFAULT 1, day TEXT, state TEXT NOT NULL DEFAULT 'a') STRICT;"
        )
    classes = ", ".join(f"Thing{number}" for number in range(5))
    return "\n".join(
        [
            "from __future__ import annotations",
            "from datetime import date",
            "from officeops import Migration, Plugin, Record, choice, field, hookimpl",
            f'PLUGIN = Plugin("{name}", "A plugin of a benchmark", api=2)',
            *kinds,
            f"@hookimpl\ndef records():\n    return [{classes}]",
            f"@hookimpl\ndef migrations():\n    return [Migration('0001', {' '.join(tables)!r})]",
            "@hookimpl\ndef due(office, until):\n    return []",
        ]
    )


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
