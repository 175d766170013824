"""Policies: found by a word, asked of the right people, read once, and asked again if it matters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.model.errors import Refused
from officeops_hr.policies.acknowledgment import Acknowledgment
from officeops_hr.policies.actions import issue, record_readers, review
from officeops_hr.policies.policy import Policy
from officeops_hr.policies.policy_version import PolicyVersion
from officeops_hr.policies.readers import Reading, readings

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.training.conftest import School

    from officeops.testing import OfficeFactory, Ran

TODAY: Final = date(2026, 3, 2)
DAY: Final = timedelta(days=1)


def _policy(school: School, name: str = "Needlestick", **facts: Any) -> Policy:  # noqa: ANN401 - of the record
    with school.office.acting("test"):
        return school.office.add(Policy(name=name, **facts))


def _of(school: School, login: str, policy: Policy, day: date = TODAY) -> Reading | None:
    person = school.crew[login].id
    return next(readings(school.office, day, person, policy.id), None)


def _state(school: School, login: str, policy: Policy, day: date = TODAY) -> str:
    reading = _of(school, login, policy, day)
    return reading.state if reading else ""


def test_a_policy_is_found_by_a_word_of_its_text_its_name_or_its_words(
    school: School, cli: Callable[..., Ran]
) -> None:
    policy = _policy(school, words="Splash, sharps")
    school.office.do(issue, policy, text="Wash.\nCall the CLÍNIC: 202-555-0190.")
    school.office.do(issue, policy, text="Burn it all.", effective_on=TODAY + 9 * DAY)
    for words in ("clinic", "SPLASH", "needle", "call 0190"):
        assert (
            cli("policy", "find", *words.split(), "--json", login="ben").json[0]["policy"]
            == "POL-1"
        )
    assert "Call the CLÍNIC: 202-555-0190." in cli("policy", "find", "clinic", login="ben").out
    # The version of a day to come, and a word of no policy.
    for word in ("burn", "xylophone"):
        assert cli("policy", "find", word, "--json", login="ben").json == []
    assert "POL-1" in cli("search", "0190", login="ben").out


def test_everybody_or_some_roles_read_it_and_new_people_the_version_in_effect(
    school: School,
) -> None:
    policy = _policy(school, within_days=14)
    assert _state(school, "ben", policy) == ""
    school.office.do(issue, policy, text="One.", effective_on=date(2025, 1, 1))
    school.office.do(issue, policy, text="Two.")
    reading = _of(school, "ben", policy)
    assert reading is not None
    assert (reading.number, reading.due_on) == (2, TODAY + 14 * DAY)
    assert _state(school, "ben", policy, TODAY + 15 * DAY) == "overdue"
    assert _state(school, "eve", policy) == ""
    with school.office.acting("test"):
        school.office.edit(school.office.get(Policy, policy.id), everybody=False)
    assert _state(school, "ben", policy) == ""


def test_who_read_it_is_asked_again_only_by_a_version_that_says_so(
    school: School, cli: Callable[..., Ran]
) -> None:
    policy = _policy(school)
    school.office.do(issue, policy, text="One.", read_again=False)
    assert _state(school, "ben", policy) == "unread"
    assert cli("policy", "acknowledge", "POL-1", login="ben").code == 0
    assert _state(school, "ben", policy) == "read"
    # By themselves, on the screen, and only for themselves.
    row = next(iter(school.office.all(Acknowledgment)))
    assert (row.person_id, row.way, row.recorded_by) == (school.crew["ben"].id, "screen", "ben")
    assert "you have read this version" in cli("policy", "acknowledge", "POL-1", login="ben").err
    school.office.do(issue, policy, text="One!", read_again=False)
    assert _state(school, "ben", policy) == "read"
    school.office.do(issue, policy, text="Two.")
    assert _state(school, "ben", policy) == "unread"
    school.office.do(record_readers, policy, people="Ben", way="meeting")
    assert _state(school, "ben", policy) == "read"
    assert _state(school, "cyd", policy) == "unread"


def test_a_version_that_somebody_read_stays_as_it_is(school: School) -> None:
    policy = _policy(school)
    school.office.do(issue, policy, text="One.")
    version = next(iter(school.office.all(PolicyVersion)))
    with school.office.acting("test"):
        version = school.office.edit(version, text="One and a half.")
    school.office.do(record_readers, policy)
    with pytest.raises(Refused, match="issue another"), school.office.acting("test"):
        school.office.edit(version, text="Two.")
    with pytest.raises(Refused, match="confirmed"), school.office.acting("test"):
        school.office.archive(school.office.get(PolicyVersion, version.id))


def test_today_asks_you_at_once_and_names_others_when_they_are_nearly_late(
    school: School,
    office_factory: OfficeFactory,
    freeze_today: Callable[[date], None],
) -> None:
    policy = _policy(school, review_months=6)
    school.office.do(issue, policy, text="One.")

    def lines(login: str) -> str:
        with office_factory("hr", login=login) as opened:
            return "\n".join(item.due.what for item in opened.due_items())

    never = _policy(school, "Parking", review_months=0)
    assert "Parking has no version" in lines("mia")
    school.office.do(issue, never, text="Behind the house.", effective_on=TODAY + 300 * DAY)
    assert "Parking" not in lines("mia")
    assert "Read Needlestick, version 1, by 2026-03-16" in lines("ben")
    assert "Ben Stone has not read" not in lines("mia")
    freeze_today(TODAY + 13 * DAY)
    assert "P-4 Ben Stone has not read Needlestick" in lines("mia")
    assert "Cyd Stone" not in lines("ben")
    freeze_today(date(2026, 8, 20))
    assert "Needlestick is to be reviewed by 2026-09-02" in lines("mia")
    school.office.do(review, policy, on=date(2026, 8, 20))
    assert "to be reviewed" not in lines("mia")


# -- the twin --------------------------------------------------------------------------------------

VERSIONS: Final = st.lists(st.tuples(st.integers(-60, 60), st.booleans()), min_size=1, max_size=4)
ACKS: Final = st.lists(st.tuples(st.integers(-60, 60), st.integers(0, 3)), max_size=4)


def _twin(
    versions: list[tuple[int, bool]],
    acks: dict[int, int],
    within: int,
    today: int,
) -> tuple[str, int] | None:
    """Say the state day by day: what counted on each day until today, and who had read it."""
    current = asked = None
    asked_on = 0
    for day in range(-61, today + 1):
        for number, (start, again) in enumerate(versions):
            if start != day:
                continue
            # Of one day the later number counts.
            current = number
            if again or number == 0:
                asked, asked_on = number, day
    if current is None:
        return None
    assert asked is not None
    read = False
    for number, day in acks.items():
        start = versions[number][0]
        is_later = (start, number) >= (asked_on, asked)
        read = read or (day <= today and is_later)
    due = asked_on + within
    state = "read" if read else "overdue" if due < today else "unread"
    return state, due


def test_who_has_read_is_that_of_a_day_by_day_twin(school: School) -> None:
    numbers = iter(range(10**6))
    ben = school.crew["ben"].id

    @tried(150)
    @given(VERSIONS, ACKS, st.integers(0, 30))
    def as_the_twin(
        versions: list[tuple[int, bool]], acks: list[tuple[int, int]], within: int
    ) -> None:
        # The first version is the earliest: what comes before it was never in effect.
        first = min(start for start, _ in versions)
        versions[0] = (first, versions[0][1])
        policy = _policy(school, f"Policy {next(numbers)}", within_days=within)
        rows = []
        for number, (start, again) in enumerate(versions, 1):
            day = (TODAY + start * DAY).isoformat()
            row = {"policy_id": policy.id, "number": number, "effective_on": day}
            rows.append({**row, "read_again": again})
        read = {number: day for day, number in acks if number < len(versions)}
        with school.office.acting("test"):
            ids = school.office.add_many(PolicyVersion, rows)
            confirmed = []
            for number, read_on in read.items():
                on = (TODAY + read_on * DAY).isoformat()
                row = {"person_id": ben, "policy_version_id": ids[number], "read_on": on}
                confirmed.append({**row, "recorded_by": "test"})
            school.office.add_many(Acknowledgment, confirmed)
        for today in range(-65, 66, 10):
            reading = _of(school, "ben", policy, TODAY + today * DAY)
            seen = None
            if reading is not None:
                assert reading.due_on is not None
                seen = (reading.state, (reading.due_on - TODAY).days)
            assert seen == _twin(versions, read, within, today)

    as_the_twin()
