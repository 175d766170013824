"""Whatever sends, approves, pays, discards or destroys asks before it is done."""

from __future__ import annotations

from typing import Final

from tests.docs.trial import plugins

from officeops.tui.base.record_verbs import of_action

#: Words of verbs that nobody brings back by opening a record again.
GRAVE: Final = frozenset(
    {"discard", "destroy", "dispose", "shred", "waste", "purge", "delete", "pay", "void"}
)


def test_what_cannot_be_taken_lightly_asks() -> None:
    silent = []
    for _, action in plugins().registered("actions"):
        verb = of_action(action)
        # Without a form there is always a question; a form is one only if it is no grave thing.
        asks = verb.danger or not verb.fields
        if GRAVE.intersection(action.word.split("-")) and not asks:
            silent.append(action.name)
    assert not silent, f"declare them with danger=True: {silent}"
