"""A thread that a plugin started and that does not end keeps no command from ending."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from tests.effort import PATIENCE

from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office

    Write = Callable[..., Path]

HEAD = """
import threading, time
from concurrent.futures import ThreadPoolExecutor

def endless():
    while True:
        time.sleep(0.1)

def brief():
    time.sleep(0.5)

class Worker(threading.Thread):
    def run(self):
        endless()

pool = ThreadPoolExecutor()
"""
DUE = """
@hookimpl
def due(office, until):
    {start}
    return [Due("bad:1", until, "Something is due")]
"""
TODAY = ("today", "--json")
#: The code that starts a thread, a command, and its code.
ENDLESS = {
    "in a hook": (DUE.format(start="threading.Thread(target=endless).start()"), TODAY),
    "of its own class": (DUE.format(start="Worker().start()"), TODAY),
    "in a pool": (DUE.format(start="pool.submit(endless)"), TODAY),
    "at import": ("threading.Thread(target=endless).start()\n" + DUE.format(start=""), TODAY),
}


def begun(office: Office, *words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "officeops", "--db", office.path, *words]
    environ = {**os.environ, "OFFICEOPS_PLUGINS": "bad"}
    return subprocess.run(
        line, capture_output=True, text=True, check=False, env=environ, timeout=PATIENCE
    )


@pytest.mark.parametrize("name", ENDLESS)
def test_a_thread_without_end_is_left_and_named(office: Office, write: Write, name: str) -> None:
    code, words = ENDLESS[name]
    write("bad", HEAD + code)
    ran = begun(office, *words)
    assert ran.returncode == INCOMPLETE, ran
    assert "plugin bad: its thread in " in ran.stderr
    assert [row["key"] for row in json.loads(ran.stdout)] == ["bad:1"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("location", "list"), INCOMPLETE),
        (("location", "edit", "Nowhere", "--name", "N"), REFUSED),
        (("location", "nothing"), USAGE),
    ],
)
def test_a_code_that_comes_first_stays(
    office: Office, write: Write, words: tuple[str, ...], code: int
) -> None:
    write("bad", HEAD + ENDLESS["at import"][0])
    assert begun(office, *words).returncode == code


@pytest.mark.parametrize(
    "start", ["threading.Thread(target=brief).start()", "pool.submit(print, 'x').result()"]
)
def test_a_thread_that_ends_is_waited_for(office: Office, write: Write, start: str) -> None:
    write("bad", HEAD + DUE.format(start=start))
    ran = begun(office, *TODAY)
    assert ran.returncode == DONE, ran
    assert "thread" not in ran.stderr


def test_the_terminal_program_ends_too(office: Office, write: Write) -> None:
    write("bad", HEAD + ENDLESS["in a hook"][0])
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(OFFICEOPS_PLUGINS="bad", TERM="xterm", COLUMNS="80", LINES="24")
        os.execv(sys.executable, [sys.executable, "-m", "officeops", "--db", office.path])  # noqa: S606
    until, ended = time.monotonic() + PATIENCE, 0
    while not ended and time.monotonic() < until:
        if select.select([terminal], [], [], 0.5)[0]:
            with suppress(OSError):  # it closed its end
                os.read(terminal, 65536)
        else:
            # It waits for a key.
            os.write(terminal, b"q")
        ended, status = os.waitpid(process, os.WNOHANG)
    os.close(terminal)
    assert ended, "it did not end"
    assert os.waitstatus_to_exitcode(status) == INCOMPLETE
