"""Cases that could take all memory or all time, run in a process that has little of either: `python -m tests.fuzz.fuzz_child GROUP CPU SEED OF`.

Each case prints a line of JSON: its name, what was said, the seconds it took and the memory of the process at its highest, in MiB.
"""

from __future__ import annotations

import io
import itertools
import json
import random
import resource
import sqlite3
import struct
import sys
import tempfile
import time
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from officeops.exchange.columns.matching import match_columns
from officeops.exchange.formats.reading import open_table
from officeops.exchange.formats.table import pieces
from officeops.model.declarations import Query
from officeops.model.errors import OfficeError
from officeops.model.fields import field
from officeops.model.identity import fold
from officeops.model.records import Record
from officeops.query.comparisons import Questions
from officeops.query.filter import Filter
from officeops.query.select import Select
from officeops.query.words import Words
from officeops.values.conventions import Conventions
from officeops.values.convert import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    Case = tuple[str, Callable[[], object]]

MEMORY = 1 << 30
#: Characters of a run: enough that what is quadratic takes minutes.
LONG = 1 << 17


class Thing(Record, key="fuzz.thing"):
    """One field of each kind."""

    name: str = field(search=True)
    text: str | None = field(kind="long_text", default=None)
    number: int | None = field(default=None)
    quantity: int | None = field(kind="quantity", default=None)
    money: int | None = field(kind="money", default=None)
    price: int | None = field(kind="price", default=None)
    day: date | None = field(default=None)
    moment: datetime | None = field(kind="instant", default=None)
    took: int | None = field(kind="duration", default=None)
    yes: bool = field(default=False)


# -- what a cell or a word on the command line may be ----------------------------------------------------------


def values() -> Iterator[Case]:
    """Every reader against runs of everything a pattern repeats."""
    runs = (
        "1",
        " ",
        "-",
        "'",
        "\u00a0",
        "1,",
        "1.",
        "1 ",
        "(",
        ")",
        "1d",
        "1h ",
        "$",
        "USD ",
        "\t",
        "\n",
        "٣",
        "a",
        "é",
        "\u200d",
        "9" * 4400,
    )
    ends = ("", "x", " 1")
    starts = ("", "1", "$", "1d", "1/1/2026 ")
    for each in Thing.meta.fields:
        read = reader(each, Conventions())
        for run in runs:
            texts = [start + run * (LONG // len(run)) + end for start in starts for end in ends]
            yield f"{each.kind} {run[:9]!a}", partial(_each, read, texts)


def _each(read: Callable[[str], object], texts: list[str]) -> str:
    slowest, said = 0.0, ""
    for text in texts:
        start = time.process_time()
        try:
            read(text)
        except ValueError as why:
            said = max(said, str(why), key=len)
        slowest = max(slowest, time.process_time() - start)
    assert slowest < 2, slowest
    return said or "read"


def filters() -> Iterator[Case]:
    """The filter language against runs of what it parts words by, as long as a command line may be."""
    db = sqlite3.connect(":memory:")
    columns = ", ".join(f.name for f in Thing.meta.fields)
    db.create_function("officeops_fold", 1, fold, deterministic=True)
    db.execute("CREATE TABLE fuzz_thing_same (identity, folded, id)")
    db.execute(f"CREATE TABLE fuzz_thing (id INTEGER PRIMARY KEY, version, archived_at, {columns})")
    db.execute(
        "CREATE VIRTUAL TABLE fuzz_thing_search USING fts5(name, content='fuzz_thing', content_rowid='id', tokenize='trigram')"
    )
    size = 128 << 10
    runs = (
        '"', "'", "-", " ", "=", "a", "a=", "a-", '""', '"a"', 'a"', '"a" ', "-a ", "abc ", "name=a ", "name=a,", ",", "%", "_", "\\", "*", "(", "name~a ",
        "number=1,2,3,4,5,6,7,8,9 ", "-name=b ", "not ", "NEAR(", "a OR ", "\u200d", "é", "number<", "<", "<=", "!", "name!=",
    )  # fmt: skip
    for run in runs:
        for start in ("", '"', "name=", 'name="', "-", "number="):
            yield f"{start} {run}", partial(_ask, db, start + run * (size // len(run)))
    yield "all values", lambda: _ask(db, " ".join(["number=" + ",".join(["1"] * 499)] * 400))
    yield "all words", lambda: _ask(db, " ".join(["abcd"] * 499))
    yield "all short words", lambda: _ask(db, " ".join(["ab"] * 499))
    yield "all turned words", lambda: _ask(db, " ".join(["-abcd"] * 499))
    yield "order", lambda: _ask(db, "", sort=",".join(["name"] * 30_000))


def things(ways: Conventions) -> Select:
    """Make the lists of things, with filters that have no office to ask."""
    records = {"fuzz.thing": Thing}
    words = Words(Thing.meta, records, unseen=frozenset(), own=False, beyond=lambda _: "asked")

    def read_filter(select: Select) -> Filter:
        return Filter(Thing.meta, ways, words, Questions(), select.expression, frozenset())

    return Select(Thing.meta, records, read_filter=read_filter)


def _ask(db: sqlite3.Connection, where: str, sort: str = "") -> str:
    sql, bound = things(Conventions()).sql(Query(where, sort), Thing.meta.fields)
    return f"{len(db.execute(sql, bound).fetchall())} rows"


# -- files -----------------------------------------------------------------------------------------------------


def texts() -> Iterator[Case]:
    """CSV and JSON that are all columns, one cell, one nest, or none of it."""
    wide = 1 << 20
    yield "a million columns", lambda: _read(b"a," * wide + b"\n" + b"1," * wide, "t.csv")
    yield (
        "sixteen thousand columns and rows of as many",
        lambda: _read((b"a," * 16_000 + b"\n") * 60, "t.csv"),
    )
    yield (
        "sixteen thousand columns matched",
        lambda: match_columns([f"aB{n}" for n in range(16_384)], Thing.meta.fields * 3, {}).unused[
            :1
        ],
    )
    yield (
        "rows of a million cells under one column",
        lambda: _read(b"a\n" + (b"," * wide + b"1\n") * 2, "t.csv"),
    )
    yield "one cell", lambda: _read(b"a,b\n" + b"x" * (20 << 20), "t.csv")
    yield "one quoted cell", lambda: _read(b'a,b\n"' + b"x\n" * (8 << 20), "t.csv")
    yield "quotes", lambda: _read(b"a,b\n" + b'"' * (4 << 20), "t.csv")
    yield "quotes and commas", lambda: _read(b"a,b\n" + b'"",' * (1 << 20) + b"\n", "t.csv")
    yield "line ends", lambda: _read(b"\n" * (1 << 19), "t.csv")
    yield "spaces", lambda: _read(b"a,b\n" + b" " * (4 << 20), "t.csv")
    yield "long rows", lambda: _read(b"a,b\n" + (b"x" * 1_000_000 + b",1\n") * 40, "t.csv")
    yield (
        "long rows of wide letters",
        lambda: _read(b"a,b\n" + ("\U0001f600" * 250_000 + ",1\n").encode() * 20, "t.csv"),
    )
    yield "zero bytes", lambda: _read(bytes(20 << 20), "t.csv")
    yield "UTF-16 zero bytes", lambda: _read("a,b\n".encode("utf-16") + bytes(30 << 20), "t.csv")
    yield "old letters", lambda: _read(b"a,b\n" + b"\xe9\x92," * (1 << 20), "t.csv")
    yield "a nest of arrays", lambda: _read(b"[" * (4 << 20), "t.json")
    yield "a nest of objects", lambda: _read(b'{"a":' * (1 << 20), "t.json")
    yield "a long number", lambda: _read(b'[{"a":' + b"9" * (20 << 20) + b"}]", "t.json")
    yield "a number of 4,300 digits", lambda: _read(b'[{"a":' + b"9" * 4300 + b"}]", "t.json")
    yield "a float without end", lambda: _read(b'[{"a":1e' + b"9" * 400 + b"}]", "t.json")
    yield "a fraction without end", lambda: _read(b'[{"a":0.' + b"9" * (8 << 20) + b"}]", "t.json")
    yield "a long text", lambda: _read(b'[{"a":"' + b"x" * (40 << 20), "t.json")
    yield "escapes", lambda: _read(b'[{"a":"' + b"\\u00e9" * (2 << 20) + b'"}]', "t.json")
    keys = ",".join(f'"k{n}":1' for n in range(1 << 18))
    yield "a quarter of a million keys", lambda: _read(f"[{{{keys}}}]".encode(), "t.json")
    yield (
        "the last of them twice",
        lambda: _read(f'[{{{keys},"k{(1 << 18) - 1}":1}}]'.encode(), "t.json"),
    )
    yield (
        "new keys in each record",
        lambda: _read("\n".join(f'{{"k{n}":1}}' for n in range(1 << 16)).encode(), "t.json"),
    )
    yield "records without end", lambda: _read(b"[" + b"{}," * (1 << 18), "t.json")


def _read(content: bytes, name: str) -> str:
    with open_table(None, stream=io.BytesIO(content), name=name) as table:
        return f"{len(table.columns)} columns, {sum(len(piece) for piece in pieces(table))} rows"


def sparse() -> Iterator[Case]:
    """Files that say they are 4 GB, and take no room on the disk."""
    for name in ("t.csv", "t.json", "t.xlsx", "t.xls"):
        for head in (
            b"a,b\n1,",
            b'[{"a":"',
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"",
        ):
            yield f"{name} {head[:4]!r}", partial(_sparse, name, head)


def _sparse(name: str, head: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with path.open("wb") as file:
            file.write(head)
            file.truncate(4 << 30)
        with open_table(path) as table:
            return f"{sum(1 for _ in table.rows())} rows"


# -- workbooks -------------------------------------------------------------------------------------------------


def workbooks() -> Iterator[Case]:
    """Workbooks that unpack to more than there is, or lay out to more than there is."""
    yield "two cells far apart", lambda: _read(_book(_far_apart), "t.xlsx")
    yield (
        "a zip bomb that says so",
        lambda: _read(_book(_little, {"xl/sharedStrings.xml": 100 << 20}), "t.xlsx"),
    )
    yield (
        "a zip bomb that does not say so",
        lambda: _read(_lying(_book(_little, {"xl/sharedStrings.xml": 256 << 20})), "t.xlsx"),
    )
    yield (
        "spaces that do not say so",
        lambda: _read(_lying(_book(_little, {"xl/worksheets/sheet1.xml": 256 << 20})), "t.xlsx"),
    )
    yield "a listing of many parts", lambda: _read(_many_parts(400_000), "t.xlsx")
    yield (
        "a listing that is longer than the file",
        lambda: _read(_patched(_book(_little), 12, 0x7FFFFFFF), "t.xlsx"),
    )
    yield (
        "a listing that begins nowhere",
        lambda: _read(_patched(_book(_little), 16, 0x7FFFFFFF), "t.xlsx"),
    )
    yield "many shared strings", lambda: _read(_strings(1 << 20), "t.xlsx")
    yield (
        "a row of every column",
        lambda: _read(
            _book(lambda sheet: [sheet.write_string(0, n, "a") for n in range(16_384)]), "t.xlsx"
        ),
    )


def _book(
    fill: Callable[[xlsxwriter.worksheet.Worksheet], object], swollen: dict[str, int] | None = None
) -> bytes:
    """A workbook; some of its parts are filled up to a size with what packs to next to nothing."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        fill(book.add_worksheet())
    if not swollen:
        return plain.getvalue()
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part)
            info = zipfile.ZipInfo(part)
            info.compress_type = zipfile.ZIP_DEFLATED
            with new.open(info, "w") as file:
                if part in swollen:
                    head, tail = text[:-8], text[-8:]
                    file.write(head[: head.rindex(b"<")])
                    for _ in range(swollen[part] >> 20):
                        file.write(b" " * (1 << 20))
                    text = head[head.rindex(b"<") :] + tail
                file.write(text)
    return out.getvalue()


def _little(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write_string(0, 0, "name")
    sheet.write_string(1, 0, "Gauze")


def _far_apart(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write_string(0, 0, "name")
    sheet.write_string(1_048_575, 16_383, "x")


def _strings(count: int) -> bytes:
    text = "".join(f"<si><t>{n}</t></si>" for n in range(count))
    book = io.BytesIO(_book(_little))
    out = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(
                part, f"<sst>{text}</sst>" if part == "xl/sharedStrings.xml" else old.read(part)
            )
    return out.getvalue()


def _lying(content: bytes) -> bytes:
    """The listing says that every part unpacks to 1,000 bytes."""
    made, at = bytearray(content), 0
    while (at := made.find(b"PK\x01\x02", at)) >= 0:
        made[at + 24 : at + 28] = struct.pack("<I", 1000)
        at += 4
    return bytes(made)


def _many_parts(count: int) -> bytes:
    """A listing of parts that are not there."""
    entry = (
        struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0x21, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0
        )
        + b"a"
    )
    listing = entry * count
    return (
        b"PK\x03\x04"
        + listing
        + struct.pack(
            "<4s4H2IH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(listing), 4, 0
        )
    )


def _patched(content: bytes, place: int, value: int) -> bytes:
    end = content.rindex(b"PK\x05\x06")
    return content[: end + place] + struct.pack("<I", value) + content[end + place + 4 :]


# -- the process -----------------------------------------------------------------------------------------------

GROUPS: dict[str, Callable[[], Iterator[Case]]] = {
    each.__name__: each for each in (values, filters, texts, sparse, workbooks)
}


def main(group: str, cpu: str, seed: str, of: str) -> None:
    """Run one in so many of a group's cases, in at most 1 GiB and so many seconds of this process' own time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu), int(cpu)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    first = random.Random(seed).randrange(int(of))  # noqa: S311 - no secret
    for name, case in itertools.islice(GROUPS[group](), first, None, int(of)):
        start = time.process_time()
        try:
            said, good = str(case()), True
        except OfficeError as refused:
            said, good = str(refused), False
        seconds = time.process_time() - start
        told = {
            "case": name,
            "good": good,
            "said": said,
            "seconds": round(seconds, 2),
            "peak": _peak(),
        }
        print(json.dumps(told), flush=True)  # noqa: T201 - what the test reads


def _peak() -> int:
    """The most memory this process had since it began; what getrusage tells begins with the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


if __name__ == "__main__":
    main(*sys.argv[1:5])
