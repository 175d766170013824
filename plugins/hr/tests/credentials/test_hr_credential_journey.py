"""A credential is renewed at 80x24, with its keys counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.history.undo import undo
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from plugins.hr.tests.credentials.conftest import Wallet


def test_a_credential_is_renewed_from_today_by_three_keys_or_eight_with_its_day(
    wallet: Wallet,
) -> None:
    wallet.add("ben", "BLS", "2026-03-31", number="771")
    by_type = ("d", "ctrl+s")
    with_its_day = ("d", "+", "3", "y", "ctrl+s")
    for keys, end in ((by_type, "2028-03-31"), (with_its_day, "2029-03-02")):
        assert len(keys) + len(["down"]) <= 8
        with Terminal(wallet.office) as terminal:
            # Other lines of the day may come first.
            while "BLS of P-4 Ben Stone expires 2026-03-31" not in terminal.current:
                terminal.press("down")
            for key in keys:
                terminal.press(key)
            assert f"good until {end}" in terminal.text
        newest = "SELECT expires_on FROM hr_credential WHERE archived_at IS NULL ORDER BY id DESC"
        assert wallet.office.value(newest) == end
        undo(wallet.office)
