"""Every hook is given answers of the wrong kind: the plugin is named, the rest answers, and the output is whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.effort import paired
from tests.plugins.failing_plugins import grow, thing

from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED, USAGE
from officeops.plugins.hook_results import cell_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.plugins.manager import Plugins
    from officeops.testing import Cli, Ran

    Write = Callable[..., Path]


class Case(NamedTuple):
    """A hook: what it is given, a good answer, the command that asks it, and the code for a wrong one.

    In the good answer, `n` is a number of its own and `text` a text to show.
    """

    given: str
    good: str
    words: tuple[str, ...]
    code: int = INCOMPLETE
    #: Whether the hook gives several answers, so that the good ones among wrong ones are kept.
    many: bool = True
    #: Wrong answers of which nothing is read: the hook answers nothing.
    unread: frozenset[str] = frozenset()
    #: The lines of commands that make what is asked about.
    before: tuple[str, ...] = ()


FIRST = "location add --name Main"
ROOM = "location add --name Spare"
ADD = tuple(ROOM.split())
ITEM = "item add --sku I --name I --reorder-point 2 --order-up-to 4"
VENDOR = "vendor add --name Acme"
TERMS = "terms add --item I --vendor Acme --price 1.00"
REORDER = ("reorder", "--json")
NO_ANSWER = frozenset({"a text", "things of no kind", "nothings", "what cannot be shown"})

CASES: dict[str, Case] = {
    "records": Case("", "type('T', (Record,), {})", ("today", "--json")),
    "migrations": Case("", "Migration(f'000{n}_{text}', 'SELECT 1')", ("today", "--json")),
    "settings": Case("", "None", ("today", "--json"), many=False),
    "hookspecs": Case("", "None", ("today", "--json"), many=False),
    "permissions": Case("", "Permission(f'bad.p{n}', text)", ("plugins", "permissions"), DONE),
    "roles": Case("", "Role(f'r{n}', ('read',), text)", ("access", "roles"), DONE),
    "views": Case("", "View(f'v{n}', 'core.location', text)", ("plugins",), DONE),
    "actions": Case("", "action(f'bad.act{n}', help=text)(print)", ("nothing",), USAGE),
    "commands": Case("", "Command(f'c{n}', 'bad:c', text)", ("nothing",), USAGE),
    "screens": Case("", "Screen(f's{n}', text, 'bad:S')", ("plugins",), DONE),
    "reports": Case("", "Report(f'r{n}', text, print, text)", ("report",)),
    "jobs": Case("", "Job(f'j{n}', print, text, text)", ("job",)),
    "datasets": Case("", "Dataset(f'bad.d{n}', text, ('a',))", ("dataset", "list")),
    "formats": Case(
        "",
        "Format(f'f{n}', ('.x',), ('core.location',), ('name',), 'bad:read')",
        ("location", "import", "-", "--format", "none"),
        USAGE,
    ),
    "services": Case("", "None", REORDER, many=False, before=(VENDOR, ITEM, TERMS)),
    "demo": Case("office, seed", "None", ("demo",), unread=NO_ANSWER),
    "validate": Case("office, change", "Problem(text, text)", ADD, REFUSED),
    "keep": Case(
        "office, record",
        "Problem(text, text)",
        ("location", "archive", "Spare"),
        REFUSED,
        before=(FIRST, ROOM),
    ),
    "changed": Case("office, change", "None", ADD, unread=NO_ANSWER),
    "due": Case("office, until", "Due(f'bad:{n}', until, text)", ("today", "--json", "--check")),
    "search": Case(
        "office, text",
        "next(office.all(office.record('location')))",
        ("search", "zzz", "--json"),
        before=(ROOM,),
    ),
    "check": Case("office", "Problem(text, text)", ("selfcheck", "--json")),
    "duplicates": Case(
        "office",
        "Duplicate('core.location', 1, n + 2, text)",
        ("duplicates", "--json"),
        before=(FIRST, ROOM),
    ),
    "huddle": Case("office", "HuddleLine('notices', text)", ("huddle", "--json")),
    "inspect": Case(
        "office, kinds", "Proof('cords-check', 'met', text)", ("inspect", "fire", "--json")
    ),
    "estimate_demand": Case(
        "office, item, start, end", "None", REORDER, many=False, before=(VENDOR, ITEM, TERMS)
    ),
    "rank_vendors": Case(
        "office, item, offers", "offers[0]", REORDER, many=False, before=(VENDOR, ITEM, TERMS)
    ),
    "adjust_suggestion": Case(
        "office, item, suggestion", "None", REORDER, many=False, before=(VENDOR, ITEM, TERMS)
    ),
}
#: Bodies of a hook whose answer is of the wrong kind.
WRONG = {
    "a number": "return 5",
    "an object": "return object()",
    "a text": "return 'dust'",
    "things of no kind": "return [5, object()]",
    "nothings": "return [None, None]",
    "what fails at the third": "n = 1; yield good(); n = 2; yield good(); raise ValueError('boom')",
    "what never ends": "\n    while True: n += 1; yield good()",
    "what cannot be shown": (
        "return [type('Odd', (), {'__repr__': lambda self: 1 / 0, '__str__': lambda self: 5})()]"
    ),
}
#: Texts that break the line or the output where they are not made safe.
TEXTS = {"half a character": "caf\udce9", "line breaks": "one\n\nofficeops: two\x85three"}
ON = {"OFFICEOPS_PLUGINS": "inventory,vendors,good,bad"}
GOOD = "@hookimpl\ndef due(office, until):\n    return [Due('good:1', until, 'Something is due')]\n"


def hook(case: Case, name: str, body: str, text: str = "A good answer") -> str:
    """A plugin with one hook, whose body may call `good()`."""
    marked = "@hookimpl(optionalhook=True)" if "item" in case.given else "@hookimpl"
    return (
        f"{marked}\ndef {name}({case.given}):\n    n, text = 0, {text!a}\n"
        f"    good = lambda: {case.good}\n    {body}\n"
    )


def asked(write: Write, cli: Cli, case: Case, code: str) -> Ran:
    write("good", GOOD)
    write("bad", code)
    on = ON["OFFICEOPS_PLUGINS"]
    if case.before:
        grow(cli, case.before, on.removesuffix(",bad"))
    if case.words == ("demo",):
        on = "vendors,good,bad"  # the inventory's part takes seconds
    return cli(*case.words, env={"OFFICEOPS_PLUGINS": on})


def must_be_whole(ran: Ran, case: Case) -> None:
    """The output is of whole lines or objects, and nobody but the plugin is blamed."""
    assert "officeops itself" not in ran.err, ran
    assert "Traceback" not in ran.err, ran
    assert "is not text" not in ran.err, ran
    if "--json" in case.words and ran.out:
        rows = json.loads(ran.out)
        assert case.words[0] != "today" or "good:1" in {row["key"] for row in rows}
    lines = (ran.err + ran.out).splitlines()
    assert not [line for line in lines if line.startswith("officeops: two")], ran


@pytest.fixture(autouse=True)
def _short(officeops_home: Path) -> None:
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[limits]\naction = 2\ndue = 1\nsearch = 1\nguard = 1\n")


def test_every_hook_has_a_case(load: Callable[..., Plugins]) -> None:
    hooks = vars(load("inventory", "vendors")._hooks._manager.hook)
    assert {name for name in hooks if not name.startswith("_")} == set(CASES)


# The end of its time may come while Hypothesis is called about garbage, which notes it and goes on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("name", "wrong"), paired(CASES, WRONG))
def test_a_wrong_answer_is_the_plugins(write: Write, cli: Cli, name: str, wrong: str) -> None:
    case = CASES[name]
    ran = asked(write, cli, case, hook(case, name, WRONG[wrong]))
    must_be_whole(ran, case)
    if wrong in case.unread:
        return
    # The good answer of a check is a problem, which is the graver news.
    is_bad_news = name == "check" and "good()" in WRONG[wrong]
    assert ran.code == (REFUSED if is_bad_news else case.code), ran
    if case.words != ("plugins",):
        assert "bad" in ran.err, ran


@pytest.mark.parametrize(
    ("name", "text"), paired([name for name in CASES if "text" in CASES[name].good], TEXTS)
)
def test_a_text_is_one_line_that_can_be_written(
    write: Write, cli: Cli, name: str, text: str
) -> None:
    case = CASES[name]
    ran = asked(write, cli, case, hook(case, name, "n = 1; return [good()]", TEXTS[text]))
    must_be_whole(ran, case)


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].given and CASES[name].many])
def test_no_answer_is_no_fault(write: Write, cli: Cli, name: str) -> None:
    case = CASES[name]
    ran = asked(write, cli, case, hook(case, name, "return None"))
    must_be_whole(ran, case)
    assert "plugin bad" not in ran.err


@pytest.mark.parametrize(
    "words",
    [
        "summary=None",
        "summary=5",
        "api=[1]",
        "group=5",
        "requires='vendors'",
        "requires=(5,)",
        "after=None",
        "bridges=5",
        "bridges={'vendors': 5}",
    ],
)
def test_a_manifest_with_a_wrong_type_is_refused_by_name(
    write: Write, cli: Cli, words: str
) -> None:
    write("good", GOOD)
    write("bad", f"PLUGIN = PLUGIN.replace({words})\n")
    for command in (("today", "--json"), ("plugins",), ("--help",)):
        ran = cli(*command, env=ON)
        assert "officeops itself" not in ran.err, ran
        assert "Traceback" not in ran.err, ran
        if command[0] == "today":
            assert ran.code == INCOMPLETE, ran
            assert "plugin bad: import: " in ran.err
            assert [row["key"] for row in ran.json] == ["good:1"]


@pytest.mark.parametrize(
    "declared",
    [
        thing(words=", noun=5"),
        thing(words=", label='caf\udce9'"),
        thing(words=", plural='caf\udce9'"),
        thing("    __doc__ = 5\n"),
        thing("    other: str = field(help=5)\n"),
        thing("    other: str = field(label='caf\udce9')\n"),
    ],
)
def test_a_record_with_a_wrong_word_is_refused_by_name(
    write: Write, cli: Cli, declared: str
) -> None:
    write("good", GOOD)
    file = write("bad", "")
    file.write_text(file.read_text() + declared.encode("ascii", "backslashreplace").decode())
    for command in (("today", "--json"), ("--help",), ("thing", "list")):
        ran = cli(*command, env=ON)
        must_be_whole(ran, CASES["due" if "--json" in command else "jobs"])
        assert command[0] != "today" or ran.code == INCOMPLETE, ran
        assert "plugin bad" in ran.err.lower(), ran


# -- single answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [
        "Due(5, until, 'x')",
        "Due('', until, 'x')",
        "Due('bad:2', until, None)",
        "Due('bad:2', until, 'x', owner=1)",
        "Due('bad:2', until, 'x', action=8)",
        "Due('bad:2', until, 'x', record_id='1')",
        "Due('bad:2', until, 'x', record_id=True)",
        "Due('bad:2', 'soon', 'x')",
        "Due('bad:2', until, 'x', severity=[])",
        "Due('bad:1', until, 'The same key')",
    ],
)
def test_a_bad_item_takes_no_other_along(write: Write, cli: Cli, bad: str) -> None:
    good = "Due('bad:1', until, 'A good answer'), {bad}, Due('bad:3', until, 'Another')"
    code = f"@hookimpl\ndef due(office, until):\n    return [{good.format(bad=bad)}]\n"
    ran = asked(write, cli, CASES["due"], code)
    assert ran.code == INCOMPLETE, ran
    assert "plugin bad: due: " in ran.err
    assert {row["key"]: row["what"] for row in ran.json} == {
        "bad:1": "A good answer",
        "bad:3": "Another",
        "good:1": "Something is due",
    }


def test_two_plugins_with_one_key_are_both_named(write: Write, cli: Cli) -> None:
    code = "@hookimpl\ndef due(office, until):\n    return [Due('good:1', until, 'Mine')]\n"
    ran = asked(write, cli, CASES["due"], code)
    assert ran.code == INCOMPLETE
    assert "'good:1' is that of another due item of bad" in ran.err
    assert "plugin good: due: " in ran.err


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("'caf\\udce9'", "caf\\udce9"),
        ("__import__('datetime').date(2026, 1, 2)", "2026-01-02"),
        ("2.5", 2.5),
        ("None", None),
        ("object()", ""),
        ("float('nan')", ""),
    ],
)
def test_a_report_is_printed_whole_or_not_at_all(
    write: Write, cli: Cli, cell: str, shown: object
) -> None:
    code = (
        "def rows(office):\n    yield {'a': 'good', 'b': 1}\n"
        f"    yield {{'a': 'bad', 'b': {cell}}}\n\n"
        "@hookimpl\ndef reports():\n    return [Report('rows', 'Rows', rows, 'Rows.')]\n"
    )
    write("bad", code)
    for way in ("--json", "--csv"):
        ran = cli("report", "rows", way, env=ON)
        assert "officeops itself" not in ran.err
        if shown == "":
            assert (ran.code, ran.out) == (REFUSED, ""), ran
            assert "plugin bad" in ran.err
        else:
            assert ran.code == DONE, ran
            assert way == "--csv" or ran.json[1]["b"] == shown


def test_a_jobs_line_is_one_line(write: Write, cli: Cli) -> None:
    sentence = "done\n\nofficeops: two caf\udce9"
    code = (
        f"def work(office):\n    yield {sentence!a}\n\n"
        "@hookimpl\ndef jobs():\n    return [Job('work', work, 'Work.', 'daily')]\n"
    )
    write("bad", code)
    ran = cli("job", "work", env=ON)
    assert (ran.code, ran.out) == (DONE, "done officeops: two caf\\udce9\n"), ran


def test_a_bad_cell_of_a_report_is_named_by_its_type_and_not_by_its_address() -> None:
    with pytest.raises(TypeError, match=r"not a value of the type object$"):
        cell_in(object())
