"""`history verify` and `history anchor`: exit codes, and what is read as an anchor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import do, raw

from officeops.history.finding import Anchor
from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli


def test_the_command_ends_with_1_where_anything_is_found(cli: Cli, office: Office) -> None:
    do(office, ("add", "Acme"))
    assert cli("history", "verify").code == 0
    assert cli("history", "verify", "--json").json == []
    with raw(cli.path) as db:
        db.execute("UPDATE vendors_vendor SET name = 'forged\x1b[2J' WHERE id = 1")
        db.execute("UPDATE core_action SET actor = 'boss\x1b[2J' WHERE verb = 'test.add'")
    ran = cli("history", "verify", "--json")
    assert ran.code == 1
    assert [(each["kind"], each["record"], each["record_id"]) for each in ran.json] == [
        ("action", "", None),
        ("record", "vendors.vendor", 1),
    ]
    ran = cli("history", "verify")
    assert ran.code == 1
    assert "\x1b" not in ran.out
    assert "is not as recorded: name" in ran.out


def test_an_anchor_is_a_line_or_json_and_both_are_read(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    do(office, ("add", "Acme"))
    line, plain = cli("history", "anchor").out, cli("history", "anchor", "--json").out
    assert json.loads(plain)["action"] == int(line.partition(":")[0])
    for text in (line, plain, f"[{plain}]", line + line):
        (tmp_path / "anchors").write_text(text)
        assert cli("history", "verify", "--anchor", str(tmp_path / "anchors")).code == 0
        assert cli("history", "verify", "--anchor", "-", typed=text).code == 0
    assert cli("history", "verify", "--anchor", line.split()[0]).code == 0
    assert cli("history", "verify", "--anchor", "999:" + "0" * 64).code == 1
    assert cli("history", "verify", "--anchor", "1:" + "0" * 64).code == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1",
        "1:",
        "1:zz",
        "1:" + "0" * 63,
        "٣:" + "0" * 64,
        "{}",
        "[1]",
        '{"action": 1}',
        "\x00",
    ],
)
def test_what_is_no_anchor_is_wrong_usage(
    cli: Cli, office: Office, tmp_path: Path, text: str
) -> None:
    (tmp_path / "anchors").write_text(text)
    assert cli("history", "verify", "--anchor", str(tmp_path / "anchors")).code == 2
    assert cli("history", "verify", "--anchor", str(tmp_path / "none")).code == 2
    with pytest.raises(UsageProblem, match="is no anchor"):
        Anchor.read(text)
    assert office
