"""Made-up time: in a demo's file, actions of another day by another person.

The history of a real office has the time of this machine's clock, and nothing here changes that: a
file is a demo only while the command that makes it up runs.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from officeops.model.errors import Broken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.office import Office as AnyOffice
    from officeops.office.office import Office


@contextmanager
def being_made_up(office: Office) -> Iterator[None]:
    """Take the file for a demo inside this block: its clock may be set.

    Its commits do not wait for the disk until the end, since a half-made demo is deleted.
    """
    office.store.is_made_up = True
    office.store.db.unlooked("PRAGMA synchronous = OFF")
    try:
        yield
    finally:
        office.store.is_made_up = False
        office.store.db.unlooked("PRAGMA synchronous = FULL")
    office.store.checkpoint("keeping the demo")


@contextmanager
def made_up_time(
    given: AnyOffice,
    at: datetime,
    person: str,
) -> Iterator[None]:
    """Let the office's clock show a moment, and a person act, inside this block.

    Raises Broken where the file is no demo.
    """
    office = cast("Office", given)
    if not office.store.is_made_up:
        raise Broken("the clock of an office is not set: only the demo has a made-up past")
    moment = at.astimezone(UTC)
    actor = office.actor
    office.store.moment = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    office.authorizer.actor = person
    office.set_day(at.date())
    try:
        yield
    finally:
        office.store.moment = "now"
        office.authorizer.actor = actor
        office.set_day(None)
