"""Answers of a review: a line for each question of its form, sealed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Problem, Reason, Refused, action, folded, param
from officeops.values import wording
from officeops_hr.supervision.review_question import APART, ReviewQuestion
from officeops_hr.supervision.signing import is_the_person

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops import Action, Office
    from officeops_hr.supervision.review import Review

#: The action that enters answers, whose permission also opens those that are there.
_ANSWER: Final = "hr.review.answer"
_OF_FORM: Final = "form IS NULL OR form = ?"
_SCORES: Final = ("1", "2", "3", "4", "5")


def questions_of(office: Office, review: Review) -> list[ReviewQuestion]:
    """Return the questions of a review's form, in their order."""
    rows = office.all(
        ReviewQuestion,
        _OF_FORM,
        review.form,
        order="sort_order, id",
    )
    return list(rows)


def read_answers(text: str) -> dict[str, str]:
    """Return answers by their questions, as they are kept: `Patient focus = 4 calm`."""
    answers: dict[str, str] = {}
    for line in text.splitlines():
        question, _, answer = line.partition(APART)
        if line.strip():
            answers[question.strip()] = answer.strip()
    return answers


def unanswered(
    office: Office,
    review: Review,
    needs: str = _ANSWER,
) -> list[str]:
    """Return the questions of a review that have no answer yet; `needs` is the permission to ask."""
    answers = _kept(office, review, needs)
    questions = [row.question for row in questions_of(office, review)]
    return [question for question in questions if question not in answers]


def _kept(
    office: Office,
    review: Review,
    needs: str,
) -> dict[str, str]:
    if review.answers is None:
        return {}
    return read_answers(str(office.open(review, "answers", needs=needs)))


def _cannot_answer(office: Office, review: Review) -> str | None:
    if review.state == "draft":
        return is_the_person(office, review)
    # Words of a state may be two.
    state = review.state.replace("_", " ")
    words = f"it is {state}, and its answers change no more"
    return Reason(words, code="wrong-state")


@action(_ANSWER, unless=_cannot_answer)
def answer(
    office: Office,
    review: Review,
    # Sealed, so that the history of the action has no answer either.
    answer: str = param(
        kind="long_text",
        sealed=True,
        example="Patient focus=4 calmed an angry caller",
        help="A question with its score, 1 to 5, and the words; a line for each",
    ),
) -> str:
    """Answer questions of the review; others keep their answers."""
    # A sealed parameter comes wrapped; code that works with it takes the typed text.
    typed = read_answers(getattr(answer, "typed", answer))
    asked: dict[str, ReviewQuestion] = {}
    for row in questions_of(office, review):
        asked[folded(row.question)] = row
    problems = list(_faults(asked, typed))
    if problems:
        raise Refused(problems, review.human_key)
    answers = _kept(office, review, _ANSWER)
    for name, words in typed.items():
        answers[asked[folded(name)].question] = words
    lines = []
    for name, words in answers.items():
        lines.append(f"{name} {APART} {words}")
    office.edit(review, managed=True, answers="\n".join(lines))
    left = len(unanswered(office, review))
    if not left:
        return f"{review.human_key}: all questions are answered."
    return f"{review.human_key}: {wording.count(left, 'question')} left."


def _faults(
    asked: Mapping[str, ReviewQuestion],
    typed: Mapping[str, str],
) -> Iterator[Problem]:
    """Yield the faults of answers, each with its question."""
    for name, words in typed.items():
        question = asked.get(folded(name))
        if question is None:
            why = f"{name!r} is no question of this form"
            yield Problem(why, "answer", code="not-found")
        elif not words:
            yield Problem(f"{name} has no answer", "answer", code="needed")
        elif question.rated and not _is_rated(words):
            why = f"{name} needs a number from 1 to 5 and words: 4 calm with callers"
            yield Problem(why, "answer", code="needed")


def _is_rated(words: str) -> bool:
    score, _, rest = words.partition(" ")
    return score in _SCORES and bool(rest.strip())


ACTIONS: Final[list[Action[..., Any]]] = [answer]
