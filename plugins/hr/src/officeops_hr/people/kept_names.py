"""Kept names: a name that a person no longer has stays one by which the office knows them.

Papers and exclusion lists may have the name of years ago. So a trigger keeps it, by whichever road
it changes: an edit, a file, an undo, SQL. A merge brings the names of the record that goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Refused, action, folded, param
from officeops_hr.people.contacts import FormerName
from officeops_hr.people.person import Person  # noqa: TC001 - what the action is about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Action, Office

_LIVE: Final = "person_id = ? AND archived_at IS NULL"


def add_names(
    office: Office,
    person: Person,
    *names: str | None,
) -> list[str]:
    """Add former names of a person, but those that they have or had; return the new ones."""
    known = {folded(name) for name in (person.name, person.legal_name) if name}
    known |= {folded(row.name) for row in office.all(FormerName, _LIVE, person.id)}
    added = []
    for name in names:
        if name and folded(name) not in known:
            office.add(FormerName(person_id=person.id, name=name))
            known.add(folded(name))
            added.append(name)
    return added


def remarks(
    office: Office,
    person: Person,
    was: Iterable[str],
) -> Iterator[str]:
    """Say which names stay as former ones, and how to correct one that was typed wrong."""
    former = {folded(row.name) for row in office.all(FormerName, _LIVE, person.id)}
    for name in was:
        # Not where only capital letters changed.
        if folded(name) in former:
            how = f"`officeops person correct-name {person.human_key} --name NAME --reason WHY`"
            yield f"{name} is a former name now; for a typing error, {how}."


@action("hr.person.correct-name", label="Correct the spelling of a name")
def correct_name(
    office: Office,
    person: Person,
    reason: str = param(example="Typing error", help="Why nobody knows them by the old spelling"),
    name: str | None = param(default=None, help="As colleagues call them"),
    legal_name: str | None = param(default=None),
) -> str:
    """Correct a name that was typed wrong; the wrong one is no former name.

    Refused without a new spelling. The history keeps the reason.
    """
    given = {"name": name, "legal_name": legal_name}
    changes: dict[str, Any] = {field: text for field, text in given.items() if text}
    wrong = {folded(old) for field in changes if (old := getattr(person, field))}
    if not changes:
        why = "give the right spelling with --name or --legal-name"
        raise Refused(why, office.about(person), code="needed")
    before = {row.id for row in office.all(FormerName, _LIVE, person.id)}
    told = len(office.remarks)
    office.edit(person, **changes)
    # The edit calls the wrong spelling a former name, which it is not.
    del office.remarks[told:]
    for row in list(office.all(FormerName, _LIVE, person.id)):
        # One that was there before is a name that they had.
        if row.id not in before and folded(row.name) in wrong:
            office.archive(office.edit(row, managed=True, typed_wrong=reason))
    return f"The name is {person.name} now: {reason}"


ACTIONS: Final[list[Action[..., Any]]] = [correct_name]
