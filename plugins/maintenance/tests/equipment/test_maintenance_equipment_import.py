"""Equipment from files: an office's own export, and the lists of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli


def test_parts_find_the_unit_that_a_later_row_of_their_file_brings(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    assert office.today
    units = tmp_path / "units.csv"
    rows = ["Light handle,Lamp arm", "Lamp arm,Chair 1", "Chair 1,", "Stray,Chair 9"]
    units.write_text("\n".join(["name,parent", *rows]) + "\n")
    refused = cli("equipment", "import", str(units))
    assert refused.code == 1
    assert "there is no equipment 'Chair 9'" in refused.err
    assert "Chair 1'" not in refused.err
    assert cli("equipment", "import", str(units), "--skip-bad").code == 5
    parents = {row["name"]: row["parent"] for row in cli("equipment", "list", "--json").json}
    assert parents == {"Light handle": "EQ-2 Lamp arm", "Lamp arm": "EQ-1 Chair 1", "Chair 1": None}


def test_an_export_brings_parts_and_duplicates_back_into_an_empty_office(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    assert office.today
    cli("equipment", "add", "--name", "Lamp")
    cli("equipment", "add", "--name", "Chair")
    cli("equipment", "edit", "EQ-1", "--parent", "EQ-2")
    cli("ticket", "add", "Lamp is dark", "--equipment", "EQ-1")
    cli("ticket", "add", "No light", "--equipment", "EQ-1")
    assert cli("ticket", "mark-duplicate", "TK-1", "--duplicate-of", "TK-2").code == 0
    for noun in ("equipment", "ticket"):
        exported = cli(noun, "export", str(tmp_path / f"{noun}.csv"))
        assert exported.code == 0, exported.err
    other = ("--db", str(tmp_path / "other.db"))
    cli(*other, "init", "--name", "Other")
    for noun in ("equipment", "ticket"):
        back = cli(*other, noun, "import", str(tmp_path / f"{noun}.csv"))
        assert back.code == 0, back.err
    assert cli(*other, "equipment", "show", "EQ-1", "--json").json["parent"] == "EQ-2 Chair"
    assert cli(*other, "ticket", "show", "TK-1", "--json").json["duplicate_of"] == "TK-2 No light"
