"""Before a login, anybody at all may offer a key: nothing of the office runs but one query that reads."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import public_key

from officeops.access.ssh_keys import fingerprint, read_public_key

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

#: What is wrong on the machine, by the file beside officeops.toml that makes it so.
TROUBLES = {
    "settings that cannot be read": ("officeops.toml", "db = 5\n"),
    "a plugin that ends the process": ("plugins/ends.py", "raise SystemExit(0)\n"),
    "a plugin that prints": ("plugins/prints.py", "print('ssh-ed25519 AAAA stranger')\n"),
    "a plugin that is half written": ("plugins/half.py", "def hook(\n"),
}
KEY = public_key(7)
PRINT = fingerprint(read_public_key(KEY)[0])


@pytest.fixture
def served(cli: Cli, tmp_path: Path) -> Cli:
    cli("init", "--name", "Maple Street")
    (tmp_path / "ann.pub").write_text(KEY)
    cli("access", "add", "ann", "--role", "clerk", "--key", str(tmp_path / "ann.pub"))
    return cli


def _folder(cli: Cli) -> dict[str, str]:
    files = [path for path in cli.path.parent.rglob("*") if path.is_file()]
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_key_is_looked_up_whatever_is_wrong_and_leaves_no_trace(
    served: Cli, officeops_home: Path
) -> None:
    line = served("access", "authorized-keys", "--", "officeops", PRINT).out
    assert line.startswith("restrict,pty,command=")
    assert line.endswith(f"{' '.join(KEY.split()[:2])}\n")
    (officeops_home / "plugins").mkdir(exist_ok=True)
    names = [file.removeprefix("plugins/").removesuffix(".py") for file, _ in TROUBLES.values()]
    (officeops_home / "plugins.toml").write_text(f"enabled = {names[1:]}\n")
    for file, text in TROUBLES.values():
        (officeops_home / file).write_text(text)
    before = _folder(served)
    for offered, answer in ((PRINT, line), (f"SHA256:{'x' * 43}", ""), ("SHA256:short", "")):
        ran = served("access", "authorized-keys", "--", "officeops", offered)
        assert (ran.code, ran.out, ran.err) == (0, answer, "")
    assert _folder(served) == before


def test_a_file_that_cannot_be_read_is_named(served: Cli) -> None:
    served.path.write_bytes(b"junk" * 5000)
    ran = served("access", "authorized-keys", "--", "officeops", PRINT)
    assert (ran.code, ran.out) == (1, "")
    assert "cannot be read" in ran.err
