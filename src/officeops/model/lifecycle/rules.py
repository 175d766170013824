"""The rules of a lifecycle's declaration, each with the sentence that its author gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.fields import Field
from officeops.model.lifecycle.transition import ACTOR, NOW, REQUIRED, TODAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.lifecycle.transition import Stamp, StateMap, Transition
    from officeops.model.meta import Meta

#: A field of every transition that is logged: when it happened.
AT: Final = "at"


def declaration_fault(life: StateMap, transitions: Sequence[Transition]) -> str:
    """Return what does not hold together in a lifecycle; blank where all does."""
    if len(life.transitions) < len(transitions):
        return "two transitions have the same verb"
    if life.states[0] not in life.first:
        return f"its field begins as {life.states[0]}, which `first` does not name"
    unknown = {*life.words, *life.first} - set(life.states)
    for transition in transitions:
        unknown |= {*transition.sources, transition.to} - set(life.states)
    if unknown:
        return f"the lifecycle names unknown states: {', '.join(sorted(unknown))}"
    faults = (_transition_fault(life, transition) for transition in transitions)
    return next(filter(None, faults), "")


def _transition_fault(life: StateMap, transition: Transition) -> str:
    verb = transition.verb
    for name, given in transition.fields.items():
        if not (given is REQUIRED or given is None or isinstance(given, Field)):
            return f"{verb}: the field {name} is {given!r}; write REQUIRED, OPTIONAL or param(...)"
    if life.log and AT in transition.fields:
        return f"{verb}: with log=True the field {AT!r} is when it happened; name yours otherwise"
    if life.column in transition.written:
        return f"{verb}: the transition itself writes {life.column}"
    if transition.by not in ("", "team"):
        return f"{verb}: by is {transition.by!r}; it is blank or 'team'"
    return ""


def record_fault(life: StateMap, meta: Meta) -> str:
    """Return what a record lacks for its lifecycle; blank where it has all."""
    state = meta.by_name.get(life.column)
    if state is None:
        cure = 'call its field so, or name that one by Lifecycle(..., column="stage")'
        return f"its life is in {life.column!r}, which is no field of it; {cure}"
    since = meta.by_name.get(life.since)
    if life.since and (since is None or not _is_instant(since)):
        return f"its life begins at {life.since!r}, which is no instant of it"
    for field in meta.fields:
        if unknown := set(field.required_for) - life.transitions.keys():
            return f"{field.name} is required for {min(unknown)!r}, which is no transition"
    faults = (_columns_fault(transition, meta) for transition in life.transitions.values())
    return next(filter(None, faults), "")


def _columns_fault(transition: Transition, meta: Meta) -> str:
    own = {field.name: field for field in meta.fields}
    for name in (*transition.columns, *transition.stamp, *transition.by_other):
        if name not in own:
            return f"{transition.verb} names {name!r}, which is no field of it"
    if transition.by and meta.scope is None:
        return f"{transition.verb} is by='team', and without a scope nobody has a team"
    for name, stamp in transition.stamp.items():
        if fault := _stamp_fault(own[name], stamp):
            return f"{transition.verb} stamps {name}, which {fault}"
    for name in transition.by_other:
        if not _names_person(own[name]):
            return f"{transition.verb}: {name} names no person; it is a login, or a core.user"
    return ""


def _stamp_fault(field: Field, stamp: Stamp) -> str:
    """Return what a column is not, for what a stamp writes into it; blank where it fits."""
    if stamp is ACTOR and not _names_person(field):
        return "names no person; it is a login, or a core.user"
    if stamp is NOW and not _is_instant(field):
        return "is no instant"
    if stamp is TODAY and not field.kind.is_day:
        return "is no date"
    return ""


def _names_person(field: Field) -> bool:
    return field.kind.is_text or field.target == "core.user"


def _is_instant(field: Field) -> bool:
    return field.kind.annotation == "datetime"
