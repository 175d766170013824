"""Continuing education: credits by category against the cycle of a board."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops_hr.education.entry import EducationEntry
from officeops_hr.education.progress import Earned, Need, Rule, cycle_of, progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.credentials.conftest import Wallet

    from officeops.testing import Ran

ENDS: Final = date(2026, 7, 31)
#: The 24 credits of CMM by PAHCOM's older page: half of them approved, the recognized ones capped.
CMM: Final = Rule(2400, 24, 0, (Need("approved", 1200), Need("recognized", 0, 1200)))


def _missing(rule: Rule, *entries: Earned) -> list[int]:
    cycle = cycle_of(rule, ENDS, date(2026, 3, 2))
    assert cycle is not None
    return [share.missing for share in progress(rule, entries, cycle)]


def test_a_cycle_counts_its_own_days_and_each_category_up_to_its_most() -> None:
    inside, before = date(2024, 8, 1), date(2024, 7, 31)
    assert _missing(CMM) == [2400, 1200]
    assert _missing(CMM, Earned(before, 2400, "approved")) == [2400, 1200]
    assert _missing(CMM, Earned(inside, 1600, "recognized")) == [1200, 1200]
    done = (Earned(ENDS, 1200, "Approved"), Earned(inside, 1250, "recognized"))
    assert _missing(CMM, *done) == [0, 0]


def test_what_was_too_much_carries_over_up_to_the_most() -> None:
    before = Earned(date(2024, 7, 31), 3000)
    assert _missing(Rule(2400, 24, 0), before) == [2400]
    assert _missing(Rule(2400, 24, 400), before) == [2000]
    assert _missing(Rule(2400, 24, 900), before) == [1800]


def test_a_calendar_year_begins_in_january() -> None:
    cmom = Rule(1200, 0, 0, (Need("core", 900),))
    assert _missing(cmom, Earned(date(2025, 12, 31), 1200, "core")) == [1200, 900]
    assert _missing(cmom, Earned(date(2026, 1, 1), 1200, "core")) == [0, 0]


@tried(400)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=8),
    st.tuples(st.integers(0, 900), st.integers(1, 900)),
)
def test_one_more_entry_never_makes_more_missing(
    entries: list[tuple[int, int]],
    more: tuple[int, int],
) -> None:
    first = date(2024, 8, 1)
    earned = [Earned(first + timedelta(days=day % 700), some, "approved") for day, some in entries]
    one = Earned(first + timedelta(days=more[0] % 700), more[1], "recognized")
    fewer, now = _missing(CMM, *earned), _missing(CMM, *earned, one)
    assert all(later <= earlier for earlier, later in zip(fewer, now, strict=True))


def test_the_command_and_today_say_how_much_is_missing_by_when(
    wallet: Wallet, cli: Callable[..., Ran]
) -> None:
    wallet.add("mia", "CMM certification", "2026-05-31")
    office, mia = wallet.office, wallet.crew["mia"]
    with office.acting("test"):
        cmm = wallet.types["CMM certification"]
        entry = {"person_id": mia.id, "type_id": cmm, "title": "Billing update"}
        office.add(EducationEntry(**entry, credits=1050, category="approved"))
    ran = cli("person", "education", "P-1", "--json", "--check", login="mia")
    assert ran.code == 3
    assert [(row["category"], row["earned"], row["missing"]) for row in ran.json] == [
        ("all", "10.50", "13.50"),
        ("approved", "10.50", "1.50"),
    ]
    words = "13.50 of 24.00 credits are missing by 2026-05-31"
    assert any(words in line for line in wallet.due())
    assert words in cli("me", login="mia").out
    # Nobody else learns of it.
    assert words not in cli("today", login="ben").out
    assert cli("person", "education", "--json", login="ben").json == []


@pytest.mark.usefixtures("wallet")
def test_a_rule_is_found_by_the_type_that_it_alone_is_for(cli: Callable[..., Ran]) -> None:
    assert cli("education-rule", "edit", "cmm certification", "--credits", "25").code == 0
    assert "25.00" in cli("education-rule", "show", "CMM certification").out
    shown = cli("education-rule", "show", "BLS")
    assert (shown.code, "There is no education rule 'BLS'" in shown.err) == (1, True)


@pytest.mark.usefixtures("wallet")
def test_a_need_in_the_place_of_the_name_is_refused_and_a_rule_goes_by_its_own_number(
    cli: Callable[..., Ran],
) -> None:
    words = ("education-rule", "add", "--type", "RN license", "--credits", "30", "--category")
    refused = cli(*words, "approved=10")
    assert (refused.code, "least=25" in refused.err) == (1, True)
    added = cli(*words, "approved; least=10")
    [rule] = [
        row for row in cli("education-rule", "list", "--json").json if row["credits"] == "30.00"
    ]
    # Its type has another number, by which nobody finds the rule.
    assert rule["id"] != rule["type_id"]
    assert f"Education rule {rule['id']} added" in added.err
