"""The page of a publication: who has neither seen it nor heard of it, and the changes that are news to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection
from officeops_hr.people.acting import own_person
from officeops_hr.people.person import Person
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.unseen import own_words, unseen_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.roster.revision import RosterRevision
    from officeops_hr.roster.telling.unseen import Unseen


def page(office: Office, revision: RosterRevision) -> Iterator[PageSection]:
    """Yield the people who do not know it: everybody for a manager, else oneself."""
    own = own_person(office)
    sees_all = office.may_view(Shift)
    lines: list[PageLine] = []
    for one in unseen_of(office, revision):
        # The changes of others are the business of the person who makes the plan.
        if sees_all or one.person_id == own:
            lines += _lines(office, one)
    if lines:
        yield PageSection("Not seen yet", lines)


def _lines(office: Office, one: Unseen) -> Iterator[PageLine]:
    name = office.label(Person, one.person_id)
    for change in one.changes:
        words = own_words(change, one.person_id)
        yield PageLine(name, f"{change.on:%a} {change.on} {words}")
        # The name once, above the changes of the person.
        name = ""
