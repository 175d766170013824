"""Hostile lines for the soak: command lines at the gate, and names and cells in files.

Each line ends in a sentence or is taken as plain text, and nothing that is printed drives a terminal.
"""

from __future__ import annotations

import csv
import io
import os
import random
import re
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest import mock

from tests.reliability.soak_recovery import Row
from tests.ssh.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.testing import Cli


#: Rows of a file: each has a hostile name and a hostile note.
ROWS: Final = 4000
#: The share of files that are no text at all.
_SPOILT: Final = 0.1
#: What text from outside may hold that a terminal, a page or a spreadsheet acts on.
PIECES: Final = (
    *(
        "\x1b[2J",
        "\x1b]52;c;QUJD\x07",
        "\x1b]0;title\x07",
        "\x9b31m",
        "\x90q\x9c",
        "\x1b(0",
        "\x0e",
    ),
    *(
        "\u202e",
        "\u2066",
        "\u2069",
        "\u200f",
        "\u061c",
        "\u200b",
        "\ufeff",
        "\u2028",
        "\u2029",
        "\x85",
    ),
    *(
        "\0",
        "\r",
        "\b",
        "\x7f",
        "\ud800",
        "\U000e0041",
        "\ufe0f",
        "\u3164",
        "\u2800",
        "a\u0301" * 60,
    ),
    *("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "[bold]x[/bold]", "[link=file:///]x[/]", "%s%n"),
    *(
        "x" * 5000,
        "\n\n",
        "\t",
        '"',
        "'",
        ",",
        ";",
        "<script>",
        "'; DROP TABLE core_user; --",
        "\\",
        "`id`",
    ),
)
#: Controls, C0 and C1, and the signs that turn or hide text: none of them is printed as it is.
DRIVES: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
FAULTS: Final = ("Traceback", "fault in officeops")
#: The commands that print what a file brought in.
PRINTS: Final = ("vendor list", "vendor list --json", "vendor export -", "search x", "history")


def hostile(seconds: float, number: int) -> Iterator[Row]:
    """Send hostile files and command lines for as long as there is time, half of it each."""
    with _folder() as folder:
        count, bad = _files(folder, seconds / 2, number)
    found = f"{count:,} / {len(bad)} {bad[:2] or ''}".rstrip()
    yield Row("names and cells in files / printed as they are, or a fault", found, "0", not bad)
    with _folder() as folder:
        count, bad = _lines(folder, seconds / 2, number)
    found = f"{count:,} / {len(bad)} {bad[:2] or ''}".rstrip()
    yield Row("command lines at the gate / without a sentence, or a fault", found, "0", not bad)


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that is a home of its own, and give this process its environment back after it."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        places = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
        with mock.patch.dict(os.environ, dict.fromkeys(places, name)):
            yield Path(name)


def texts(draw: random.Random) -> str:
    """Return a text of some pieces, with letters between them."""
    parts = draw.choices(PIECES, k=draw.choice((1, 1, 2, 3)))
    return draw.choice(("", "Acme ")) + f"{draw.randrange(10**6)}".join(parts)


def file_of(draw: random.Random) -> bytes:
    """Return a file of vendors of which every cell is hostile."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["code", "name", "note"])
    for row in range(ROWS):
        writer.writerow([f"V{row}", f"{row} {texts(draw)}", texts(draw)])
    text = out.getvalue()
    # A whole file is refused for one of these, so most files have none.
    if draw.random() < _SPOILT:
        return text.encode(errors="surrogatepass")
    return text.replace("\0", "").encode(errors="ignore")


def _files(folder: Path, seconds: float, number: int) -> tuple[int, list[str]]:
    draw, count, bad = random.Random(number), 0, list[str]()
    ends = time.monotonic() + seconds
    while not count or time.monotonic() < ends:
        cli = _office(folder / f"{count}.db")
        printed = cli("vendor", "import", "-", "--skip-bad", typed=file_of(draw), login="own")
        # Its output are the rows of the file that were refused, as they came, for another file.
        answers = [("vendor import", printed._replace(out=""))]
        answers += [(line, cli(*line.split(), login="own")) for line in PRINTS]
        for line, ran in answers:
            text = f"{ran.out}{ran.err}"
            signs = [sign for sign in FAULTS if sign in text]
            signs += DRIVES.findall(text)[:1]
            bad += [f"seed {number}, row {count}: {line} {signs!r}"] if signs else []
        # The name and the note of each row; its code is a plain one.
        count += 2 * ROWS
    return count, bad


def _office(path: Path) -> Cli:
    from officeops.testing import Cli

    cli = Cli(path)
    cli("init", "--name", "Hostile")
    cli("access", "add", "own", "--role", "owner")
    return cli


def _lines(folder: Path, seconds: float, number: int) -> tuple[int, list[str]]:
    from tests.ssh.test_fuzz_gate import FRESH, KEY, Caller, known

    cli = _office(folder / "office.db")
    for added in ("vendor add --code V1 --name V", "item add --sku G-1 --name Gloves"):
        cli(*added.split())
    cli("access", "add", "ann", "--role", "owner", "--key", "-", typed=KEY)
    caller = Caller(cli.path)
    drawn = Lines(number, known(cli.path), str(folder / "escaped"))
    count, bad = 0, list[str]()
    ends = time.monotonic() + seconds
    while not count or time.monotonic() < ends:
        if count % FRESH == 0:
            caller.begin_again()
        line = drawn.next()
        code, out, err = caller(line, b"sku,name\nF-1,x\n" if count % 3 else b"\xff\0")
        text = f"{out}{err}"
        signs = [sign for sign in FAULTS if sign in text] + DRIVES.findall(text)[:1]
        if signs or code not in range(6):
            bad.append(f"seed {number}, line {count}: {line[:80]!r} ended {code} {signs!r}")
        count += 1
    return count, bad


#: Each part by its name, for the command of the soak.
HOSTILE: Final[dict[str, Callable[[float, int], Iterator[Row]]]] = {"hostile": hostile}
