"""Tickets of a file: people write the same few words of many things, and each report is a ticket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

ROWS = (
    "Does not work,ECG,2026-02-01",
    "Does not work,Lamp,2026-02-02",
    "Does not work,ECG,2026-02-20",
    "Does not work,ECG,2026-02-20",
)


def tickets(cli: Cli, head: str, *rows: str) -> list[str]:
    """Import rows, and return the units of all tickets."""
    typed = "\n".join([head, *rows, ""])
    ran = cli("ticket", "import", "-", typed=typed)
    assert ran.code == 0, ran.err
    return sorted(row["equipment"] for row in cli("ticket", "list", "--json").json)


def test_reports_of_one_title_are_tickets_of_their_own_and_come_in_once(cli: Cli) -> None:
    for name in ("ECG", "Lamp"):
        cli("equipment", "add", "--name", name)
    three_and_one = ["EQ-1 ECG"] * 3 + ["EQ-2 Lamp"]
    for _ in range(2):
        assert tickets(cli, "title,equipment,created", *ROWS) == three_and_one
    # Of a list without dates the first is the first that is there.
    undated = [row.rpartition(",")[0] for row in ROWS]
    assert tickets(cli, "title,equipment", *undated) == three_and_one
    # A report of a later day is another one.
    later = tickets(cli, "title,equipment,created", "Does not work,Lamp,2026-03-01")
    assert later == [*three_and_one, "EQ-2 Lamp"]


def test_a_row_without_its_day_comes_in_once_under_who_reported_it(cli: Cli) -> None:
    cli("equipment", "add", "--name", "ECG")
    reports = (
        "No paper,ECG,mia,",
        "No paper,ECG,luis,",
        "No paper,ECG,luis,2026-02-01",
        "No paper,ECG,,",
    )
    for _ in range(3):
        assert len(tickets(cli, "title,equipment,reporter,created", *reports)) == 4
    rows = cli("ticket", "list", "--json").json
    assert sorted(row["reported_by"] for row in rows) == ["luis", "luis", "mia", "unknown"]
    assert sum(row["reported_at"].startswith("2026-02-01") for row in rows) == 1


#: What each program calls the states of its work orders, and where each is here.
THEIRS = {
    "Atlas": "OPEN new,IN_PROGRESS in_progress,ON_HOLD waiting,COMPLETE closed,PENDING new",
    "MaintainX": "Open new,In Progress in_progress,On Hold waiting,Done closed,Skipped cancelled",
    "UpKeep": "Open new,In Progress in_progress,On Hold waiting,Complete closed",
    "GLPI": "New new,Processing (assigned) assigned,Pending new,Solved resolved,Closed closed",
    "a spreadsheet": "awaiting parts waiting,in-progress in_progress,fixed resolved",
}


@pytest.mark.parametrize("head", ["State", "Status", "Work Order Status"])
def test_the_states_of_other_programs_come_in_whatever_their_column_is_called(
    cli: Cli, head: str
) -> None:
    pairs = [pair.rpartition(" ") for words in THEIRS.values() for pair in words.split(",")]
    rows = [f"T{number},{word}" for number, (word, _, _) in enumerate(pairs)]
    ran = cli("ticket", "import", "-", typed="\n".join([f"Title,{head}", *rows, ""]))
    assert ran.code == 0, ran.err
    known = {row["title"]: row["state"] for row in cli("ticket", "list", "--json").json}
    assert [known[f"T{number}"] for number in range(len(pairs))] == [state for *_, state in pairs]


def test_a_word_that_is_no_state_is_named_by_its_row_with_the_cure(cli: Cli) -> None:
    ran = cli("ticket", "import", "-", typed="Title,State\nA,Open\nB,Limbo\n")
    assert ran.code == 1
    assert "line 3" in ran.err.casefold()
    assert "'Limbo' is no state that an import knows" in ran.err
    assert "=status:Limbo=closed" in ran.err
    mapped = cli(
        "ticket",
        "import",
        "-",
        "--map",
        "State=status:Limbo=closed",
        typed="Title,State\nB,Limbo\n",
    )
    assert mapped.code == 0, mapped.err
    assert [row["state"] for row in cli("ticket", "list", "--json").json] == ["closed"]


def test_the_undo_of_a_file_names_what_stands_in_its_way_until_it_is_taken_back(
    cli: Cli, office: Office
) -> None:
    def last() -> int:
        return int(office.value("SELECT max(id) FROM core_action"))

    cli("equipment", "add", "--name", "ECG")
    cli("ticket", "import", "-", typed="title,equipment,unsafe\nSparks,ECG,yes\n")
    imported = last()
    for words in ("ticket assign TK-1 --assignee mia", "ticket close TK-1 --resolution Dried"):
        assert cli(*words.split()).code == 0
    assert cli("equipment", "return", "EQ-1").code == 0
    for _ in range(3):
        refused = cli("undo", str(imported))
        assert refused.code == 1
        [step] = re.findall(r"`officeops (undo \d+)`", refused.err)
        assert cli(*step.split()).code == 0
    assert cli("undo", str(imported)).code == 0
    assert cli("equipment", "show", "EQ-1", "--json").json["status"] == "in_service"
