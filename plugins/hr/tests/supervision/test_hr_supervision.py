"""A private note is its writer's, a review is signed by both, and discipline is HR's and the person's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.access_tools import open_as
from tests.access.shared_tools import PINS, typed
from tests.effort import tried

from officeops.access.shared_actions import set_pin
from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops_hr.supervision.discipline import LIFE, Discipline
from officeops_hr.supervision.next_review import next_review
from officeops_hr.supervision.review import Review
from officeops_hr.supervision.review_life import REVIEW
from officeops_hr.supervision.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import Cli, Ran
    from officeops_hr.people.person import Person

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_a_private_note_is_its_writers_and_a_shared_one_the_persons_too(
    by: Callable[[str, str], Ran],
) -> None:
    assert by("lea", "one-to-one add Rooming --person P-4 --text slow").code == 0
    assert by("lea", "one-to-one add Plans --person P-4 --text ECG --sharing shared").code == 0
    assert by("lea", "one-to-one add Boss --person P-1").code == 1
    seen = {login: by(login, "one-to-one list").out for login in ("lea", "ben", "mia", "hana")}
    # mia leads lea, and so ben; HR reaches all, and each reading of a text is recorded.
    assert {login for login, text in seen.items() if "Rooming" in text} == {"lea", "hana"}
    assert {login for login, text in seen.items() if "Plans" in text} == set(seen)
    assert "ECG" in by("ben", "one-to-one show #2 --reveal text").out
    for login in ("ben", "hana"):
        assert by(login, "one-to-one edit #2 --topic Mine").code == 1, login
    assert by("ben", "one-to-one archive #2").code == 1
    # HR sees to the notes of a writer who has left.
    assert by("hana", "one-to-one archive #2").code == 0


def test_a_review_is_signed_by_both_and_then_does_not_change(
    by: Callable[[str, str], Ran], office: Office
) -> None:
    days = "--period-from 2025-01-01 --period-to 2025-12-31"
    assert by("lea", f"review add --person P-4 {days}").code == 0
    assert "it has no text yet" in by("lea", "review share RV-1").err
    by("lea", "review edit RV-1 --text Good")
    assert "RV-1" not in by("ben", "review list").out
    assert by("lea", "review share RV-1").code == 0
    assert by("lea", "review sign RV-1").code == 1
    assert by("ben", "review recall RV-1").code == 1
    assert by("lea", "review edit RV-1 --text Bad").code == 1
    assert "waits for their signature" in by("ben", "today").out
    assert by("ben", "review sign RV-1 --comment Fair").code == 0
    review = office.get(Review, 1)
    assert (review.state, review.shared_by, review.signed_by) == ("signed", "lea", "ben")
    assert "review" not in by("ben", "today").out


def test_a_review_answers_the_questions_of_its_form_before_it_is_shared_and_prints_them(
    cli: Cli, crew: dict[str, Person]
) -> None:
    for words in (
        ("Focus",),
        ("Plans", "--rated", "no", "--form", "yearly"),
        ("New", "--form", "other"),
    ):
        assert cli("review-question", "add", *words, login="mia").code == 0
    assert cli("review-question", "add", "Mine", login="lea").code == 1
    ben = crew["ben"].human_key
    days = ("--period-from", "2025-01-01", "--period-to", "2025-12-31")
    cli("review", "add", "--person", ben, *days, "--text", "Good", login="lea")

    def answer(*lines: str) -> Ran:
        asked = [word for line in lines for word in ("--answer", line)]
        return cli("review", "answer", "RV-1", *asked, login="lea")

    for wrong in ("Focus=calm", "Focus=4", "Focus=6 calm", "New=4 x", "Plans="):
        assert answer("Plans=ECG", wrong).code == 1, wrong
    assert "no answer yet: Focus, Plans" in cli("review", "share", "RV-1", login="lea").err
    assert "1 question left" in answer("focus=4 calm quixotry").err
    assert answer("Plans=ECG").code == 0
    assert cli("review", "share", "RV-1", login="lea").code == 0
    assert answer("Focus=1 bad").code == 1
    paper = cli("review", "text", "RV-1", login="ben").out
    assert "4 calm quixotry" in paper
    assert "ECG" in paper
    assert cli("review", "text", "RV-1", login="cyd").code == 1
    # Who read it is in the history, and what it says is not.
    assert "ben" in cli("seal", "readings", "--record", "review:RV-1").out
    assert "quixotry" not in cli("history", "--json").out + cli("search", "quixotry").out


def test_who_shared_a_review_may_note_the_signature_on_paper(
    by: Callable[[str, str], Ran], office: Office
) -> None:
    days = "--period-from 2025-01-01 --period-to 2025-12-31"
    by("lea", f"review add --person P-4 {days} --text Good")
    assert "Nothing waits" in by("ben", "list-to-sign").err
    by("lea", "review share RV-1")
    assert "Review RV-1: `officeops review sign RV-1`" in by("ben", "list-to-sign").err
    assert "Nothing waits" in by("cyd", "list-to-sign").err
    assert by("ben", "review sign-on-paper RV-1 --signed-on 2026-03-01").code == 1
    paper = "review sign-on-paper RV-1 --signed-on 2026-03-01"
    assert "before `person got it`, 2026-03-02" in by("lea", paper).err
    assert "day to come" in by("lea", paper.replace("03-01", "03-03")).err
    # They had it on paper before somebody entered it.
    assert by("lea", f"{paper} --shared-on 2026-02-27").code == 0
    assert office.get(Review, 1).state == "on_paper"


def test_the_person_signs_beside_who_shared_it_with_their_own_pin_and_no_other(
    by: Callable[[str, str], Ran], office: Office
) -> None:
    days = "--period-from 2025-01-01 --period-to 2025-12-31"
    by("lea", f"review add --person P-4 {days} --text Good")
    by("lea", "review share RV-1")
    by("hana", "discipline add --person P-4 --what-happened Late --happened-on 2026-03-01")
    by("hana", "discipline deliver DI-1")
    for login, pin in (("ben", PINS["ann"]), ("cyd", PINS["bob"])):
        with open_as(office, login) as own:
            set_pin(own, typed(pin))
    signing = ((REVIEW, Review, "lea"), (LIFE, Discipline, "hana"))
    for life, kind, leader in signing:
        with open_as(office, leader) as theirs:
            action = life.action(kind, "sign-beside")
            theirs.authorizer.asks_witness = lambda: ("cyd", typed(PINS["bob"]))
            with pytest.raises(Refused, match="Ben Stone signs it with their own PIN"):
                theirs.do(action, theirs.get(kind, 1))
            theirs.authorizer.witness = None
            theirs.authorizer.asks_witness = lambda: ("ben", typed(PINS["ann"]))
            theirs.do(action, theirs.get(kind, 1))
        table = kind.meta.table
        [signed] = office.rows(f"SELECT state, signed_by FROM {table}")
        assert signed == ("in_person", "ben")
        # Neither who led the talk nor another witness takes the signature back.
        with open_as(office, leader) as theirs:
            theirs.authorizer.asks_witness = lambda: ("cyd", typed(PINS["bob"]))
            with pytest.raises(Refused, match="ben signed for it"):
                undo(theirs)
        assert office.rows(f"SELECT state, signed_by FROM {table}") == [signed]


def test_what_is_signed_moves_to_nobody_else(
    office: Office,
    crew: dict[str, Person],
    by: Callable[[str, str], Ran],
) -> None:
    day, ben, cyd = office.today, crew["ben"].id, crew["cyd"].id
    drafts = {
        Review(person_id=ben, text="Good", period_from=day, period_to=day): "share",
        Discipline(person_id=ben, what_happened="Late"): "deliver",
    }
    assert {type(draft) for draft in drafts} == {
        kind for kind in Written.__subclasses__() if kind.frozen
    }
    for draft, first in drafts.items():
        with office.acting("test.add"):
            key = office.add(draft).human_key
        move = f"{draft.meta.noun} edit {key} --person P-{cyd}"
        assert by("hana", move).code == 0
        assert by("hana", move.replace(f"P-{cyd}", f"P-{ben}")).code == 0
        assert by("hana", f"{draft.meta.noun} {first} {key}").code == 0
        assert "is signed" in by("hana", move).err


def test_discipline_is_for_hr_and_the_person_once_it_is_delivered(
    by: Callable[[str, str], Ran],
) -> None:
    words = "--step written --what-happened Late --happened-on 2026-03-01 --follow-up 2026-03-02"
    assert by("lea", f"discipline add --person P-4 {words}").code == 1
    assert by("hana", f"discipline add --person P-4 {words}").code == 0
    assert "DI-1" not in by("ben", "discipline list").out + by("ben", "me").out
    by("hana", "discipline deliver DI-1")
    for login in ("lea", "mia"):
        assert "DI-1" not in by(login, "discipline list").out + by(login, "today").out
    assert "DI-1" in by("ben", "me").out
    assert by("hana", "discipline sign DI-1").code == 1
    assert by("ben", "discipline sign DI-1 --statement Bus").code == 0
    assert "DI-1: the follow-up of discipline is due" in by("hana", "today").out
    assert by("hana", "discipline follow-up DI-1 --outcome Better").code == 0
    assert "DI-1" not in by("hana", "today").out
    assert "DI-1" not in by("mia", "person show P-4").out


@tried(400)
@given(hired=DAYS, last=st.none() | DAYS, first=st.integers(0, 200), months=st.integers(0, 36))
def test_the_next_review_is_after_the_last_one_of_this_employment(
    hired: date, last: date | None, first: int, months: int
) -> None:
    due = next_review(hired, last, first, months)
    if last is None or last < hired:
        assert due == (hired + timedelta(days=first) if first else None)
    elif due is None:
        assert months == 0
    else:
        assert last < due <= last + timedelta(days=31 * months)


def test_any_steps_are_taken_back(office: Office, crew: dict[str, Person]) -> None:
    def state() -> list[object]:
        tables = ("hr_review", "hr_discipline")
        return [office.rows(f"SELECT id, state FROM {t} WHERE archived_at IS NULL") for t in tables]

    @tried(60)
    @given(
        st.lists(
            st.sampled_from(
                ("add", "share", "recall", "refuse", "deliver", "sign-on-paper", "withdraw")
            )
        )
    )
    def back_and_forth(verbs: list[str]) -> None:
        states = [state()]
        for verb in verbs:
            # A verb of both kinds is two actions, each with an undo of its own.
            for _ in _steps(office, crew["ben"], verb):
                if state() != states[-1]:
                    states.append(state())
        for before in states[-2::-1]:
            if _is_kept(office):
                break
            assert state() == before

    back_and_forth()


def _is_kept(office: Office) -> bool:
    """Take the last action back; whether that would be a review that somebody saw, which goes with a reason alone."""
    try:
        undo(office)
    except Refused as error:
        return "--reason WHY" in str(error)
    return False


def _steps(office: Office, person: Person, verb: str) -> Iterator[None]:
    review = office.first(Review, order="id DESC")
    step = office.first(Discipline, order="id DESC")
    if verb == "add":
        with office.acting("test.add"):
            first, last = date(2025, 1, 1), date(2025, 6, 30)
            office.add(Review(person_id=person.id, text="Good", period_from=first, period_to=last))
            office.add(Discipline(person_id=person.id, what_happened="Late"))
        yield
        return
    all_given: dict[str, dict[str, Any]] = {
        "refuse": {"why_unsigned": "No"},
        "withdraw": {"why_withdrawn": "Appeal"},
        "sign-on-paper": {"signed_on": office.today},
    }
    given = all_given.get(verb, {})
    for life, record in ((REVIEW, review), (LIFE, step)):
        if record is not None and verb in life.transitions:
            action = life.action(type(record), verb)
            if not action.reason(office, record):
                office.do(action, record, **given)
                yield


def test_who_signs_what_somebody_without_a_login_wrote_is_no_writer_of_it(
    by: Callable[[str, str], Ran], cli: Callable[..., Ran], office: Office
) -> None:
    # The owner of the file writes, and has no login.
    days = ("--period-from", "2025-01-01", "--period-to", "2025-12-31", "--text", "Good")
    assert cli("review", "add", "--person", "P-4", *days).code == 0
    assert cli("review", "share", "RV-1").code == 0
    assert by("ben", "review sign RV-1 --comment Fair").code == 0
    asked = ("--step", "talk", "--what-happened", "Late", "--expected", "On time")
    assert cli("discipline", "add", "--person", "P-4", *asked).code == 0
    assert cli("discipline", "deliver", "DI-1").code == 0
    assert by("ben", "discipline sign DI-1").code == 0
    assert [office.get(kind, 1).writer_id for kind in (Review, Discipline)] == [None, None]
