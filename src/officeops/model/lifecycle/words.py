"""The words of a lifecycle: its states as people call them, and why a transition cannot be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Problem, Reason
from officeops.values.wording import in_sentence

if TYPE_CHECKING:
    from officeops.model.fields import Field
    from officeops.model.lifecycle.event import Event
    from officeops.model.lifecycle.transition import StateMap, Transition
    from officeops.model.records import Record
    from officeops.values.conventions import Conventions


def said(life: StateMap, state: str) -> str:
    """Return a state as people call it after "it is": partly received."""
    return life.words.get(state) or state.replace("_", " ")


def do_it(transition: Transition) -> str:
    """Return a transition as something to do with a record: approve it, close it short."""
    words = (transition.word or transition.verb).split("-")
    # Nobody types the verb of a transition that is no command, so it need be no verb.
    if transition.label and not transition.help:
        words = in_sentence(transition.label).split()
    first, *rest = words
    return " ".join([first, "it", *rest])


def no_such_state(
    life: StateMap,
    record: Record,
    transition: Transition | None,
    to: str = "",
) -> Reason:
    """Return that a record is in the wrong state, as it is now, and what to do first.

    Without a transition, none leads to the state `to`.
    """
    now = str(getattr(record, life.column))
    if transition is None:
        why = f"it is {said(life, now)}; nothing makes it {said(life, to)} from there"
        return Reason(why, code="wrong-state", facts={"state": now, "needed": _before(life, to)})
    facts = {"state": now, "needed": list(transition.sources)}
    step = _first_step(life, now, transition)
    if now == transition.to:
        why = f"it is {said(life, now)} already"
    elif step is not None:
        why = f"it is {said(life, now)}; {do_it(step)} first"
    else:
        *others, last = (said(life, state) for state in transition.sources)
        needed = f"{', '.join(others)} or {last}" if others else last
        why = f"it is {said(life, now)}; you can {do_it(transition)} only when it is {needed}"
        if not (transition.help or transition.label):
            why = f"it is {said(life, now)}; {transition.verb!r} is only for one that is {needed}"
    return Reason(why, code="wrong-state", facts=facts)


def no_beginning(life: StateMap, state: str) -> Reason:
    """Return that a new record cannot be in a state, and in which it can."""
    first = " or ".join(said(life, one) for one in life.first)
    why = f"a new one is {first}, not {said(life, state)}; transitions lead from there"
    return Reason(why, code="wrong-state", facts={"state": state, "needed": [*life.first]})


def _before(life: StateMap, state: str) -> list[str]:
    """Return the states from which one is reached, in their order."""
    sources: set[str] = set()
    for way in life.transitions.values():
        if way.to == state:
            sources.update(way.sources)
    return [source for source in life.states if source in sources]


def _first_step(
    life: StateMap,
    now: str,
    transition: Transition,
) -> Transition | None:
    """Return the transition that makes another possible, where a single step onward does."""
    place = life.states.index
    for way in life.transitions.values():
        is_open = way.help and not way.danger and now in way.sources
        if is_open and way.to in transition.sources and place(way.to) > place(now):
            return way
    return None


def no_file(record: Record, transition: Transition) -> Reason | None:
    """Return that a file is missing which a transition needs, and that it does not ask for."""
    meta = record.meta
    for field in meta.fields:
        is_needed = transition.verb in field.required_for
        if not is_needed or field.name in transition.columns:
            continue
        if getattr(record, field.name) is None:
            option = field.public_name.replace("_", "-")
            how = f"`officeops {meta.noun} attach {record.human_key} FILE --as {option}`"
            facts = {"field": field.public_name}
            return Reason(f"it has no {field.words}; {how} adds it", code="needed", facts=facts)
    return None


def before_the_last(
    life: StateMap,
    last: Event,
    ways: Conventions,
) -> Problem:
    """Return that a transition would be before the one before it."""
    from officeops.values.instants import show_instant

    at = show_instant(last.at, ways)
    why = f"is before {at}, when it became {said(life, last.now)}"
    return Problem(why, "at", code="wrong-order")


def same_person(
    actor: str,
    field: Field,
    transition: Transition,
) -> Reason:
    """Return that another person has to take a transition."""
    why = f"{field.words!r} is {actor}; another person has to {do_it(transition)}"
    return Reason(why, code="same-person", facts={"field": field.public_name})


def not_of_team(transition: Transition) -> Reason:
    """Return that a record is of another team."""
    why = f"it is not of your team; the person who leads that team has to {do_it(transition)}"
    return Reason(why, code="beyond-reach")
