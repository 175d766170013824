"""The problems of a plugin's actions, commands, views, jobs, reports and screens."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from officeops.authoring.check_records import reference
from officeops.authoring.declared_targets import target_problems
from officeops.authoring.source_place import located, place, repeated
from officeops.core.commands import COMMANDS, VERBS
from officeops.model.declarations import Query
from officeops.model.error_words import told
from officeops.model.errors import OfficeError, PluginFault
from officeops.query.columns import chosen_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.model.actions import Action
    from officeops.model.declarations import Command, Screen, View
    from officeops.office.office import Office
    from officeops.plugins.manifest import Plugin


def verb_problems(office: Office, manifest: Plugin) -> Iterator[str]:
    """Yield the problems of everything that a plugin registers beside its records."""
    actions = _registered(office, "actions", manifest)
    screens = _registered(office, "screens", manifest)
    for action in actions:
        here = place(action.run, action.name)
        yield from located(here, _action(office, action, manifest))
    for name in repeated(action.name for action in actions):
        yield f"actions: there are two called {name}"
    yield from _meanings(office, actions)
    for command in _registered(office, "commands", manifest):
        yield from located(f"command {command.name}", _command(command))
    for view in _registered(office, "views", manifest):
        yield from located(f"view {view.name} of {view.record}", _view(office, view))
    for hook in ("jobs", "reports"):
        for declared in _registered(office, hook, manifest):
            if not declared.help:
                here = place(declared.run, declared.name)
                yield f"{here}: its function has no docstring, which is its help"
    for screen in screens:
        yield from located(f"screen {screen.id}", _screen(screen))


def _registered(office: Office, hook: str, manifest: Plugin) -> list[Any]:
    """Return the declarations of this plugin alone."""
    registered = office.plugins.registered(hook)
    return [declared for owner, declared in registered if owner == manifest.name]


def _meanings(office: Office, actions: list[Action[..., Any]]) -> Iterator[str]:
    """Yield the meanings that give an action no letter, or one that another action has."""
    from officeops.tui.terminal.meanings import LETTERS

    for action in actions:
        if not action.means:
            continue
        here = f"{place(action.run, action.name)}: its meaning {action.means!r}"
        cure = f"choose another, or none: it is reached by :{action.word} too"
        letter = LETTERS.get(action.means)
        if letter is None:
            known = ", ".join(sorted(LETTERS))
            yield f"{here} is not known; {cure}. The meanings are {known}"
            continue
        first = _first_with(office, action, LETTERS)
        if first is not action:
            yield f"{here} has the letter {letter!r}, which is that of {first.name}; {cure}"


def _first_with(
    office: Office, action: Action[..., Any], letters: Mapping[str, str]
) -> Action[..., Any]:
    """Return the first declared action on the same record that has the letter of this one."""
    for _, other in office.plugins.registered("actions"):
        is_beside = action.record and other.record == action.record
        if is_beside and letters.get(other.means) == letters[action.means]:
            first: Action[..., Any] = other
            return first
    return action


def _screen(screen: Screen) -> Iterator[str]:
    from officeops.tui.terminal.keys import RESERVED

    if screen.key in RESERVED:
        yield f"its key {screen.key!r} means the same on every screen; choose another"
    yield from target_problems(screen.target)


def _action(
    office: Office,
    action: Action[..., Any],
    manifest: Plugin,
) -> Iterator[str]:
    if not action.help:
        yield "its function has no docstring, which is its help"
    if action.record and action.record not in office.records:
        yield f"there is no record {action.record}"
    # An action on a record is a verb of its noun; one on the office is a word of its own.
    taken = VERBS if action.record else COMMANDS
    if action.word in taken:
        yield f"officeops has a verb {action.word} of its own; call it something else"
    try:
        fields = action.fields
    except (PluginFault, ValueError) as error:
        yield f"its parameters cannot be read: {told(error)}"
        return
    for field in fields:
        if field.target:
            yield from located(f"parameter {field.name}", reference(office, field, manifest))


def _command(command: Command) -> Iterator[str]:
    if not command.help:
        yield "it has no help"
    if command.name in COMMANDS:
        yield "the word is officeops' own; call it something else"
    problems = list(target_problems(command.target))
    if problems:
        yield from problems
        return
    module, _, attribute = command.target.partition(":")
    loaded = getattr(import_module(module), attribute)
    first = (getattr(loaded, "help", None) or "").strip().partition("\n")[0]
    # Help of all commands is printed without importing them, so the two must agree.
    if first != command.help:
        registered = f"it is registered with the help {command.help!r}"
        yield f"{registered}, but {command.target} begins with {first!r}"


def _view(office: Office, view: View) -> Iterator[str]:
    record = office.records.get(view.record)
    if record is None:
        yield "there is no such record"
        return
    try:
        columns = chosen_columns(office, record, ",".join(view.columns))
        office.select(record, columns, Query(view.where, view.sort))
    except OfficeError as error:
        yield f"it cannot be shown: {told(error)}"
