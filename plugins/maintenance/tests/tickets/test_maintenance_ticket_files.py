"""Tickets of a file: people write the same few words of many things, and each report is a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
