"""An error of a plugin's code has any words, or none that can be read: it is still told as that plugin's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.effort import PATIENCE
from tests.plugins.failing_plugins import ADD, BOOM, PLACES, failing, thing

from officeops.model.error_words import repr_of, text_of, told
from officeops.model.errors import OfficeError, Refused
from officeops.model.exit_codes import INCOMPLETE, SIGNAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

#: Errors whose words cannot be read: the body of a class, and what it is made of.
WORDLESS = {
    "misses an attribute": ("Exception", "def __str__(self): return 'missing ' + self.path"),
    "gives a number": ("Exception", "def __str__(self): return 5"),
    "exits": ("Exception", "def __str__(self): raise SystemExit(0)"),
    "is a generator's end": ("Exception", "def __str__(self): raise GeneratorExit"),
    "is shown as Python": (
        "KeyError",
        "def __repr__(self): raise SystemExit(0)\n    __str__ = __repr__",
    ),
    "recurses": ("ValueError", "def __str__(self): return str(self)"),
    "has notes that fail": (
        "ValueError",
        "__notes__ = property(lambda self: 1 / 0)\n    def __str__(self): raise ValueError(self)",
    ),
    "refuses without words": ("Refused", "def __str__(self): return 1 / 0"),
}
#: A plugin that fails before it has any hook, as the places of the table.
AT_IMPORT = (f"{BOOM}\n", "import", ("today",), INCOMPLETE)
FAILING = [name for name in PLACES if BOOM in PLACES[name][0]]


def wordless(way: str) -> str:
    base, body = WORDLESS[way]
    return f"class Bad({base}):\n    {body}\n\n"


@pytest.mark.parametrize(("number", "name"), list(enumerate(FAILING)))
def test_an_error_without_words_is_the_plugins_wherever_it_is_raised(
    write: Callable[..., Path], cli: Cli, number: int, name: str
) -> None:
    way = list(WORDLESS)[number % len(WORDLESS)]
    code, place, words, ends = PLACES[name]
    code = wordless(way) + code.replace(BOOM, "raise Bad('boom')")
    ran = failing(write, cli, code, ("thing", "add", "--name", "C") if words == ADD else words)
    said = ran.err + (ran.out if words == ("plugins",) else "")
    assert ran.code == ends, ran
    assert place in said
    assert "Bad" in said
    assert "officeops itself" not in said
    assert "Traceback" not in said
    assert words != ("today",) or "Something is due" in ran.out


@pytest.mark.parametrize("way", WORDLESS)
@pytest.mark.parametrize("place", ["import", "due", "changed", "action"])
def test_each_such_error_is(write: Callable[..., Path], cli: Cli, way: str, place: str) -> None:
    raised = "raise Bad('boom')"
    code, _, words, ends = PLACES.get(place, AT_IMPORT)
    code = code.replace(BOOM, raised)
    ran = failing(write, cli, wordless(way) + code, words)
    assert ran.code == ends, ran
    assert "plugin bad" in ran.err
    assert "Bad" in ran.err
    assert words != ("today",) or "Something is due" in ran.out


@pytest.mark.parametrize("place", ["import", "due", "changed", "action", "validate"])
def test_words_that_never_end_are_given_up_with_the_plugins_name(
    write: Callable[..., Path], cli: Cli, officeops_home: Path, place: str
) -> None:
    settings = officeops_home / "config" / "officeops" / "officeops.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[limits]\nguard = 0.2\n", encoding="utf-8")
    endless = "class Bad(Exception):\n    def __str__(self):\n        while True: pass\n\n"
    code, _, words, ends = PLACES.get(place, AT_IMPORT)
    code = endless + code.replace(BOOM, "raise Bad('boom')")
    ran = failing(write, cli, code, ("thing", "add", "--name", "C") if words == ADD else words)
    assert ran.code == ends, ran
    assert "plugin bad" in ran.err
    assert "Bad" in ran.err


def test_the_author_sees_the_place_of_such_an_error(write: Callable[..., Path], cli: Cli) -> None:
    code = wordless("has notes that fail") + PLACES["due"][0].replace(BOOM, "raise Bad('boom')")
    failing(write, cli, code, ("today",))
    ran = cli("plugins", "--trace", "bad", env={"OFFICEOPS_PLUGINS": "bad"})
    assert "Traceback" not in ran.err
    debugged = cli("today", env={"OFFICEOPS_PLUGINS": "bad", "OFFICEOPS_DEBUG": "1"})
    assert "bad.py" in debugged.err
    assert "in due" in debugged.err


FORGED = "no more\n\nofficeops: plugin good: second line\x85\u2028third caf\udce9"


@pytest.mark.parametrize("name", ["changed", "due", "import of the plugin", "action", "validate"])
@pytest.mark.parametrize("error", ["Refused", "ValueError", "Broken"])
def test_the_words_of_a_plugin_are_one_line(
    write: Callable[..., Path], cli: Cli, name: str, error: str
) -> None:
    raised = f"from officeops.model.errors import Broken; raise {error}({FORGED!a})"
    code, _, words, ends = PLACES.get(name, AT_IMPORT)
    code = code.replace(BOOM, raised)
    ran = failing(write, cli, code, words)
    assert ran.code == ends, ran
    assert "no more officeops: plugin good: second line third caf\\udce9" in ran.err
    lines = ran.err.splitlines()
    assert not [line for line in lines if line.startswith("officeops: plugin good")]


def test_a_signal_ends_a_command_whose_words_never_end(
    office: Office, write: Callable[..., Path]
) -> None:
    code = "class Bad(Exception):\n    def __str__(self):\n        while True: pass\n\n"
    write(
        "bad",
        code
        + "@hookimpl\ndef due(office, until):\n    print('asked', flush=True)\n    raise Bad\n",
    )
    line = [sys.executable, "-m", "officeops", "--db", office.path, "today"]
    environ = {**os.environ, "OFFICEOPS_PLUGINS": "bad"}
    with subprocess.Popen(line, stderr=subprocess.PIPE, env=environ, text=True) as process:
        assert process.stderr
        assert process.stderr.readline() == "asked\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == SIGNAL + signal.SIGTERM
        assert "Stopped" in process.stderr.read()


def test_words_never_fail_but_for_ctrl_c() -> None:
    class Interrupted(Exception):
        def __str__(self) -> str:
            raise KeyboardInterrupt

    class Exits:
        def __repr__(self) -> str:
            raise SystemExit

    for read in (told, text_of):
        with pytest.raises(KeyboardInterrupt):
            read(Interrupted())
    assert repr_of([Exits()]) == "a value of the type list"
    assert told(KeyError(Exits())) == "KeyError"
    assert told(OfficeError("")) == "OfficeError"
    assert told(Refused("two  blanks stay")) == "two  blanks stay"


def test_a_class_with_a_forged_name_is_one_line_too(write: Callable[..., Path], cli: Cli) -> None:
    raised = "raise type('A\\nofficeops: B', (Exception,), {})"
    ran = failing(write, cli, thing() + PLACES["due"][0].replace(BOOM, raised), ("today",))
    assert ran.code == INCOMPLETE
    assert "plugin bad: due: A officeops: B" in ran.err
