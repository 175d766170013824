"""A key or role that somebody else gives a person: that person learns of it, and the giver cannot hide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import public_key
from tests.without_shipped import shipped, two_plugins

from officeops.access.actions import add_key, admit, give_role
from officeops.access.records import User
from officeops.access.ssh_keys import fingerprint, read_public_key
from officeops.model.errors import Refused
from officeops.office.granted_access import PREFIX
from officeops.office.office import Office

if TYPE_CHECKING:
    from officeops.testing import Cli

__all__ = ["shipped", "two_plugins"]

OWN, OTHER = public_key(1), public_key(2)
PRINT = fingerprint(read_public_key(OTHER)[0])


@pytest.fixture
def peers(office: Office) -> Office:
    admit(office, "ann", ["manager"])
    admit(office, "ben", ["manager"], [OWN])
    return office


def _opened(office: Office, login: str, key: str = "") -> Office:
    return Office(office.path, office.plugins, office.machine, user=login, ssh_key=key)


def _lines(office: Office, login: str, key: str = "") -> list[str]:
    with _opened(office, login, key) as theirs:
        return [item.due.key for item in theirs.due_items() if item.due.key.startswith(PREFIX)]


def test_nobody_is_told_of_the_keys_and_roles_that_they_came_in_by(peers: Office) -> None:
    assert _lines(peers, "ann") == _lines(peers, "ben") == []


def test_a_key_that_a_peer_adds_shows_until_its_owner_has_seen_it(peers: Office, cli: Cli) -> None:
    with _opened(peers, "ann") as ann:
        ann.do(add_key, ann.find(User, "ben"), public=OTHER)
        ann.do(give_role, ann.find(User, "ben"), role="clerk")
    assert _lines(peers, "ann") == []
    [key] = _lines(peers, "ben")
    printed = cli("today", login="ben").out
    assert "ann gave you" in printed.replace("\n", " ")
    # Mail of cron may reach nobody, and the new key may be in the giver's hand.
    cli("today", "--new", "--mark-seen", login="ben")
    with _opened(peers, "ben", PRINT) as stranger, pytest.raises(Refused, match="confirm itself"):
        stranger.mark_seen([key])
    assert _lines(peers, "ben") == [key]
    with _opened(peers, "ben", fingerprint(read_public_key(OWN)[0])) as ben:
        ben.mark_seen([key])
    assert _lines(peers, "ben") == []
    with _opened(peers, "ann") as ann:
        ann.do(add_key, ann.find(User, "ben"), public=public_key(3))
    assert len(_lines(peers, "ben")) == 1


def test_an_entry_has_the_key_by_which_its_person_came(peers: Office, cli: Cli) -> None:
    admit(peers, "ann", [], [OTHER])
    with _opened(peers, "ann", PRINT) as ann:
        ann.do(give_role, ann.find(User, "ben"), role="clerk")
    [entry] = cli("history", "--limit", "1", "--json").json
    assert (entry["actor"], entry["key"]) == ("ann", PRINT)
