"""Runner: run command lines with real descriptors, quickly, and know what each left in its folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from officeops.model.exit_codes import SIGNAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: Files that come and go with any use, or that a machine keeps for itself.
PASSING = re.compile(
    r"(-wal|-shm|\.gate|\.line|\.officeops-backup\.json)$|^(cache|sessions)/|^(out|err|in)$|__pycache__"
)


class Left(NamedTuple):
    """What is in a folder: the actions of its office, how many rows each table has, its other files, its settings."""

    actions: tuple[tuple[str, int, str], ...]
    rows: tuple[tuple[str, int], ...]
    files: tuple[str, ...]
    settings: str

    def since(self, before: Left) -> Change:
        """Return what came since."""
        there = set(before.actions)
        fresh = [
            (number, verb)
            for file, number, verb in self.actions
            if (file, number, verb) not in there
        ]
        grown = {table: count - dict(before.rows).get(table, 0) for table, count in self.rows}
        files = sorted(set(map(_unnumbered, self.files)) - set(map(_unnumbered, before.files)))
        return Change(
            tuple(number for number, _ in fresh),
            tuple(verb for _, verb in fresh),
            tuple((table, count) for table, count in grown.items() if count),
            tuple(files),
            self.settings != before.settings,
        )


class Change(NamedTuple):
    """What a command wrote. Two runs of one command wrote the same where all but the numbers is equal."""

    numbers: tuple[int, ...]
    verbs: tuple[str, ...]
    rows: tuple[tuple[str, int], ...]
    files: tuple[str, ...]
    settings: bool

    @property
    def kind(self) -> tuple[object, ...]:
        """What it is, whatever the numbers."""
        return self[1:]

    def __bool__(self) -> bool:
        return any(self)


class Ran(NamedTuple):
    """How a command ended: its code as a shell has it, what it printed, and what it wrote."""

    code: int
    out: str
    err: str
    change: Change


class Runner:
    """A server of runs, and the folder with the office that is copied for each of them."""

    def __init__(self, base: Path, env: Mapping[str, str]) -> None:
        self.base, self.env, self.copies = base, dict(env), 0
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.said.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **env},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self._server.stdin, self._server.stdout):
            if pipe:
                pipe.close()
        self._server.wait()

    def copy(self, of: Path | None = None) -> Path:
        """Copy the office with all that is beside it."""
        self.copies += 1
        folder = self.base.parent / f"{self.base.name}-{self.copies}"
        shutil.copytree(of or self.base, folder)
        return folder

    def run(
        self,
        folder: Path,
        words: Sequence[str],
        typed: str = "",
        streams: Mapping[str, str | None] | None = None,
        **more: Any,  # noqa: ANN401 - what the server takes besides
    ) -> Ran:
        """Run `officeops WORDS` in a folder; `streams` says which are closed (None), full, or left by their reader."""
        before = left_in(folder)
        (folder / "in").write_text(typed)
        for name in ("out", "err"):
            (folder / name).unlink(missing_ok=True)
        places = {
            "stdin": str(folder / "in"),
            "stdout": str(folder / "out"),
            "stderr": str(folder / "err"),
        }
        job = {**places, **(streams or {}), "words": list(words), "folder": str(folder), **more}
        job["env"] = {**self.env, **home(folder), **more.get("env", {})}
        code = self._asked(job)
        return Ran(
            code, _read(folder / "out"), _read(folder / "err"), left_in(folder).since(before)
        )

    def _asked(self, job: Mapping[str, Any]) -> int:
        asked, answered = self._server.stdin, self._server.stdout
        assert asked
        assert answered
        asked.write(json.dumps(job) + "\n")
        asked.flush()
        code = int(json.loads(answered.readline())["code"])
        return SIGNAL - code if code < 0 else code


def home(folder: Path) -> dict[str, str]:
    """Return an environment in which everything of a person is in the folder."""
    places = {
        f"XDG_{kind.upper()}_HOME": str(folder / kind)
        for kind in ("config", "data", "cache", "state")
    }
    return {
        **places,
        "HOME": str(folder),
        "OFFICEOPS_DB": str(folder / "office.db"),
        "PATH": os.environ["PATH"],
    }


def left_in(folder: Path) -> Left:
    """Return what is in a folder now."""
    actions: list[tuple[str, int, str]] = []
    rows: list[tuple[str, int]] = []
    for file in (folder / "office.db", folder / "new.db"):
        if file.exists():
            _read_office(file, actions, rows)
    paths = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    settings = "".join(_read(path) for path in sorted((folder / "config").rglob("*.toml")))
    return Left(
        tuple(actions),
        tuple(rows),
        tuple(path for path in paths if not PASSING.search(path)),
        settings,
    )


def _read_office(
    file: Path, actions: list[tuple[str, int, str]], rows: list[tuple[str, int]]
) -> None:
    """Add the actions of an office and the numbers of its rows, as any reader of SQLite finds them."""
    db = sqlite3.connect(file)
    try:
        tables = [
            name
            for (name,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        for name in tables:
            rows += [
                (f"{file.stem}.{name}", count)
                for (count,) in db.execute(f'SELECT count(*) FROM "{name}"')
            ]
        if "core_action" in tables:
            found = db.execute("SELECT id, verb FROM core_action ORDER BY id")
            actions += [
                (file.name, number, verb)
                for number, verb in found
                if not verb.startswith("core.migrate")
            ]
    finally:
        db.close()


def _unnumbered(path: str) -> str:
    return re.sub(r"[0-9]+", "#", path)


def _read(path: Path) -> str:
    return path.read_text(errors="replace") if path.is_file() else ""
