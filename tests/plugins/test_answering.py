"""Code that is asked answers and does nothing else: it writes nothing, even inside an action, and no error of it ends all."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.effort import paired
from tests.plugins.failing_plugins import ACTION, ADD, BOOM, PLACES, USE, acting, failing, thing

import officeops
from officeops.model.errors import PluginFault
from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED
from officeops.plugins.blame import Blame, is_a_stop
from officeops.store.interruption import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.testing import Cli

LIFE = """
LIFE = Lifecycle(("A", "old"), Transition("age", ("A",), "old", "Age.", guard=asked), column="name")
Thing.life = LIFE

@hookimpl
def actions():
    return LIFE.actions(Thing)
"""


def asked(method: str, given: str = "self, office", answer: str = "return []") -> str:
    """A record whose method has a body to be put in."""
    return thing(
        f"    def {method}({given}):\n        {{body}}\n        {answer}\n"
    ) + ACTION.replace("{body}", "return 'Used.'").replace("{words}", "")


def lent(words: str) -> str:
    """An action that asks a function with a body to be put in."""
    head = "def asked(office, thing):\n    {body}\n    return None\n"
    start, _, rest = acting(words=words).partition("@action")
    return f"{start}{head}\n@action{rest}"


#: Where code answers inside an action or beside one: the word its place has in the source, code with a body, a command.
ANSWERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "check() of the record": (asked("check"), ADD),
    "filled() of the record": (asked("filled", answer="return {}"), ADD),
    "keep() of the record": (asked("keep", answer="return None"), ("thing", "archive", "A")),
    "owes() of the record": (asked("owes", answer="return None"), ("thing", "archive", "A")),
    "`unless` of the action": (lent(", unless=asked"), USE),
    "`doubt` of the action": (
        lent(', consent=Consent("sure", asked)').replace(
            "thing: Thing", "thing: Thing, sure: bool = False"
        ),
        USE,
    ),
    "the default of {meta.key}": (
        f"def asked(office):\n    {{body}}\n    return 'C'\n\n{thing()}".replace(
            "search=True)", "search=True, default=asked)"
        ),
        ("thing", "add"),
    ),
    "the default of {parameter": (
        lent("")
        .replace("office, thing)", "office)")
        .replace("thing: Thing)", "thing: Thing, note: str | None = param(default=asked))"),
        USE,
    ),
    "the guard of": (
        thing() + "def asked(office, thing):\n    {body}\n    return None\n" + LIFE,
        ("thing", "age", "A"),
    ),
    "the page of": (
        thing('    page = "officeops_file_bad:asked"\n')
        + "def asked(office, thing):\n    {body}\n    return []\n",
        ("thing", "show", "A"),
    ),
    "the promise of": (
        thing('    promise = Promise("officeops_file_bad:asked", {"bad.thing": "id"})\n')
        + "def asked(office, things):\n    {body}\n    return []\n",
        ADD,
    ),
    "the frozen fields of": (
        thing('    frozen = (Frozen(("name",), rule="officeops_file_bad:asked"),)\n')
        + "def asked(office, record, before):\n    {body}\n    return None\n",
        ("thing", "edit", "A", "--name", "B"),
    ),
    "{hook}(), which checks this change": (
        thing() + "@hookimpl\ndef validate(office, change):\n    {body}\n    return []\n",
        ADD,
    ),
    "__str__() of": (
        "import sys\nfrom officeops.office.office import Office\n"
        + thing(
            "    def __str__(self):\n"
            "        frame = sys._getframe()\n"
            "        while not isinstance(frame.f_locals.get('office'), Office): frame = frame.f_back\n"
            "        office = frame.f_locals['office']\n"
            "        {body}\n"
            "        return 'A'\n"
        ),
        ("search", "AAA"),
    ),
}


def test_every_place_that_asks_code_is_swept() -> None:
    source = "".join(path.read_text() for path in Path(officeops.__file__).parent.rglob("*.py"))
    named = re.findall(
        r'place = f"([^"]+)"|(?:[Aa]nswering|office\.ask)\([^()]*?f"([^"]+)"', source
    )
    places = {one or two for one, two in named}
    swept = {place for place in places for known in ANSWERS if place.startswith(known)}
    # `Office.ask` asks for those who ask by it, a scope is asked in SQL (tests/access/test_scope.py), and a
    # ledger's floor by its check (tests/ledger/test_ledger_refusals.py). The fold() and clash() of a merge and the `use`,
    # `pauses`, `settled` and `about` of a schedule need tables of their own, and are not swept here.
    asking = len(re.findall(r"with (?:\w+\.)*[Aa]nswering\(|office\.ask\(", source)) - 10
    assert asking == len(ANSWERS)
    assert len(swept) == len(ANSWERS)


#: What such code tries to write.
WRITES = {
    "edits": "office.edit(next(office.all(office.record('location'))), note='spite')",
    "adds": "office.add(office.record('location')(name='Spite'))",
    "archives": "office.archive(next(office.all(office.record('location'))))",
    "acts": "office.acting('core.location.edit').__enter__()",
    "updates": "office.store.db.execute('UPDATE core_location SET note = 1')",
    "updates by a WITH": "office.rows('WITH t(x) AS (SELECT 1) UPDATE core_location SET note = 1')",
    "updates many": "office.store.db.executemany('UPDATE core_location SET note = ?', [(1,)])",
}


@pytest.mark.parametrize(("place", "what"), paired(ANSWERS, WRITES))
def test_code_that_is_asked_writes_nothing(
    write: Callable[..., Path], cli: Cli, place: str, what: str
) -> None:
    code, words = ANSWERS[place]
    cli("location", "add", "--name", "Main")
    kept = cli("location", "list", "--json").json
    words = ("thing", "add", "--name", "C") if words == ADD else words
    ran = failing(write, cli, code.replace("{body}", WRITES[what]), words)
    assert "The plugin bad tried to write in" in ran.err, ran
    assert ran.code == (INCOMPLETE if words[0] == "search" else REFUSED), ran
    assert cli("location", "list", "--json").json == kept
    assert len(cli("thing", "list", "--json", env=ON).json) == 2


ON = {"OFFICEOPS_PLUGINS": "inventory,vendors,good,bad"}

# -- what ends all ---------------------------------------------------------------------------------------------

#: What code raises that is no Exception, and nothing that was asked for.
ENDS = (
    "__import__('asyncio').CancelledError('boom')",
    "GeneratorExit('boom')",
    "KeyboardInterrupt('boom')",
    "SystemExit('boom')",
    "BaseExceptionGroup('boom', [GeneratorExit()])",
    "type('Own', (BaseException,), {})('boom')",
    "__import__('officeops.store.interruption').store.interruption.Stopped('boom')",
)


@pytest.fixture
def counted() -> Iterator[None]:
    """Have signals heard by a handler that counts, as commands do."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("number", "name"), [*enumerate(name for name in PLACES if BOOM in PLACES[name][0])]
)
def test_what_is_no_exception_is_a_fault_like_any_other(
    write: Callable[..., Path], cli: Cli, number: int, name: str
) -> None:
    code, place, words, ends = PLACES[name]
    code = code.replace(BOOM, f"raise {ENDS[number % len(ENDS)]}")
    ran = failing(write, cli, code, ("thing", "add", "--name", "C") if words == ADD else words)
    assert ran.code == ends, ran
    assert place in ran.err + ran.out
    assert "boom" in ran.err + ran.out
    assert "officeops itself" not in ran.err
    assert words != ("today",) or "Something is due" in ran.out


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(("error", "name"), paired(ENDS, ["due", "changed", "unless"]))
def test_each_of_them_is(write: Callable[..., Path], cli: Cli, name: str, error: str) -> None:
    _, _, words, ends = PLACES[name]
    code = (
        PLACES[name][0]
        .replace(BOOM, f"raise {error}")
        .replace("1 / 0", f"(_ for _ in ()).throw({error})")
    )
    ran = failing(write, cli, code, words)
    assert ran.code == ends, ran
    assert "plugin bad" in ran.err


def _interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)
    while True:
        pass


def test_ctrl_c_passes_through_and_is_no_fault() -> None:
    with pytest.raises(KeyboardInterrupt), Blame("bad", "a place"):
        _interrupt()
    with pytest.raises(PluginFault), Blame("bad", "a place"):
        raise KeyboardInterrupt


def test_a_stop_is_believed_where_one_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from officeops.store import interruption

    assert not is_a_stop(Stopped(2))
    assert is_a_stop(KeyboardInterrupt())  # Python's own handler is there
    monkeypatch.setattr(interruption._state, "number", 2)
    assert is_a_stop(Stopped(2))


# -- what an answer must be ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["42", "['x', 3, None]", "True", "b'x'", "thing.meta", "{}"])
def test_an_action_answers_a_text_a_record_an_outcome_or_nothing(
    write: Callable[..., Path], cli: Cli, answer: str
) -> None:
    ran = failing(write, cli, acting(f"return {answer}"), USE)
    assert (ran.code, ran.out) == (REFUSED, "")
    assert "the action bad.thing.use" in ran.err
    assert "Nothing was written." in ran.err
    assert cli("thing", "show", "A", "--json", env=ON).json["name"] == "A"


@pytest.mark.parametrize("answer", ["None", "'Used.'", "thing", "Outcome(thing, 'Used.')", "''"])
def test_what_it_may_answer_is_taken(write: Callable[..., Path], cli: Cli, answer: str) -> None:
    assert failing(write, cli, acting(f"return {answer}"), USE).code == DONE


@pytest.mark.parametrize(
    "place", ["check() of the record", "keep() of the record", "`unless` of the action"]
)
def test_so_must_a_reason(write: Callable[..., Path], cli: Cli, place: str) -> None:
    code, words = ANSWERS[place]
    words = ("thing", "add", "--name", "C") if words == ADD else words
    ran = failing(write, cli, code.replace("{body}", "return [42]"), words)
    assert ran.code == REFUSED, ran
    assert place.strip("{}") in ran.err
