"""An export without records is no failed export: its import has no rows and ends with 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.effort import sampled

from officeops.cli.verbs.export_verb import FORMATS
from officeops.model.exit_codes import DONE, REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli


@pytest.mark.parametrize("form", FORMATS)
def test_every_record_is_exported_and_imported_without_rows(
    office: Office, cli: Cli, tmp_path: Path, form: str
) -> None:
    assert cli("init", "--name", "Test").code == DONE
    nouns = [
        kind.meta.noun
        for kind in office.records.values()
        if "import" in _verbs(cli, kind.meta.noun)
    ]
    assert len(nouns) > 5
    file = str(tmp_path / f"nothing.{form}")
    for noun in sampled(nouns, len(nouns)):
        if cli(noun, "list", "--json").json:
            continue
        assert cli(noun, "export", file).code == DONE, noun
        ran = cli(noun, "import", file)
        assert ran.code == DONE, f"{noun}: {ran.err}"


def _verbs(cli: Cli, noun: str) -> set[str]:
    """The words that begin a line of the noun's help; its description may say "imported"."""
    lines = cli(noun, "--help").out.splitlines()
    return {line.split()[0] for line in lines if line.strip()}


@pytest.mark.parametrize("text", ["", "\n", "[{}]"])
def test_an_empty_file_is_still_a_failed_export(cli: Cli, text: str) -> None:
    ran = cli("location", "import", "-", "--format", "json", typed=text)
    assert ran.code == REFUSED
    assert "empty" in ran.err or "columns" in ran.err
