"""The page on sterilizers runs as it is written, from the first line to the last."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.load import Load

if TYPE_CHECKING:
    import pytest

    from officeops.office.office import Office
    from officeops.testing import Cli

RETURNS = Path(__file__).parents[4] / "docs/how-to/return-equipment.md"
PAGE = Path(__file__).parents[4] / "docs/how-to/run-a-sterilizer.md"


def test_the_page_on_returns_runs_as_written(office: Office, cli: Cli) -> None:
    lines = RETURNS.read_text().splitlines()
    for line in (line for line in lines if line.startswith("    officeops ")):
        ran = cli(*shlex.split(line)[1:])
        assert ran.code == 0, (line, ran.err)
    unit = office.get(Equipment, 1)
    assert (unit.status, unit.return_proofs) == ("in_service", "T-2=done")
    assert "equipment" not in cli("selfcheck").out
    # As an upgrade notes a return of which it finds no test.
    with office.acting("test.upgrade"):
        office.edit(unit, managed=True, return_proofs="unknown")
    assert "nobody can find the test of its last return" in cli("selfcheck").out


def test_the_page_runs_as_written(
    office: Office, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("    officeops ")]
    for line in lines:
        ran = cli(*shlex.split(line)[1:])
        assert ran.code == 0, (line, ran.err)
    assert (tmp_path / "log.pdf").read_bytes().startswith(b"%PDF")
    states = [(load.state, load.recall) for load in office.all(Load, order="id")]
    assert states == [
        ("released", "implants_only"),
        ("released", "implants_only"),
        ("rejected", "none"),
        ("released", None),
    ]
