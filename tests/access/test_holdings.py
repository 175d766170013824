"""What goes with a person is said before they are deactivated and after, and what waits for others too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.access.access_tools import public_key
from tests.without_shipped import shipped, two_plugins

from officeops.access import cron_mail
from officeops.access.actions import admit, remove
from officeops.access.records import User
from officeops.access.ssh_keys import fingerprint, read_public_key

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from officeops.office.office import Office
    from officeops.testing import Cli

__all__ = ["shipped", "two_plugins"]

KEY = public_key(3)


def test_what_goes_with_a_person_is_said_before_and_after(
    office: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    table = tmp_path / "crontab"
    table.write_text(
        "0 6 * * * officeops officeops today --new --mark-seen --for ann --mail-to a@b.org\n"
    )
    monkeypatch.setattr(cron_mail, "CRONTAB", str(table))
    admit(office, "own", ["owner"])
    admit(office, "ann", ["manager"], [KEY])
    cli("task", "add", "Order gloves", "--due-on", "+3d", "--owner", "ANN")
    before = cli("user", "show", "ann", login="own").out
    for word in ("manager", fingerprint(read_public_key(KEY)[0]), "1 open task", "Cron on this"):
        assert word in before
    after = office.do(remove, office.find(User, "ann"), despite=True)
    for word in ("role manager", "1 SSH key", "1 open task", "Cron on this"):
        assert word in after
    # Their page says nothing of a former user, who has nothing any more.
    assert "If you deactivate" not in cli("user", "show", "#2").out
    assert "own is the only owner" in cli("user", "show", "own").out
