"""Faults of plugins' code on the screens: people can report them, and no data shows in them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.segment import Segments

from officeops.model.error_words import discreet
from officeops.model.errors import Forbidden, Refused
from officeops.store.commits import Fate
from officeops.tui.app import OfficeApp
from officeops.tui.testing import Terminal
from officeops.tui.widgets.error_text import sentence

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

#: The drawer asks slowly, and fails.
PLUGIN = (
    (Path(__file__).parent / "tui_tools.py")
    .read_text()
    .replace(
        "class Drawer(LineScreen):\n",
        "class Drawer(LineScreen):\n        slow = True\n\n"
        "        def gather(self, office):\n            raise ValueError('jammed')\n\n",
    )
)


@pytest.fixture
def tools(office_factory: OfficeFactory) -> Office:
    office = office_factory(files={"tools": PLUGIN})
    with office.acting("test"):
        office.add(office.record("tool")(name="Clamp"))
    return office


@pytest.mark.parametrize(
    ("keys", "kind", "text"),
    [
        (["2", *":bend", "enter", "y", "!"], "ZeroDivisionError", "bent"),
        (["2", "Y", "!"], "KeyError", "unsure"),
        (["p", "!"], "AttributeError", "missing"),
        (["r"], "KeyError", "torn"),
        (["#"], "KeyError", "bare"),
        (["o"], "ValueError", "jammed"),
    ],
)
@pytest.mark.parametrize("opened", [False, True])
def test_a_fault_tells_its_text_only_where_nothing_was_opened(
    tools: Office, keys: list[str], kind: str, text: str, *, opened: bool
) -> None:
    discreet(on=opened)
    with Terminal(tools) as terminal:
        terminal.press(*keys)
        assert kind in terminal.text
        lines = [line for line in terminal.lines[:-1] if text in line]
        assert bool(lines) is not opened


def test_what_sqlite_says_is_not_repeated_either() -> None:
    error = sqlite3.OperationalError("no such column: jammed")
    assert "jammed" in sentence(error)
    discreet()
    assert sentence(error) == "The office's file answered: OperationalError."


#: What may go wrong with a write: a refusal, the file, an index, a fault of ours.
ERRORS = [
    Refused("No. Nothing was written."),
    sqlite3.OperationalError("disk I/O error"),
    Forbidden("You may not see everything that this needs."),
    ValueError("boom"),
]


@pytest.mark.parametrize("error", ERRORS, ids=[type(error).__name__ for error in ERRORS])
def test_a_sentence_says_what_became_of_the_write(error: Exception) -> None:
    """Nothing is said of a write where none was asked for; after a commit nothing denies it."""
    nothing, something = Fate(), Fate()
    something.saved(7)
    assert "action 7." in sentence(error, something)
    assert "Nothing was written" not in sentence(error, something)
    assert "saved" not in sentence(error, nothing)
    if type(error) is sqlite3.OperationalError:
        assert sentence(error, nothing).startswith("Nothing was written.")
        assert "written" not in sentence(error)


@pytest.mark.parametrize("saved", [False, True])
def test_a_form_whose_write_fails_says_whether_it_was_saved(
    tools: Office, monkeypatch: pytest.MonkeyPatch, *, saved: bool
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    place = (
        "officeops.office.action_changes.ActionChanges.tell_plugins"
        if saved
        else "officeops.office.action_requests.ActionRequests.honor"
    )
    with Terminal(tools) as terminal:
        monkeypatch.setattr(place, fail)
        terminal.press("2", "n").type("Hammer").press("ctrl+s")
        assert ("It was saved as action" in terminal.text) is saved
        assert ("Nothing was written" in terminal.text) is not saved
    names = [tool.human_key for tool in tools.all(tools.record("tool"))]
    assert ("Hammer" in names) is saved


def test_a_fault_of_our_own_shows_where_and_no_text(
    tools: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = OfficeApp(tools)
    monkeypatch.setattr(app, "bell", lambda: None)
    monkeypatch.setattr(app, "_close_messages_no_wait", lambda: None)
    discreet()
    typed = {"jammed".upper(): 1}
    try:
        typed.pop("jammed".upper() + "!")
    except KeyError:
        app._fatal_error()
    [trace] = app._exit_renderables
    assert isinstance(trace, Segments)
    text = "".join(segment.text for segment in trace.segments)
    assert "KeyError" in text
    assert "typed.pop(" in text
    assert "JAMMED" not in text


def test_a_slow_screen_that_fails_ends_its_wait_and_asks_again(tools: Office) -> None:
    with Terminal(tools) as terminal:
        terminal.press("o")
        said = " ".join(terminal.text.split())
        assert "The plugin tools failed in gather() of a screen (ValueError: jammed)" in said
        assert "`officeops plugins disable tools` turns it off" in said
        assert "The drawer of" not in terminal.text
        terminal.press("escape")
        assert "Today" in terminal.crumbs


def test_what_a_slow_screen_read_before_stays_when_it_fails_later(tools: Office) -> None:
    with Terminal(tools) as terminal:
        today = terminal.app.screen
        assert "nothing due" in terminal.crumbs

        def fail(office: Office) -> None:  # noqa: ARG001
            raise ValueError("jammed")

        today.gather = fail  # type: ignore[attr-defined]
        terminal.app.call_later(today.reload)  # type: ignore[attr-defined]
        terminal.settle()
        assert "nothing due" in terminal.crumbs
        assert "jammed" in terminal.prompt
