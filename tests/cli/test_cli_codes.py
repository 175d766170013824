"""The command line keeps its word: exit codes that mean something, data on stdout, a sentence for everything else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import PATIENCE, TIMES, tried

from officeops.cli.context import Run
from officeops.cli.root import root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from officeops.testing import Cli

    Write = Callable[..., Path]
    Commands = list[tuple[list[str], list[click.Parameter]]]

OFFICEOPS = str(Path(sys.executable).with_name("officeops"))


def process(*words: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the installed script without a terminal and with nothing on its input."""
    return subprocess.run(
        [OFFICEOPS, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(env or {})},
    )


# -- exit codes ------------------------------------------------------------------------------------------


def test_done_is_0(cli: Cli) -> None:
    assert cli("vendor", "add", "--name", "Acme").code == 0
    assert cli("--version").code == cli("--help").code == cli("item", "--help").code == 0


def test_refused_is_1_and_changes_nothing(cli: Cli) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    refused = cli("item", "add", "--sku", "A", "--name", "Other")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("officeops: Item: sku: 'A' is taken by another item: ")
    assert len(cli("item", "list", "--json").json) == 1
    assert cli("item", "show", "nonesuch").code == 1
    assert cli("item", "edit", "A", "--reorder-point", "9", "--order-up-to", "3").code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["itm"], "Did you mean item?"),
        (["item", "lst"], "Did you mean list?"),
        (["today", "snoze"], "Did you mean snooze"),
        (["reorder", "drft"], "Did you mean draft?"),
        (["settings", "edt"], "Did you mean edit?"),
        (["zzzzzz"], "`officeops --help`"),
        (["item", "zzzzzz"], "`officeops item --help`"),
        (["item", "list", "--jsn"], "--json"),
        (["item", "list", "--limit", "-1"], "--limit must be 0 or more, not -1."),
        (["search", "x", "--limit", "0"], "--limit must be 1 or more, not 0."),
        (["history", "--since", "-5"], "--since must be 0 or more, not -5."),
        (["history", "--since", str(2**63)], f"--since must be {2**63 - 1:,} or less"),
        (
            ["item", "list", "--where", "colour=red"],
            "Items have no field 'colour'. They have sku, name",
        ),
        (["item", "list", "--columns", "colour"], "Items have no field 'colour'"),
        (["item", "list", "--sort", "colour"], "Items have no field 'colour'"),
        (["item", "list", "--where", 'name="open'], "A quote may be open"),
        (["order", "list", "status=sentt"], "'sentt' is none of draft, approved"),
        (["item", "add", "--name", "x"], "--sku"),
        (
            ["item", "add", "--sku", "A", "--name", "x", "--reorder-point", "1.5"],
            "--reorder-point '1.5' is not a whole number",
        ),
        (["today", "--until", "soon"], "--until 'soon' is not a date; write 2026-01-31"),
        (["today", "seen"], "--all"),
        (["search", '"'], "Say what to look for"),
        (["settings", "edit", "--time-zone", "Mars/Phobos"], "'Mars/Phobos' is not a time zone"),
        (["settings", "edit", "--currency", "dollars"], "ISO 4217"),
        (["settings", "edit"], "Nothing to change"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_known(cli: Cli, words: list[str], said: str) -> None:
    ran = cli(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_something_due_is_3_when_asked(cli: Cli) -> None:
    assert cli("today", "--check").code == cli("reorder", "--check").code == 0
    cli("vendor", "add", "--name", "Acme")
    cli("document", "add", "--vendor", "Acme", "--kind", "baa", "--expires-on", "+1d")
    cli("item", "add", "--sku", "A", "--name", "Gloves", "--reorder-point", "5")
    assert cli("today", "--check").code == cli("reorder", "--check").code == 3
    assert cli("today").code == cli("reorder").code == 0


def test_an_answer_without_a_plugin_that_failed_is_4_and_says_so(cli: Cli, write: Write) -> None:
    write("bad", "@hookimpl\ndef due(office, until):\n    raise ValueError('no moon')\n")
    env = {"OFFICEOPS_PLUGINS": "vendors,bad"}
    cli("vendor", "add", "--name", "Acme", env=env)
    cli("document", "add", "--vendor", "Acme", "--kind", "baa", "--expires-on", "+1d", env=env)
    ran = cli("today", "--json", "--check", env=env)
    assert ran.code == 4
    assert [each["plugin"] for each in ran.json] == ["vendors"]
    assert "this list is incomplete" in ran.err
    assert "no moon" in ran.err


# -- streams -----------------------------------------------------------------------------------------------


def test_without_a_terminal_nothing_is_asked_and_nothing_opens(officeops_home: Path) -> None:
    for words in ([], ["init"], ["item", "add"], ["vendor", "deactivate"]):
        ran = process("--db", str(officeops_home / "none.db"), *words)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "Traceback" not in ran.stderr


def test_no_office_says_how_to_start_one(officeops_home: Path) -> None:
    ran = process("--db", str(officeops_home / "none.db"), "item", "list")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "officeops init --name NAME" in ran.stderr
    assert not (officeops_home / "none.db").exists()


def test_a_file_that_is_no_office_is_refused(officeops_home: Path) -> None:
    (officeops_home / "notes.db").write_text("Dear diary, " * 100)
    ran = process("--db", str(officeops_home / "notes.db"), "item", "list")
    assert ran.returncode == 1
    assert ran.stderr.startswith("officeops: ")
    assert "Traceback" not in ran.stderr
    assert (officeops_home / "notes.db").read_text() == "Dear diary, " * 100


def test_a_reader_that_stops_early_is_no_failure(cli: Cli, officeops_home: Path) -> None:
    rows = "\n".join(f"S{n},Something number {n} with a long name" for n in range(4000))
    assert cli("item", "import", "-", typed=f"sku,name\n{rows}\n").code == 0
    for form in ([], ["--json"], ["--csv"]):
        words = [OFFICEOPS, "--db", str(officeops_home / "office.db"), "item", "list", *form]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
            assert started.stdout
            assert started.stderr
            started.stdout.readline()
            started.stdout.close()
            assert started.stderr.read() == b""
            assert started.wait(PATIENCE) == 0


def test_bytes_that_are_no_text_are_wrong_usage(cli: Cli, officeops_home: Path) -> None:
    cli("vendor", "list")
    for words in ([b"add", b"--name", b"\xff\xfe"], [b"list", b"\xff"], [b"show", b"\xff"]):
        command = [
            os.fsencode(OFFICEOPS),
            b"--db",
            os.fsencode(officeops_home / "office.db"),
            b"vendor",
            *words,
        ]
        ran = subprocess.run(command, capture_output=True, check=False)
        assert ran.returncode in {1, 2}
        assert ran.stderr.startswith(b"officeops: ")
        assert b"fault" not in ran.stderr
    assert cli("vendor", "list", "--json").json == []


def test_what_a_terminal_would_obey_is_refused(cli: Cli) -> None:
    ran = cli("vendor", "add", "--name", "Acme\x1b[2J")
    assert ran.code == 2
    assert "U+001B" in ran.err
    assert "\x1b" not in ran.err
    assert "no vendor '\\x1b[2J'" in cli("vendor", "show", "\x1b[2J").err


# -- settings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "dbb = 'x'",
            "no key dbb. Known keys: db, history_key, letters, mouse, nouns, paper, plugins, plugins_folder, seal_key, theme",
        ),
        ("mouse = 'yes'", "mouse: found 'yes', but it takes true or false"),
        (
            "[plugins.inventory]\nreview_days = 'seven'",
            "[plugins.inventory]: review_days: found 'seven', but it takes a whole number",
        ),
        (
            "[plugins.inventory]\nservice_level = 2.0",
            "[plugins.inventory]: service_level: found 2.0, but it takes",
        ),
        (
            "[plugins.inventory]\nlead = 2",
            "[plugins.inventory]: there is no key lead. Known keys: ",
        ),
        ("mouse = ", "is not valid TOML"),
    ],
)
def test_a_wrong_setting_names_file_key_value_and_what_is_allowed(
    cli: Cli, officeops_home: Path, text: str, said: str
) -> None:
    cli("item", "list")
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    ran = cli("settings")
    assert (ran.code, ran.out) == (2, "")
    assert str(file) in ran.err
    assert said in ran.err


def test_a_settings_file_that_is_not_there_is_said(cli: Cli) -> None:
    assert cli("--config", "nowhere.toml", "item", "list").code == 2


# -- nothing ends in a traceback -----------------------------------------------------------------------------

HOSTILE = [
    "", " ", "-", "--", "#1", "#0", "#99999999999999999999", "#²", "PO-1", "po-1", "PO-99999999999999999999999", "A", "V1", "\x1b[31m",
    "ä", "e\u0301", "'; DROP TABLE inventory_item;--", "%", "_", "*", '"', '""', "'", "=", "a=b", "name=", "name~", "name<",
    "on_hand<x", "on_hand<5", "-name", "-", "NaN", "inf", "1e400", "9" * 30, "-1", "1.5", "1,000", "1.000", "0", "2026-02-30",
    "+99999d", "+9999y", "-9999y", "today", "yes", "a" * 3000, "(", ")", "[", "id", "-id", "name,-sku", ",", ",,",
    "category=,", "total>5", "1;2", "+1d", "٣", "1:99", "AND", "NEAR(", "NOT", "sku:x", "NULL", "\u202e", "\ufeff", "1 2", "a\tb",
]  # fmt: skip
FAMILIAR = ["A", "V1", "PO-1", "#1", "2026-05-01", "3"]
#: Made once: which letters there are takes Hypothesis longer than a command.
ANY_WORD = st.one_of(st.sampled_from(FAMILIAR), st.sampled_from(HOSTILE), st.text(max_size=12))


def leaves(path: str) -> Iterator[tuple[list[str], list[click.Parameter]]]:
    """Every command there is, with its parameters; not those that start programs or change which plugins are on."""
    context = click.Context(root, obj=Run(path))
    yield from _leaves(root, [], context)


@pytest.fixture
def commands(small_office: Cli) -> Commands:
    return list(leaves(str(small_office.path)))


def _leaves(
    command: click.Command, path: list[str], context: click.Context
) -> Iterator[tuple[list[str], list[click.Parameter]]]:
    if not isinstance(command, click.Group) or (path and command.invoke_without_command):
        yield path, command.params
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found and name not in {"demo", "plugins"}:
                yield from _leaves(
                    found, [*path, name], click.Context(found, parent=context, info_name=name)
                )


def flag(param: click.Parameter) -> bool:
    """Whether an option takes no value."""
    return isinstance(param, click.Option) and param.is_flag


def line_of(draw: st.DrawFn, path: list[str], params: list[click.Parameter]) -> list[str]:
    """A command line with the right options and values that may be anything."""
    words = list(path)
    for param in params:
        if isinstance(param, click.Argument):
            words += draw(st.lists(ANY_WORD, min_size=max(0, param.nargs), max_size=2))
        elif flag(param):
            words += [param.opts[0]] if draw(st.integers(0, 4)) == 0 else []
        elif draw(st.integers(0, 3)) == 0 or (param.required and draw(st.integers(0, 9))):
            words += [param.opts[0], draw(ANY_WORD)]
    return words


@pytest.fixture
def small_office(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """An office with one of most things, in a folder that may be written to."""
    monkeypatch.chdir(officeops_home)
    cli("init", "--name", "Small")
    for words in (
        "vendor add --code V1 --name V --lead-days 3",
        "item add --sku A --name N --reorder-point 5",
        "terms add --item A --vendor V1 --price 1.25",
        "order add --vendor V1",
        "order add-line PO-1 --item A --packs 2",
        "document add --vendor V1 --kind baa --expires-on +5d",
        "item receive A --quantity 9 --lot L1 --expires-on +9d",
    ):
        assert cli(*words.split()).code == 0, words
    return cli


@pytest.fixture
def untouched_office(small_office: Cli) -> Callable[[], Cli]:
    """The small office as it was at first, again for every example: what one line did must not decide the next."""
    files = {
        path: path.read_bytes() for path in small_office.path.parent.iterdir() if path.is_file()
    }

    def again() -> Cli:
        for path in small_office.path.parent.iterdir():
            if path.is_file() and path not in files:
                path.unlink()
        for path, content in files.items():
            path.write_bytes(content)
        return small_office

    return again


def assert_civil(cli: Cli, words: list[str]) -> None:
    """A command line ends in a code that means something, without a trace, and sends a terminal nothing it obeys."""
    ran = cli(*words)
    assert ran.code in {0, 1, 2, 3, 4, 5}, (words, ran.err)
    for sign in ("Traceback", "fault in officeops", "file refuses"):
        assert sign not in ran.err, (words, ran.err)
    assert "\x1b" not in ran.out + ran.err, words


@pytest.mark.parametrize("start", range(2 * TIMES))
def test_every_command_bears_every_hostile_word(
    small_office: Cli, commands: Commands, start: int
) -> None:
    """One run tries a quarter of the commands with hostile and another with familiar names; a soak tries all with both."""
    assert len(commands) > 120
    for n, (path, params) in enumerate(commands):
        if TIMES == 1 and n % 4 != start:
            continue
        words = list(path)
        for place, param in enumerate(params):
            word = HOSTILE[(n * 7 + place * 3 + start * 17) % len(HOSTILE)]
            if isinstance(param, click.Argument):
                words.append(FAMILIAR[n % 4] if start % 2 else word)
            elif not flag(param) and (param.required or (n + place + start) % 3 == 0):
                words += [param.opts[0], word]
        assert_civil(small_office, words)


@tried(80)
@given(data=st.data())
def test_any_command_line_ends_in_a_sentence(
    untouched_office: Callable[[], Cli], commands: Commands, data: st.DataObject
) -> None:
    path, params = data.draw(st.sampled_from(commands))
    assert_civil(untouched_office(), data.draw(st.composite(line_of)(path, params)))


@tried(30)
@given(words=st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=5))
def test_any_words_end_in_a_sentence(untouched_office: Callable[[], Cli], words: list[str]) -> None:
    assert_civil(untouched_office(), words)


@pytest.mark.parametrize(
    "words", [("--db", ""), ("--db", "  "), ("--request-id", ""), ("--request-id", "x" * 5000)]
)
def test_an_empty_word_of_a_script_means_no_other_office_and_no_other_request(
    cli: Cli, words: tuple[str, str]
) -> None:
    ran = cli(*words, "item", "list")
    assert ran.code == 2
    assert f"{words[0]} needs a value" in ran.err


def test_without_a_terminal_and_with_settings_that_are_not_there_wrong_usage_is_still_2(
    cli: Cli,
) -> None:
    ran = cli("--config", "0")
    assert ran.code == 2
    assert "needs a terminal" in ran.err
