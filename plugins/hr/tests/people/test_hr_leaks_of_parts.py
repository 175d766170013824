"""Twins of the other parts: in one office much is written about cyd, in the other nothing.

A colleague learns nothing of it, a manager without HR nothing of health and discipline.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from plugins.hr.tests.people.test_hr_leaks import VERBS, Twins
from tests.effort import sampled

from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

pytestmark = pytest.mark.officeops("hr")

TODAY: Final = date(2026, 3, 2)
WORD: Final = "zygomorph"
#: What is written about a person, by the kind; those of everybody but HR and cyd.
OF_HEALTH: Final = ("injury-case", "vaccine-offer", "discipline")
OF_WORK: Final = (
    "one-to-one",
    "review",
    "goal",
    "recognition",
    "training",
    "competence",
    "acknowledgment",
)
ROADS: Final = (
    f"search {WORD}",
    "search cyd",
    "today --json",
    "today --until +400d --json",
    "huddle --json",
    "history --json",
    "me --json",
    "person show P-5",
    "person references P-5 --json",
    "person packet P-5 --json",
    "person file P-5 --json",
    "person ready --json",
    "inspect osha --json",
    "inspect hipaa --json",
    "inspect clia",
    "duplicates --json",
    "selfcheck",
    "undo",
    "undo 20",
    "redo 20",
    "task list --json",
    "note list --json",
)


def _rows(
    office: Office, person: int, kinds: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is written about a person, of the kinds that are asked for."""
    of = {"person_id": person}
    later = TODAY + timedelta(20)
    values: dict[str, dict[str, Any]] = {
        "vaccine-offer": {**of, "answer": "declined", "remark": WORD},
        "discipline": {**of, "what_happened": WORD, "follow_up_on": later},
        "one-to-one": {
            **of,
            "topic": WORD,
            "text": WORD,
            "follow_up_on": TODAY,
            "sharing": "shared",
        },
        "review": {
            **of,
            "period_from": date(2025, 1, 1),
            "period_to": TODAY,
            "text": WORD,
        },
        "goal": {**of, "title": WORD, "due_on": TODAY},
        "recognition": {**of, "text": WORD},
        "training": {**of, "topic_id": 1, "done_on": date(2020, 1, 1), "remark": WORD},
        "competence": {**of, "skill_id": 1, "level": "supervised", "outside_observer": WORD},
        "acknowledgment": {**of, "policy_version_id": 1},
    }
    for noun, row in values.items():
        if noun in kinds:
            fields = office.records[f"hr.{noun}"].meta.by_name
            yield f"hr.{noun}", {name: value for name, value in row.items() if name in fields}


def fill(office: Office, kinds: tuple[str, ...], *, is_written: bool) -> None:
    """Add the rules of all parts, and what is written about cyd in one of the two offices."""
    cyd = office.first(Person, "name = 'Cyd Stone'")
    assert cyd is not None
    kind = office.records
    with office.acting("test.rules"):
        office.add(kind["hr.training-topic"](name="Masks"))
        office.add(kind["hr.skill"](name="Blood draw"))
        policy = office.add(kind["hr.policy"](name="Privacy"))
        office.add(
            kind["hr.policy-version"](policy_id=policy.id, effective_on=date(2025, 1, 1), text="x")
        )
        # An office that keeps reviews asks for them: that is no secret of anybody.
        year = {"period_from": date(2025, 1, 1), "period_to": TODAY}
        office.add(kind["hr.review"](person_id=1, **year))
        at = datetime(2026, 3, 1, 9, tzinfo=UTC)
        office.add(kind["hr.incident"](kind="sharps", happened_at=at, what="Needle"))
    with office.acting("test.written"):
        if is_written:
            if "injury-case" in kinds:
                office.add(kind["hr.injury-case"](incident_id=1, person_id=cyd.id))
            for key, row in _rows(office, cyd.id, kinds):
                office.add(kind[key](**row))


def _without_numbers(answer: tuple[int, str, str]) -> str:
    """Return an answer without the numbers of changes: how much was written is no secret."""
    return re.sub(r'"cursor": \d+', "", str(answer))


@pytest.mark.parametrize(("login", "kinds"), [("ben", OF_HEALTH + OF_WORK), ("mia", OF_HEALTH)])
def test_what_is_written_about_a_colleague_tells_twins_apart_to_nobody(
    office_factory: OfficeFactory,
    freeze_today: Callable[[date], None],
    login: str,
    kinds: tuple[str, ...],
) -> None:
    freeze_today(TODAY)
    twins = Twins(office_factory, login)
    for number, file in enumerate(twins.files):
        office = office_factory("hr", file=file.name)
        fill(office, kinds, is_written=bool(number))
        office.close()
    lines = [*(f"{noun} {verb}" for noun in kinds for verb in VERBS), *ROADS]
    for words in sampled(lines, 24):
        one, other = (_without_numbers(answer) for answer in twins.answers(words))
        assert one == other, words
        # The words that are looked for come back in an answer.
        assert WORD not in other or WORD in words, words
        assert "Traceback" not in one, words


def test_the_owner_does_see_the_difference(
    office_factory: OfficeFactory,
    freeze_today: Callable[[date], None],
) -> None:
    freeze_today(TODAY)
    twins = Twins(office_factory, "hana")
    office = office_factory("hr", file=twins.files[1].name)
    fill(office, OF_HEALTH + OF_WORK, is_written=True)
    for noun in OF_HEALTH + OF_WORK:
        assert office.value(f"SELECT count(*) FROM hr_{noun.replace('-', '_')}"), noun
    office.close()
