"""Giving a scorecard: all scores of one interviewer at once, on the sheet or by a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Problem, Reason, Refused, Value, action, folded, param
from officeops.values import wording
from officeops_hr.hiring.fair_words import remark
from officeops_hr.hiring.interview import Interview, Scorecard
from officeops_hr.hiring.kit import KitQuestion
from officeops_hr.hiring.score import InterviewScore
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops import Action, Office

_SCORES: Final = ("1", "2", "3", "4", "5")


class Answer(Value):
    """A score from 1 to 5, None for no answer, and the evidence: words or actions."""

    score: int | None
    evidence: str


def questions_of(office: Office, card: Scorecard) -> Sequence[KitQuestion]:
    """Return the questions of the kit of a card's interview."""
    interview = office.get(Interview, card.interview_id)
    return list(office.all(KitQuestion, "kit_id = ?", interview.kit_id, order="id"))


def cannot_give(office: Office, card: Scorecard) -> str | None:
    """Return why the acting person cannot give a card, or None.

    A card of somebody with a login is theirs alone; others' cards on paper are typed by a manager.
    """
    if card.given_at is not None:
        return Reason("it was given already", code="wrong-state")
    if _is_own(office, card):
        return None
    interviewer = office.get(Person, card.interviewer_id)
    if interviewer.user_id is None:
        return None
    return Reason("it is not yours; its interviewer gives it", code="not-allowed-here")


def _is_own(office: Office, card: Scorecard) -> bool:
    user = office.acting_user() or 0
    return office.first(Person, "id = ? AND user_id = ?", card.interviewer_id, user) is not None


@action(
    "hr.scorecard.give",
    means="send",
    unless=cannot_give,
    screen="officeops_hr.hiring.scorecard_screen:scorecard_screen",
)
def give(
    office: Office,
    card: Scorecard,
    # Sealed, so that the history of the action has no score either.
    answer: str = param(
        kind="long_text",
        sealed=True,
        example="Patient focus=4 calmed an angry caller",
        help="A competency with its score, 1 to 5 or none, and the evidence",
    ),
) -> str:
    """Give the scores of an interview, each with its evidence."""
    questions = {folded(one.competency): one.id for one in questions_of(office, card)}
    answers: dict[int, Answer] = {}
    problems = []
    # A sealed parameter comes wrapped; code that works with it takes the typed text.
    typed: str = getattr(answer, "typed", answer)
    for line in filter(None, map(str.strip, typed.splitlines())):
        competency, _, text = (part.strip() for part in line.partition("="))
        question = questions.get(folded(competency))
        if question is None:
            words = f"{competency!r} is no competency of the kit"
            problems.append(Problem(words, "answer", code="not-found"))
            continue
        answers[question] = _read(text)
    if problems:
        raise Refused(problems, card.human_key)
    return give_all(office, card, answers)


def _read(text: str) -> Answer:
    """Read `4 calmed an angry caller`; without a number they did not answer."""
    first, _, rest = text.partition(" ")
    score = first.strip(":,")
    if score in _SCORES:
        return Answer(int(score), rest.strip())
    return Answer(None, text)


def give_all(
    office: Office,
    card: Scorecard,
    answers: Mapping[int, Answer],
) -> str:
    """Write the scores of a card, by the ids of its questions, and close it, in an action.

    Raises Refused where a question has no words, or the card is not the acting person's.
    """
    if why := cannot_give(office, card):
        raise Refused(why, card.human_key, code="wrong-state")
    typed_by = None
    if not _is_own(office, card):
        # A card on paper, of somebody without a login.
        office.allow("hr.interview.add")
        typed_by = office.acting_user()
    questions = questions_of(office, card)
    if problems := list(_missing(questions, answers)):
        raise Refused(problems, card.human_key)
    for question in questions:
        answer = answers[question.id]
        score = InterviewScore(
            scorecard_id=card.id,
            competency=question.competency,
            weight=question.weight,
            score=answer.score,
            evidence=answer.evidence,
        )
        office.add_made(score)
        remark(office, answer.evidence)
    office.edit(card, managed=True, given_at=office.now(), entered_by_id=typed_by)
    return _said(office, card)


def _missing(
    questions: Sequence[KitQuestion],
    answers: Mapping[int, Answer],
) -> Iterator[Problem]:
    """Yield the questions without a word: a score that nobody can explain is no score."""
    if not questions:
        yield Problem("has no questions", "kit", code="needed")
    for question in questions:
        answer = answers.get(question.id)
        if answer is None or not answer.evidence.strip():
            words = f"{question.competency} needs evidence: their words or actions"
            yield Problem(words, "answer", code="needed")


def _said(office: Office, card: Scorecard) -> str:
    interview = "interview_id = ? AND given_at IS NULL"
    waiting = sum(1 for _ in office.all(Scorecard, interview, card.interview_id))
    if not waiting:
        return f"{card.human_key} is given, and all cards are in: the scores are open."
    cards = wording.count(waiting, "card")
    verb = "is" if waiting == 1 else "are"
    return f"{card.human_key} is given; the scores are locked, as {cards} {verb} missing."


ACTIONS: Final[list[Action[..., Any]]] = [give]
