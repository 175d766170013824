"""Run the benchmarks and print their table: `python -m benchmarks [attachments calendar children commands datasets documents fields forms growth history imports leave ledger lifecycle merging people plans reorder roster scopes screens search tasks temperatures week] [--full]`."""

from __future__ import annotations

import compileall
import gc
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.measure import Figure, table
from officeops.cli import OBJECTS_BETWEEN_COLLECTIONS

PARTS = (
    "attachments",
    "calendar",
    "children",
    "commands",
    "datasets",
    "documents",
    "fields",
    "forms",
    "growth",
    "history",
    "imports",
    "leave",
    "ledger",
    "lifecycle",
    "merging",
    "people",
    "plans",
    "reorder",
    "roster",
    "scopes",
    "screens",
    "search",
    "tasks",
    "temperatures",
    "week",
)


def main() -> None:
    """Measure the parts asked for, all of them unless said."""
    asked = [word for word in sys.argv[1:] if word in PARTS] or PARTS
    for folder in {str(Path(path)) for path in sys.path if path.endswith(("site-packages", "src"))}:
        compileall.compile_dir(folder, quiet=2, workers=0)
    # As a command does, which is what most of the measured code runs in.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    figures: list[Figure] = []
    begun = os.getloadavg()[0]
    for name in asked:
        with tempfile.TemporaryDirectory() as folder:
            for figure in import_module(f"benchmarks.{name}").measure(Path(folder)):
                figures.append(figure)
                print(table([figure]).splitlines()[-1], flush=True)
    print("\n" + table(figures))
    # A ratio of CPU times is little disturbed by others, but by many it is.
    ended = os.getloadavg()[0]
    print(f"Load: {begun:.1f} at the beginning, {ended:.1f} at the end, of {os.cpu_count()} cores.")


main()
