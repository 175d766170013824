"""On one's own page: the interviews of which a person has not given the card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject
from officeops_hr.hiring.interview import Interview, Scorecard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_OPEN: Final = "interviewer_id = ? AND given_at IS NULL"


def own_page(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the cards that a person has to give, each with the time of the interview."""
    if not (office.may_view(Scorecard) and office.may_view(Interview)):
        return
    lines = []
    for card in office.all(Scorecard, _OPEN, person_id, order="id"):
        interview = office.get(Interview, card.interview_id)
        # The name is on the card, which only people who may see the candidate read.
        who = office.text_of(card, "candidate")
        text = f"{who}, {office.text_of(interview, 'at')}"
        lines.append(PageLine(card.human_key, text, Subject(card.meta.key, card.id)))
    if lines:
        yield PageSection("Scorecards to give", lines)
