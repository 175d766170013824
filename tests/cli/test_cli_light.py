"""A command imports what it needs and no more: start-up is most of the time a command takes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

#: What costs tens of milliseconds each and is not needed to list, add or find anything.
HEAVY = (
    "textual",
    "rich",
    "sqlite_utils",
    "importlib.metadata",
    "importlib_metadata",
    "xlsxwriter",
    "python_calamine",
    "charset_normalizer",
    "cryptography",
    "asyncio",
)
PROGRAM = """
import json, sys
from officeops.cli import run
code = run(sys.argv[1:])
json.dump({"code": code, "modules": sorted(sys.modules)}, sys.stderr)
"""


def modules_of(path: Path, *words: str) -> set[str]:
    """The modules a command line leaves imported, in a process of its own."""
    command = [sys.executable, "-c", PROGRAM, "--db", str(path), *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(ran.stderr[ran.stderr.rindex('{"code"') :])
    assert told["code"] == 0, ran.stderr
    return set(told["modules"])


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["item", "--help"],
        ["item", "list"],
        ["item", "list", "--json"],
        ["item", "list", "--where", "name~x"],
        ["item", "show", "A"],
        ["item", "add", "--sku", "B", "--name", "Masks"],
        ["reorder"],
        ["search", "gloves"],
        ["today"],
    ],
    ids=" ".join,
)
def test_a_command_on_a_migrated_office_stays_light(cli: Cli, words: list[str]) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    modules_of(cli.path, "item", "list")  # so that what is found by looking once has been found
    assert modules_of(cli.path, *words) & set(HEAVY) == set()


def test_help_imports_no_plugin_code_beyond_its_declarations(cli: Cli) -> None:
    cli("vendor", "list")
    loaded = modules_of(cli.path, "--help")
    assert "officeops_inventory.reorder.sheet" not in loaded
    assert "officeops.exchange.imports.import_table" not in loaded
