"""Only the records whose fields or choices were renamed are read by other names, and no others are slowed."""

from __future__ import annotations

import pytest

from officeops.store.former_names import FormerNames
from officeops.store.renamings import FormerName

NAMES = FormerNames(
    [
        FormerName("keys.key", "holder", "owner", action=2, change=10),
        FormerName("keys.key", "", "keys.badge", action=3, change=20),
        FormerName("keys.badge", "kind", "card", action=4, change=30, choice="mag"),
        FormerName("keys.loan", "", "keys.lending", action=5, change=40),
    ]
)


@pytest.mark.parametrize(
    ("table", "change"),
    [("keys_badge", 30), ("keys_lending", 0), ("vendors_vendor", 0)],
)
def test_a_record_s_contents_are_as_recorded_after_its_last_renaming(
    table: str, change: int
) -> None:
    assert NAMES.newest_content(table) == change


def test_contents_of_other_records_are_left_alone() -> None:
    side = {"holder": "Ann", "kind": "mag"}
    assert NAMES.content("vendors_vendor", 5, side) is side
    assert NAMES.content("keys_loan", 5, side) is side
    assert NAMES.content("keys_badge", 31, side) == side


@pytest.mark.parametrize(
    ("table", "change", "content"),
    [
        ("keys_key", 5, {"owner": "Ann", "kind": "card"}),
        ("keys_key", 15, {"holder": "Ann", "kind": "card"}),
        ("keys_badge", 25, {"holder": "Ann", "kind": "card"}),
    ],
)
def test_contents_have_the_names_of_today(table: str, change: int, content: dict[str, str]) -> None:
    assert NAMES.content(table, change, {"holder": "Ann", "kind": "mag"}) == content
