"""Nobody sees another's scores before their own card is given and all are in, on no road."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.access_tools import open_as
from tests.effort import sampled, tried

from officeops.history.undo import undo
from officeops.model.errors import OfficeError
from officeops_hr.hiring.candidate_page import page
from officeops_hr.hiring.give_scorecard import give
from officeops_hr.hiring.interview import Scorecard
from officeops_hr.hiring.score import InterviewScore

if TYPE_CHECKING:
    from plugins.hr.tests.hiring.conftest import Hiring

    from officeops.testing import Cli
    from officeops_hr.people.person import Person

WORD: Final = "xylophone"
#: Each road of the command line on which a score might be read, counted or guessed.
ROADS: Final = (
    "interview-score list --json",
    "interview-score list --csv",
    "interview-score list score=4",
    "interview-score list --sort score",
    "interview-score list evidence~xylophone",
    "interview-score export -",
    "interview-score show #1 --json",
    "interview-score show #2 --json",
    "interview-score history --json",
    "interview-score history #1",
    "scorecard list --json",
    "scorecard show SK-1 --json",
    "scorecard history SK-1 --json",
    "scorecard export -",
    "candidate scores C-1 --json",
    "candidate show C-1 --json",
    "candidate show C-1",
    "candidate history C-1 --json",
    "interview show #1 --json",
    "search xylophone --json",
    "history --json",
    "history --limit 200",
    "today --json",
    "huddle --json",
    "undo",
    "redo",
    "duplicates --json",
    "selfcheck",
)


#: A manager, another interviewer, HR, and somebody who has nothing to do with it.
LOGINS: Final = ("mia", "ben", "hana", "eve")


def test_no_road_tells_of_a_score_before_all_cards_are_in(hiring: Hiring, cli: Cli) -> None:
    cards = hiring.interview(hiring.apply(), "lea", "ben", "mia")
    hiring.give(cards[0], "lea", 4, WORD)
    for login in LOGINS:
        ran = cli("interview-score", "list", "--json", login=login)
        assert (ran.code, ran.out.strip()) == (0, "[]")
    for words, login in sampled([(words, login) for words in ROADS for login in LOGINS], 10):
        ran = cli(*words.split(), login=login)
        assert WORD not in ran.out + ran.err, (login, words)
        assert "Traceback" not in ran.err, (login, words)
        if words.startswith("interview-score show"):
            assert ran.code == 1


def test_all_who_interviewed_and_the_manager_read_them_once_all_are_in(
    hiring: Hiring, cli: Cli
) -> None:
    candidate = hiring.apply()
    cards = hiring.interview(candidate, "lea", "ben")
    said = hiring.give(cards[0], "lea", 4, WORD)
    assert said.endswith("as 1 card is missing.")
    assert WORD in cli("interview-score", "list", "--json", login="lea").out
    hiring.give(cards[1], "ben", 2)
    for login in ("lea", "ben", "mia"):
        assert WORD in cli("interview-score", "list", "--json", login=login).out
        scores = cli("candidate", "scores", "C-1", "--json", login=login).out
        assert '"spread": 2' in scores
    # Others see neither the candidate nor the scores.
    for login in ("cyd", "eve"):
        assert WORD not in cli("interview-score", "list", "--json", login=login).out
        assert cli("candidate", "show", "C-1", login=login).code == 1


def test_the_owner_of_the_file_is_shown_no_score_of_an_incomplete_panel(hiring: Hiring) -> None:
    candidate = hiring.apply()
    cards = hiring.interview(candidate, "lea", "ben")
    hiring.give(cards[0], "lea", 4, WORD)
    headings = [section.heading for section in page(hiring.office, hiring.again(candidate))]
    assert "Interviews" in headings
    assert "Scores" not in headings


def test_a_manager_who_interviews_gives_first_and_takes_nobody_off_to_look(
    hiring: Hiring, cli: Cli
) -> None:
    candidate = hiring.apply()
    first = hiring.interview(candidate, "lea")
    hiring.interview(candidate, "mia")
    hiring.give(first[0], "lea", 4, WORD)
    # That panel is complete, and she has a card of another of the same candidate to give.
    assert WORD not in cli("interview-score", "list", "--json", login="mia").out
    ran = cli("scorecard", "archive", "SK-2", login="mia")
    assert ran.code == 1
    assert "it is yours" in ran.err
    # Nor does it help her to archive the interview, and the missing card with it.
    panel = hiring.interview(candidate, "ben", "mia")
    hiring.give(panel[0], "ben", 4, WORD)
    for interview in ("#2", "#3"):
        assert cli("interview", "archive", interview, login="mia").code == 0
    said = cli("interview-score", "list", "--archived", "--json", login="mia").out
    assert said.count(WORD) == 2


def test_a_card_is_given_by_its_interviewer_once_with_words_for_each_score(
    hiring: Hiring, cli: Cli
) -> None:
    cards = hiring.interview(hiring.apply(), "lea", "ben")
    ran = cli("scorecard", "give", "SK-1", "--answer", "Calm=4 calm", login="ben")
    assert "it is not yours" in ran.err
    ran = cli("scorecard", "give", "SK-1", "--answer", "Calm=4 calm", login="lea")
    assert "Care needs evidence" in ran.err
    assert hiring.office.first(InterviewScore, "1") is None
    hiring.give(cards[0], "lea", 4)
    ran = cli("scorecard", "give", "SK-1", "--answer", "Calm=4 calm", login="lea")
    assert "it was given already" in ran.err


ORDERS = st.lists(
    st.tuples(st.sampled_from(("give", "undo")), st.sampled_from(("lea", "ben", "mia"))),
    min_size=3,
    max_size=9,
)


class Panel:
    """Three interviewers at their own screens, with a card each of one candidate after another."""

    def __init__(self, hiring: Hiring, screens: ExitStack) -> None:
        self.hiring = hiring
        self.cards: dict[str, int] = {}
        self.screens = {
            login: screens.enter_context(open_as(hiring.office, login))
            for login in ("lea", "ben", "mia")
        }

    def begin(self) -> None:
        cards = self.hiring.interview(self.hiring.apply(), *self.screens)
        self.cards = {login: card.id for login, card in zip(self.screens, cards, strict=True)}
        for screen in self.screens.values():
            # What others wrote since is within reach once the screen asks who is there.
            assert screen.who

    def take(self, verb: str, login: str) -> None:
        office = self.screens[login]
        if verb == "undo":
            undo(office)
            return
        card = office.get(Scorecard, self.cards[login])
        office.do(give, card, answer="Calm=3 so\nCare=3 so")

    def read(self, login: str) -> set[str]:
        """Return the interviewers whose scores somebody reads."""
        of = {card: other for other, card in self.cards.items()}
        scores = self.screens[login].all(InterviewScore)
        return {of[score.scorecard_id] for score in scores if score.scorecard_id in of}


def test_in_any_order_scores_open_with_the_last_card_and_stay_as_they_were_given(
    hiring: Hiring,
) -> None:
    @tried(60)
    @given(ORDERS)
    def in_any_order(order: list[tuple[str, str]]) -> None:
        given_by: list[str] = []
        panel.begin()
        for verb, login in order:
            is_open = len(given_by) == len(panel.cards)
            if is_open or (verb == "give") == (login in given_by):
                with pytest.raises(OfficeError):
                    panel.take(verb, login)
                continue
            panel.take(verb, login)
            given_by = [*given_by, login] if verb == "give" else [x for x in given_by if x != login]
            for other in panel.cards:
                is_complete = len(given_by) == len(panel.cards)
                own = {other} & set(given_by)
                assert panel.read(other) == (set(panel.cards) if is_complete else own)
        for login in given_by if len(given_by) < len(panel.cards) else ():
            panel.take("undo", login)

    with ExitStack() as screens:
        panel = Panel(hiring, screens)
        in_any_order()


def test_a_card_on_paper_is_typed_by_a_manager_alone(
    hiring: Hiring, crew: dict[str, Person]
) -> None:
    with hiring.office.acting("test.login"):
        hiring.office.edit(crew["cyd"], user_id=None)
    cards = hiring.interview(hiring.apply(), "cyd", "ben")
    with open_as(hiring.office, "ben") as theirs, pytest.raises(OfficeError):
        theirs.do(give, theirs.get(Scorecard, cards[0].id), answer="Calm=1 no\nCare=1 no")
    hiring.give(cards[0], "mia", 2)
    # She knows what she typed, and no more.
    with open_as(hiring.office, "mia") as theirs:
        assert {score.scorecard_id for score in theirs.all(InterviewScore)} == {cards[0].id}
