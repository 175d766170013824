"""The text reports of Berlinger's loggers: Fridge-tag 2, 2 E, 2 L, Ultra Low and Q-tag.

All have sections of indented names and values. Those that keep every measurement add a table,
`Data`, whose header says how it writes dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.exchange import Unreadable
from officeops.values import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The line that such a report begins with, whatever the model.
_FIRST: Final = "device"
#: Sections whose lines are rows of a table, with tabs.
_TABLES: Final = frozenset({"data", "marker"})
_DATE: Final = Pattern(
    r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})(?:[T ]+(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?))?"
)
#: The order of year, month and day in the header of a table, where it is not the usual one.
_ORDERS: Final = {"d": ("d", "m", "y"), "m": ("m", "d", "y"), "y": ("y", "m", "d")}


class Entry(Value):
    """A name and its value, with the section that it is in and the names above it."""

    line: int
    section: str
    path: tuple[str, ...]
    name: str
    value: str


class TableLine(Value):
    """A line of a table of the report, as its cells."""

    line: int
    section: str
    cells: tuple[str, ...]


def report_lines(text: str) -> Iterator[Entry | TableLine]:
    """Yield the entries and table lines of a report. Raises Unreadable for another file."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if first.partition(":")[0].strip().casefold() != _FIRST:
        raise Unreadable(
            "This is no report of a Berlinger logger, which begins with Device. "
            "Read a table with --format csv."
        )
    section = ""
    above: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" \t"))
        if indent and section in _TABLES:
            yield TableLine(number, section, tuple(cell.strip() for cell in line[1:].split("\t")))
            continue
        while above and above[-1][0] >= indent:
            above.pop()
        path = tuple(name for _, name in above)
        # A comma in a number has no blank behind it.
        for pair in line.strip().split(", "):
            name, _, value = pair.partition(":")
            name, value = name.strip(), value.strip()
            if not indent:
                section = name.casefold()
            yield Entry(number, section, path, name, value)
        head, _, rest = line.strip().partition(":")
        if not rest.strip():
            above.append((indent, head.strip()))


def written_day(text: str, pattern: str = "") -> str:
    """Return a day and time of a report as `2022-11-08 04:49`, the time as it is written.

    `pattern` is the header of a table, such as `dd.MM.yyyy hh:mm`; without one, dots are for the
    day first. Another text comes back as it is.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return text
    first, mark, second, third, clock = match.groups()
    if len(first) == 4:
        order = _ORDERS["y"]
    elif pattern:
        order = _ORDERS.get(pattern.strip()[:1].casefold(), _ORDERS["d"])
    elif mark == "/":
        # Two people may mean two days by it; the office's own order decides.
        return text
    else:
        order = _ORDERS["d"]
    parts = dict(zip(order, (first, second, third), strict=True))
    year = parts["y"] if len(parts["y"]) == 4 else f"20{parts['y']}"
    day = f"{year}-{int(parts['m']):02}-{int(parts['d']):02}"
    return f"{day} {clock.replace('.', ':')}" if clock else day
