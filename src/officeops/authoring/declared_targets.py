"""The targets of a plugin's declarations, checked before it is turned on."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from officeops.core.commands import COMMANDS, VERBS
from officeops.model.error_words import told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from officeops.model.actions import Action
    from officeops.model.declarations import Screen
    from officeops.plugins.manager import Plugins


def declared_problems(
    plugins: Plugins,
    name: str,
    records: Collection[str],
) -> Iterator[str]:
    """Yield views of missing records, words and keys that are taken, and what cannot be imported.

    `records` are the keys of all records with the plugin on.
    """
    for owner, view in plugins.registered("views"):
        if owner == name and view.record not in records:
            yield f"the view {view.name} is of {view.record}, and there is no such record"
    yield from hidden_actions(plugins, name)
    for owner, screen in plugins.registered("screens"):
        if owner == name:
            yield from (f"the screen {screen.id}: {why}" for why in key_problems(screen))
    for hook in ("commands", "screens"):
        for owner, declared in plugins.registered(hook):
            if owner == name:
                yield from target_problems(declared.target)


def hidden_actions(plugins: Plugins, name: str) -> Iterator[str]:
    """Yield the actions of a plugin that no command leads to, since officeops has the word."""
    for owner, action in plugins.registered("actions"):
        if owner == name:
            yield from (f"the action {action.name}: {why}" for why in word_problems(action))


def word_problems(action: Action[..., Any]) -> Iterator[str]:
    """Yield that an action has a word of officeops, whose own meaning counts."""
    if action.word in (VERBS if action.record else COMMANDS):
        yield f"officeops has a verb {action.word} of its own; call it something else"


def key_problems(screen: Screen) -> Iterator[str]:
    """Yield that the meaning of a screen is none by which Today could open it."""
    if not screen.means:
        return
    from officeops.tui.terminal.meanings import OF_ACTIONS

    if screen.means not in OF_ACTIONS:
        known = ", ".join(OF_ACTIONS)
        yield (
            f"its meaning {screen.means!r} opens no screen; choose one of {known}, or none: "
            f"it is reached by :{screen.word} too"
        )


def target_problems(target: str) -> Iterator[str]:
    """Yield the reason if a `module:attribute` cannot be imported."""
    module, _, attribute = target.partition(":")
    try:
        if not hasattr(import_module(module), attribute):
            yield f"{module} has no {attribute}"
    except Exception as error:  # noqa: BLE001 - a plugin's module may raise anything
        yield f"{target} cannot be imported: {told(error)}"
