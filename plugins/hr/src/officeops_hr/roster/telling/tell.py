"""Tell: people mark what they have seen, and a manager notes whom they told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason, Refused, action, param, ref
from officeops.values import wording
from officeops_hr.people.acting import own_person
from officeops_hr.people.person import Person
from officeops_hr.roster.published import newest
from officeops_hr.roster.revision import RosterRevision  # noqa: TC001 - officeops reads the annotation
from officeops_hr.roster.telling.notice import WAYS, RosterNotice
from officeops_hr.roster.telling.unseen import unseen, unseen_of

if TYPE_CHECKING:
    from officeops import Action, Office

_WORDS: Final = {
    "phone": "by phone",
    "text": "by text",
    "in_person": "in person",
    "paper": "on paper",
}


@action("hr.mark-schedule-seen", beside=("hr.roster-revision",), label="Mark my schedule as seen")
def mark_seen(office: Office) -> str:
    """Say that you have seen your schedule as it is."""
    person = own_person(office)
    if person is None:
        raise Refused("No person is linked to your login.", code="not-found")
    weeks = [one.revision for one in unseen(office) if one.person_id == person]
    for revision in weeks:
        _note(
            office,
            revision,
            person,
            "login",
        )
    # Said as a fact and not refused: a second press has done nothing wrong.
    if not weeks:
        return "You have seen all of your schedule already."
    return f"{wording.count(len(weeks), 'week')} of your schedule marked as seen."


def _is_old(office: Office, revision: RosterRevision) -> str | None:
    last = newest(office, revision.location_id, revision.monday)
    if last is None or last.id == revision.id:
        return None
    return Reason(f"revision {last.number} is newer", code="wrong-state")


@action(
    "hr.roster-revision.told",
    label="Told",
    unless=_is_old,
)
def told(
    office: Office,
    revision: RosterRevision,
    person_id: int | None = ref(
        "hr.person",
        default=None,
        help="Blank: everybody who has not seen it",
    ),
    how: str = param(
        kind="choice",
        choices=WAYS[1:],
        default="phone",
        help="How they heard of it",
    ),
) -> str:
    """Note that you told somebody about a publication, or put it up for everybody."""
    waiting = [one.person_id for one in unseen_of(office, revision)]
    people = waiting if person_id is None else [person_id]
    if not people:
        raise Refused("Everybody has seen it.", code="nothing-to-do")
    for person in people:
        if person not in waiting:
            name = office.get(Person, person).name
            raise Refused(f"Nothing of it is news to {name}.", code="nothing-to-do")
        _note(
            office,
            revision,
            person,
            how,
        )
    names = [office.get(Person, person).name for person in people]
    return f"Told {_WORDS[how]}: {wording.listing(names)}."


def _note(
    office: Office,
    revision: RosterRevision,
    person: int,
    how: str,
) -> None:
    office.add(
        RosterNotice(
            revision_id=revision.id,
            person_id=person,
            told_at=office.now(),
            how=how,
            told_by=office.actor,
        )
    )


ACTIONS: Final[list[Action[..., Any]]] = [mark_seen, told]
