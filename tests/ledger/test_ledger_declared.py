"""What a ledger declares is checked: when its class is made, and beside the other records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledger.conftest import PLUGIN

from officeops.authoring.check import problems
from officeops.testing import write_plugin

if TYPE_CHECKING:
    from pathlib import Path


def test_the_two_ledgers_of_these_tests_are_in_order(officeops_home: Path) -> None:
    found = problems(str(write_plugin(officeops_home, "ledgers", PLUGIN)))
    # It makes its tables as the core does, without a list of migrations.
    assert {finding.check for finding in found} <= {"public-names", "field-unit"}, found


@pytest.mark.parametrize(
    ("now", "then", "why"),
    [
        ('"ledgers.off-entry", append_only=True', '"ledgers.off-entry"', "append_only=True"),
        ('amount="minutes"', 'amount="hours"', "counts 'hours'"),
        ('of=("person_id", "type_id")', 'of=("person_id", "who_id")', "goes by 'who_id'"),
        ('of=("person_id", "type_id")', 'of=("person_id", "minutes")', "goes by 'minutes'"),
        ('of=("person_id", "type_id")', 'of=("person_id", "grant_id")', "may be blank"),
        ('of=("person_id", "type_id")', "of=()", "columns that name an account"),
        ('"transfer", "reversal"', '"transfer"', "kind 'reversal'"),
        ('opening="opening"', 'opening="begun"', "kind 'begun'"),
        ("by_day=True", 'by_day=True, counts=Counts("ledgers.shelf-count")', "by day"),
    ],
)
def test_what_its_own_record_has_not_is_refused_when_it_is_declared(
    now: str, then: str, why: str
) -> None:
    assert now in PLUGIN
    with pytest.raises(TypeError, match=why):
        exec(PLUGIN.replace(now, then), {"__name__": "ledgers"})  # noqa: S102 - as a plugin is loaded


@pytest.mark.parametrize(
    ("now", "then", "why"),
    [
        ('Lots("grant_id")', 'Lots("grant_id", ends="name")', "end on 'name'"),
        ("l.state = 'good'", "l.condition = 'good'", "usable by"),
        ('Counts("ledgers.shelf-count"', 'Counts("ledgers.tally"', "ledgers.tally"),
        ('Counts("ledgers.shelf-count"', 'Counts("ledgers.shelf"', "has no 'thing_id'"),
        ("by_day=True", 'by_day=True, balances="ledgers.person"', "no derived record"),
    ],
)
def test_what_other_records_have_not_is_named_to_the_author(
    officeops_home: Path, now: str, then: str, why: str
) -> None:
    assert now in PLUGIN
    told = problems(str(write_plugin(officeops_home, "ledgers", PLUGIN.replace(now, then))))
    assert any(why in problem for problem in told), told
