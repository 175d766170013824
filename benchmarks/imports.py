"""Imports: 100,000 items against sqlite3's own .import and sqlite-utils."""

from __future__ import annotations

import csv
import itertools
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, environment, figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.office.office import Office

OFFICEOPS = str(Path(sys.executable).with_name("officeops"))
SQLITE_UTILS = str(Path(sys.executable).with_name("sqlite-utils"))
COLUMNS = "sku name category base_unit reorder_point order_up_to description safety_stock shelf_life_days discontinued".split()
ROWS = 100_000


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of imports: wall time of whole commands."""
    env = environment(
        XDG_CACHE_HOME=str(folder / "cache"),
        XDG_CONFIG_HOME=str(folder / "config"),
        HOME=str(folder),
    )
    plain, full, twice = (
        write_items(folder / "plain.csv", ROWS),
        write_items(folder / "full.csv", ROWS, terms=True),
        write_items(folder / "twice.csv", ROWS * 2),
    )
    vendors = folder / "vendors.csv"
    vendors.write_text("code,name\n" + "".join(f"V{n},Vendor {n}\n" for n in range(20)))
    numbers = itertools.count()

    def ours(file: Path) -> float:
        db = folder / f"office{next(numbers)}.db"
        _run([OFFICEOPS, "--db", str(db), "init", "--name", "Benchmark"], env)
        _run([OFFICEOPS, "--db", str(db), "vendor", "import", str(vendors)], env)
        taken = _run([OFFICEOPS, "--db", str(db), "item", "import", str(file)], env)
        db.unlink()
        return taken

    def dot_import(file: Path) -> float:
        db = folder / f"floor{next(numbers)}.db"
        taken = _run(["sqlite3", str(db), "-cmd", ".mode csv", f".import {file} item"], env)
        db.unlink()
        return taken

    def sqlite_utils(file: Path) -> float:
        db = folder / f"utils{next(numbers)}.db"
        taken = _run(
            [SQLITE_UTILS, "insert", str(db), "item", str(file), "--csv", "--pk", "sku"], env
        )
        db.unlink()
        return taken

    rounds = 5
    yield figure(
        "import of 100,000 plain items",
        "sqlite3 .import",
        lambda: ours(plain),
        lambda: dot_import(plain),
        limit=10,
        aim=10,
        rounds=rounds,
    )
    yield figure(
        "the same",
        "sqlite-utils insert --csv",
        lambda: ours(plain),
        lambda: sqlite_utils(plain),
        limit=0.5,
        aim=0.5,
        rounds=3,
    )
    yield figure(
        "with vendor, price and on_hand",
        "sqlite3 .import",
        lambda: ours(full),
        lambda: dot_import(full),
        limit=20,
        aim=20,
        rounds=rounds,
    )
    yield figure(
        "peak memory of 200,000 rows",
        "of 100,000 rows",
        lambda: _memory(twice),
        lambda: _memory(plain),
        limit=1.1,
        aim=1.05,
        rounds=1,
    )


def write_items(path: Path, rows: int, *, terms: bool = False) -> Path:
    """Write a file of items; one in twenty is low. `terms` adds vendor, price and stock."""
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS + (["vendor", "price", "on_hand"] if terms else []))
        for n in range(rows):
            row: list[object] = [
                f"SKU{n:07}",
                f"{('Nitrile', 'Vinyl', 'Latex')[n % 3]} {('glove', 'swab', 'gauze')[n % 7 % 3]} {n}",
                f"Category {n % 50}",
                "each",
            ]
            # Stock of what has a shelf life comes with its lots; a list with stock but no lots is of what keeps.
            shelf_life = "" if terms else 365
            row += [
                20 + n % 30,
                100 + n % 50,
                f"A useful thing number {n} for the practice",
                5,
                shelf_life,
                "no",
            ]
            out.writerow(
                [*row, f"V{n % 20}", f"{10 + n % 90}.50", 5 if n % 20 == 0 else 200]
                if terms
                else row
            )
    return path


def _run(command: Sequence[str], env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return time.perf_counter() - start


def _memory(file: Path) -> float:
    """Return the peak memory, in KiB, of the largest child so far after importing a file alone in a fresh process."""
    script = (
        "import resource, sys; from benchmarks import imports; from pathlib import Path; import tempfile\n"
        "with tempfile.TemporaryDirectory() as f: imports.one(Path(f), Path(sys.argv[1]))\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    return float(done.stdout.split()[-1]) / 1000


def one(folder: Path, file: Path) -> None:
    """Import one file into a fresh office."""
    env = environment(XDG_CACHE_HOME=str(folder), XDG_CONFIG_HOME=str(folder), HOME=str(folder))
    for words in (["init", "--name", "B"], ["item", "import", str(file)]):
        _run([OFFICEOPS, "--db", str(folder / "one.db"), *words], env)


def one_office(folder: Path, rows: int) -> Office:
    """Return an open office of so many items with vendor, price and stock, one in twenty low."""
    from officeops.core.office_record import Facts
    from officeops.core.records import Location
    from officeops.exchange.formats.reading import open_table
    from officeops.exchange.imports.import_table import import_table
    from officeops.exchange.imports.outcome import Options
    from officeops.office.office import open_office
    from officeops_inventory.model import Item
    from officeops_vendors.model import Vendor

    folder.mkdir()
    office = open_office(folder / "office.db", create=True, only=("inventory", "vendors"))
    with office.acting("benchmark"):
        office.add(Facts(name="Benchmark"))
        office.add(Location(name="Main"))
        office.add_many(Vendor, [{"code": f"V{n}", "name": f"Vendor {n}"} for n in range(20)])
    with open_table(write_items(folder / "items.csv", rows, terms=True)) as table:
        import_table(office, Item, table, Options())
    return office
