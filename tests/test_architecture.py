"""What the documents say is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from officeops.model.settings import Machine

ROOT = Path(__file__).parents[1]
NAMED = re.findall(
    r"`((?:tests|plugins)/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "ARCHITECTURE.md").read_text()
)


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_each_rule_names_a_test_that_is_there(file: str, test: str) -> None:
    text = (ROOT / file).read_text()
    assert not test or re.search(rf"def {test}\(", text)


def test_the_sample_of_settings_is_valid() -> None:
    machine = Machine(ROOT / "config/officeops.toml")
    from officeops_inventory.config import InventorySettings

    assert machine.of_plugin("inventory", InventorySettings).keys


def test_each_dependency_has_its_reason() -> None:
    lines = (
        (ROOT / "pyproject.toml")
        .read_text()
        .partition("dependencies = [")[2]
        .partition("]")[0]
        .strip()
        .splitlines()
    )
    assert all("# " in line for line in lines)
    assert len(lines) == len(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    )
