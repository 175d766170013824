"""The table of attacks, over a real sshd: some of it in each run, all of it with OFFICEOPS_TIMES."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.effort import sampled
from tests.ssh.attacks import BANK, BORN, PAY, SSN, Try, leaks, tries

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.ssh.site import Site

#: How many of the table a soak tries; a run of CI tries a sixth of these.
MANY = 36
#: The columns that a login itself changes.
LOGGED_IN = {"last_login", "last_used"}


@pytest.fixture
def marker(site: Site) -> Path:
    """A file that must not come to be, where the account could make it; and secrets worth the try."""
    known = json.loads(site.officeops("person", "list", "--json").stdout)
    if not known:
        secrets = ("--ssn", SSN, "--bank-account", BANK, "--born-on", BORN)
        site.officeops("person", "add", "--name", "Ada", *secrets)
        site.officeops("pay", "add", "--person", "P-1", "--amount", PAY, "--per", "month")
        site.let_in("own", "owner")
    return site.home / "escaped"


def _state(site: Site) -> list[list[dict[str, Any]]]:
    """Return who may do what, and the versions of what nobody below may write."""
    asked = ("access list", "ssh-key list", "role list", "pay list", "person list")
    lists = [json.loads(site.officeops(*line.split(), "--json").stdout) for line in asked]
    return [[_without_logins(row) for row in rows] for rows in lists]


def _without_logins(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without its days of use: each try logs in, and the office keeps the day."""
    return {name: value for name, value in row.items() if name not in LOGGED_IN}


def _run(site: Site, one: Try) -> subprocess.CompletedProcess[bytes]:
    given: bytes = one.given.encode()
    return site.ssh(one.login, one.line, options=one.options, input=given, env=dict(one.env))


def test_no_try_of_the_table_comes_to_anything(site: Site, marker: Path) -> None:
    before = _state(site)
    for one in sampled(tries(str(marker)), MANY):
        ran = _run(site, one)
        assert not leaks(ran.stdout + ran.stderr, one), (one, ran.stdout, ran.stderr)
        if one.goal in {"write", "climb"}:
            assert ran.returncode != 0 or _state(site) == before, one
    assert not marker.exists()
    assert _state(site) == before
