"""What people read is the office's own time, whatever command says it; UTC is for the file."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from officeops.testing import Cli

#: A zone that is never less than half a day from UTC, so that no hour is the same.
ZONE, AHEAD = "Pacific/Kiritimati", timedelta(hours=14)
#: Commands that say when something was done, on an office in which a vendor was added.
SAYING = [
    ["undo"],
    ["redo"],
    ["history"],
    ["history", "verify"],
    ["vendor", "history"],
    ["backup", "list"],
    ["access", "list"],
    ["who"],
]
_TIME = re.compile(r"(20\d\d-\d\d-\d\d)[T ](\d\d:\d\d)")


@pytest.fixture
def far(cli: Cli) -> Cli:
    """An office at the other side of the date line."""
    assert cli("init", "--name", "Far", "--time-zone", ZONE).code == 0
    assert cli("vendor", "add", "--name", "Acme").code == 0
    assert cli("backup").code == 0
    return cli


@pytest.mark.parametrize("words", SAYING, ids=" ".join)
def test_every_time_that_is_said_is_the_offices(far: Cli, words: list[str]) -> None:
    if words == ["redo"]:
        assert far("undo").code == 0
    ran = far(*words)
    assert ran.code == 0, ran
    said = [
        datetime.fromisoformat(f"{day}T{time}+00:00")
        for day, time in _TIME.findall(ran.out + ran.err)
    ]
    assert said or words in (["access", "list"], ["who"]), ran
    local = datetime.now(UTC) + AHEAD
    assert all(abs(time - local) < timedelta(hours=1) for time in said), ran
