"""Restore into the live office, while people work in it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from officeops.backup.anchor import anchor
from officeops.backup.identity import identity_of, site_of
from officeops.backup.make import make
from officeops.backup.prepared import bring_new_keys, prepared
from officeops.backup.restore_record import replaced_state
from officeops.model.errors import Refused
from officeops.store import interruption
from officeops.store.connection import look

if TYPE_CHECKING:
    from officeops.backup.config import BackupSettings
    from officeops.backup.identity import Identity
    from officeops.backup.restore_record import Source
    from officeops.office.office import Office


def replace_live(
    office: Office,
    source: Source,
    settings: BackupSettings,
    *,
    request: str | None = None,
    anyway: bool = False,
) -> str:
    """Restore into a live office after a backup of its current state; return that backup's path.

    Raises Refused for a backup of another office or site, which may be in the same folder, unless
    `anyway` is given; Already for a request that was carried out before.
    """
    refuse_strange(office, source, request, anyway=anyway)
    # SQLite writes the restored state into the log that all share.
    office.store.refuse_strangers()
    # Before the gate is taken, so that others wait for the restore alone; and once more inside it
    # if somebody saved anything since.
    safety = make(office, settings, keep_all=True)
    name = os.path.basename(source.path)
    with office.store.gate.held(f"{office.actor}: restoring a backup"):
        office.once(request, "core.restore", lambda _, given: given.get("from") == name)
        if anchor(office.store.db) != safety.manifest.anchor:
            safety = make(office, settings, keep_all=True)
        _restore(office, source, request)
    return safety.path


def _restore(office: Office, source: Source, request: str | None) -> None:
    """Replace the content of a live office, for every open session at once.

    The upgraded and recorded state is prepared aside, and SQLite's own backup writes it into the
    open file as one transaction: killed at any moment, the office has all of it or nothing. A copy
    over the file, or a rename, would destroy what others have just saved.
    """
    if office.authorizer.is_at_shared_login:
        # The restored file may know neither the login as shared nor the PIN.
        why = f"people share the login {office.login}; restore under a login of one person"
        raise Refused(why, code="needs-signing")
    with prepared(
        source,
        office.path,
        office.plugins,
        office.machine,
        replaced_state(office.store.db),
        actor=office.actor,
        request=request,
    ) as ready:
        bring_new_keys(ready.path, office.path)
        with interruption.held():
            with closing(look(ready.path)) as restored:
                restored.backup(office.store.db)
            office.fate.wrote(f"{office.path} was replaced by {source.path}.")
            office.fate.saved(ready.action)
        office.catch_up()


def refuse_strange(
    office: Office,
    source: Source,
    request: str | None,
    *,
    anyway: bool,
) -> None:
    """Raise Refused for a backup of another office or site, unless `anyway`.

    Also for one whose history has the request id of this restore: it could not be recorded.
    """
    try:
        with closing(look(source.plain)) as backup:
            identity, site = identity_of(backup, office.path), site_of(backup)
            is_taken = bool(request) and _has_request(backup, request)
    except sqlite3.Error as error:
        raise Refused(
            f"{source.path} is not an office's: {error}. Nothing was changed.", code="malformed"
        ) from error
    if is_taken:
        given = f"the request id {request} was given to something in {source.path} before"
        raise Refused(f"{given}; take another. Nothing was done", code="request-used")
    if not anyway:
        _refuse_other_office(office, source.path, identity, site)


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
