"""The roads beside lists tell nothing either: views, mail, print, exports, undo, screens, crashes.

The offices are those of `test_hr_leaks`: they differ in what the person who asks may not know.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest
from plugins.hr.tests.people.test_hr_leaks import Twins
from tests.effort import sampled

from officeops.model.exit_codes import INCOMPLETE
from officeops.office.office import open_office
from officeops.testing import Cli, write_plugin
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import OfficeFactory

pytestmark = pytest.mark.officeops("hr")

#: Lines of the person themselves; a file `-` is standard output, as over SSH.
ROADS: Final = (
    "employment list --view fired --json",
    "person list --columns ssn --sort ssn --csv",
    "person list --output - --format txt",
    "employment list --columns all --output - --format txt",
    "person export - --archived --format json",
    "person export - --format vcard",
    "person export - --columns ssn,bank_account",
    "pay export - --archived --where amount>77700",
    "benefit export - --columns person,employee_cost --archived",
    "leave-request export - --format ics",
    "position list --columns person,manager --csv",
    "today --until +400d --snoozed --json",
    "inspect hipaa --json",
    "inspect osha --handout",
    "person packet P-6 --json",
    "person packet P-4",
    "person education --json",
    "person ready --json",
    "person merge P-4 --into P-5 --dry-run",
    "person merge P-6 --into P-5",
    "person separate P-6 --on today",
    "person note P-6 hello",
    "note list --json",
    "undo 1",
    "undo 12",
    "redo 12",
    "undo --json",
    "help pay",
)
#: Words that a shell asks to complete.
COMPLETED: Final = (
    "person show ",
    "pay edit #6 --amount ",
    "person edit P-6 --ssn ",
    "person list ss",
)
#: Kinds that anybody can type behind a colon, and the keys after it.
SCREENS: Final = (
    ("person", ("down", "enter")),
    ("pay", ("down", "enter")),
    ("history", ()),
)
#: A plugin that fails with a secret in its hands.
BOOM: Final = """
from officeops import Plugin, hookimpl
PLUGIN = Plugin("boom", summary="Fails", api=2)

@hookimpl
def due(office, until):
    from officeops_hr.people.employment import Employment
    rows = [row.note for row in office.all(Employment)]
    raise ValueError(f"cannot read {rows}")
"""


def _saved_views(twins: Twins) -> None:
    """Save a view of this machine by a guarded value; one by a sealed value is refused."""
    owner = Cli(twins.files[0])
    assert owner(*"pay list amount>77700.11 --save-view rich".split()).code == 2
    assert owner(*"employment list reason=dismissed --save-view fired".split()).code == 0


@pytest.mark.parametrize("login", ["mia", "ben"])
def test_views_prints_exports_and_undo_tell_twins_apart_to_nobody(
    office_factory: OfficeFactory,
    freeze_today: Callable[[str], None],
    login: str,
) -> None:
    freeze_today("2026-03-02")
    twins = Twins(office_factory, login)
    _saved_views(twins)
    for words in sampled(ROADS, 30):
        one, other = twins.answers(words)
        assert one == other, words
        assert "Traceback" not in one[2], words
    for words in sampled(COMPLETED, 4):
        asked = f"officeops {words}"
        env = {
            "_OFFICEOPS_COMPLETE": "bash_complete",
            "COMP_WORDS": asked,
            "COMP_CWORD": str(len(asked.split()) - (not asked.endswith(" "))),
        }
        one, other = (Cli(file)(env=env, login=login) for file in twins.files)
        assert one == other, words
    # Cron writes the mail of each person as the owner of the file.
    mails = [Cli(file)("today", "--for", login, "--json") for file in twins.files]
    assert mails[0] == mails[1]


def _half_typed_pay_is_no_draft(file: Path) -> None:
    with open_office(file, user="hana", only=["hr"]) as office, Terminal(office) as terminal:
        terminal.press(":").type("pay").press("enter", "n").type("P-6").press("tab", "tab", "tab")
        terminal.type("31.10").press("escape")
        assert terminal.line("Leave and lose 2 changes?")
        assert "31.10" not in terminal.text
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT * FROM core_draft").fetchall() == []


def test_screens_tell_twins_apart_to_nobody_and_pay_is_kept_in_no_draft(
    office_factory: OfficeFactory,
    freeze_today: Callable[[str], None],
) -> None:
    freeze_today("2026-03-02")
    twins = Twins(office_factory, "mia")
    _half_typed_pay_is_no_draft(twins.files[0])
    seen = []
    for file in twins.files:
        with open_office(file, user="mia", only=["hr"]) as office, Terminal(office) as terminal:
            texts = [terminal.text]
            for word, keys in SCREENS:
                terminal.press("escape", ":").type(word).press("enter", *keys)
                texts.append(terminal.text)
        seen.append(texts)
    for place, (one, other) in enumerate(zip(*seen, strict=True)):
        assert Twins.without_moments(one) == Twins.without_moments(other), SCREENS[place - 1]
    assert "Stone" in seen[0][1]


def test_a_crash_tells_nobody_what_the_code_had_in_its_hands(
    office_factory: OfficeFactory,
    freeze_today: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    freeze_today("2026-03-02")
    twins = Twins(office_factory, "mia")
    write_plugin(office_factory.home, "boom", BOOM)
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "hr,boom")
    for words in ("today", "today --json", "plugins list", "plugins show boom", "selfcheck"):
        one, other = twins.answers(words)
        assert one == other, words
        assert "xylotomy" not in str(one), words
    assert twins.answers("today")[0][0] == INCOMPLETE
