"""A default that is a function of the office is asked for where nothing is given: in code, commands, forms and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.forms.field_text import starting_texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli, OfficeFactory

ON = {"OFFICEOPS_PLUGINS": "logs", "OFFICEOPS_TODAY": "2026-11-28"}
LOGS = """
from datetime import date

class Note(Record, key="logs.note", display="text"):
    text: str = field(unique=True)
    day: date = field(default=lambda office: office.today)

@action("logs.note.stamp")
def stamp(office: Office, note: Note, day: date = param(default=lambda office: office.today)) -> str:
    "Stamp it."
    return f"Stamped {day}."

@hookimpl
def records(): return [Note]
@hookimpl
def actions(): return [stamp]
@hookimpl
def migrations():
    return [Migration("0001", '''
CREATE TABLE logs_note (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    text TEXT NOT NULL, day TEXT NOT NULL) STRICT;
''')]
"""


def test_it_is_asked_for_on_every_road(
    write: Callable[..., Path], cli: Cli, office_factory: OfficeFactory, tmp_path: Path
) -> None:
    write("logs", LOGS)
    assert cli("note", "add", "--text", "A", env=ON).code == 0
    assert cli("note", "add", "--text", "B", "--day", "2026-01-31", env=ON).code == 0
    file = tmp_path / "notes.csv"
    file.write_text("text\nC\n")
    assert cli("note", "import", str(file), env=ON).code == 0
    file.write_text("text,day\nD,\nE,2026-02-01\n")
    assert cli("note", "import", str(file), env=ON).code == 0
    assert "2026-11-28" in cli("note", "stamp", "A", env=ON).err
    days = {row["text"]: row["day"] for row in cli("note", "list", "--json", env=ON).json}
    today = "2026-11-28"
    assert days == {"A": today, "B": "2026-01-31", "C": today, "D": today, "E": "2026-02-01"}
    office = office_factory("logs", file=cli.path)
    note = office.records["logs.note"]
    now = office.today.isoformat()
    assert starting_texts(office, note.meta.fields)["day"] == now
    with office.acting("test.add"):
        office.add(note(text="F"))
        office.add_many(note, [{"text": "G"}, {"text": "H", "day": "2026-03-01"}])
    kept = dict(office.rows("SELECT text, day FROM logs_note WHERE text > 'E'"))
    assert kept == {"F": now, "G": now, "H": "2026-03-01"}
