"""What a plugin answered before it failed is kept, whatever the hook and whatever way it failed."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest
from tests.effort import TIMES, paired

from officeops.core.records import Location
from officeops.model.exit_codes import INCOMPLETE, REFUSED
from officeops.office.crud import add_record
from officeops.plugins import hookspecs
from officeops.plugins.hook_answers import HookAnswers
from officeops.plugins.time_limits import MOST_ANSWERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

    Write = Callable[..., Path]

#: How a hook may fail after its first answer, as Python with an `office` and the good answer as `good`.
FAILURES = {
    "raises": "raise ValueError('boom')",
    "raises what no one should": "class Mine(BaseException): pass\n    raise Mine('boom')",
    "raises an interrupt of its own": "raise KeyboardInterrupt",
    "raises the end of a generator": "raise GeneratorExit",
    "exits": "raise SystemExit(0)",
    "interrupts by an exit": "import sys; sys.exit('boom')",
    "gives what is no answer": "yield 'dust'",
    "adds a record": "office.add(office.record('location')(name='Spite'))",
    "writes by SQL": "office.rows('DELETE FROM core_location')",
    "begins an action": "\n    with office.acting('core.location.edit'): pass",
    "asks bad SQL": "office.rows('SELECT nothing')",
    "reads a lost file": "open('/nowhere/at/all')",
    "sleeps": "import time; time.sleep(600)",
    "computes without end": "while True: pass",
    "counts in SQL without end": (
        "office.value('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n')"
    ),
    "answers without end": "while True: yield good",
    "gives one answer too many": f"for _ in range({MOST_ANSWERS}): yield good",
    "recurses": "\n    def again(): again()\n    again()",
    "is out of memory": "raise MemoryError",
}
#: The good answer of each collect hook, how it is asked, and what shows that the answer came.
ASKED: dict[str, tuple[str, list[str]]] = {
    "due": ("Due('bad:1', until, 'A good answer')", ["today", "--json"]),
    "search": ("next(office.all(office.record('location')))", ["search", "zzz", "--json"]),
    "check": ("Problem('A good answer')", ["selfcheck", "--json"]),
    "duplicates": (
        "Duplicate('core.location', 1, 2, 'A good answer')",
        ["duplicates", "--json"],
    ),
    "huddle": ("HuddleLine('notices', 'A good answer')", ["huddle", "--json"]),
    "inspect": ("Proof('cords-check', 'met', 'A good answer')", ["inspect", "fire", "--json"]),
}
SETTINGS = "[limits]\naction = 0.6\ndue = 0.6\nsearch = 0.6\n"


def collected() -> dict[str, str]:
    """Each hook that gives answers of its own to a question of the office, with what it is given."""
    hooks = {
        name: hook for name, hook in vars(hookspecs).items() if hasattr(hook, "officeops_spec")
    }
    given = {name: list(inspect.signature(hook).parameters) for name, hook in hooks.items()}
    others = {
        "validate",
        "keep",
        "changed",
        "demo",
    }  # guards answer about one write, the rest write themselves
    return {
        name: ", ".join(words)
        for name, words in given.items()
        if "office" in words and name not in others
    }


def failing(hook: str, way: str) -> str:
    """A plugin that gives one good answer, then fails."""
    answer, _ = ASKED[hook]
    return f"@hookimpl\ndef {hook}({collected()[hook]}):\n    good = {answer}\n    yield good\n    {FAILURES[way]}\n"


def came(rows: list[dict[str, Any]]) -> bool:
    """Whether the good answer is among the rows of a command."""
    values = {str(value).rstrip(".") for row in rows for value in row.values()}
    return bool({"A good answer", "bad: A good answer", "Main room"} & values)


def ask(write: Write, office: Office, cli: Cli, hook: str, way: str) -> tuple[bool, int, str]:
    """Ask a hook that fails this way; return whether its good answer came, the exit code and what was said."""
    add_record(office, Location, {"name": "Main room"})
    # The other one of a pair.
    add_record(office, Location, {"name": "Store"})
    write("bad", failing(hook, way))
    ran = cli(*ASKED[hook][1], env={"OFFICEOPS_PLUGINS": "bad"})
    return came(ran.json), ran.code, ran.err + ran.out


@pytest.fixture(autouse=True)
def _short(officeops_home: Path) -> None:
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SETTINGS)


def test_every_hook_that_answers_is_tried() -> None:
    assert set(collected()) == set(ASKED)


@pytest.mark.parametrize(("hook", "way"), paired(ASKED, FAILURES))
def test_the_good_answers_before_a_failure_are_kept(
    write: Write, office: Office, cli: Cli, hook: str, way: str
) -> None:
    has_come, code, said = ask(write, office, cli, hook, way)
    assert has_come, said
    # The good answer of a check is a problem, which is the graver news.
    assert code == (REFUSED if hook == "check" else INCOMPLETE), said
    assert f"plugin bad: {hook}: " in said
    assert "Traceback" not in said


def test_the_sweep_would_find_an_answer_that_is_lost(
    monkeypatch: pytest.MonkeyPatch, write: Write, office: Office, cli: Cli
) -> None:
    """A planted fault: of a plugin that failed, nothing is kept."""
    collect = HookAnswers.collect

    def forgetful(self: HookAnswers, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        answers = list(collect(self, hook, **arguments))
        failed = {trouble.plugin for trouble in self._troubles.all}
        return (answer for answer in answers if answer[0] not in failed)

    monkeypatch.setattr(HookAnswers, "collect", forgetful)
    has_come, *_ = ask(write, office, cli, "due", "sleeps")
    assert not has_come


@pytest.mark.parametrize("way", ["raises", "sleeps", "adds a record"])
def test_a_check_that_fails_is_incomplete_and_named_with_a_cure(
    write: Write, cli: Cli, way: str
) -> None:
    """Nothing is known to be wrong then: 4, not 1."""
    assert cli("backup").code == 0
    write("bad", f"@hookimpl\ndef check(office):\n    {FAILURES[way]}\n    return []\n")
    on = {"OFFICEOPS_PLUGINS": "inventory,bad"}
    looked = cli("selfcheck", env=on)
    assert looked.code == INCOMPLETE, looked
    assert "The plugin bad could not check its records" in looked.out
    assert "OFFICEOPS_DEBUG=1 officeops selfcheck" in looked.out
    commands = (["backup"], ["backup", "verify"], ["backup", "drill"])
    # One run tries all three with one of the ways.
    for words in commands if TIMES > 1 or way == "raises" else commands[:1]:
        ran = cli(*words, env=on)
        assert "The plugin bad could not check its records" in ran.err
        assert ran.code == INCOMPLETE, ran
    traced = cli("selfcheck", env={**on, "OFFICEOPS_DEBUG": "1"})
    assert "Traceback" in traced.err
