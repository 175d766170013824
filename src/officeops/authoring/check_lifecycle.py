"""The problems of a record's lifecycle that its declaration alone does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.authoring.checks import Finding
from officeops.authoring.declared_targets import target_problems
from officeops.authoring.source_place import found, located
from officeops.model.lifecycle.transition import StateMap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.lifecycle.transition import Transition
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office


def lifecycle_problems(office: Office, record: type[Record]) -> Iterator[Finding]:
    """Yield the problems of the lifecycle of a record, if it has one."""
    life = record.life
    if not isinstance(life, StateMap):
        return
    yield from _states(life, record.meta)
    names = {action.name for action in office.actions(record)}
    for transition in life.transitions.values():
        findings = [*_columns(transition, record.meta), *_code(transition)]
        name = f"{record.meta.key}.{transition.verb}"
        if transition.help and name not in names:
            why = f"it has a help, and the hook actions gives no {name}"
            findings.append(Finding("life-action", why))
        yield from located(f"transition {transition.verb}", findings)


def _states(life: StateMap, meta: Meta) -> Iterator[Finding]:
    """Yield a state field of somebody's own, and the states that no transition leads to."""
    field = meta.by_name[life.column]
    if field.choices != life.states or not field.managed:
        why = f"its {life.column} is not declared with the lifecycle's own field()"
        yield Finding("life-field", why)
    reached = {transition.to for transition in life.transitions.values()}
    for state in life.states[1:]:
        if state not in reached:
            yield Finding("life-reached", f"no transition leads to the state {state}")


def _columns(transition: Transition, meta: Meta) -> Iterator[Finding]:
    """Yield the columns that say who did what, and that a form may change all the same."""
    for name in (*transition.stamp, *transition.by_other):
        if not meta.by_name[name].managed:
            why = f"anyone who edits the record can change {name}; declare it managed=True"
            yield Finding("life-managed", why)


def _code(transition: Transition) -> Iterator[Finding]:
    """Yield the code that a transition names as `module:name` and that is not there."""
    for code in (transition.guard, transition.writes, transition.then):
        if isinstance(code, str):
            yield from found("life-code", target_problems(code))
