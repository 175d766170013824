"""What a person may sign: their own reviews and discipline that somebody has given them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action
from officeops_hr.people.person import Person
from officeops_hr.supervision.discipline import Discipline
from officeops_hr.supervision.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Action, Office

_GIVEN: Final = "person_id = ? AND state = ?"
_KINDS: Final = ((Review, "shared"), (Discipline, "delivered"))


@action(
    "hr.list-to-sign",
    beside=("hr.review", "hr.discipline"),
    label="What I may sign",
)
def list_to_sign(office: Office) -> str:
    """Say what waits for your signature.

    A shared login asks for your PIN. No word says what a record is about: others read the screen
    in the hall.
    """
    lines = list(_lines(office))
    return " ".join(lines) or "Nothing waits for your signature."


def _lines(office: Office) -> Iterator[str]:
    # No person has user 0, so a login that nobody is linked to finds nobody.
    person = office.first(Person, "user_id = ?", office.acting_user() or 0)
    if person is None:
        return
    for kind, state in _KINDS:
        if not office.may_view(kind):
            continue
        for record in office.all(kind, _GIVEN, person.id, state, order="id"):
            noun = kind.meta.noun
            key = record.human_key
            yield f"{kind.meta.label} {key}: `officeops {noun} sign {key}`."


ACTIONS: Final[list[Action[..., Any]]] = [list_to_sign]
