"""A kind of value that a plugin adds works in its list, form, commands, filter, files, JSON and history."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from officeops.tui.forms.field_text import starting_texts
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli, OfficeFactory

ROOT = Path(__file__).parents[2]
#: Methods of a text that make words of it for people.
WORDING: Final = {"replace", "upper"}
ON = {"OFFICEOPS_PLUGINS": "looks", "OFFICEOPS_TODAY": "2026-11-28"}
LOOKS = '''
class Color(Kind):
    """A color as #rrggbb, kept as a number."""

    name = "color"
    annotation = "int"
    sql_type = "INTEGER"
    hint = "a color: #ff8800"
    noun = "a color"
    code = "malformed"
    stored_is_plain = False

    def reader(self, facts, ways, *, order=""):
        def read(cell):
            text = str(cell or "").strip().removeprefix("#")
            if not text:
                return None
            if len(text) != 6:
                raise ValueError(f"{cell!r} is not a color; write #ff8800")
            return int(text, 16)
        return read

    def show(self, value, facts, ways):
        return f"#{value:06x}"

    plain = show

    def fits(self, value):
        return isinstance(value, int) and 0 <= value < 2**24

    def all_fit(self, column, facts):
        return all(value is None or self.fits(value) for value in column)

    def unfit_sql(self, column, facts):
        return f"{column} NOT BETWEEN 0 AND 16777215"

class Wall(Record, key="looks.wall", display="room"):
    room: str = field(unique=True)
    paint: int | None = field(kind=Color(), default=None)

@hookimpl
def records(): return [Wall]
@hookimpl
def migrations():
    return [Migration("0001", """
CREATE TABLE looks_wall (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    room TEXT NOT NULL, paint INTEGER) STRICT;
""")]
'''


@pytest.fixture
def walls(write: Callable[..., Path], cli: Cli) -> Callable[..., str]:
    write("looks", LOOKS)

    def run(*words: str, code: int = 0) -> str:
        ran = cli("wall", *words, env=ON) if words[0] != "undo" else cli(*words, env=ON)
        assert ran.code == code, ran.err
        return ran.out + ran.err

    run("add", "--room", "Hall", "--paint", "#00ff00")
    run("add", "--room", "Bath", "--paint", "#0000ff")
    return run


def test_commands_lists_filters_and_sorting(walls: Callable[..., str]) -> None:
    assert "#00ff00" in walls("list")
    assert "#00ff00" in walls("show", "Hall")
    assert [line.split()[1] for line in walls("list", "--sort", "paint").splitlines()[-2:]] == [
        "Bath",
        "Hall",
    ]
    assert "Bath" not in walls("list", "--where", "paint=#00ff00")
    assert "not a color" in walls("edit", "Hall", "--paint", "green", code=2)
    walls("edit", "Hall", "--paint", "#ffffff")
    assert "#ffffff" in walls("history", "Hall")
    walls("undo")
    assert "#00ff00" in walls("show", "Hall")


def test_files_and_json(walls: Callable[..., str], tmp_path: Path, cli: Cli) -> None:
    file = tmp_path / "walls.csv"
    walls("export", str(file))
    assert "#0000ff" in file.read_text()
    file.write_text(file.read_text().replace("0000ff", "123456"))
    walls("import", str(file), "--update")
    assert {row["paint"] for row in cli("wall", "list", "--json", env=ON).json} == {
        "#00ff00",
        "#123456",
    }


def test_the_form_and_the_walls(
    walls: Callable[..., str], office_factory: OfficeFactory, cli: Cli
) -> None:
    walls("list")
    office = office_factory("looks", file=cli.path)
    wall = office.records["looks.wall"]
    hall = next(office.all(wall))
    texts = starting_texts(office, wall.meta.fields, hall)
    assert texts["paint"] == "#00ff00"
    state = FormState(Form("Wall", wall.meta.fields, lambda *_: "", texts))
    state.texts["paint"] = "#0a0b0c"
    assert (state.read(office) or {})["paint"] == 0x0A0B0C
    with pytest.raises(Exception, match="paint"), office.acting("test.raw"):
        office.store.db.execute("UPDATE looks_wall SET paint = -1")


def kinds_asked_by_name(source: str) -> list[int]:
    """Return the lines that read the name of a kind for anything but words for people."""
    if not re.search(r"\bkind\.name\b", source):
        return []
    tree = ast.parse(source)
    said: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Attribute) and node.attr in WORDING
        ):
            said.update(map(id, ast.walk(node)))
    # A variable of that name may be a kind of anything.
    is_taken = re.search(r"\bkind = \S*\.kind\b", source) is not None
    asked = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return [
        node.lineno
        for node in asked
        if node.attr == "name"
        and id(node) not in said
        and (_name(node.value) if is_taken else getattr(node.value, "attr", "")) == "kind"
    ]


def _name(node: ast.expr) -> object:
    return getattr(node, "attr", getattr(node, "id", ""))


def test_nothing_else_asks_for_a_kind_by_its_name() -> None:
    files = [*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/*/src/**/*.py")]
    asked = {
        str(file.relative_to(ROOT)): kinds_asked_by_name(file.read_text(encoding="utf-8"))
        for file in files
        if file.parent.name != "kinds"
    }
    assert {file: lines for file, lines in asked.items() if lines} == {}


def test_a_kind_asked_for_by_its_name_is_seen() -> None:
    for asked in (
        'field.kind.name == "text"',
        "kind = own[name].kind.name",
        "kind = field.kind; kind.name in STAMPED",
        "STAMPED[field.kind.name]",
    ):
        assert kinds_asked_by_name(asked) == [1], asked
    for words in ('f"of {field.kind.name}"', 'field.kind.name.replace("_", " ")', "kind.name == 1"):
        assert kinds_asked_by_name(words) == [], words
