"""Fixtures and `check_plugin()` for the tests of plugins.

pytest loads this module in every repository of an environment that has officeops, before coverage
starts. So nothing of officeops is imported at its top, and no fixture does anything unless a test
asks for it.

`@pytest.mark.officeops("keys", "hr")` says which plugins are on in a test; without it, those that
ship with officeops.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from types import ModuleType

    from officeops.cli.context import Run
    from officeops.office.office import Office


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line(
        "markers", "officeops(*plugins): the officeops plugins that are on in this test"
    )


def check_plugin(plugin: ModuleType | str) -> None:
    """Check a plugin, given as its root module or that one's name, against all expectations.

    A one-file plugin is given by its path, or by its name if it is in the plugins folder. Raises
    AssertionError with one sentence per problem, each naming the file, the class and the field.
    """
    from officeops.authoring.check import problems

    found = problems(plugin)
    if found:
        raise AssertionError("\n".join(found))


class Ran(NamedTuple):
    """The result of a command line: its exit code, and its output."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command printed
        """Its output, read as JSON."""
        import json

        return json.loads(self.out)


#: The files of new offices, by what they were made with: making all tables and triggers takes most
#: of a small test.
_new: dict[tuple[object, ...], dict[str, bytes]] = {}
#: What the test before kept of which plugins are installed: to ask takes a tenth of a small test.
_installed: dict[str, bytes] = {}
#: How many of them are kept; the oldest goes.
_MOST_NEW: Final = 32
#: What one test with settings or plugins of its own asked for: many are the only one.
_asked_once: set[tuple[object, ...]] = set()


def _lay_down(path: Path, actor: str, only: list[str] | None) -> None:
    """Put a new, empty office where a test wants its first one, as these plugins make it.

    A home with an office gets nothing: two offices of one test must not be the same one.
    """
    settings = _settings(path.parent)
    if path.exists() or any(path.parent.glob("*.db")) or settings is None:
        return
    # An empty office is the same on every day.
    variables = sorted(
        (name, value)
        for name, value in os.environ.items()
        if (name.startswith("OFFICEOPS_") and name != "OFFICEOPS_TODAY") or name == "TZ"
    )
    names = tuple(only) if only is not None else None
    asked = (actor, names, *variables, *settings, *sys.path)
    if asked not in _new:
        if settings and asked not in _asked_once:
            _asked_once.add(asked)
            return
        from officeops.office.office import open_office

        open_office(path, create=True, actor=actor, only=only).close()
        _new[asked] = {
            file.name.removeprefix(path.name): file.read_bytes()
            for file in path.parent.glob(f"{path.name}*")
        }
        if len(_new) > _MOST_NEW:
            del _new[next(iter(_new))]
        return
    for suffix, data in _new[asked].items():
        file = path.with_name(path.name + suffix)
        file.write_bytes(data)
        file.chmod(0o600)  # as an office makes them


def _settings(home: Path) -> list[tuple[str, str]] | None:
    """Return the texts of a home's settings and plugins, by their names.

    None where one names the home itself: no other test has the same.
    """
    texts = []
    for file in sorted((home / "config").rglob("*")):
        if not file.is_file() or file.parent.name == "__pycache__":
            continue
        text = file.read_bytes().decode(errors="backslashreplace")
        if str(home) in text:
            return None
        texts.append((str(file.relative_to(home)), text))
    return texts


class OfficeFactory:
    """Opens offices in temporary files, and closes them when the test ends."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.opened: list[Office] = []

    def __call__(
        self,
        *plugins: str,
        files: Mapping[str, str] | None = None,
        file: str | Path = "office.db",
        actor: str = "tester",
        login: str = "",
    ) -> Office:
        """Open an office, new if it is not there.

        `plugins` are on, and `files`: the texts of one-file plugins by name, which are written to
        the plugins folder. Without either, those of the test's marker are. A file that requires a
        plugin needs both: `office_factory("hr", files={"visitors": TEXT})`. It is open for its owner, whom the history calls `actor`; with the `login`
        of a user it is open for that person, with the permissions and the rows that they have.
        Raises Forbidden for a login that no user has.
        """
        from officeops.office.office import open_office

        for name, text in (files or {}).items():
            write_plugin(self.home, name, text)
        only = [*plugins, *(files or {})] or None
        if not login:
            _lay_down(self.home / file, actor, only)
        office = open_office(self.home / file, create=not login, actor=actor, user=login, only=only)
        self.opened.append(office)
        return office


class Cli:
    """Runs command lines in this process, on the test's office, which is new if it is not there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(
        self,
        *arguments: str,
        typed: str | bytes = b"",
        env: Mapping[str, str] | None = None,
        login: str = "",
    ) -> Ran:
        """Run `officeops ARGUMENTS` with `typed` as its input and `env` in the environment.

        With the `login` of a user it runs as if that person had sent it over SSH.
        """
        from officeops.cli import run
        from officeops.office.office import open_office

        if not self.path.exists():
            _lay_down(self.path, "", None)
            open_office(self.path, create=True).close()
        data = typed.encode() if isinstance(typed, str) else typed
        with pytest.MonkeyPatch.context() as patch, _streams(data) as (out, err):
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            if login:
                code = run(arguments, _line_of(self.path, login))
            else:
                code = run(["--db", str(self.path), *arguments])
        return Ran(code, _text(out), _text(err))


def _line_of(path: Path, login: str) -> Run:
    """Return the run of a line that a user sends over SSH."""
    from officeops.cli.context import Run

    line = Run(str(path))
    line.user, line.gated = login, True
    return line


@contextmanager
def _streams(data: bytes) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """Replace the process's streams by files in memory, which have a `.buffer` like real ones."""
    # With the error handlers that Python gives the real ones.
    contents = ((data, "strict"), (b"", "strict"), (b"", "backslashreplace"))
    typed, out, err = [
        io.TextIOWrapper(io.BytesIO(content), "utf-8", errors=errors, write_through=True)
        for content, errors in contents
    ]
    real = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = typed, out, err
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = real


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    return buffer.getvalue().decode(errors="replace") if isinstance(buffer, io.BytesIO) else ""


def write_plugin(home: Path, name: str, text: str) -> Path:
    """Write a one-file plugin into the plugins folder of a test's home, and return its path."""
    path = home / "config" / "officeops" / "plugins" / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def officeops_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Path]:
    """A folder with settings, data and cache of its own, apart from the developer's."""
    from officeops.model.error_words import discreet

    # A test before it may have opened a sealed value, and the process is the same.
    discreet(on=False)
    for name in [name for name in os.environ if name.startswith("OFFICEOPS_")]:
        monkeypatch.delenv(name)
    for kind in ("config", "data", "cache", "state"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(tmp_path / kind))
    marker = request.node.get_closest_marker("officeops")
    if marker is not None:
        monkeypatch.setenv("OFFICEOPS_PLUGINS", ",".join(marker.args))
    cache = tmp_path / "cache" / "officeops"
    for name, content in _installed.items():
        cache.mkdir(0o700, parents=True, exist_ok=True)
        (cache / name).write_bytes(content)
    yield tmp_path
    _installed.update({file.name: file.read_bytes() for file in cache.glob("plugins-*")})


@pytest.fixture
def office_factory(officeops_home: Path) -> Iterator[OfficeFactory]:
    """Open several offices, or one with plugins written for the test."""
    factory = OfficeFactory(officeops_home)
    yield factory
    for office in factory.opened:
        office.close()


def _must_be_installed(office: Office) -> None:
    """Fail the test where a plugin that is to be on is not installed: the marker writes no file."""
    from officeops.plugins.discovery import GONE

    for trouble in office.plugins.troubles:
        names = [plugin.name for plugin in office.plugins.found if plugin.origin == GONE]
        if trouble.plugin in names:
            name = trouble.plugin
            pytest.fail(
                f"plugin {name} is to be on, but it is not installed. Install it, or write a one-file "
                f'plugin into the test\'s folder: office_factory(files={{"{name}": text}})'
            )


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    """A new, empty office, with its tables made; "tester" is acting.

    The test fails at once where a plugin that its marker names is not installed.
    """
    opened = office_factory()
    _must_be_installed(opened)
    return opened


@pytest.fixture
def cli(officeops_home: Path) -> Cli:
    """Run `officeops ...` on the office of the fixture `office`."""
    return Cli(officeops_home / "office.db")


@pytest.fixture
def freeze_today(monkeypatch: pytest.MonkeyPatch) -> Callable[[date | str], None]:
    """Say which day it is at the office, from now to the end of the test."""
    return lambda day: monkeypatch.setenv("OFFICEOPS_TODAY", str(day))
