"""The history of a record that a migration dropped is purged by a rule of the office, and kept without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history import renaming_tools as version

from officeops.core.actions import hold
from officeops.core.purge import purge
from officeops.core.records import Destruction, RetentionRule
from officeops.history.verify import verify
from officeops.model.errors import NotFound, Refused
from officeops.office.crud import add_record, archive_record, edit_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli

    Grow = Callable[..., Office]

WORD = "Zanzibar-7719"
LOAN = "lockers.loan"
FAR = "2090-01-01"
#: The record is renamed, and dropped after that.
RENAMED_AND_DROPPED = (
    version.FIRST
    + """
STEPS += [
    Migration("0002_lending", rename_record("lockers.loan", "lockers.lending")),
    Migration("0003_gone", "DROP TABLE lockers_lending"),
]
"""
    + version.KEY
    + "KINDS = [Key]\n"
    + version.HOOKS
)


def begin(grow: Grow) -> None:
    """Write two loans, of which the first was edited; both name a word."""
    office = grow(version.ONE)
    loans = office.records[LOAN]
    first = add_record(office, loans, {"what": f"{WORD} one"})
    edit_record(office, first, {"what": f"{WORD} again"})
    archive_record(office, add_record(office, loans, {"what": f"{WORD} two"}))


def give_rule(office: Office, key: str = LOAN) -> None:
    with office.acting("test"):
        office.add(RetentionRule(record=key, years=7, source="State law"))


def content(office: Office) -> bytes:
    """Read every byte of the office on disk."""
    folder = Path(office.path).parent
    return b"".join(file.read_bytes() for file in folder.glob("office.db*"))


@pytest.mark.parametrize("word", [LOAN, "lockers.key"])
def test_without_a_rule_the_history_is_kept_and_the_cure_is_named(grow: Grow, word: str) -> None:
    begin(grow)
    office = grow(version.WITHOUT_LOANS.replace("Retention(years=1)", "None"))
    with pytest.raises(NotFound) as refused:
        purge(office, word)
    assert refused.value.code == "not-found"
    assert f"retention-rule add --record {word}" in str(refused.value)
    assert WORD.encode() in content(office)


def test_a_kind_that_never_was_gets_no_rule(grow: Grow) -> None:
    begin(grow)
    office = grow(version.WITHOUT_LOANS)
    with pytest.raises(NotFound):
        purge(office, "lockers.chain")
    with pytest.raises(Refused):
        give_rule(office, "lockers.chain")


def test_by_a_rule_the_contents_are_destroyed_years_after_the_table_was_dropped(
    grow: Grow, freeze_today: Callable[[str], None]
) -> None:
    begin(grow)
    office = grow(version.WITHOUT_LOANS)
    give_rule(office)
    assert purge(office, LOAN) == []
    freeze_today(FAR)
    assert [fate.number for fate in purge(office, LOAN, dry_run=True)] == [1, 2]
    assert WORD.encode() in content(office)
    fates = purge(office)
    assert [(fate.record, fate.number, fate.kept) for fate in fates] == [
        (LOAN, 1, ""),
        (LOAN, 2, ""),
    ]
    # The copy from before the upgrade has the table, as any backup would.
    for earlier in Path(office.path).parent.glob("*.before-*"):
        earlier.unlink()
    assert WORD.encode() not in content(office)
    notes = [(note.record, note.number, note.changes) for note in office.all(Destruction)]
    # Each was added, changed or archived, and dropped.
    assert notes == [(LOAN, 1, 3), (LOAN, 2, 3)]
    assert verify(office) == []
    assert purge(office) == []


def test_a_rule_from_before_counts_and_a_hold_keeps(
    grow: Grow, freeze_today: Callable[[str], None]
) -> None:
    begin(grow)
    office = grow(version.ONE)
    give_rule(office)
    office.do(hold, LOAN, "The audit", "#1")
    office = grow(version.WITHOUT_LOANS)
    freeze_today(FAR)
    fates = {fate.number: fate.kept for fate in purge(office)}
    assert fates[1].startswith("held by tester")
    assert fates[2] == ""
    assert verify(office) == []


@pytest.mark.parametrize("word", [LOAN, "lockers.lending"])
def test_a_dropped_record_goes_by_its_former_key_too(
    grow: Grow, freeze_today: Callable[[str], None], word: str
) -> None:
    begin(grow)
    grow(version.ONE)
    office = grow(RENAMED_AND_DROPPED)
    assert office.plugins.troubles == []
    give_rule(office, "lockers.lending")
    freeze_today(FAR)
    assert len(purge(office, word)) == 2
    assert verify(office) == []


def test_the_command_line_purges_a_dropped_record(
    grow: Grow, cli: Cli, freeze_today: Callable[[str], None]
) -> None:
    on = {"OFFICEOPS_PLUGINS": "lockers"}
    begin(grow)
    grow(version.WITHOUT_LOANS)
    rule = ("--record", LOAN, "--years", "7", "--source", "State law")
    assert cli("retention-rule", "add", *rule, env=on).code == 0
    freeze_today(FAR)
    rows = cli("purge", "--record", LOAN, "--json", env=on).json
    assert [(row["record"], row["number"]) for row in rows] == [(LOAN, 1), (LOAN, 2)]
    assert cli("history", "verify", env=on).code == 0
