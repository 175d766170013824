"""A review on paper: its questions with their answers, the text, and the lines to sign on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.exchange import Facts, Grid, Lines, Printout
from officeops_hr.people.person import Person
from officeops_hr.supervision.review_answers import questions_of, read_answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from officeops import Office
    from officeops_hr.supervision.review import Review

    Block = Facts | Grid | Lines

_HEADS: Final = ("Question", "Answer")
_SIGN: Final = ("Signed by", "Date", "Signature")
#: The sealed texts of a review, with their headings.
_TEXTS: Final = (
    ("text", "Review"),
    ("self_text", "Their own view"),
    ("comment", "Comment"),
)


def review_paper(office: Office, review: Review) -> Printout:
    """Return the paper; that somebody read the sealed texts is in the history."""
    who = office.label(Person, review.person_id)
    return Printout(
        f"Review of {who}",
        list(_blocks(office, review)),
        under=(office.facts.name,),
    )


def _blocks(office: Office, review: Review) -> Iterator[Block]:
    period = f"{review.period_from} to {review.period_to}"
    yield Facts(
        [
            ("Period", period),
            ("Form", review.form),
            ("State", review.state),
        ]
    )
    rows = _answers(office, review)
    if rows:
        yield Grid(_HEADS, rows)
    for name, heading in _TEXTS:
        if getattr(review, name) is None:
            continue
        text = str(office.reveal(review, name))
        yield Lines([f"{heading}:", *text.splitlines()])
    yield Grid(
        _SIGN,
        [
            _signature(review.shared_by, review.shared_at),
            _signature(review.signed_by, review.signed_at),
        ],
    )


def _signature(
    login: str | None,
    at: datetime | None,
) -> list[str]:
    """Return a row to sign on; who signed with a login is named, with the day."""
    day = at.date().isoformat() if at else ""
    return [login or "", day, ""]


def _answers(office: Office, review: Review) -> list[list[str]]:
    """Return each question with its answer, also those of questions that are archived since."""
    answers: dict[str, str] = {}
    if review.answers is not None:
        kept = office.reveal(review, "answers")
        answers = read_answers(str(kept))
    names = dict.fromkeys(answers)
    if review.state == "draft":
        # An open question has a blank to write in.
        for row in questions_of(office, review):
            names.setdefault(row.question)
    return [[name, answers.get(name, "")] for name in names]
