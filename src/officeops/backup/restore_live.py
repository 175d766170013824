"""Restore into the live office, while people work in it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from officeops.backup.anchor import anchor
from officeops.backup.identity import identity_of, site_of
from officeops.backup.make import make
from officeops.backup.restore_record import highest_numbers, record
from officeops.model.errors import Refused
from officeops.store import interruption
from officeops.store.connection import look

if TYPE_CHECKING:
    from officeops.backup.config import BackupSettings
    from officeops.backup.identity import Identity
    from officeops.backup.manifest import Manifest
    from officeops.office.office import Office


def replace_live(
    office: Office,
    source: str,
    plain: str,
    manifest: Manifest | None,
    settings: BackupSettings,
    *,
    request: str | None = None,
    anyway: bool = False,
) -> str:
    """Restore into a live office after a backup of its current state; return that backup's path.

    Raises Refused for a backup of another office or site, which may be in the same folder, unless
    `anyway` is given; Already for a request that was carried out before.
    """
    refuse_strange(office, source, plain, request, anyway=anyway)
    # Before the gate is taken, so that others wait for the restore alone; and once more inside it
    # if somebody saved anything since.
    safety = make(office, settings, keep_all=True)
    name = os.path.basename(source)
    with office.store.gate.held(f"{office.actor}: restoring a backup"):
        office.once(request, "core.restore", lambda _, given: given.get("from") == name)
        if anchor(office.store.db) != safety.manifest.anchor:
            safety = make(office, settings, keep_all=True)
        restore_live(office, source, plain, manifest, request=request)
    return safety.path


def restore_live(
    office: Office,
    source: str,
    plain: str,
    manifest: Manifest | None,
    *,
    request: str | None = None,
) -> None:
    """Replace the content of a live office, for every open session at once.

    It is upgraded and the restore is recorded before anybody else writes. SQLite's own backup
    writes it as one transaction into the open file: a copy over the file, or a rename, would
    destroy what others have just saved.
    """
    if office.authorizer.is_at_shared_login:
        # The restored file may know neither the login as shared nor the PIN.
        why = f"people share the login {office.login}; restore under a login of one person"
        raise Refused(why, code="needs-signing")
    with office.store.gate.held(f"{office.actor}: restoring a backup"):
        replaced, given = anchor(office.store.db), highest_numbers(office.store.db)
        with interruption.held():
            with closing(look(plain)) as backup:
                backup.backup(office.store.db)
            office.fate.wrote(f"{office.path} was replaced by {source}.")
        # The content may be from an older version.
        office.catch_up()
        record(office, source, manifest, replaced, given, request)


def refuse_strange(
    office: Office,
    source: str,
    plain: str,
    request: str | None,
    *,
    anyway: bool,
) -> None:
    """Raise Refused for a backup of another office or site, unless `anyway`.

    Also for one whose history has the request id of this restore: it could not be recorded.
    """
    try:
        with closing(look(plain)) as backup:
            identity, site = identity_of(backup, office.path), site_of(backup)
            is_taken = bool(request) and _has_request(backup, request)
    except sqlite3.Error as error:
        raise Refused(
            f"{source} is not an office's: {error}. Nothing was changed.", code="malformed"
        ) from error
    if is_taken:
        given = f"the request id {request} was given to something in {source} before"
        raise Refused(f"{given}; take another. Nothing was done", code="request-used")
    if not anyway:
        _refuse_other_office(office, source, identity, site)


def _has_request(db: sqlite3.Connection, request: str | None) -> bool:
    row = db.execute("SELECT 1 FROM core_action WHERE request = ?", (request,)).fetchone()
    return row is not None


def _refuse_other_office(
    office: Office,
    source: str,
    identity: Identity,
    site: str,
) -> None:
    here = identity_of(office.store.db, office.path)
    # An office without a history yet may be replaced by any.
    if here.office and identity.office and here.office != identity.office:
        raise Refused(
            f"{source} is a backup of another office: its history began otherwise than that of "
            f"{office.path}. Nothing was changed. Restore it to a new file with --to, or name "
            "another backup (`officeops backup list`); --anyway replaces this office by it.",
            code="other-office",
        )
    if here.site != identity.site:
        raise Refused(
            f"{source} is a backup of the site {site}, and this is {office.facts.site_code}. "
            "Nothing was changed. Restore it to a new file with --to; "
            "--anyway replaces this office by it.",
            code="other-office",
        )
