"""`officeops vendor merge`: the preview writes nothing, and a line that comes again does nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("vendors")


def test_preview_merge_and_undo(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme", "--phone", "(202) 555-0111")
    cli("vendor", "add", "--name", "Acme Inc", "--phone", "(202) 555-0122")
    cli("vendor-document", "add", "--vendor", "Acme Inc", "--kind", "w9")
    words = ("vendor", "merge", "Acme Inc", "--into", "Acme")
    preview = cli(*words, "--dry-run", "--json").json
    assert [(step["kind"], step["what"], step["id"]) for step in preview] == [
        ("vendor document", "follow", 1),
        ("vendor phone", "follow", 2),
    ]
    assert len(cli("vendor", "list", "--json").json) == 2
    assert cli(*words).code == 0
    kept = cli("vendor", "show", "Acme", "--json").json
    # The phones of the one that goes come along, and one undo takes them back.
    numbers = [phone["number"] for phone in kept["phones"]]
    assert (kept["name"], numbers) == ("Acme", ["(202) 555-0111", "(202) 555-0122"])
    assert cli("vendor", "show", "Acme Inc", "--json").json["name"] == "Acme"
    assert cli("undo").code == 0
    assert [row["phone"] for row in cli("vendor", "list", "--json").json] == [
        "(202) 555-0111",
        "(202) 555-0122",
    ]


def test_a_request_that_comes_again_merges_once(cli: Cli) -> None:
    for name in ("Acme", "Acme Inc"):
        cli("vendor", "add", "--name", name)
    words = ("--request-id", "m1", "vendor", "merge", "Acme Inc", "--into", "Acme")
    assert cli(*words).code == 0
    again = cli(*words)
    assert again.code == 0
    # Each change has a line, and the lines of one action its number.
    lines = cli("history", "--json").json
    merges = {line["number"] for line in lines if line["action"] == "vendors.vendor.merge"}
    assert len(merges) == 1
