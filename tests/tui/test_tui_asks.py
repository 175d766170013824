"""Whatever sends, approves, pays, discards or destroys asks before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.docs.trial import plugins

from officeops.tui.base.action_run import ActionRun
from officeops.tui.base.record_verbs import of_action
from officeops.tui.terminal.meanings import BY_WORD

if TYPE_CHECKING:
    from officeops import Action

#: Words of verbs that nobody brings back by opening a record again.
GRAVE: Final = frozenset(
    {"discard", "destroy", "dispose", "shred", "waste", "purge", "delete", "pay", "void"}
)
ACTIONS: Final = [action for _, action in plugins().registered("actions")]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_what_cannot_be_taken_lightly_asks(action: Action[..., Any]) -> None:
    run = ActionRun(None, of_action(action), ())  # type: ignore[arg-type] # nobody reads it
    if GRAVE.intersection(action.word.split("-")):
        assert run.question, "declare it with danger=True"
    if action.means and BY_WORD[action.means].asks:
        # A form is the question of those that need more to be typed; ctrl+s answers it.
        assert run.question or run.verb.fields or run.verb.screen
