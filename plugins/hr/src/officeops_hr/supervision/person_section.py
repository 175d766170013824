"""Supervision on a person's page: goals, the last talk, the next review, praise of late."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject
from officeops_hr.supervision.discipline import Discipline
from officeops_hr.supervision.goal import Goal
from officeops_hr.supervision.next_review import next_review_of
from officeops_hr.supervision.one_to_one import OneToOne
from officeops_hr.supervision.recognition import Recognition
from officeops_hr.supervision.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_OF: Final = "person_id = ?"
#: How long praise stays on the page.
_LATE: Final = timedelta(days=90)


def section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield one section, to people who may see what it has. Discipline is not on the page."""
    lines = list(_lines(office, person_id))
    if lines:
        yield PageSection("Supervision", lines)


def own_section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the same, and the person's own discipline."""
    lines = [*_lines(office, person_id), *_discipline(office, person_id)]
    if lines:
        yield PageSection("Supervision", lines)


def open_section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield what a leaver leaves open: goals, and reviews that nobody signed."""
    # A review that nobody signed any more is to be closed by somebody else.
    lines = []
    for kind, where in ((Goal, "state = 'open'"), (Review, "state IN ('draft', 'shared')")):
        if office.may_view(kind):
            for record in office.all(kind, f"{_OF} AND {where}", person_id, order="id"):
                subject = Subject(kind.meta.key, record.id)
                lines.append(PageLine(kind.meta.label, office.describe(record), subject))
    if lines:
        yield PageSection("Supervision", lines)


def _lines(office: Office, person_id: int) -> Iterator[PageLine]:
    if office.may_view(Goal):
        for goal in office.all(Goal, f"{_OF} AND state = 'open'", person_id, order="due_on, id"):
            text = f"{goal.human_key} {goal.title}: {goal.progress} % by {goal.due_on}"
            yield PageLine("Goal", text, Subject(Goal.meta.key, goal.id))
    if office.may_view(OneToOne):
        # The last one alone: a list of all is one key away.
        note = office.first(OneToOne, _OF, person_id, order="held_on DESC, id DESC")
        if note is not None:
            text = f"{note.held_on}: {note.topic} ({note.sharing})"
            yield PageLine("Last one-to-one", text, Subject(OneToOne.meta.key, note.id))
    if office.may_view(Review):
        review = office.first(Review, _OF, person_id, order="period_to DESC, id DESC")
        if review is not None:
            text = f"{review.human_key} until {review.period_to}: {review.state}"
            yield PageLine("Last review", text, Subject(Review.meta.key, review.id))
            # Without a review in reach, the day would tell that there is one.
            on = next_review_of(office, person_id)
            if on is not None:
                yield PageLine("Next review", f"{on}")
    if office.may_view(Recognition):
        since = (office.today - _LATE).isoformat()
        praise = office.all(Recognition, f"{_OF} AND given_on >= ?", person_id, since, order="id")
        for row in praise:
            yield PageLine("Praise", f"{row.given_on}: {row.text}", Subject(row.meta.key, row.id))


def _discipline(office: Office, person_id: int) -> Iterator[PageLine]:
    if office.may_view(Discipline):
        for record in office.all(Discipline, _OF, person_id, order="id"):
            text = f"{record.human_key} {record.step}, {record.happened_on}: {record.state}"
            yield PageLine("Discipline", text, Subject(record.meta.key, record.id))
