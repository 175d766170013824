"""The problems of a record's lifecycle that its declaration alone does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.authoring.declared_targets import target_problems
from officeops.authoring.source_place import located
from officeops.model.lifecycle.transition import StateMap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.lifecycle.transition import Transition
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office


def lifecycle_problems(office: Office, record: type[Record]) -> Iterator[str]:
    """Yield the problems of the lifecycle of a record, if it has one."""
    life = record.life
    if not isinstance(life, StateMap):
        return
    yield from _states(life, record.meta)
    names = {action.name for action in office.actions(record)}
    for transition in life.transitions.values():
        found = [*_columns(transition, record.meta), *_code(transition)]
        name = f"{record.meta.key}.{transition.verb}"
        if transition.help and name not in names:
            found.append(f"it has a help, and the hook actions gives no {name}")
        yield from located(f"transition {transition.verb}", found)


def _states(life: StateMap, meta: Meta) -> Iterator[str]:
    field = meta.by_name[life.column]
    if field.choices != life.states or not field.managed:
        yield f"its {life.column} is not declared with the lifecycle's own field()"
    reached = {transition.to for transition in life.transitions.values()}
    for state in life.states[1:]:
        if state not in reached:
            yield f"no transition leads to the state {state}"


def _columns(transition: Transition, meta: Meta) -> Iterator[str]:
    """Yield the columns that say who did what, and that a form may change all the same."""
    for name in (*transition.stamp, *transition.by_other):
        if not meta.by_name[name].managed:
            yield f"anyone who edits the record can change {name}; declare it managed=True"


def _code(transition: Transition) -> Iterator[str]:
    for code in (transition.guard, transition.writes, transition.then):
        if isinstance(code, str):
            yield from target_problems(code)
