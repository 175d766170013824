"""A choice that a migration renamed: its records, its history and all that names it follow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw
from tests.history.renaming_tools import COLUMNS, HOOKS

from officeops import rename_choice
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.undo import redo, undo
from officeops.history.verify import verify
from officeops.model.declarations import Query, View
from officeops.model.errors import Already, Refused
from officeops.office.crud import add_record, edit_record
from officeops.query.views import save_view, view

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli

    Grow = Callable[..., Office]

ON = {"OFFICEOPS_PLUGINS": "lockers"}

#: A locker has a kind of lock, whose code `mag` becomes `card`.
ONE = (
    f"""
STEPS = [Migration("0001_start", '''
CREATE TABLE lockers_locker ({COLUMNS}, tag TEXT NOT NULL, lock TEXT NOT NULL) STRICT
''')]
class Locker(Record, key="lockers.locker"):
    tag: str = field(unique=True, search=True)
    lock: str = choice("mag", "key", "code")
KINDS = [Locker]
"""
    + HOOKS
)
CHOICES = 'lock: str = choice("mag", "key", "code")'
RENAMED = ONE.replace(CHOICES, 'lock: str = choice("card", "key", "code")').replace(
    "KINDS =",
    'STEPS += [Migration("0002_card", rename_choice("lockers.locker", "lock", "mag", "card"))]\n'
    "KINDS =",
)
#: Later the field has another name, and its code is renamed again.
TWICE = RENAMED.replace('lock: str = choice("card"', 'opens: str = choice("chip"').replace(
    "KINDS =",
    'STEPS += [Migration("0003", rename_field("lockers.locker", "lock", "opens")),\n'
    'Migration("0004", rename_choice("lockers.locker", "opens", "card", "chip"))]\nKINDS =',
)
#: Later another kind of lock has the code that was given up.
REUSED = RENAMED.replace('choice("card", "key"', 'choice("card", "mag", "key"')


def begin(grow: Grow) -> dict[str, int]:
    """Write with the first version; return the number of each action by what it did."""
    office = grow(ONE)
    locker = office.records["lockers.locker"]
    actions: dict[str, int] = {}

    def done(what: str) -> None:
        actions[what] = int(office.value("SELECT max(id) FROM core_action"))

    first = add_record(office, locker, {"tag": "A-1", "lock": "mag"}, request="one")
    done("added")
    edit_record(office, first, {"lock": "key"})
    done("to key")
    edit_record(office, office.get(locker, first.id), {"lock": "mag"})
    done("to mag")
    add_record(office, locker, {"tag": "A-2", "lock": "code"})
    return actions


def locks(office: Office, column: str = "lock") -> list[str]:
    """List the codes of the records that are not archived."""
    sql = f"SELECT {column} FROM lockers_locker WHERE archived_at IS NULL ORDER BY id"
    return [row[0] for row in office.rows(sql)]


@pytest.mark.parametrize("later", [RENAMED, TWICE, REUSED], ids=["once", "twice", "reused"])
def test_the_records_have_the_new_code_and_the_history_verifies(grow: Grow, later: str) -> None:
    begin(grow)
    office = grow(later)
    assert office.plugins.troubles == []
    new = "chip" if later is TWICE else "card"
    assert locks(office, "opens" if later is TWICE else "lock") == [new, "code"]
    assert verify(office) == []


@pytest.mark.parametrize("later", [RENAMED, TWICE, REUSED], ids=["once", "twice", "reused"])
def test_actions_of_before_are_undone(grow: Grow, later: str) -> None:
    actions = begin(grow)
    office = grow(later)
    new, column = ("chip", "opens") if later is TWICE else ("card", "lock")
    undo(office, actions["to mag"])
    assert locks(office, column)[0] == "key"
    undo(office, actions["to key"])
    assert locks(office, column)[0] == new
    undo(office, actions["added"])
    assert locks(office, column) == ["code"]
    assert verify(office) == []


def test_an_undo_of_before_is_redone_with_the_new_code(grow: Grow) -> None:
    actions = begin(grow)
    undo(grow(ONE), actions["to mag"])
    office = grow(RENAMED)
    redo(office)
    assert locks(office) == ["card", "code"]
    assert verify(office) == []


def test_the_history_says_the_code_of_today(grow: Grow) -> None:
    begin(grow)
    office = grow(RENAMED)
    locker = office.records["lockers.locker"]
    sides = [json.loads(entry.after or "{}") for entry in changes(office, Asked(record=locker))]
    assert sorted(side["lock"] for side in sides) == ["card", "card", "code", "key"]


def test_a_code_given_to_another_choice_means_that_one_from_then_on(grow: Grow) -> None:
    actions = begin(grow)
    office = grow(REUSED)
    locker = office.records["lockers.locker"]
    third = add_record(office, locker, {"tag": "A-3", "lock": "mag"})
    edit_record(office, third, {"lock": "key"})
    undo(office)
    assert locks(office) == ["card", "code", "mag"]
    undo(office, actions["to mag"])
    undo(office, actions["to key"])
    assert locks(office) == ["card", "code", "mag"]
    found = office.select(locker, [], Query(where="lock=mag"))
    assert [row[0] for row in found] == [third.id]
    assert verify(office) == []


def test_a_request_with_the_former_code_is_the_same_request(grow: Grow, cli: Cli) -> None:
    begin(grow)
    line = ("--request-id", "two", "locker", "add", "--tag", "A-3", "--lock", "mag")
    assert cli(*line, env=ON).code == 0
    office = grow(RENAMED)
    assert cli(*line, env=ON).code == 0
    locker = office.records["lockers.locker"]
    with pytest.raises(Already):
        add_record(office, locker, {"tag": "A-1", "lock": "card"}, request="one")
    with pytest.raises(Refused):
        add_record(office, locker, {"tag": "A-1", "lock": "key"}, request="one")
    assert locks(office) == ["card", "code", "card"]


def test_filters_and_saved_views_take_the_former_code(grow: Grow) -> None:
    begin(grow)
    office = grow(ONE)
    locker = office.records["lockers.locker"]
    save_view(office, locker, View("mags", locker.meta.key, "", "lock=mag", "", ()))
    for later in (RENAMED, TWICE):
        office = grow(later)
        locker = office.records["lockers.locker"]
        saved = view(office, locker, "mags")
        assert [row[0] for row in office.select(locker, [], Query(where=saved.where))] == [1]
        assert not list(office.select(locker, [], Query(where="lock!=mag tag=A-1")))


def test_commands_and_files_take_the_former_code(grow: Grow, cli: Cli, tmp_path: Path) -> None:
    begin(grow)
    office = grow(RENAMED)
    assert cli("locker", "edit", "A-2", "--lock", "MAG", env=ON).code == 0
    rows = tmp_path / "lockers.csv"
    rows.write_text("tag,lock\nA-1,mag\nA-3,Mag\nA-4,card\n", encoding="utf-8")
    assert cli("locker", "import", str(rows), env=ON).code == 0
    assert locks(office) == ["card"] * 4
    assert verify(office) == []


def test_a_remembered_column_with_the_former_code_works_on(
    grow: Grow, cli: Cli, tmp_path: Path
) -> None:
    begin(grow)
    rows = tmp_path / "lockers.csv"
    rows.write_text("tag,fitted\nA-3,M\n", encoding="utf-8")
    assert cli("locker", "import", str(rows), "--map", "fitted=lock:M=mag", env=ON).code == 0
    office = grow(RENAMED)
    rows.write_text("tag,fitted\nA-4,M\n", encoding="utf-8")
    assert cli("locker", "import", str(rows), env=ON).code == 0
    assert locks(office) == ["card", "code", "card", "card"]


def test_an_alteration_before_the_upgrade_is_found_after_it(grow: Grow) -> None:
    begin(grow)
    office = grow(ONE)
    path = Path(office.path)
    office.close()
    with raw(path) as db:
        db.execute("UPDATE lockers_locker SET lock = 'mag' WHERE tag = 'A-2'")
    office = grow(RENAMED)
    assert locks(office) == ["card", "card"]
    [finding] = verify(office)
    assert (finding.code, finding.record_id) == ("record-altered", 2)


def test_the_upgrade_writes_no_change_of_the_records(grow: Grow) -> None:
    begin(grow)
    before = grow(ONE).value("SELECT count(*) FROM core_change WHERE record = 'lockers_locker'")
    office = grow(RENAMED)
    after = office.value("SELECT count(*) FROM core_change WHERE record = 'lockers_locker'")
    assert after == before
    row = office.rows("SELECT record, field_name, choice, now FROM core_former_name")
    assert [tuple(values) for values in row] == [("lockers.locker", "lock", "mag", "card")]


@pytest.mark.parametrize(
    ("names", "named"),
    [
        (("locker", "lock", "mag", "card"), "'locker'"),
        (("lockers.locker", "the lock", "mag", "card"), "'the lock'"),
        (("lockers.locker", "lock", "", "card"), "'card'"),
        (("lockers.locker", "lock", "mag", "mag"), "'mag'"),
    ],
)
def test_names_that_cannot_be_are_refused_at_once(
    names: tuple[str, str, str, str], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        rename_choice(*names)


def test_a_default_that_was_renamed_takes_the_step_that_plugins_migration_writes(
    grow: Grow,
) -> None:
    from officeops.store.missing_migrations import missing_sql

    old = ONE.replace("lock TEXT NOT NULL", "lock TEXT NOT NULL DEFAULT 'mag'")
    old = old.replace('"code")\nKINDS', '"code", default="mag")\nKINDS')
    office = grow(old)
    add_record(office, office.records["lockers.locker"], {"tag": "A-1"})
    renamed = old.replace('choice("mag"', 'choice("card"').replace('"mag")\n', '"card")\n')
    step = 'STEPS += [Migration("0002", rename_choice("lockers.locker", "lock", "mag", "card"))]\n'
    office = grow(renamed.replace("KINDS =", step + "KINDS ="))
    locker = office.records["lockers.locker"]
    add_record(office, locker, {"tag": "A-2"})
    assert locks(office) == ["card", "card"]
    sets = {"lockers": [declared for _, declared in office.plugins.registered("migrations")]}
    assert "DEFAULT 'card'" in missing_sql([locker.meta], sets)
