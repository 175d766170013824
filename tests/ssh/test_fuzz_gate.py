"""Hostile command lines at the gate: each ends in a sentence, and nothing outside the office is touched.

OFFICEOPS_TIMES=100 makes 100,000 of them; OFFICEOPS_SEED draws others.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import click
import pytest
from tests.effort import TIMES
from tests.ssh.lines import Known, Lines

from officeops.cli import run as run_line
from officeops.cli.context import Run
from officeops.cli.root import root
from officeops.cli.ssh_allow_list import names_a_path
from officeops.core.commands import COMMANDS
from officeops.model.errors import OfficeError
from officeops.ssh.gate import words
from officeops.store.filesystem import MOUNTS
from officeops.store.shared_memory import LOCKS
from officeops.testing import _streams, _text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.testing import Cli

COUNT = 1000 * TIMES if TIMES > 1 else 300
SEED = int(os.environ.get("OFFICEOPS_SEED", "1"))
#: After so many lines the office is as at the start: whoever draws long enough puts herself out.
FRESH = 250
#: What starts programs, or reaches past the files that are open.
STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.spawn", "os.startfile", "webbrowser.open", "socket.connect", "ctypes.dlopen", "code.__new__", "os.chmod", "os.chown", "os.link", "os.symlink")  # fmt: skip
#: What no answer holds: a trace, a fault, a file of the server's, an order to the terminal.
SIGNS = ("Traceback", "fault in officeops", "file refuses", "root:x:0", "\x1b")
KEY = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINpDgmihnn2HiUxy7XBssNY3Ls1FWNrHVBSBrS3AtFgg ann@laptop\n"
)


class Watch:
    """Listens to what Python itself reports of files and programs, while it is told to."""

    def __init__(self, folder: str) -> None:
        self.folder, self.on = folder, False
        self.seen: list[str] = []
        self._ours = (
            folder,
            sys.prefix,
            sys.base_prefix,
            os.getcwd(),
            "/dev/null",
            "/dev/tty",  # a name and PIN are asked for on the terminal that is there
            "/usr/share/zoneinfo",
            "/etc/localtime",
            MOUNTS,  # which kind of file system the office is on
            LOCKS,  # who else has the office open
        )
        sys.addaudithook(self._hear)

    def _hear(self, event: str, about: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "subprocess.Popen" and "sheet_child" in str(about[1]):
            return
        if event in STARTS:
            self.seen.append(f"{event} {about}")
        elif event in {
            "os.remove",
            "os.rename",
            "os.mkdir",
            "os.rmdir",
            "os.truncate",
            "shutil.rmtree",
            "sqlite3.connect",
        }:
            if not str(about[0]).removeprefix("file:").startswith((self.folder, ":memory:")):
                self.seen.append(f"{event} {about}")
        elif event == "open" and isinstance(about[0], (str, bytes)):
            path, flags = os.path.abspath(os.fsdecode(about[0])), about[2] or 0
            writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if not path.startswith(self.folder if writes else self._ours):
                self.seen.append(f"open {path} {flags:o}")


@pytest.fixture
def served(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """An office with one of most things and a person in it."""
    cli("init", "--name", "Fuzzed")
    for line in (
        "vendor add --code V1 --name V",
        "item add --sku G-1 --name Gloves",
        "order add --vendor V1",
    ):
        assert cli(*line.split()).code == 0
    assert cli("access", "add", "ann", "--role", "owner", "--key", "-", typed=KEY).code == 0
    monkeypatch.setattr(tempfile, "tempdir", str(officeops_home))
    # Compiled modules are written where the program lies, on whichever line first needs one.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setenv("HOME", str(officeops_home))
    return cli


class Caller:
    """Sends command lines through the gate, as ann."""

    def __init__(self, path: Path) -> None:
        self.path, self.kept = path, path.with_suffix(".kept")
        shutil.copy(path, self.kept)
        self._outer = Run(str(path))
        assert self._outer.plugins.manifests

    def __call__(self, line: bytes, typed: bytes = b"") -> tuple[int, str, str]:
        """Return how a line ended: exit code, output, and what was said."""
        run = Run(str(self.path))
        run.user, run.gated, run.peer = "ann", True, "127.0.0.1"
        run.share(self._outer)
        with _streams(typed) as (out, err):
            try:
                code = run_line(words(line), run)
            except OfficeError as refused:
                code = refused.exit_code
            finally:
                run.close()
        return code, _text(out), _text(err)

    def begin_again(self) -> None:
        """Put the office back as it was."""
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copy(self.kept, self.path)


def test_any_command_line_ends_in_a_sentence_and_touches_nothing(
    served: Cli, officeops_home: Path
) -> None:
    marker = officeops_home.parent / "escaped"
    lines = Lines(SEED, known(served.path), str(marker))
    caller, watch = Caller(served.path), Watch(str(officeops_home))
    before = set(os.listdir("."))
    ended: dict[int, int] = {}
    wrong: list[str] = []
    for n in range(COUNT):
        if n % FRESH == 0:
            caller.begin_again()
        line = lines.next()
        watch.on, watch.seen = True, []
        try:
            code, out, err = caller(line, b"sku,name\nF-1,From outside\n" if n % 3 else b"\xff\0")
        except BaseException as error:
            raise AssertionError(f"seed {SEED}, line {n}: {line!r}") from error
        finally:
            watch.on = False
        signs = [sign for sign in SIGNS if sign in out + err]
        if code not in {0, 1, 2, 3, 4, 5} or watch.seen or signs or marker.exists():
            wrong.append(
                f"line {n}: {line!r} ended {code}, touched {watch.seen}, said {err[-500:]}"
            )
        ended[code] = ended.get(code, 0) + 1
    print(f"{COUNT:,} lines, seed {SEED}: {dict(sorted(ended.items()))}")
    assert not wrong, f"{len(wrong)} of {COUNT:,} lines, seed {SEED}:\n" + "\n".join(wrong[:20])
    assert set(os.listdir(".")) == before
    # Lines that are all refused would prove nothing.
    assert ended.get(0, 0) > COUNT / 100


def known(path: Path) -> list[Known]:
    """Return every command there is, those too that are not for coming in over SSH."""
    return [
        _known(words, command)
        for words, command in leaves(root, [], click.Context(root, obj=Run(str(path))))
        if words
    ]


def _known(words: list[str], command: click.Command) -> Known:
    options = [each for each in command.params if isinstance(each, click.Option)]
    named = [(each.opts[-1], each.is_flag) for each in options]
    needed = [(each.opts[-1], each.is_flag) for each in options if each.required]
    return Known(words, named, needed, len(command.params) - len(options))


def leaves(
    command: click.Command, path: list[str], context: click.Context
) -> Iterator[tuple[list[str], click.Command]]:
    """Yield every command there is, with the words before it."""
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found:
                yield from leaves(
                    found, [*path, name], click.Context(found, parent=context, info_name=name)
                )


# -- what is a path ----------------------------------------------------------------------------------------

#: Every parameter that takes a path, by the command's words; a new one has to be entered here, and named so that the gate knows it.
PATHS = {
    "--db", "--config", "demo --keep", "backup --to", "backup list --from", "backup verify file", "backup verify --from", "backup verify --identity", "backup drill file", "backup drill --from",
    "backup drill --identity", "backup restore file", "backup restore --from", "backup restore --identity", "backup restore --to", "backup move to", "backup arrive bundle", "salvage file", "salvage --to", "history verify --anchor", "plugins new --to",
    "count --file", "access add --key", "access install --etc", "access install --script", "dataset load file", "calibrate certificate", "inspect --packet", "person packet --to",
}  # fmt: skip
#: Words that look like a path's and are none.
NO_PATHS = {"--format", "--file-format"}


def test_every_parameter_that_takes_a_path_is_known_to_the_gate(served: Cli) -> None:
    found = set()
    for path, command in leaves(root, [], click.Context(root, obj=Run(str(served.path)))):
        for param in command.params:
            name = param.opts[-1] if param.name != "folder" else "--from"
            of_every_noun = path[-1:] in (["import"], ["export"], ["attach"])
            if names_a_path(param) and not of_every_noun and name != "--output":
                found.add(" ".join([*path, name]))
            suspicious = (
                any(word in (param.name or "") for word in ("file", "path", "folder", "dir"))
                and name not in NO_PATHS
            )
            assert names_a_path(param) or not suspicious, (path, param.name)
    assert found - PATHS - {each for each in found if each.startswith("seal")} == set()
    assert found >= PATHS


def test_imports_and_exports_take_a_path_the_gate_knows(served: Cli) -> None:
    found = [
        (path, command)
        for path, command in leaves(root, [], click.Context(root, obj=Run(str(served.path))))
        if path[-1:] in (["import"], ["export"])
    ]
    assert len(found) > 20
    for path, command in found:
        assert [param.name for param in command.params if names_a_path(param)] == ["file"], path


def test_over_ssh_each_path_is_refused_and_nothing_else(served: Cli) -> None:
    caller = Caller(served.path)
    for line in (
        b"item import /etc/passwd",
        b"item export x.csv",
        b"count Main --file=/etc/passwd",
        b"access add x --key /etc/passwd",
        b"history verify --anchor /etc/passwd",
        b"backup list --from /",
        b"dataset load people /etc/passwd",
    ):
        code, out, err = caller(line)
        assert (code, out) == (1, ""), line
        assert "there are no files but standard input and output" in err, line
    assert caller(b"item export -")[0] == 0
    assert caller(b"access add ben --role clerk --key -", KEY.replace("Afgg", "Afgh").encode())[
        0
    ] in {0, 1}


@pytest.mark.parametrize("word", ["init", "demo", "purge", "completion", "backup", "backup restore latest", "plugins enable x", "plugins new x", "settings edit --name X", "access gate --key x", "access install", "access authorized-keys a b"])  # fmt: skip
def test_what_is_for_the_server_does_not_run(served: Cli, word: str) -> None:
    code, out, err = Caller(served.path)(word.encode())
    assert code in {1, 2}
    assert not out
    assert "over SSH" in err or "Usage: officeops backup" in err


def test_what_runs_is_listed_and_what_does_not_is_not(served: Cli) -> None:
    _, out, _ = Caller(served.path)(b"--help")
    assert all(f"  {word} " in out for word, command in COMMANDS.items() if command.remote)
    assert "  init " not in out
    assert "--db" not in out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"a" * 8193, "longer"),
        (b"item\nlist", "control"),
        (b"item \xff", "UTF-8"),
        (b"item 'x", "quotation"),
        (b"item \xc2\x85", "U+0085"),
    ],
)
def test_what_is_no_command_line_is_said(line: bytes, said: str) -> None:
    with pytest.raises(OfficeError, match=said.replace("+", r"\+")):
        words(line)
