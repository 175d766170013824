"""`plugins enable` asks an office of its own for what a plugin declares, and refuses what would fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.authoring.small_plugins import acting, declared, rest

from officeops.authoring.checks import BREAKING, CHECKS
from officeops.model.settings import Machine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]

#: For each check that enabling makes, a plugin that its own list or form would fail for.
FAULTY = {
    "computed-sql": declared("computed = (computed('uses', 'nonsense(t.tag)', kind='text'),)"),
    "reference-record": declared("leaf_id: int | None = ref('away.leaf', default=None)"),
    "reference-filter": declared(
        "room_id: int | None = ref('core.location', default=None, where='lost=1')"
    ),
    "view-fields": declared() + rest("views", "View('lost', 'keys.key', 'Lost', where='bogus=1')"),
    "record-targets": declared('as_text = "nowhere.slip:lines"'),
    "record-parts": declared('parts = (Part("away.branch", "key_id", ("tag",)),)'),
    "trigger-sql": declared(
        'room_id: int | None = ref("core.location", default=None, archived="NEW.lost")'
    ),
    "action-record": acting(name="keys.door.turn"),
}
#: What leads to a plugin that is nowhere, and the check that says so.
NOWHERE = {
    "a field": (
        "reference-record",
        declared("leaf_id: int | None = ref('nowhere.leaf', default=None)"),
    ),
    "a parameter": ("reference-record", acting(', leaf_id: int = ref("nowhere.leaf")')),
    "a part": ("record-parts", declared('parts = (Part("nowhere.leaf", "key_id", ("name",)),)')),
    "an action": ("action-record", acting(name="nowhere.leaf.turn")),
}
#: What leads to a kind of record that an installed plugin, on or off, does not declare.
UNDECLARED = {
    "a parameter": ("reference-record", acting(', leaf_id: int = ref("away.leaf")')),
    "a part": ("record-parts", declared('parts = (Part("away.leaf", "key_id", ("name",)),)')),
}


def test_every_check_that_enabling_makes_is_one() -> None:
    assert set(CHECKS) >= BREAKING >= set(FAULTY)


@pytest.mark.parametrize("away", ["on", "off"])
@pytest.mark.parametrize("check", FAULTY)
def test_enable_refuses_what_would_fail_and_names_the_check(
    write: Write, cli: Cli, check: str, away: str
) -> None:
    write("away", declared("").replace("keys.key", "away.branch"))
    if away == "on":
        assert cli("plugins", "enable", "away").code == 0
    write("keys", FAULTY[check], 'after=("away",)')
    ran = cli("plugins", "enable", "keys", "--json")
    problems = json.loads(ran.err)["error"]["problems"]
    assert [problem["facts"] for problem in problems[:-1]] == [{"check": check}], problems
    assert f"[{check}]" in cli("plugins", "enable", "keys").err
    assert "keys" not in Machine().enabled
    assert cli("plugins", "enable", "keys", "--anyway").code == 0


@pytest.mark.parametrize(
    ("place", "words"),
    [
        *[(place, "") for place in NOWHERE],
        *[(place, 'after=("nowhere",)') for place in ("a parameter", "an action")],
    ],
)
def test_what_leads_to_a_plugin_that_is_nowhere_is_refused_with_the_cure(
    write: Write, cli: Cli, place: str, words: str
) -> None:
    check, code = NOWHERE[place]
    write("keys", code, words)
    said = cli("plugins", "enable", "keys").err
    assert f"[{check}]" in said
    assert "nowhere.leaf" in said
    assert place == "an action" or "there is no plugin nowhere: install it" in said
    assert "keys" not in Machine().enabled


@pytest.mark.parametrize("place", ["a field", "a part"])
def test_a_plugin_goes_on_without_one_that_it_comes_after(
    write: Write, cli: Cli, place: str
) -> None:
    write("keys", NOWHERE[place][1], 'after=("nowhere",)')
    assert cli("plugins", "enable", "keys").code == 0
    assert cli("key", "add", "--tag", "A").code == 0
    for verb in ("show", "history"):
        assert cli("key", verb, "A").code == 0
    assert cli("key", "list", "--csv").code == 0
    assert cli("selfcheck").code == 0


@pytest.mark.parametrize("away", ["on", "off"])
@pytest.mark.parametrize("place", UNDECLARED)
def test_so_is_what_its_plugin_does_not_declare(
    write: Write, cli: Cli, place: str, away: str
) -> None:
    check, code = UNDECLARED[place]
    write("away", declared("").replace("keys.key", "away.branch"))
    if away == "on":
        assert cli("plugins", "enable", "away").code == 0
    write("keys", code, 'after=("away",)')
    said = cli("plugins", "enable", "keys").err
    assert f"[{check}]" in said
    assert "away.leaf" in said


@pytest.mark.parametrize("words", ["", 'after=("away",)'])
def test_the_check_says_that_a_record_of_an_installed_plugin_is_not_there(
    write: Write, cli: Cli, words: str
) -> None:
    write("away", declared("").replace("keys.key", "away.branch"))
    write("keys", FAULTY["reference-record"], words)
    said = cli("plugins", "check", "keys").err
    assert "away.leaf" in said
    assert "[reference-record]" in said
