"""State: declared states, the moves between them, and what guards a move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.errors import Reason, Refused
from officeops.model.fields import Field, choice
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.actions import Action
    from officeops.model.office import Office
    from officeops.model.records import Record


class Move(Value):
    """A way from some states to another. `guard(office, record)` returns why not, or nothing."""

    verb: str
    sources: tuple[str, ...]
    to: str
    help: str = ""
    key: str = ""
    guard: Callable[[Office, Any], str | None] | None = None


class Life:
    """The life of a record: its states in order, and the moves people make.

    `Life(("draft", "sent"), Move("send", ("draft",), "sent"))`; the record's field is
    `status: str = LIFE.field()`, and nothing but a move changes it.
    """

    def __init__(self, states: tuple[str, ...], *moves: Move, column: str = "status") -> None:
        self.states = states
        self.column = column
        self.moves = {move.verb: move for move in moves}
        unknown = {s for m in moves for s in (*m.sources, m.to)} - set(states)
        if unknown:
            raise TypeError(f"moves name unknown states: {', '.join(sorted(unknown))}")

    def field(self, **facts: Any) -> Any:  # noqa: ANN401 - typed by the annotation
        """Declare the state's field; it starts in the first state."""
        declared: Field = choice(*self.states, default=self.states[0], managed=True, **facts)
        return declared

    def reason(self, office: Office, record: Record, verb: str) -> str | None:
        """Return why a move cannot be made now, or None."""
        move, now = self.moves[verb], str(getattr(record, self.column))
        if now not in move.sources:
            allowed = " or ".join(move.sources)
            why = f"it is {now}; to {verb.replace('-', ' ')} it, it must be {allowed}"
            facts = {"state": now, "needed": list(move.sources)}
            return Reason(why, code="wrong-state", facts=facts)
        if move.guard is None:
            return None
        place = f"the guard of {verb} of {record.meta.key}"
        return office.ask(record.meta.plugin, place, move.guard, record)

    def move(self, office: Office, record: Record, verb: str) -> None:
        """Make a move. Raises Refused with the reason where it cannot be made."""
        if why := self.reason(office, record, verb):
            raise Refused(why, f"{record.human_key}", code="wrong-state")
        office.edit(record, managed=True, **{self.column: self.moves[verb].to})

    def actions(self, record: type[Record], *verbs: str) -> list[Action[Any, Any]]:
        """Return actions for moves that need no code of their own."""
        from officeops.model.actions import Action

        return [
            Action(
                _mover(self, verb),
                f"{record.meta.key}.{verb}",
                help=self.moves[verb].help,
                key=self.moves[verb].key,
                unless=_unless(self, verb),
            )
            for verb in verbs
        ]


def _mover(life: Life, verb: str) -> Callable[[Office, Any], str]:
    def move(office: Office, record: Any) -> str:  # noqa: ANN401 - any record with this life
        life.move(office, record, verb)
        return f"{record.human_key} is now {getattr(record, life.column)}."

    return move


def _unless(life: Life, verb: str) -> Callable[[Office, Any], str | None]:
    return lambda office, record: life.reason(office, record, verb)
