"""Signing: who may sign a review or a step of discipline: the person it is about, and nobody for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason, Refused, named

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.supervision.review import Review
    from officeops_hr.supervision.written import Written

#: By name: the answers ask here who takes which step.
_UNANSWERED: Final = "officeops_hr.supervision.review_answers:unanswered"
_LOGIN: Final = "SELECT user_id FROM hr_person WHERE id = ?"
_WHO: Final = """
SELECT p.name, u.login FROM hr_person p LEFT JOIN core_user u ON u.id = p.user_id WHERE p.id = ?
"""


def cannot_share(office: Office, review: Review) -> str | None:
    """Share a review that says something, of another person."""
    # An empty page with two signatures would be worse than none.
    if review.text is None and review.answers is None:
        return Reason("it has no text yet", code="needed")
    return is_the_person(office, review)


def all_answered(office: Office, review: Review, **_: object) -> None:
    """Refuse to share a review with questions that have no answer.

    The answers are sealed, and an opening is recorded: so the action asks, and not its guard.
    """
    left: list[str] = named(_UNANSWERED)(office, review, needs="hr.review.share")
    if left:
        words = f"no answer yet: {', '.join(left)}; officeops review answer {review.human_key}"
        raise Refused(words, review.human_key, code="needed")


def is_not_the_person(office: Office, record: Written) -> str | None:
    """Sign records about yourself."""
    if _is_about_actor(office, record):
        return None
    words = "the person signs it with their own login; else `sign-on-paper` or `refuse`"
    return Reason(words, code="not-allowed-here")


def is_the_person(office: Office, record: Written) -> str | None:
    """Leave the steps of the other side to others."""
    if _is_about_actor(office, record):
        return Reason("it is about you; another person takes this step", code="not-allowed-here")
    return None


def cannot_sign_beside(office: Office, record: Written) -> str | None:
    """Have somebody sign beside you who has a login, and so a PIN."""
    if office.value(_LOGIN, record.person_id) is None:
        words = "the person has no login, and so no PIN; use `sign-on-paper`"
        return Reason(words, code="not-allowed-here")
    return is_the_person(office, record)


def signed_beside(
    office: Office,
    record: Written,
    **_: object,
) -> str:
    """Say who signed. Raises Refused where the PIN was that of somebody else."""
    [(name, login)] = office.rows(_WHO, record.person_id)
    # A PIN of a colleague would sign for the person.
    if office.witness != login:
        why = f"{name} signs it with their own PIN, and nobody for them"
        raise Refused(why, record.human_key, code="not-allowed-here")
    return f"{record.human_key} is signed by {name}, with their PIN."


def _is_about_actor(office: Office, record: Written) -> bool:
    # A person without a login signs on paper.
    login = office.value(_LOGIN, record.person_id)
    return login is not None and login == office.acting_user()
