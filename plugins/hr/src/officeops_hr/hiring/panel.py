"""The scores of a candidate, once all cards of an interview are in: by competency, with the spread."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.hiring.interview import Interview, Scorecard
from officeops_hr.hiring.score import InterviewScore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office

_OF: Final = "candidate_id = ?"
_CARDS: Final = "interview_id = ?"
#: A difference from which two interviewers talk about a competency.
SPREAD: Final = 2


class Competency(Value):
    """The scores of one competency over all cards, without the questions that got no answer."""

    name: str
    weight: int
    scores: tuple[int, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether the interviewers differ so much that they should talk about it."""
        return bool(self.scores) and max(self.scores) - min(self.scores) >= SPREAD


def weighted(scores: Sequence[tuple[int, int]]) -> int | None:
    """Return the weighted mean of (weight, score) in hundredths; None without any."""
    weights = sum(weight for weight, _ in scores)
    if not weights:
        return None
    total = sum(weight * score * 100 for weight, score in scores)
    # Half up, in whole numbers.
    return (2 * total + weights) // (2 * weights)


def cards_of(office: Office, interview: Interview) -> list[Scorecard]:
    """Return the cards of an interview."""
    return list(office.all(Scorecard, _CARDS, interview.id, order="id"))


def open_scores(office: Office, candidate_id: int) -> Iterator[InterviewScore]:
    """Yield the scores of a candidate's complete interviews that the acting person may see."""
    if not office.may_view(InterviewScore):
        return
    for interview in office.all(Interview, _OF, candidate_id, order="at, id"):
        cards = cards_of(office, interview)
        # Asked here too: the owner of the file has no limits of rows.
        if any(card.given_at is None for card in cards):
            continue
        for card in cards:
            yield from office.all(InterviewScore, "scorecard_id = ?", card.id, order="id")


def competencies(scores: Sequence[InterviewScore]) -> list[Competency]:
    """Return the scores by competency, in the order of the kit."""
    answered: dict[str, list[int]] = defaultdict(list)
    weights: dict[str, int] = {}
    for row in scores:
        weights[row.competency] = row.weight
        if row.score is not None:
            answered[row.competency].append(row.score)
    return [Competency(name, weight, tuple(answered[name])) for name, weight in weights.items()]


def mean_of(scores: Sequence[InterviewScore]) -> int | None:
    """Return the weighted mean over all cards, in hundredths."""
    pairs = [(row.weight, row.score) for row in scores if row.score is not None]
    return weighted(pairs)
