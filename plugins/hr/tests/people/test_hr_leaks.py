"""Two offices that differ only in what a person may not know answer that person alike.

So no road tells of others' pay, identifiers, benefits or why they left: no list, count, filter,
order, look-up, export, history, undo, page, printed sheet, completion or error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from plugins.hr.tests.hr_tools import crewed
from tests.effort import sampled

from officeops.testing import Cli, Ran
from officeops_hr.people.usual_roles import add_roles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import OfficeFactory

#: Kinds of record with something that others must not know; a part adds its own.
NOUNS: Final = (
    "person",
    "employment",
    "position",
    "pay",
    "benefit",
    "work-pattern",
    "paper",
    "medical-paper",
    "check-paper",
    "one-to-one",
    "goal",
    "review",
    "recognition",
    "discipline",
    "incident",
    "injury-case",
    "vaccine-offer",
    "access-review",
)
VERBS: Final = ("list --json", "list", "export -", "history --json", "show #6 --json", "show #1")
FILTERS: Final = (
    "person list ssn=900-00-0001",
    "person list ssn=901-00-0001",
    "person list -ssn=",
    "person list --sort ssn",
    "person list --columns name,ssn,born_on,bank_account --json",
    "person list born_on<1981-01-01",
    "person show 901-00-0006",
    "person edit P-6 --ssn 901-00-0001",
    "person show P-6 --reveal ssn",
    "pay list amount>77700.00",
    "pay list amount=77700.11",
    "pay list --sort amount --json",
    "pay show #1 --reveal amount",
    "pay add --person P-1 --amount 1",
    "benefit list employee_cost>0",
    "employment list reason=dismissed",
    "employment list rehire=yes",
    "employment list --sort reason",
    "employment list --columns reason,rehire,note --json",
    "employment edit #6 --reason resigned",
    "search xylotomy",
    "search 900-00-0001",
    "search 777",
    "today --json",
    "huddle --json",
    "history --json",
    "undo",
    "undo 9",
    "redo",
    "me",
    "me --json",
    "person directory --json",
    "person chart --json",
    "person file P-1 --json",
    "person file P-4",
    "person show P-6 --json",
    "person references P-6 --json",
    "search zygomorph",
    "purge --dry-run",
    "duplicates --json",
    "paper-type show W-4 --json",
    "person emergency-sheet --json",
    "seal readings",
    "attachment list --json",
    "selfcheck",
    "report nothing",
    "report sharps-log --json",
    "report osha-log --json",
    "report osha-summary --json",
    "inspect osha --json",
    "inspect hipaa --json",
    "task list --json",
    "task show T-1",
    "task list --sort title",
    "today --until +400d --json",
    "search wayzgoose",
    "one-to-one list topic=wayzgoose",
    "one-to-one show #1 --reveal text",
    "discipline show DI-1 --reveal what_happened",
    "discipline list step=final --json",
    "discipline sign DI-1",
    "incident show IN-1 --json",
    "incident list kind=sharps",
    "injury-case show IC-1 --reveal health",
    "injury-case edit IC-1 --outcome death",
    "vaccine-offer list answer=declined",
)
#: What differs from run to run.
_MOMENTS: Final = re.compile(r"\d{4}-\d\d-\d\dT?\s?[\d:.]+Z?|[\d.,]+ (?:s|MB|GB)\b")


class Twins:
    """Two offices whose other people have other secrets, as one login sees them."""

    def __init__(self, offices: OfficeFactory, login: str) -> None:
        self.login = login
        self.files: list[Path] = []
        for number in (0, 1):
            office = offices("hr", file=f"twin-{number}.db")
            with office.acting("hr.add-job-roles"):
                add_roles(office)

            def salt(other: str, number: int = number) -> int:
                return number if other != login else 0

            crewed(office, salt)
            office.close()
            self.files.append(offices.home / f"twin-{number}.db")

    def answers(self, words: str) -> list[tuple[int, str, str]]:
        """Return the answers of both offices to a command line, without their moments and names."""
        return [self._plain(Cli(file)(*words.split(), login=self.login)) for file in self.files]

    @staticmethod
    def _plain(ran: Ran) -> tuple[int, str, str]:
        return ran.code, Twins.without_moments(ran.out), Twins.without_moments(ran.err)

    @staticmethod
    def without_moments(text: str) -> str:
        """Return a text without what differs from run to run."""
        return _MOMENTS.sub("-", re.sub(r"twin-\d", "twin", text))


@pytest.mark.officeops("hr")
@pytest.mark.parametrize("login", ["mia", "lea", "ben"])
def test_twins_answer_alike(
    office_factory: OfficeFactory,
    freeze_today: Callable[[str], None],
    login: str,
) -> None:
    freeze_today("2026-03-02")
    twins = Twins(office_factory, login)
    lines = [*(f"{noun} {verb}" for noun in NOUNS for verb in VERBS), *FILTERS]
    for words in sampled(lines, 28):
        one, other = twins.answers(words)
        assert one == other, words
        assert "Traceback" not in one[2], words


@pytest.mark.officeops("hr")
def test_the_twins_do_differ_for_hr(
    office_factory: OfficeFactory, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2026-03-02")
    twins = Twins(office_factory, "hana")
    for words in ("pay show #1 --reveal amount", "employment list --json"):
        one, other = twins.answers(words)
        assert one[0] == 0
        assert one != other, words
