"""The small parts of the screens, each alone: the idle clock, suggestions, commands, and the host."""

from __future__ import annotations

import pytest

from officeops.tui.base.navigator import host_of
from officeops.tui.idle_clock import WARNING, IdleClock
from officeops.tui.terminal.keys import Key, command_of
from officeops.tui.widgets.suggestions import Suggestions


class Clock:
    """A clock that a test sets, in seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_idle_clock_warns_once_and_then_ends() -> None:
    clock = Clock()
    idle = IdleClock(minutes=10, clock=clock)
    clock.now = 600 - WARNING - 1
    assert not idle.must_warn()
    clock.now = 600 - WARNING
    assert idle.must_warn()
    assert not idle.must_warn()
    assert not idle.is_over
    clock.now = 600
    assert idle.is_over


def test_a_key_starts_the_idle_clock_again() -> None:
    clock = Clock()
    idle = IdleClock(minutes=10, clock=clock)
    clock.now = 590
    assert idle.must_warn()
    idle.key_pressed()
    assert not idle.must_warn()
    clock.now = 590 + 600
    assert idle.must_warn()
    assert idle.is_over


def test_without_a_limit_the_idle_clock_never_ends() -> None:
    clock = Clock()
    idle = IdleClock(clock=clock)
    clock.now = 1e9
    assert not idle.is_over
    assert not idle.must_warn()


def test_suggestions_are_a_ring() -> None:
    suggestions = Suggestions()
    assert not suggestions.is_open
    suggestions.offer([("CB-1", "Lab"), ("CB-2", "Store")])
    assert suggestions.step(-1) == "CB-2"
    assert suggestions.step(1) == "CB-1"
    assert suggestions.text(20).splitlines() == ["> CB-1  Lab", "  CB-2  Store"]
    assert suggestions.text(8).splitlines() == ["> CB-1…", "  CB-2…"]


def test_only_a_single_suggestion_nobody_chose_is_taken() -> None:
    suggestions = Suggestions()
    suggestions.offer([("CB-1", ""), ("CB-2", "")])
    assert suggestions.only() is None
    suggestions.offer([("CB-1", "")])
    assert suggestions.only() == "CB-1"
    suggestions.step(1)
    assert suggestions.only() is None


def test_a_command_takes_what_follows_its_word() -> None:
    saved: list[str] = []
    save = Key(
        keys=("V", ":save"),
        label="save view",
        run=lambda: saved.append("asked"),
        take=saved.append,
    )
    plain = Key(keys=(":audit",), label="audit", run=lambda: None)

    def named(name: str) -> Key | None:
        for key in (save, plain):
            if name in key.keys:
                return key
        return None

    assert command_of("save", named) is save
    command = command_of("save low gloves", named)
    assert command
    command.run()
    assert saved == ["low gloves"]
    assert command_of("audit everything", named) is None
    assert command_of("nothing", named) is None


def test_an_app_without_a_navigator_is_no_host() -> None:
    with pytest.raises(TypeError, match="navigator"):
        host_of(object())
