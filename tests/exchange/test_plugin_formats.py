"""A plugin's file format answers for its own faults, whatever it reads or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.testing import write_plugin

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

#: Its files are Python: the rows that it yields, and `write` gets each row that it fails at.
PLUGIN = """
from officeops import Format, Plugin, hookimpl
from officeops.exchange import Unreadable

PLUGIN = Plugin("odd", "Odd files", api=2)


@hookimpl
def formats():
    places = ("core.location",)
    return [
        Format("odd", (".odd",), places, ("name",), "odd:read", "odd:write"),
        Format("signs", (".signs",), places, ("name",), write="odd:write"),
    ]


def read(stream, name, note):
    text = stream.read().decode()
    if text == "smudge":
        raise Unreadable("A word is smudged.", 3)
    yield from eval(text, {"note": note})


def write(out, rows):
    for row in rows:
        out.write(row["name"].encode())
        if row["name"] == "Crash":
            raise KeyError("Crash")
    out.close()
"""


@pytest.fixture
def odd(cli: Cli, officeops_home: Path) -> Cli:
    write_plugin(officeops_home, "odd", PLUGIN)
    assert cli("plugins", "enable", "odd").code == 0
    return cli


@pytest.mark.parametrize(
    "rows",
    [
        "[1 / 0]",
        "['abc']",
        "[(1, ['Shed'])]",
        "[(None, {'name': 'Shed'})]",
        "[(1, {'name': b'Shed'})]",
        "[(1, {'name': [object()]})]",
        "[(1, {'name': 'Shed'}), note(5)]",
    ],
)
def test_a_fault_of_reading_names_the_plugin(odd: Cli, rows: str) -> None:
    ran = odd("location", "import", "-", "--format", "odd", typed=rows)
    assert (ran.code, "The plugin odd failed in the format odd" in ran.err) == (1, True)
    assert "Shed" not in odd("location", "list").out


def test_good_rows_come_in(odd: Cli) -> None:
    rows = "[(1, {'name': 'Shed'}), (2, {'name': 'Loft'})]"
    assert odd("location", "import", "-", "--format", "odd", typed=rows).code == 0
    assert "Loft" in odd("location", "list").out


def test_a_fault_of_writing_names_the_plugin_and_leaves_the_file(odd: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rooms.odd"
    odd("location", "add", "--name", "Annex")
    # It closes what it was given, and the file is whole all the same.
    assert odd("location", "export", str(file)).code == 0
    assert file.read_text() == "Annex"
    odd("location", "add", "--name", "Crash")
    ran = odd("location", "export", str(file))
    assert (ran.code, "The plugin odd failed in the format odd" in ran.err) == (1, True)
    assert file.read_text() == "Annex"


def test_a_refusal_of_the_reader_names_its_file_and_line(odd: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rooms.odd"
    file.write_text("smudge")
    assert "rooms.odd, line 3: A word" in odd("location", "import", str(file)).err


def test_a_format_without_a_reader_is_only_written(odd: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rooms.signs"
    odd("location", "add", "--name", "Annex")
    assert odd("location", "export", str(file)).code == 0
    assert file.read_text() == "Annex"
    ran = odd("location", "import", str(file))
    assert (ran.code, "of the format signs, which officeops writes" in ran.err) == (1, True)
    assert "odd|signs" in odd("location", "export", "--help").out
    assert "signs" not in odd("location", "import", "--help").out
