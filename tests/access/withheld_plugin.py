"""A plugin for a test: members, of whom pay, badge and number are not for everybody, and appraisals of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Migration, Plugin, Record, field, hookimpl, ref

if TYPE_CHECKING:
    from collections.abc import Iterable

PLUGIN = Plugin("crew", summary="Members, for a test", api=2)


class Member(Record, key="crew.member", display="name"):
    """A member. The badge is declared before the name: a file would call them by it."""

    badge: str | None = field(default=None, unique=True, guard="crew.badge")
    name: str = field(unique=True, search=True)
    phone: str | None = field(default=None)
    pay: int | None = field(kind="money", default=None, guard="crew.pay")
    ssn: str | None = field(default=None, sealed=True, lookup=True, unique=True)
    boss_id: int | None = ref("crew.member", default=None)


class Appraisal(Record, key="crew.appraisal", display="title"):
    """An appraisal of a member."""

    title: str = field()
    member_id: int = ref("crew.member")


MIGRATIONS = [
    Migration(
        "0001_start",
        """
CREATE TABLE crew_member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    badge TEXT,
    name TEXT NOT NULL,
    phone TEXT,
    pay INTEGER,
    ssn TEXT CHECK (ssn GLOB 'v[1-9]*.????????.*'),
    boss_id INTEGER REFERENCES crew_member(id),
    ssn_index TEXT
) STRICT;
CREATE INDEX crew_member_boss_id ON crew_member(boss_id) WHERE boss_id IS NOT NULL;
CREATE UNIQUE INDEX crew_member_ssn_index ON crew_member(ssn_index)
WHERE archived_at IS NULL AND ssn_index IS NOT NULL;
CREATE TABLE crew_appraisal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    member_id INTEGER NOT NULL REFERENCES crew_member(id)
) STRICT;
CREATE INDEX crew_appraisal_member_id ON crew_appraisal(member_id);
""",
    )
]


@hookimpl
def records() -> Iterable[type[Record]]:
    return [Member, Appraisal]


@hookimpl
def migrations() -> Iterable[Migration]:
    return MIGRATIONS
