"""The keys of a form. Letters are text there, so none of them is a key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from officeops.tui.terminal.keys import NEVER, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.tui.base.navigator import Navigator


class KeyedForm(Protocol):
    """The parts of a form's screen that these keys use."""

    @property
    def navigator(self) -> Navigator:
        """The ways to other screens."""

    def save(self) -> None:
        """Save the form."""

    def back(self) -> None:
        """Close the suggestions, or the form."""

    def go(self, by: int) -> None:
        """Go to another field."""

    def step(self, by: int) -> None:
        """Choose a suggestion, or go to another field."""

    def next_or_save(self) -> None:
        """Go to the next field; after the last one, save."""


def form_keys(form: KeyedForm) -> Iterator[Key]:
    """Yield the keys of a form, the most useful first."""
    again = "Read the last messages in full"
    yield Key(("ctrl+s",), "save", form.save, "Save and go back", 0)
    yield Key(("escape",), "back", form.back, "Go back; asks before it loses anything", 0)
    yield from _moving_keys(form)
    yield Key(("f2",), "messages", form.navigator.open_messages, again, NEVER)
    yield Key(("f1",), "help", form.navigator.open_help, "Show what every key does", 1)


def _moving_keys(form: KeyedForm) -> Iterator[Key]:
    following = "Next field; on the last one, enter saves"
    yield Key(("tab", "enter"), "next field", form.next_or_save, following, 2)
    yield Key(("shift+tab",), "previous", partial(form.go, -1), "Previous field", 8)
    yield Key(("down",), "down", partial(form.step, 1), "Next field or candidate", NEVER)
    yield Key(("up",), "up", partial(form.step, -1), "Previous field or candidate", NEVER)
