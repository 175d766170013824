"""Transition: a step that people take with a record, and the states that it leads between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from officeops.model.actions import Consent
    from officeops.model.office import Office

    #: Code of a transition, or `module:function`, which is loaded when it is needed.
    Code = Callable[..., Any] | str
    #: What a stamp writes into its column, from the office and the moment of the transition.
    Stamp = Callable[[Office, datetime], object]


class _Required:
    """The mark of a column that a transition demands."""

    def __repr__(self) -> str:
        return "REQUIRED"


#: In `fields`: a column that has to be filled in. Any other value there is offered.
REQUIRED: Final = _Required()
#: In `fields`: a column that may be filled in; left blank, it stays as it is.
OPTIONAL: Final = None
_NOTHING: Final[Mapping[str, Any]] = {}


def _actor(office: Office, at: datetime) -> str:  # noqa: ARG001 - the signature of a stamp
    """In `stamp`: the acting person, by name, or as a user where the column refers to `core.user`."""
    return office.actor


def _witness(office: Office, at: datetime) -> str:  # noqa: ARG001 - the signature of a stamp
    """In `stamp`: the login of the person who signed as the witness, of a transition with `witness`.

    Raises Refused where nobody witnessed it.
    """
    if not office.witness:
        from officeops.model.errors import Refused

        raise Refused("nobody witnessed it; the action needs witness=True", code="needs-signing")
    return office.witness


def _now(office: Office, at: datetime) -> datetime:  # noqa: ARG001 - the signature of a stamp
    """In `stamp`: the moment of the transition."""
    return at


def _today(office: Office, at: datetime) -> object:
    """In `stamp`: the day of the transition at the office."""
    day = office.ways.day_of(at)
    # A day that was set for a test or a report is the office's today; moments stay what they are.
    return office.today if day == office.ways.day_of(office.now()) else day


# `help()` shows the docstring of the function behind each.
ACTOR: Final[Stamp] = _actor
WITNESS: Final[Stamp] = _witness
NOW: Final[Stamp] = _now
TODAY: Final[Stamp] = _today


class Transition(Value):
    """A step from some states to another. It is one change of the record, with all that it writes.

    Without a `help` it is no action: only your own code takes it, by `Lifecycle.move`.

    - `means` is the meaning by which the terminal interface gives it a letter: `"approve"`
    - `fields`: what the person is asked for. A name is a column of the record, `REQUIRED` or
      `OPTIONAL`; a `Field` in its place (`param(...)`) is asked for and given to `writes` and
      `then` alone
    - `stamp`: columns that are filled in by themselves: `{"decided_by": ACTOR, "decided_at": NOW}`
    - `writes(office, record, **fields)` returns further columns of the same change,
      as a dictionary of their values: `{"good_through": office.today}`
    - `guard(office, record)` returns why not, or None
    - `then(office, record, **fields)` runs after the change in the same transaction, and returns
      the sentence to show, or None; if it refuses, nothing was written
    - `by_other`: columns that name people, by login or as a `core.user`; a person who is named
      there cannot take the step, undo it or redo it
    - `by="team"`: only for records of the person's own team, by the scope of the kind of record
    - `label`, `word`, `danger`, `bulk`, `consent` and `witness` are those of an `Action`

    `guard`, `then` and `writes` may be `module:function` as text, which is loaded when needed.
    """

    verb: str
    sources: tuple[str, ...]
    to: str
    help: str = ""
    means: str = ""
    fields: Mapping[str, Any] = _NOTHING
    stamp: Mapping[str, Stamp] = _NOTHING
    writes: Code | None = None
    guard: Code | None = None
    then: Code | None = None
    by: str = ""
    by_other: tuple[str, ...] = ()
    label: str = ""
    word: str = ""
    danger: bool = False
    bulk: bool = False
    consent: Consent | None = None
    witness: bool = False

    @property
    def columns(self) -> list[str]:
        """The columns of the record that the person fills in."""
        from officeops.model.fields import Field

        return [name for name, given in self.fields.items() if not isinstance(given, Field)]

    @property
    def written(self) -> set[str]:
        """The columns that it is declared to write beside the state."""
        return {*self.columns, *self.stamp}


class StateMap:
    """The states of a record, and the transitions between them; `Lifecycle` says what they are."""

    def __init__(
        self,
        states: tuple[str, ...],
        transitions: tuple[Transition, ...],
        column: str,
        first: tuple[str, ...],
        words: Mapping[str, str],
        *,
        log: bool,
        since: str,
        binds: bool,
    ) -> None:
        self.states = states
        self.column = column
        self.first = first
        self.words = words
        self.log = log
        self.since = since
        self.binds = binds
        self.transitions = {transition.verb: transition for transition in transitions}
