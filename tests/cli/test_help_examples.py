"""Every command's help ends with an example that a manager would type, and that the command takes."""

from __future__ import annotations

import os
import random
import shlex
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from tests import made_once
from tests.access.matrix_commands import commands
from tests.cli.command_help import SETTINGS, help_of
from tests.effort import SEED, TIMES
from tests.made_once import copied

from officeops.cli import run as run_line
from officeops.cli.context import Run
from officeops.cli.root import root
from officeops.cli.ssh_allow_list import names_a_path
from officeops.testing import Cli, Ran, _streams, _text
from officeops.values.field_example import why_not_taken

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The nouns' groups do nothing alone, and their help has an example too.
GROUPS = ("item", "order", "location", "access", "seal", "vendor-terms")
PATHS = sorted({*commands(), *GROUPS})
#: What a file may end with, by the command it is for; all others read and write tables.
ENDINGS = {
    "backup arrive": (".tar",),
    "backup move": (".tar",),
    "backup restore": (".db",),
    "salvage": (".db",),
    "demo": (".db",),
    "history verify": (".txt",),
}
TABLES = (".csv", ".xlsx", ".json")
#: What is not run: it waits for sshd or the shell, or looks at the machine alone.
NOT_RUN = {"access authorized-keys", "access gate", "access install"}
#: How many examples a run tries, of each kind of command.
TRIED = 14


def example_of(path: str) -> list[str]:
    """Return the words of a command's example."""
    lines = [line.strip() for line in help_of(path).splitlines()]
    assert "Example:" in lines, path
    # A long line goes on below.
    return shlex.split(" ".join(lines[lines.index("Example:") + 1 :]))


def parsed(words: list[str]) -> tuple[click.Command, dict[str, Any], str]:
    """Return the command of a line, the values it gives as they were typed, and its path."""
    ctx = click.Context(root, info_name="officeops", obj=Run(), **SETTINGS)
    rest, path = words[1:], []
    while isinstance(ctx.command, click.Group) and rest and not rest[0].startswith("-"):
        name, command, rest = ctx.command.resolve_command(ctx, rest)
        assert command is not None
        path.append(str(name))
        if not isinstance(command, click.Group):
            with command.make_context(command.name, list(rest), parent=ctx) as made:
                return command, made.params, " ".join(path)
        ctx = click.Context(command, parent=ctx, info_name=command.name)
    with ctx.command.make_context(ctx.command.name, list(rest), parent=ctx.parent) as made:
        return ctx.command, made.params, " ".join(path)


@pytest.mark.parametrize("path", PATHS)
def test_the_example_is_a_line_that_the_command_takes(path: str) -> None:
    words = example_of(path)
    assert words[: 1 + len(path.split())] == ["officeops", *path.split()]
    command, values, below = parsed(words)
    for param in command.params:
        value = values.get(param.name or "")
        texts = value if isinstance(value, (list, tuple)) else [value]
        for text in texts:
            if not isinstance(text, str) or not text:
                continue
            field = getattr(param, "field", None)
            if field is not None and not field.target:
                assert not why_not_taken(field, text), f"{path}: {text}"
            placeholder = (param.name or "").replace("_", " ")
            assert text not in {placeholder.capitalize(), param.metavar, placeholder}
            is_path = names_a_path(param) and "/" not in text and text != "latest"
            if is_path:
                assert text.endswith(ENDINGS.get(below, TABLES)), f"{path}: {text}"


def test_no_edit_is_without_a_change() -> None:
    edits = [path for path in PATHS if path.endswith(" edit")]
    assert len(edits) > 8
    assert not [path for path in edits if not any(w.startswith("--") for w in example_of(path))]


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the demo practice, and what its examples read and write."""
    folder = tmp_path_factory.mktemp("practice")
    copied(made_once.practice(tmp_path_factory), folder / "demo.db")
    yield folder
    shutil.rmtree(folder)


def _run(practice: Path, folder: Path, words: list[str]) -> Ran:
    """Run a line on a copy of the practice, in a folder of its own."""
    _copy(practice, folder)
    return _run_there(folder, words)


def _copy(practice: Path, folder: Path) -> None:
    for file in practice.glob("demo.db*"):
        shutil.copy(file, folder / file.name.replace("demo", "office"))


def _run_there(folder: Path, words: list[str]) -> Ran:
    before = os.getcwd()
    os.chdir(folder)
    try:
        with _streams(b"") as (out, err):
            code = run_line(words, Run(str(folder / "office.db")))
    finally:
        os.chdir(before)
    return Ran(code, _text(out), _text(err))


def _sample() -> list[str]:
    chance = random.Random(SEED or "examples")  # noqa: S311 - no secret
    paths = [path for path in PATHS if path not in NOT_RUN]
    return sorted(chance.sample(paths, min(TRIED * TIMES, len(paths))))


def test_examples_run_on_an_office(practice: Path, tmp_path: Path, cli: Cli) -> None:
    del cli  # for a home of its own
    for path in _sample():
        folder = tmp_path / path.replace(" ", "-")
        folder.mkdir()
        words = [word.replace("/srv", str(folder)) for word in example_of(path)]
        ran = _run(practice, folder, words[1:])
        assert ran.code in {0, 1, 3}, f"{path}: {ran.code} {ran.err}"
        assert "fault in officeops" not in ran.err, f"{path}: {ran.err}"
        shutil.rmtree(folder)


def test_examples_change_nothing_in_a_session_that_only_reads(
    practice: Path, tmp_path: Path, cli: Cli
) -> None:
    del cli  # for a home of its own
    _copy(practice, tmp_path)
    before = _content(tmp_path)
    for path in _sample():
        words = [word.replace("/srv", str(tmp_path)) for word in example_of(path)]
        ran = _run_there(tmp_path, ["--read-only", *words[1:]])
        assert ran.code in {0, 1, 3}, f"{path}: {ran.code} {ran.err}"
        assert "fault in officeops" not in ran.err, f"{path}: {ran.err}"
        assert _content(tmp_path) == before, path


def _content(folder: Path) -> tuple[object, ...]:
    """Return how far an office's history has come, and its settings files."""
    with closing(sqlite3.connect(folder / "office.db")) as db:
        rows = db.execute("SELECT count(*), max(id) FROM core_action").fetchall()
    home = Path(os.environ["XDG_CONFIG_HOME"]) if "XDG_CONFIG_HOME" in os.environ else folder
    return rows, sorted((file.name, file.stat().st_mtime_ns) for file in home.rglob("*.toml"))
