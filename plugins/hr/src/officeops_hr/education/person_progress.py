"""The progress of people: their credentials in force, with the rules of their types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Due, PageLine, PageSection, Subject, Value
from officeops.values import money_text
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.education.entry import EducationEntry
from officeops_hr.education.progress import Earned, Need, Rule, Share, cycle_of, progress
from officeops_hr.education.rule import SCALE, EducationCategory, EducationRule
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office


class Line(Value):
    """A share of the cycle of one credential of a person."""

    person_id: int
    credential_id: int
    type_id: int
    share: Share
    until: date


def lines(office: Office, person_id: int | None = None) -> Iterator[Line]:
    """Yield the progress of a person, or of everybody within reach."""
    for kind in office.all(EducationRule):
        rule = _rule(office, kind)
        where = "type_id = ? AND ifnull(?, person_id) = person_id"
        for credential in Credential.in_force(office, where, kind.type_id, person_id):
            cycle = cycle_of(rule, credential.expires_on, office.today)
            if cycle is None:
                continue
            entries = _entries(office, credential)
            for share in progress(rule, entries, cycle):
                person = credential.person_id
                yield Line(person, credential.id, kind.type_id, share, cycle[1])


def _rule(office: Office, kind: EducationRule) -> Rule:
    categories = office.all(EducationCategory, "rule_id = ?", kind.id, order="id")
    needs = tuple(Need(row.category, row.least, row.most) for row in categories)
    months = kind.months if kind.cycle == "credential" else 0
    return Rule(kind.credits, months, kind.carry_most, needs)


def _entries(office: Office, credential: Credential) -> list[Earned]:
    where = "person_id = ? AND type_id = ?"
    rows = office.all(EducationEntry, where, credential.person_id, credential.type_id)
    return [Earned(row.earned_on, row.credits, row.category or "") for row in rows]


def credits_text(number: int) -> str:
    """Write hundredths of credits: 1.50."""
    return money_text(number, SCALE)


def section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the credits that a person is still missing."""
    if not (office.may_view(EducationEntry) and office.may_view(Credential)):
        return
    shown = []
    for line in lines(office, person_id):
        if line.share.missing:
            name = office.label(CredentialType, line.type_id)
            subject = Subject(Credential.meta.key, line.credential_id)
            shown.append(PageLine(name, _words(line), subject))
    if shown:
        yield PageSection("Education", shown)


def due_lines(office: Office) -> Iterator[Due]:
    """Yield the cycles that end within the reminders of their type with credits missing."""
    for line in lines(office):
        credential = office.get(Credential, line.credential_id)
        left = (line.until - office.today).days
        if line.share.category or not line.share.missing or left > credential.rules(office).longest:
            continue
        labels = (
            office.label(CredentialType, line.type_id),
            office.label(Person, credential.person_id),
        )
        yield Due(
            key=f"hr.credential:{credential.id}:education:{line.until}",
            on=line.until,
            what=f"Education for {' of '.join(labels)}: {_words(line)}",
            owner=credential.owner_of(office),
            others=("manager",),
            action="add an education entry",
            record=Credential.meta.key,
            record_id=credential.id,
        )


def _words(line: Line) -> str:
    share = line.share
    of = f" of {share.category}" if share.category else ""
    missing, needed = credits_text(share.missing), credits_text(share.needed)
    return f"{missing} of {needed} credits{of} are missing by {line.until}"
