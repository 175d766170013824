"""Verify the history: everything that was altered, added, taken out or cut off, and every record that is not as recorded."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from officeops.history.verify_accepted import Acceptance
    from officeops.office.office import Office
    from officeops.store.connection import Connection

#: Findings that are told one by one; a file that is altered throughout has no use for more.
MOST = 1000


class Finding(Value):
    """One thing that is not as it was written.

    `kind` is one word: action, change, record, trigger, key, anchor or end. `action`, `record` (a key, or a table's name
    while its plugin is off) and `record_id` say what it is about, where it is about one.

    `mark` is what it is accepted by: what was found, where, and a digest of it, so that nothing else has the same.
    Without one it cannot be accepted.
    """

    kind: str
    message: str
    action: int | None = None
    record: str = ""
    record_id: int | None = None
    mark: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return self.message


class Examined(Value):
    """What is not as it was written, and what of that an owner accepted on record."""

    problems: list[Finding]
    accepted: list[tuple[Finding, Acceptance]]


class Anchor(Value):
    """The end of a history at some moment, kept where whoever alters the file cannot reach it.

    As text it is `ID:HEX INSTANT`: the last action, its link, and when that was; the instant is for people alone.
    """

    action: int
    link: str
    at: str = ""

    def __str__(self) -> str:
        return f"{self.action}:{self.link} {self.at}".rstrip()

    @classmethod
    def read(cls, text: str) -> Anchor:
        """Read an anchor as it is printed. Raises UsageProblem."""
        place, _, at = text.strip().partition(" ")
        number, _, link = place.partition(":")
        link = link.lower()
        if not (
            number.isascii()
            and number.isdecimal()
            and len(number) < 19
            and len(link) == 64
            and not link.strip("0123456789abcdef")
        ):
            raise UsageProblem(
                f"{text.strip()[:80]!r} is no anchor. One is ID:HEX, as `officeops history anchor` prints it."
            )
        return cls(int(number), link, at.strip())


def anchor(office: Office) -> Anchor | None:
    """Return where the history ends now, or None while there is none."""
    with office.lifted():
        rows = office.rows("SELECT id, lower(hex(link)), at FROM core_action ORDER BY id DESC LIMIT 1")
    return Anchor(*rows[0]) if rows else None


def verify(office: Office, anchors: Iterable[Anchor] = ()) -> list[Finding]:
    """Return all that is not as it was written, in the order found; nothing where all is well, or was accepted on record.

    Everything is read as of one moment, while others may write. With anchors, a history that was cut off or replaced by
    an older copy is found too. Of more than a thousand findings the rest is counted as one.
    """
    return examine(office, anchors).problems


def examine(office: Office, anchors: Iterable[Anchor] = (), most: int = MOST) -> Examined:
    """Return all that is not as it was written as `verify` does, and beside it what was accepted, with by whom and why."""
    from officeops.history.verify_accepted import acceptances

    done = Examined([], [])
    with office.lifted(), _moment(office.store.db):
        by_mark = {mark: each for each in acceptances(office.store.db, office.store.keys) for mark in each.marks}
        for found in _findings(office, anchors, by_mark):
            if found.mark in by_mark:
                done.accepted.append((found, by_mark[found.mark]))
            elif len(done.problems) == most:
                done.problems.append(Finding("more", f"There is more; the first {most:,} are told."))
                break
            else:
                done.problems.append(found)
    return done


@contextmanager
def _moment(db: Connection) -> Iterator[None]:
    """Read as of one moment, unless a transaction is open already."""
    if db.in_transaction:
        yield
        return
    db.unlooked("BEGIN")
    try:
        yield
    finally:
        db.unlooked("ROLLBACK")


def _findings(
    office: Office, anchors: Iterable[Anchor], accepted: Collection[tuple[str | int, ...]]
) -> Iterator[Finding]:
    from officeops.history.verify_chain import chain
    from officeops.history.verify_records import records
    from officeops.history.verify_triggers import triggers

    yield from chain(office.store.db, office.store.keys, accepted)
    yield from _anchored(office, anchors)
    yield from map(_marked, records(office))
    yield from triggers(office)


def _marked(found: Finding) -> Finding:
    """Return a finding about records with its mark: the table's name, as while its plugin is off, and the words.

    That a record is not as recorded is never accepted by these, which would cover what is done to it later: it is put
    on record as it is (`accept`).
    """
    if found.kind != "record":
        return found
    table = found.record.replace(".", "_").replace("-", "_")
    words = found.message.partition(f"#{found.record_id} ")[2] or found.message
    return found.replace(mark=("record", table, found.record_id or 0, words))


def _anchored(office: Office, anchors: Iterable[Anchor]) -> Iterator[Finding]:
    last = int(office.value("SELECT max(id) FROM core_action") or 0)
    for each in anchors:
        link = office.value("SELECT lower(hex(link)) FROM core_action WHERE id = ?", each.action)
        if link == each.link:
            continue
        if each.action > last:
            why = (
                f"the history ends with action {last:,}: its end was cut off, or an older copy of the file was put back"
            )
        else:
            why = f"action {each.action:,} is not the one that was anchored: the history was written anew, or this is another office's"
        yield Finding("anchor", f"The anchor {each.action:,}:{each.link[:12]}… does not hold: {why}.", each.action)
