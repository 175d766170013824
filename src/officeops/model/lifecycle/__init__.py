"""Lifecycle: the states of a record, the transitions between them, who may take them, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.archived_record import why_archived
from officeops.model.errors import Problem, Refused, UsageProblem
from officeops.model.fields import Field, choice
from officeops.model.lifecycle.rules import declaration_fault, record_fault
from officeops.model.lifecycle.transition import ACTOR, REQUIRED, WITNESS, StateMap
from officeops.model.lifecycle.words import (
    before_the_last,
    no_beginning,
    no_file,
    no_such_state,
    not_of_team,
    said,
    same_person,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from officeops.model.actions import Action
    from officeops.model.lifecycle.event import Event
    from officeops.model.lifecycle.transition import Code, Transition
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record


class Lifecycle(StateMap):
    """The life of a record: its states in order, and the transitions that people take.

    `LEAVE = Lifecycle(("draft", "submitted"), Transition("submit", ("draft",), "submitted", "Ask
    for it."))`; the record has the field `status: str = LEAVE.field()` and says `life = LEAVE`.
    Nothing but a declared transition changes its state.

    A new record is in the first state, or in one of `first`: orders that another program had sent.
    `words` are the states as people call them after "it is", where that is more than the state's
    own words: `{"draft": "a draft"}`. With `log` every transition is noted as an event, which
    `office.events` lists and `time_in` counts; `since` names the instant at which the first state
    began, where that is another than when the record was added. Once the state has changed, the
    work on records that belong to it is no longer undone, except with `binds=False`.

    Raises TypeError for a declaration that does not hold together.
    """

    def __init__(
        self,
        states: tuple[str, ...],
        *transitions: Transition,
        column: str = "status",
        first: tuple[str, ...] = (),
        words: Mapping[str, str] | None = None,
        log: bool = False,
        since: str = "",
        binds: bool = True,
    ) -> None:
        super().__init__(
            states,
            transitions,
            column,
            first or states[:1],
            words or {},
            log=log,
            since=since,
            binds=binds,
        )
        if fault := declaration_fault(self, transitions):
            raise TypeError(fault)

    def field(self, **facts: Any) -> Any:  # noqa: ANN401 - typed by the annotation
        """Declare the state's field; it starts in the first state."""
        declared: Field = choice(*self.states, default=self.states[0], managed=True, **facts)
        return declared

    def check(self, meta: Meta) -> None:
        """Raise TypeError where the record has not what the lifecycle names."""
        if fault := record_fault(self, meta):
            raise TypeError(f"{meta.key}: {fault}")

    # -- whether ---------------------------------------------------------------------------------

    def not_first(self, state: str) -> str | None:
        """Return why a new record cannot be in a state, or None."""
        return None if state in self.first else no_beginning(self, state)

    def reason(
        self,
        office: Office,
        record: Record,
        verb: str,
    ) -> str | None:
        """Return why the acting person cannot take a transition now, or None."""
        transition = self._transition(record, verb)
        if why := why_archived(record):
            return why
        if getattr(record, self.column) not in transition.sources:
            return no_such_state(self, record, transition)
        if why := self._not_for(office, record, transition):
            return why
        if why := no_file(record, transition):
            return why
        return self._refused_by_guard(office, record, transition)

    def barred(
        self,
        office: Office,
        record: Record,
        was: str,
        now: str,
        verb: str = "",
    ) -> str | None:
        """Return why nobody, or not this person, brings a record from one state to another.

        Whatever changes the state asks it: an edit by an action, an undo and a redo. `verb` is the
        transition, where that is known.
        """
        if was == now:
            return None
        ways = self._ways(was, now)
        if not ways:
            return no_such_state(self, record, None, now)
        ways = [way for way in ways if way.verb == verb] or ways
        reasons = [self._not_for(office, record, way) for way in ways]
        return next(filter(None, reasons), None)

    def refused_again(
        self,
        office: Office,
        record: Record,
        was: str,
        now: str,
    ) -> str | None:
        """Return why the guards let no transition bring a record from one state to another by now.

        Undo and redo ask it where something was written since. None where one does, or where no
        transition leads there.
        """
        reasons = [self._refused_by_guard(office, record, way) for way in self._ways(was, now)]
        return None if None in reasons else next(iter(reasons), None)

    @staticmethod
    def _refused_by_guard(office: Office, record: Record, transition: Transition) -> str | None:
        if transition.guard is None:
            return None
        place = f"the guard of {transition.verb} of {record.meta.key}"
        return office.ask(record.meta.plugin, place, _code(transition.guard), record)

    def verb_between(self, was: str, now: str) -> str:
        """Return the verb of the first transition from a state to another; blank for none."""
        return next((way.verb for way in self._ways(was, now)), "")

    def _ways(self, was: str, now: str) -> list[Transition]:
        return [way for way in self.transitions.values() if way.to == now and was in way.sources]

    @staticmethod
    def _not_for(
        office: Office,
        record: Record,
        transition: Transition,
    ) -> str | None:
        """Return that another person has to take a transition: one not named, or of the team."""
        for name in transition.by_other:
            field = record.meta.by_name[name]
            person = getattr(record, name)
            if person is not None and person == _acting(office, field):
                return same_person(office.actor, field, transition)
        if transition.by and not office.in_team(record):
            return not_of_team(transition)
        return None

    # -- doing it --------------------------------------------------------------------------------

    def move(
        self,
        office: Office,
        record: Record,
        verb: str,
        *,
        at: datetime | None = None,
        **given: Any,  # noqa: ANN401 - the transition's fields
    ) -> str:
        """Take a transition inside an action, and return the sentence that says so.

        `given` are its fields. `at` is when it happened, with `log`: never before the event before
        it, nor in the future. Raises Refused with the reason where it cannot be taken, and
        UsageProblem, which names the transitions, for a verb of none.
        """
        transition = self._transition(record, verb)
        if why := self.reason(office, record, verb):
            raise Refused(why, office.word_for(record), code="wrong-state")
        moment = self._moment(office, record, at)
        if transition.witness:
            WITNESS(office, moment)
        extra = self._extra(transition, given)
        columns = {
            **self._filled_in(record, transition, given),
            **_stamped(office, record, transition, moment),
        }
        if transition.writes is not None:
            columns |= _code(transition.writes)(office, record, **extra)
        columns[self.column] = transition.to
        office.take_step(record, verb, moment, columns)
        sentence = None
        if transition.then is not None:
            sentence = _code(transition.then)(office, record, **extra)
        return sentence or f"{office.word_for(record)} is now {said(self, transition.to)}."

    def _transition(self, record: Record, verb: str) -> Transition:
        """Return the transition of a verb. Raises UsageProblem, which names those that there are."""
        transition = self.transitions.get(verb)
        if transition is None:
            facts = {"kind": "transition", "text": verb}
            why = (
                f"{record.meta.plural} have no transition {verb!r}. "
                f"They have {', '.join(self.transitions)}."
            )
            raise UsageProblem(why, code="not-found", facts=facts)
        return transition

    def _moment(
        self,
        office: Office,
        record: Record,
        at: datetime | None,
    ) -> datetime:
        """Return when a transition happens: now, or as given by whole minutes.

        Raises Refused for a moment in the future, or before the event before it.
        """
        now = office.now()
        if not self.log:
            if at is not None:
                raise TypeError(f"{record.meta.key}: `at` needs a lifecycle with log=True")
            return now
        if at is not None and at.tzinfo is None:
            why = "has no time zone; give one, as `office.now()` has"
            raise Refused([Problem(why, "at", code="not-a-date")], record.human_key)
        if at is not None and at > now:
            problem = Problem("is in the future", "at", code="out-of-range")
            raise Refused([problem], record.human_key)
        last = office.last_event_at(record)
        if at is not None and at < last.replace(second=0):
            problem = before_the_last(self, office.events(record)[-1], office.ways)
            raise Refused([problem], record.human_key)
        # A clock that was set back does not turn the order of the events around.
        return max(at or now, last)

    @staticmethod
    def _extra(transition: Transition, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that go to `writes` and `then`, and are no columns.

        A consent was weighed before, and goes to neither.
        """
        unknown = given.keys() - transition.fields.keys()
        if unknown:
            raise TypeError(f"{transition.verb} has no field {', '.join(sorted(unknown))}")
        consent = transition.consent.param if transition.consent else ""
        extra = {}
        for name, field in transition.fields.items():
            if isinstance(field, Field) and name != consent:
                extra[name] = given.get(name, None if field.required else field.default)
        return extra

    @staticmethod
    def _filled_in(
        record: Record, transition: Transition, given: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the columns that the person filled in. Raises Refused for one left blank."""
        filled: dict[str, Any] = {}
        missing: list[Problem] = []
        for name in transition.columns:
            value = given.get(name)
            if value is not None and str(value).strip():
                filled[name] = value
            elif transition.fields[name] is REQUIRED:
                field = record.meta.by_name[name]
                missing.append(Problem("is needed", field.public_name, code="needed"))
        if missing:
            raise Refused(missing, record.human_key)
        return filled

    # -- as actions ------------------------------------------------------------------------------

    def actions(self, record: type[Record], *verbs: str) -> list[Action[Any, Any]]:
        """Return the actions of the transitions that have a help, or of the verbs given."""
        from officeops.model.lifecycle.actions import action_of

        if record.life is not self:
            raise TypeError(f"{record.__name__} has these transitions, so it says `life = ...`")
        chosen = verbs or [way.verb for way in self.transitions.values() if way.help]
        ways = [self.transitions[verb] for verb in chosen]
        return [action_of(record, way, self.move, self.reason, log=self.log) for way in ways]

    def action(self, record: type[Record], verb: str) -> Action[Any, Any]:
        """Return one transition as an action: `office.do(LEAVE.action(Request, "submit"), request)`.

        It is the person's own step, with their permission, as on the screen and in a command.
        """
        if verb not in self.transitions:
            raise TypeError(
                f"there is no transition {verb}: there are {', '.join(self.transitions)}"
            )
        (action,) = self.actions(record, verb)
        return action

    # -- how long --------------------------------------------------------------------------------

    def time_in(
        self,
        office: Office,
        record: Record,
        states: Collection[str],
        *,
        until: datetime | None = None,
    ) -> int:
        """Return the open minutes that a record has been in some states, until now or a moment."""
        unknown = set(states) - set(self.states)
        if unknown:
            raise TypeError(f"there is no state {', '.join(sorted(unknown))}")
        end = until or office.now()
        events = office.events(record)
        following: list[Event | None] = [*events[1:], None]
        total = 0
        for event, after in zip(events, following, strict=True):
            if event.now in states and event.at < end:
                left = min(after.at, end) if after else end
                total += office.calendar.minutes(event.at, left)
        return total


def _stamped(
    office: Office,
    record: Record,
    transition: Transition,
    moment: datetime,
) -> dict[str, object]:
    """Return the columns that fill in themselves."""
    stamped: dict[str, object] = {}
    for name, stamp in transition.stamp.items():
        if stamp is ACTOR:
            stamped[name] = _acting(office, record.meta.by_name[name])
        else:
            stamped[name] = stamp(office, moment)
    return stamped


def _acting(office: Office, field: Field) -> object:
    """Return the acting person as a field keeps people: by login, or as a `core.user`."""
    return office.acting_user() if field.target else office.actor


def _code(code: Code) -> Any:  # noqa: ANN401 - code of a plugin
    if not isinstance(code, str):
        return code
    from officeops.model.declarations import named

    return named(code)
