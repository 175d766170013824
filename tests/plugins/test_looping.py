"""Plugin code that never ends is ended, wherever it is asked, also where it takes the alarm for itself."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from tests.plugins.failing_plugins import ADD, BOOM, PLACES, failing
from tests.plugins.test_answering import ANSWERS

from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED
from officeops.plugins import keeper, time_limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

LOOP = "\n{indent}while True:\n{indent}    pass"
#: Code that takes the alarm for itself before it loops.
TAKES = "\n{indent}import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN); signal.setitimer(signal.ITIMER_REAL, 0)"
#: What takes as long as it takes: what a person started and sees running, and can stop; imports and demonstrations.
AS_LONG_AS_IT_TAKES = {"command", "demo()", "import", "end of an import"}
SWEPT = [name for name in PLACES if BOOM in PLACES[name][0] and name not in AS_LONG_AS_IT_TAKES]


@pytest.fixture
def _short(officeops_home: Path) -> None:
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[limits]\nguard = 0.3\naction = 0.6\ndue = 0.3\nsearch = 0.3\njob = 0.6\n")


def looping(code: str, mark: str, before: str = "") -> str:
    """Put an endless loop where a mark is, as deep as that line."""
    lines = []
    for line in code.splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        lines.append(
            line.replace(mark, "pass" + (before + LOOP).format(indent=indent))
            if mark in line
            else line
        )
    return "\n".join(lines) + "\n"


@pytest.mark.usefixtures("_short")
@pytest.mark.parametrize("name", SWEPT)
def test_code_that_loops_is_ended_and_named(
    write: Callable[..., Path], cli: Cli, name: str
) -> None:
    code, _, words, ends = PLACES[name]
    ran = failing(
        write, cli, looping(code, BOOM), ("thing", "add", "--name", "C") if words == ADD else words
    )
    assert ran.code in {ends, INCOMPLETE} if ends == DONE else ran.code == ends, ran
    assert "The plugin bad took longer than" in ran.err + ran.out, ran
    assert words != ("today",) or "Something is due" in ran.out


@pytest.mark.usefixtures("_short")
@pytest.mark.parametrize(
    "name", ["due", "changed", "validate", "name", "check", "jobs()", "demand"]
)
def test_so_is_code_that_takes_the_alarm(write: Callable[..., Path], cli: Cli, name: str) -> None:
    code, _, words, ends = PLACES[name]
    code = looping(code, BOOM, TAKES)
    ran = failing(write, cli, code, ("thing", "add", "--name", "C") if words == ADD else words)
    assert ran.code == ends, ran
    assert "The plugin bad took longer than" in ran.err


@pytest.mark.usefixtures("_short")
@pytest.mark.parametrize(
    "place", ["`unless` of the action", "`doubt` of the action", "the guard of"]
)
def test_so_are_reasons(write: Callable[..., Path], cli: Cli, place: str) -> None:
    code, words = ANSWERS[place]
    ran = failing(write, cli, looping(code, "{body}"), words)
    assert ran.code == REFUSED, ran
    assert "The plugin bad took longer than the 0.3 s" in ran.err


@pytest.mark.usefixtures("_short")
def test_so_is_a_plugin_that_loops_while_it_is_loaded(write: Callable[..., Path], cli: Cli) -> None:
    ran = failing(write, cli, "while True: pass\n", ("today",))
    assert ran.code == INCOMPLETE
    assert (
        "bad: import: The plugin bad took longer than the 0.6 s that it has to be loaded" in ran.err
    )
    assert "Something is due" in ran.out


@pytest.mark.usefixtures("_short")
def test_names_in_another_thread_are_ended_too(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("bad", looping(PLACES["name"][0], BOOM))
    office = office_factory("bad")
    record = office.record("thing")
    with office.acting("bad.thing.add"):
        office.add(record(name="A"))
    names: list[str] = []

    def work() -> None:
        with office.twin() as twin:
            names.extend(_names(twin, record))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert names == ["#1"]


def _names(office: Office, record: type[Record]) -> list[str]:
    return [office.name(one) for one in office.all(record)]


def test_nothing_is_left_to_look_after() -> None:
    assert not keeper.keeper._limits
    assert not time_limits._alarmed


#: Code whose time was up as it ended, and a tracer after it.
_TRACED = """
import sys
from officeops.plugins import keeper, time_limits
limit = time_limits.Limit(
    None, 60, lambda frame: ("", ""), otherwise="it", what="", then="", kept=True
)
try:
    with limit:
        while len(sys._current_frames()) < 2:
            pass  # until the keeper's thread runs
        limit.is_up, limit.alarms = True, 1
except time_limits.TimeUp:
    pass
sys.settrace(lambda *seen: None)
(lambda: None)()
sys.settrace(None)
print("ended")
"""


def test_a_tracer_runs_after_code_that_was_ended() -> None:
    # CPython 3.11 ran without end here, as an exception was cancelled and not raised.
    ran = subprocess.run(
        [sys.executable, "-c", _TRACED], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.stdout, ran.stderr) == ("ended\n", "")
