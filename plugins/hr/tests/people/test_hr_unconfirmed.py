"""Rules that come with officeops count as nobody's word until the office confirms each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Ran

#: Fields that say that somebody of the office vouches for a row.
WORDS: Final = ("confirmed", "confirmed_on", "checked_on")
#: Each kind with what adds the rules that ship, and what confirms the first of them.
RULES: Final = {
    "credential-type": ("add-credential-types", "credential-type edit #1 --confirmed yes"),
    "education-rule": ("add-credential-types", "education-rule edit #1 --confirmed yes"),
    "hours-rule": ("add-usual-hours-rules", "hours-rule edit #1 --confirmed yes"),
    "deadline": ("add-deadlines", "deadline edit #1 --confirmed yes"),
    "paper-type": ("add-paper-types", "paper-type edit #1 --confirmed yes"),
    "leave-policy": (
        "add-usual-leave-policy --policy Sick-leave-California",
        "leave-policy confirm #1",
    ),
}


@pytest.mark.parametrize("noun", RULES)
@pytest.mark.usefixtures("office")
def test_a_rule_is_unconfirmed_until_one_command_that_the_history_has(
    cli: Callable[..., Ran],
    noun: str,
) -> None:
    add, confirm = (line.split() for line in RULES[noun])
    assert cli(*(word.replace("-leave-C", " leave C") for word in add)).code == 0
    shown = ("list", "--view", "unconfirmed", "--json")
    before = {row["id"] for row in cli(noun, *shown).json}
    assert before == {row["id"] for row in cli(noun, "list", "--json").json}
    done = cli(*confirm)
    assert done.code == 0, done.err
    assert {row["id"] for row in cli(noun, *shown).json} == before - {1}
    newest = cli("history", "--json", "--limit", "1").json[0]
    assert "confirm" in str(newest), newest
    assert cli("undo").code == 0
    assert {row["id"] for row in cli(noun, *shown).json} == before


def test_every_kind_of_rule_says_in_its_list_which_are_unconfirmed(office: Office) -> None:
    views = {
        view.record for _, view in office.plugins.registered("views") if view.name == "unconfirmed"
    }
    for key, kind in office.records.items():
        fields = [kind.meta.by_name[word] for word in WORDS if word in kind.meta.by_name]
        if key.startswith("hr.") and fields:
            assert key in views or not fields[0].hidden, key
