"""The bad rows of an import: where they go, and how to bring them in once they are fixed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from officeops.cli.output import say
from officeops.exchange.imports.outcome import PROBLEM, Outcome, bad_rows
from officeops.model.errors import Refused
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.cli.verbs.import_report import Report

#: Bytes of a file's name that are kept for its file of bad rows: systems allow 255 with the ending.
_LONGEST_STEM: Final = 200
#: The most that is read of a file to see its header.
_LONGEST_HEADER: Final = 1 << 20


def next_step(outcome: Outcome) -> str:
    """Return the sentence on where to fix bad rows: in their own file, or in the original one.

    It is the original where the office tells equal rows apart by their number in it.
    """
    if outcome.whole_file:
        return (
            "fix them in the original file and import all of it: it knows the rows that are "
            "already in the office."
        )
    return "fix them there and import that file."


def print_bad(report: Report, *, as_json: bool) -> None:
    """Print the bad rows on standard output: over SSH there is no other place.

    JSON has them already.
    """
    from officeops.exchange.formats.writing import write_csv

    if not as_json:
        say(f"The bad rows are on standard output; {next_step(report.outcome)}")
        names, rows = bad_rows(report.outcome, report.table.own_columns)
        if sys.stdout.isatty():
            # A file gets its rows back as they are; a terminal would act on their control characters.
            rows = ([safe(str(cell)) for cell in row] for row in rows)
        write_csv(sys.stdout, names, rows)


def bad_path(file: str) -> Path:
    """Return the path for the bad rows of a file: `FILE.bad.csv` beside it.

    It is the current folder where that one cannot be written to. A file of bad rows that is fixed
    and imported again has the same path. Raises Refused where that name is taken by another file.
    """
    path = Path("import.csv") if file == "-" else Path(file)
    bad = path.with_name(f"{_stem(path)}.bad.csv")
    # A file on a shared drive may be read-only, and so its folder.
    if not os.access(bad.parent, os.W_OK):
        bad = Path(bad.name)
    if bad.exists() and not _has_bad_rows(bad):
        raise Refused(
            f"The bad rows would go to {bad}, which is something else. Move it, and import again",
            code="exists",
        )
    return bad


def _stem(path: Path) -> str:
    """Return the name of a file without its endings, cut to a length that leaves room for ours."""
    stem = path.stem.removesuffix(".bad")
    # The system counts bytes, and a cut may split a letter of several.
    cut = stem.encode(errors="surrogateescape")[:_LONGEST_STEM]
    return cut.decode(errors="ignore") or "import"


def _has_bad_rows(path: Path) -> bool:
    """Return whether a file has the header of a file of bad rows."""
    import csv

    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        header = next(csv.reader([file.readline(_LONGEST_HEADER)]), [])
    return bool(header) and header[-1] == PROBLEM


def write_bad(report: Report, path: Path) -> Path:
    """Write the bad rows, readable for their owner alone, in place of those of an earlier import.

    The good rows are saved by now. Raises Refused, which says so, where the file cannot be written.
    """
    from officeops.exchange.formats.writing import write_csv

    spare = path.with_name(f".{path.name[:_LONGEST_STEM]}.{os.getpid()}")
    try:
        with _new_file(spare) as out:
            write_csv(out, *bad_rows(report.outcome, report.table.own_columns))
        spare.replace(path)
    except OSError as error:
        spare.unlink(missing_ok=True)
        raise Refused(
            f"The good rows are imported, but the bad ones cannot be written to {path}: "
            f"{error.strerror}. Import the file again from a folder that you may write to: "
            "the good rows are there already, and the bad ones are written then",
            code="cannot-write",
        ) from error
    return path


def _new_file(path: Path) -> TextIO:
    # Not a plain open(): rows of an office are for its owner, and no link may lead elsewhere.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return open(
        descriptor,
        "w",
        encoding="utf-8",
        errors="replace",
        newline="",
    )
