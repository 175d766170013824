"""A lock: nobody is granted all rows of it, and the last step that was missing opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.access.access_tools import open_as

from officeops.access.actions import admit
from officeops.access.roles import known
from officeops.history.undo import undo
from officeops.history.unseen_rows import reaches_everything

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

VOTES = '''
"""Votes: what each person thinks, open once two have voted."""

from officeops import Migration, Plugin, Record, Scope, field, hookimpl, ref

PLUGIN = Plugin("votes", summary="Votes", api=2)
ALL_IN = "(SELECT count(*) FROM votes_vote WHERE archived_at IS NULL) > 1"
VOTES = Scope(
    "votes",
    own="SELECT u.id FROM core_user u, (SELECT ? AS me) WHERE u.id = me OR " + ALL_IN,
    team="SELECT u.id FROM core_user u, (SELECT ? AS me) WHERE me IS NOT NULL AND " + ALL_IN,
    lock=True,
)
MIGRATIONS = [Migration("0001", """
CREATE TABLE votes_vote (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    user_id INTEGER NOT NULL REFERENCES core_user(id),
    text TEXT NOT NULL
) STRICT;
CREATE INDEX votes_vote_user_id ON votes_vote(user_id);
""")]


class Vote(Record, key="votes.vote", display="text", scope=VOTES.by("user_id", team="manage")):
    """A vote."""

    user_id: int = ref("core.user")
    text: str = field()


@hookimpl
def records():
    return [Vote]


@hookimpl
def migrations():
    return MIGRATIONS
'''


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    opened = office_factory(files={"votes": VOTES})
    for login in ("ada", "ben"):
        admit(opened, login, ["clerk"])
    admit(opened, "max", ["owner"])
    return opened


def _vote(office: Office, login: str) -> None:
    with open_as(office, login) as theirs, theirs.acting("votes.vote.add"):
        kind: Any = theirs.records["votes.vote"]
        theirs.add(kind(user_id=theirs.acting_user(), text=login))


def _read(office: Office, login: str) -> set[str]:
    with open_as(office, login) as theirs:
        return {vote.text for vote in theirs.all(theirs.records["votes.vote"])}  # type: ignore[attr-defined] # of the plugin


def test_no_role_passes_a_lock_and_the_last_step_opens_it(office: Office) -> None:
    names = known(office)
    assert "votes.vote.view-team" in names
    assert "votes.vote.view-all" not in names
    _vote(office, "ada")
    assert (_read(office, "ada"), _read(office, "ben"), _read(office, "max")) == (
        {"ada"},
        set(),
        set(),
    )
    # His vote gives ben the other's as well, which no other action may do for its person.
    _vote(office, "ben")
    assert all(_read(office, login) == {"ada", "ben"} for login in ("ada", "ben", "max"))
    with open_as(office, "ben") as theirs:
        undo(theirs)
    assert (_read(office, "ada"), _read(office, "max")) == ({"ada"}, set())


def test_a_person_with_the_team_of_a_lock_may_act_on_the_whole_file(office: Office) -> None:
    _vote(office, "ada")
    for login, may in (("max", True), ("ada", False)):
        with open_as(office, login) as theirs:
            assert reaches_everything(theirs) is may
