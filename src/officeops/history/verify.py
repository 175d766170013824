"""Verify the history: find alterations, gaps and cuts, and records that are not as recorded."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.history.finding import Anchor, Examined, Finding
from officeops.history.verify_accepted import acceptances
from officeops.history.verify_attachments import attachments
from officeops.history.verify_chain import chain
from officeops.history.verify_file import damaged_file
from officeops.history.verify_records import records
from officeops.history.verify_triggers import triggers
from officeops.model.error_words import told
from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from officeops.history.finding import Acceptance, Mark
    from officeops.store.connection import Connection
    from officeops.store.stored_office import StoredOffice

#: Findings that are listed one by one; more are of no use in a file that is altered throughout.
MOST = 1000


def anchor(office: StoredOffice) -> Anchor | None:
    """Return where the history ends now, or None while there is none."""
    with office.lifted():
        rows = office.rows(
            "SELECT id, lower(hex(link)), at FROM core_action ORDER BY id DESC LIMIT 1"
        )
    return Anchor(*rows[0]) if rows else None


def verify(office: StoredOffice, anchors: Iterable[Anchor] = ()) -> list[Finding]:
    """Return all that is not as it was written, in the order found.

    Nothing where all is well, or was accepted.

    Everything is read as of one moment, while others may write. With anchors, a history that was
    cut off or replaced by an older copy is found too. Of more than a thousand findings the rest is
    counted as one.
    """
    return examine(office, anchors).problems


def examine(office: StoredOffice, anchors: Iterable[Anchor] = (), most: int = MOST) -> Examined:
    """Verify as `verify` does, and return the accepted findings too, with by whom and why."""
    done = Examined([], [])
    by_mark: dict[Mark, Acceptance] = {}
    with office.lifted(), _moment(office.store.db):
        for acceptance in acceptances(office.store.db, office.store.keys):
            by_mark.update(dict.fromkeys(acceptance.marks, acceptance))
        for finding in _findings(office, anchors, by_mark):
            if finding.mark in by_mark:
                done.accepted.append((finding, by_mark[finding.mark]))
            elif len(done.problems) == most:
                done.problems.append(Finding("more", facts={"most": most}))
                break
            else:
                done.problems.append(finding)
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
        # Nothing was written, so there is nothing to keep.
        db.unlooked("ROLLBACK")


def _findings(
    office: StoredOffice, anchors: Iterable[Anchor], accepted: Collection[Mark]
) -> Iterator[Finding]:
    db = office.store.db
    parts: dict[str, Callable[[], Iterator[Finding]]] = {
        "file": lambda: damaged_file(db),
        "chain of actions": lambda: chain(db, office.store.keys, accepted),
        "anchors": lambda: _anchored(office, anchors),
        "records": lambda: records(office),
        "triggers": lambda: triggers(office),
        "attached files": lambda: attachments(office),
    }
    for part, find in parts.items():
        yield from _to_the_end(part, find)


def _to_the_end(part: str, find: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield the findings of a part; where the file makes it fail, that is a finding too."""
    try:
        yield from find()
    except OfficeError:
        raise
    except Exception as error:  # noqa: BLE001 - values of a damaged file may be anything
        yield Finding("part-unread", facts={"part": part, "error": told(error)})


def _anchored(office: StoredOffice, anchors: Iterable[Anchor]) -> Iterator[Finding]:
    last = int(office.value("SELECT max(id) FROM core_action") or 0)
    for anchor in anchors:
        link = office.value("SELECT lower(hex(link)) FROM core_action WHERE id = ?", anchor.action)
        if link != anchor.link:
            # Beyond the last action the history was cut; else another action has the number.
            code = "anchor-cut" if anchor.action > last else "anchor-other"
            yield Finding(code, anchor.action, facts={"link": anchor.link, "last": last})
