"""The plugin passes the checks that authors run: `officeops plugins check maintenance`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.testing import Cli


def test_the_checks_of_authors_find_nothing(cli: Cli) -> None:
    checked = cli("plugins", "check", "maintenance")
    assert checked.code == 0, f"{checked.out}{checked.err}"
