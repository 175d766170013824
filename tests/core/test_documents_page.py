"""The page on documents: its lines and its plugin run, and it names each status and rule."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from officeops import DocumentType
from officeops.model.documents.status import STATUSES
from officeops.model.exit_codes import DONE
from officeops.testing import check_plugin, write_plugin

if TYPE_CHECKING:
    import pytest

    from officeops.testing import Cli

PAGE = (Path(__file__).parents[2] / "docs/how-to/keep-documents.md").read_text()


def test_the_page_and_its_plugin_do_as_the_page_says(
    cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(officeops_home)
    Path("permit.pdf").write_bytes(b"%PDF-1.4 permit")
    assert cli("init", "--name", "Practice").code == DONE
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    file = write_plugin(officeops_home, "crew", found[1])
    lines = re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE)
    ran = [cli(*shlex.split(line)) for line in lines]
    assert [one.code for one in ran] == [DONE] * len(lines), ran
    missing, reminded, with_crew = (one.out for one in ran if "Next step" in one.out)
    assert "Fire permit is missing" in missing
    assert "Fire permit expires" in reminded
    assert "BLS of Ana is missing" in with_crew
    [line] = [row for row in cli("today", "--json").json if row["plugin"] == "crew"]
    assert (line["owner"], line["what"][:19]) == ("Ana, manager", "BLS of Ana expires ")
    check_plugin(str(file))


def test_every_status_and_rule_is_on_the_page() -> None:
    for status in (*STATUSES, "missing"):
        assert f"| {status} |" in PAGE, status
    for rule in ("works_in_grace", "continues", "--required", "--leads"):
        assert rule in PAGE, rule
    assert {field.name for field in DocumentType.base_fields} >= {"works_in_grace", "continues"}
