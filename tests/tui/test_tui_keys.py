"""Keys act in the order typed, however they arrive: a burst ends as the same keys typed slowly."""

from __future__ import annotations

import random
import threading
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests import made_once
from tests.effort import sampled
from tests.tui.keys_sweep import Failure, Pair, Subject, subjects, sweep
from tests.tui.keys_tools import Line
from tests.tui.one_key import every_key_alone
from tests.tui.prompt_tools import expect

from officeops import item_number
from officeops.office.office import open_office
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

PLUGIN = (Path(__file__).parent / "tui_tools.py").read_text()
#: Subjects that show a screen of each class, and as many more as CI samples beside them.
ALWAYS = frozenset({
    "today", "kinds", "help", "messages", "huddle",
    "undo-list", "inspect", "inspect vfc", "pin",
    "list inventory.item", "record inventory.item",
    "new inventory.item", "edit inventory.item", "action inventory.order.receive",
    "screen reorder", "screen repairs", "screen temperatures", "screen controls", "screen count", "the count sheet",
    "screen sterilization", "screen planned-work", "the review of a count", "screen me", "screen leave", "screen skills",
    "screen hiring", "screen schedule", "the coverage of a week", "the people for a gap", "screen out-today",
    "action hr.shift.assign", "screen day-sheet",
})  # fmt: skip
SAMPLE = 2
#: Keys of a sequence in the sample.
LENGTH = 4
#: What lets keys by as they arrive: how it was before there was one queue.
NO_QUEUE = """
from textual.app import App
OfficeApp.on_event = App.on_event
"""
#: A field that takes each letter a moment later, behind a timer that nobody can know of.
LATE_FIELD = """
from officeops.tui.forms.field_row import FieldRow
from officeops.tui.screens.form_screen import FormScreen
take, typed = FieldRow.take, FormScreen._typed
def late(self, row, event):
    if event.is_printable:
        self.set_timer(0.05, lambda: (take(row, event), typed(self, row)))
        return True
    return row.take(event)
FormScreen._takes = late
"""


@pytest.fixture
def tools(office_factory: OfficeFactory) -> Office:
    office = office_factory(files={"tools": PLUGIN})
    tool, cabinet = office.record("tool"), office.record("cabinet")
    with office.acting("test"):
        office.add(cabinet(room="Lab"))
        office.add(tool(name="Clamp 0400021000308", pieces=3, price=1250, note="two\nlines"))
        office.add(tool(name="Anvil", grade="worn_out"))
    return office


@pytest.fixture
def terminal(tools: Office) -> Iterator[Terminal]:
    with Terminal(tools) as opened:
        yield opened


# -- one after another -----------------------------------------------------------------------------


def test_a_form_saves_what_was_typed_in_one_packet(terminal: Terminal, tools: Office) -> None:
    terminal.burst("2", "n", *"Drill", "tab", "tab", "1", "2", "ctrl+s")
    expect(terminal, "Drill", "added")
    assert tools.value("SELECT pieces FROM tools_tool WHERE name = 'Drill'") == 12
    terminal.burst(
        "g",
        "e",
        *("tab",) * 2,
        "ctrl+u",
        "1",
        "4",
        "ctrl+s",
        "j",
        "e",
        *("tab",) * 2,
        "9",
        "ctrl+s",
    )
    assert tools.rows("SELECT pieces FROM tools_tool ORDER BY name") == [(14,), (9,), (12,)]


def test_a_whole_round_of_work_in_one_packet(terminal: Terminal, tools: Office) -> None:
    # The list opens, a form, the write in its thread, a question, another write: each key waits for
    # its screen.
    keys = (
        "2",
        "n",
        *"Drill",
        "ctrl+s",
        "x",
        "y",
        "u",
        "y",
        "?",
        "escape",
        "1",
        "n",
        *"Attic",
        "enter",
        "2",
    )
    terminal.burst(*keys)
    assert terminal.crumbs.startswith("Office › Tools")
    assert tools.value(
        "SELECT group_concat(verb, ' ') "
        "FROM (SELECT verb FROM core_action ORDER BY id DESC LIMIT 4)"
    ) == ("tools.cabinet.add core.undo tools.tool.archive tools.tool.add")


def test_what_is_pasted_has_its_place_among_the_keys(terminal: Terminal) -> None:
    terminal.press("2", "n").type("A").paste("BC\nD").type("E").press("tab", "tab").paste("7")
    assert terminal.line("*Name").endswith("ABC DE")
    assert terminal.line("Pieces").endswith(" 7")
    terminal.press("escape", "y").paste("xyu2")
    assert terminal.crumbs.startswith("Office › Tools")
    assert not terminal.prompt


def test_the_first_letter_replaces_what_nobody_typed_and_moving_keeps_it(
    terminal: Terminal,
) -> None:
    terminal.press("2", "n", "tab", "tab").type("27")
    assert terminal.line("Pieces").endswith(" 27")
    terminal.press("shift+tab", "tab").type("5")
    assert terminal.line("Pieces").endswith(" 275")
    terminal.press("tab", "tab", "tab", "escape", "n").type("x")
    assert terminal.line("Pieces").endswith(" 275")
    terminal.press("escape", "y", "j", "e", "tab", "tab", "end").type("1")
    assert terminal.line("Pieces").endswith(("11", "31"))


def test_keys_typed_while_an_action_runs_wait_for_its_end(terminal: Terminal) -> None:
    free = threading.Event()
    terminal.press("2")
    terminal._run(_begin(terminal, free))
    for key in ("n", *"Drill"):
        terminal._send(key)
    terminal._run(_a_moment())
    assert "New tool" not in terminal.crumbs
    free.set()
    terminal.settle()
    assert terminal.line("*Name").endswith("Drill")


def test_what_is_stuck_can_be_left(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("officeops.tui.terminal.key_queue.PATIENCE", 0.0)
    free = threading.Event()
    terminal.press("2")
    terminal._run(_begin(terminal, free))
    for key in ("j", "k", "2"):
        terminal._send(key)
    terminal._run(_a_moment())
    terminal._send("ctrl+c")
    terminal._run(_a_moment())
    said = list(terminal.app.recent_messages)
    terminal._send("q")
    terminal._run(_a_moment())
    free.set()
    assert said[0].startswith("3 keys typed ahead are forgotten:")
    assert "q leaves officeops" in said[1]
    assert terminal.app._exit


def _held(free: threading.Event, _: Office) -> str:
    free.wait(60)
    return "done"


async def _begin(terminal: Terminal, free: threading.Event) -> None:
    screen = terminal.app.screen
    assert isinstance(screen, OfficeScreen)
    screen.write(partial(_held, free), screen.say)


async def _a_moment() -> None:
    import asyncio

    for _ in range(30):
        await asyncio.sleep(0.005)


# -- scans -----------------------------------------------------------------------------------------


def test_a_scan_opens_what_it_means_and_no_key_of_it_acts(
    terminal: Terminal, tools: Office
) -> None:
    ways: tuple[list[str], ...] = ([], [*":tool", "enter"], [*":cabinet", "enter"], ["b"])
    for way in ways:
        terminal.press("escape", "escape", "escape", *way)
        before = terminal.app.screen
        terminal.burst(*"UU222999x", "enter")
        expect(terminal, "UU222999x")
        assert terminal.app.screen is before
    with tools.acting("test"):
        tools.add(tools.record("tool")(name="ab1234"))
    terminal.burst(*"AB1234", "enter")
    assert "Tool ab1234" in terminal.crumbs


def test_a_scan_is_no_answer_to_a_question(terminal: Terminal, tools: Office) -> None:
    terminal.press("2", "x").burst(*"y12345", "enter")
    expect(terminal, "y12345")
    assert not tools.value("SELECT count(*) FROM tools_tool WHERE archived_at IS NOT NULL")
    terminal.press("y")
    assert not tools.value("SELECT count(*) FROM tools_tool WHERE archived_at IS NOT NULL")


def test_in_a_field_a_scan_is_text_and_its_enter_goes_on_as_when_typed(terminal: Terminal) -> None:
    terminal.press("2", "n").burst(*"0400021000308", "enter").burst(*"]C110\x1d7", "enter")
    assert terminal.line("*Name").endswith("0400021000308")
    assert "]C110\u241d7 " in terminal.line("Cabinet")
    terminal.press("escape", "y", "/").burst(*"123456", "enter")
    assert "/123456" in terminal.crumbs


# -- nothing acts on one key -----------------------------------------------------------------------


def test_no_key_changes_anything_by_itself(terminal: Terminal, tools: Office) -> None:
    # An undo and a redo to be asked for.
    terminal.press("2", "x", "y", "u", "y", "x", "y")
    for way in sampled(((), ("2",), ("2", "enter"), ("1",), ("b",)), 2):
        for name, done in every_key_alone(terminal, tools, way):
            assert not done, (way, name)


def test_an_action_that_asks_nobody_is_found(
    office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_factory(files={"tools": PLUGIN})
    with office.acting("test"):
        office.add(office.record("tool")(name="Anvil"))
    monkeypatch.setattr(OfficeScreen, "ask", lambda self, _, yes: self.guarded(yes))
    with Terminal(office) as terminal:
        actions = [done for _, done in every_key_alone(terminal, office, ("2",)) if done]
    assert ["tools.tool.inspect"] in [done[:1] for done in actions]


# -- every screen, both ways -----------------------------------------------------------------------


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up practice, whose every list has rows."""
    return made_once.practice(tmp_path_factory)


def classes(of: type[OfficeScreen]) -> Iterator[type[OfficeScreen]]:
    """Yield the screens that are used, and not only built upon."""
    for screen in of.__subclasses__():
        yield screen
        yield from classes(screen)


def test_a_burst_ends_as_the_same_keys_typed_slowly_on_a_sample_of_screens(
    practice: Path, tmp_path: Path
) -> None:
    with open_office(practice) as office:
        known, plugins = list(subjects(office)), list(office.plugins.manifests)
        for _, screen in office.plugins.registered("screens"):
            import_module(screen.target.partition(":")[0])
    chance = random.Random(1)  # noqa: S311 - chance, not a secret
    pressed = [subject for subject in known if subject.name in ALWAYS]
    assert len(pressed) == len(ALWAYS)
    others = [subject for subject in known if subject not in pressed]
    pressed += chance.sample(others, SAMPLE)
    with Pair(practice, tmp_path) as pair:
        sweep(pair, pressed, 1, LENGTH)
    # Screens of plugins that other tests wrote are in this process too.
    known_plugins = {f"officeops_{name}" for name in plugins} | {"officeops"}
    own = {
        screen.__name__
        for screen in classes(OfficeScreen)
        if screen.__module__.split(".")[0] in known_plugins
    }
    # Nobody signs here, as no login is shared: tests/tui/test_tui_shared.py does.
    signing = {"AskingScreen", "SignScreen", "WitnessScreen"}
    # One's own hours are of the person of the login, and the demo's login is nobody's.
    built_upon = {"LineScreen", "TypingScreen", "TimeScreen", "AnswersScreen", "CoveringScreen"}
    skipped = own - pair.seen - built_upon - signing
    assert not skipped, f"no subject leads to {skipped}: add one to tests/tui/keys_sweep.py"


@pytest.mark.parametrize(
    ("fault", "way", "keys"),
    [
        (NO_QUEUE, (":location", "enter", "n"), ("B", "a", "y", "ctrl+s", "n", "C", "ctrl+s")),
        (LATE_FIELD, (":location", "enter", "n"), ("B", "a", "y", "ctrl+s")),
    ],
)
def test_the_comparison_finds_keys_out_of_order(
    practice: Path, tmp_path: Path, fault: str, way: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    with Pair(practice, tmp_path, fault) as pair, pytest.raises(Failure):
        _five_times(pair, Subject("planted", way), keys)


def _five_times(pair: Pair, subject: Subject, keys: tuple[str, ...]) -> None:
    for _ in range(5):
        pair.compare(subject, keys)


def test_a_scan_over_a_real_line_is_one_however_its_packets_fall(
    practice: Path, tmp_path: Path
) -> None:
    with open_office(practice) as office:
        code, name = office.rows(
            "SELECT p.barcode, i.name FROM inventory_pack p "
            "JOIN inventory_item i ON i.id = p.item_id WHERE p.barcode IS NOT NULL "
            "AND i.archived_at IS NULL AND p.archived_at IS NULL LIMIT 1"
        )[0]
        before = office.value("SELECT max(id) FROM core_action")
    with Line(practice, tmp_path / "line") as line:
        for packets in ([f"{code}\r"], [code[:6], f"{code[6:]}\r"], [f"]E0{code}\r"]):
            for packet in packets[:-1]:
                line.write(packet)
            report = line.send(packets[-1])
            assert f"Item {name}"[:30] in report["lines"][0]
            line.send("\x1b")
        gs1 = f"01{item_number(code)}"
        pasted = f"\x1b[200~{gs1}10A-7\x1d17291231\x1b[201~\r"
        labels = [(f"]d2{gs1}10A-7\x1d21S\r", f"{gs1}10A-7\x1d17291231\r")]
        labels.append((f"{gs1}10A-7\x1d21S\r", pasted))
        for packet, label in labels:
            assert f"Item {name}"[:30] in line.send(packet)["lines"][0]
            # In a form the label fills what it says, typed and pasted, its separator with it.
            _receive_by_label(line, label)
            line.send("\x1b")
        report = line.send("U12345\r")
        assert report["screen"] == "Today"
        assert "U12345" in report["lines"][-2]
    with open_office(practice) as office:
        assert office.value("SELECT max(id) FROM core_action") == before


def _receive_by_label(line: Line, label: str) -> None:
    line.send(":receive\r")
    for _ in range(9):
        report = line.send("\t")
        if "Lot number on the label" in report["lines"][-2]:
            break
    shown = line.send(label)["lines"]
    filled = [
        text.split()[-1] for text in shown if text.lstrip(" *").startswith(("Lot ", "Expires"))
    ]
    assert filled == ["A-7", "2029-12-31"], shown
    line.send("\x1b")
    line.send("y")


@pytest.mark.parametrize("end", ["enter", "tab"])
def test_a_scan_is_no_answer_whatever_key_ends_it(
    terminal: Terminal, tools: Office, end: str
) -> None:
    """`x` asks and `y` says yes, but a code that begins with both is a code."""
    terminal.press("2").burst(*"xy123456", end)
    assert tools.value("SELECT count(*) FROM tools_tool WHERE archived_at IS NOT NULL") == 0
    assert "xy123456" in terminal.prompt
