"""What a command says at its end is what happened: the sentence and the exit code come from what was committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.cli.context import Run
from officeops.cli.ending import end
from officeops.core.records import Location
from officeops.history.verify import verify
from officeops.model.errors import Broken
from officeops.model.exit_codes import DUE, INCOMPLETE, PARTLY, REFUSED, SIGNAL
from officeops.store.commits import Fate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

    Write = Callable[..., Path]

TOLD = """
@hookimpl
def changed(office, change):
    {}
"""


def test_the_fate_of_a_run_is_said_in_numbers() -> None:
    fate = Fate()
    assert fate.sentence == "Nothing was written."
    fate.upgraded("The tables were upgraded.")
    assert fate.sentence.startswith("The tables were upgraded. Nothing else")
    assert not fate.written
    fate.saved(7)
    assert "action 7" in fate.sentence
    fate.saved(8)
    assert "7 and 8" in fate.sentence
    for action in range(9, 20):
        fate.saved(action)
    assert {"13", "7", "19."} <= {*fate.sentence.split()}


def test_the_code_is_the_leading_one_of_what_happened() -> None:
    run = Run()
    run.partly()
    assert end(run, 0) == REFUSED  # left out, and nothing was written
    run.fate.saved(1)
    assert end(run, 0) == PARTLY
    assert end(run, REFUSED) == PARTLY  # refused after a commit is not "nothing was written"
    assert end(run, DUE) == PARTLY
    assert end(run, SIGNAL + 2) == SIGNAL + 2
    run.incomplete()
    assert end(run, DUE) == INCOMPLETE


def test_a_plugin_that_fails_when_told_leaves_the_record_saved_and_ends_with_4(
    cli: Cli, write: Write
) -> None:
    write("deaf", TOLD.format("raise ValueError('no')"))
    env = {"OFFICEOPS_PLUGINS": "vendors,deaf"}
    ran = cli("vendor", "add", "--name", "Acme", env=env)
    assert ran.code == INCOMPLETE
    assert "no" in ran.err
    assert [row["name"] for row in cli("vendor", "list", "--json", env=env).json] == ["Acme"]


def test_who_is_interrupted_after_the_commit_is_told_what_was_saved(cli: Cli, write: Write) -> None:
    write(
        "slow",
        TOLD.format("import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(60)"),
    )
    env = {"OFFICEOPS_PLUGINS": "vendors,slow"}
    ran = cli("vendor", "add", "--name", "Acme", env=env)
    assert ran.code == SIGNAL + 2
    [action] = cli("history", "--what", "vendors.vendor.add", "--json", env=env).json
    assert f"saved as action {action['number']}." in ran.err


# -- the transaction is the action's own ------------------------------------------------------------------


ENDS = [
    "office.store.db.commit()",
    "office.store.db.rollback()",
    'office.store.db.execute("COMMIT")',
    'office.store.db.execute("End transaction")',
    'office.store.db.execute("ROLLBACK")',
    'office.store.db.executescript("SELECT 1")',
]


def attic(office: Office, code: str = "") -> None:
    """Add a location in an action, then run code that no action should have."""
    with office.acting("test.add"):
        office.add(Location(name="Attic"))
        exec(code, {"office": office})  # noqa: S102 - the lines above and below


def has_attic(office: Office) -> bool:
    """Whether it is in the file."""
    return office.first(Location, "name = 'Attic'") is not None


@pytest.mark.parametrize("code", ENDS)
def test_no_code_ends_the_transaction_of_an_action(office: Office, code: str) -> None:
    with pytest.raises(Broken, match=r"begins and ends an action|which commits"):
        attic(office, code)
    assert not has_attic(office)
    assert not office.fate.written


def test_a_with_block_on_the_connection_ends_nothing_inside_an_action(office: Office) -> None:
    with pytest.raises(ZeroDivisionError):
        attic(office, "with office.store.db: pass\n1 / 0")
    assert not has_attic(office)


@pytest.mark.parametrize("late", ["", "; 1 / 0"])
@pytest.mark.parametrize("how", ["COMMIT", "ROLLBACK"])
def test_what_code_committed_past_the_connection_is_known(
    office: Office, how: str, late: str
) -> None:
    """A cursor of sqlite3's own goes round every check: then at least nobody says that nothing was written."""
    with pytest.raises((Broken, ZeroDivisionError)):
        attic(office, f"__import__('sqlite3').Cursor(office.store.db).execute('{how}'){late}")
    assert has_attic(office) == office.fate.written == (how == "COMMIT")
    with office.acting("test.add"):
        office.add(Location(name="Cellar"))
    assert verify(office) == []


def test_a_savepoint_inside_an_action_is_its_own_business(office: Office) -> None:
    attic(
        office,
        "for sql in ('SAVEPOINT one', 'ROLLBACK TO one', 'RELEASE one'): office.store.db.execute(sql)",
    )
    assert has_attic(office)
