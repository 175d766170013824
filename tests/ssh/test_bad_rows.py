"""Rows that an import refuses come back on standard output: as they are to a file, and harmless to a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.access.access_tools import public_key

from officeops.access.ssh_keys import fingerprint, read_public_key

if TYPE_CHECKING:
    from officeops.testing import Cli

KEY = public_key(9)
ROWS = b"code,name\nV1,Acme\x1b[2J\nV2,Bolt\n"


def test_refused_rows_drive_no_terminal(cli: Cli) -> None:
    cli("init", "--name", "A")
    key = cli.path.with_name("ann.pub")
    key.write_text(KEY)
    cli("access", "add", "ann", "--role", "owner", "--key", str(key))
    screen, terminal = os.openpty()
    _import(cli, terminal)
    os.close(terminal)
    shown = os.read(screen, 9999)
    assert b"Acme" in shown
    assert b"\x1b" not in shown
    reader, pipe = os.pipe()
    _import(cli, pipe)
    assert b"Acme\x1b[2J" in os.read(reader, 9999)


def _import(cli: Cli, answer: int) -> None:
    """Import the rows as sshd has it done for the owner of the key."""
    line = [sys.executable, "-m", "officeops", "--db", str(cli.path), "access", "gate"]
    subprocess.run(
        [*line, "--key", fingerprint(read_public_key(KEY)[0])],
        env={**os.environ, "SSH_ORIGINAL_COMMAND": "vendor import - --skip-bad"},
        input=ROWS,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )
