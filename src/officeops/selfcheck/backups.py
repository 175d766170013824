"""Checks of the backups: the age of the last good one, its copy elsewhere, their history."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from officeops.backup import manifest as manifests
from officeops.backup.anchor import LOST_CURE, lost, lost_sentence
from officeops.backup.config import BackupSettings
from officeops.backup.folder import STATE, Folder, megabytes
from officeops.backup.identity import identity_of
from officeops.backup.offsite import left
from officeops.backup.room import needed, taken
from officeops.model.errors import OfficeError
from officeops.selfcheck.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.backup.listed import Backup
    from officeops.backup.room import Taken
    from officeops.office.office import Office

CRON: Final = (
    "Let cron run `officeops backup` every hour (config/crontab), and read the mail it sends."
)
#: Hours after which a warning becomes a problem: a day of missed runs may be a holiday.
GRACE: Final = 24
#: Hours that two clocks may differ.
_SLACK: Final = 0.1
#: Days after which a restore should be rehearsed again.
_REHEARSED_DAYS: Final = 31


def backup_findings(office: Office, now: datetime | None = None) -> Iterator[Finding]:
    """Check the backups of this office.

    The newest good one is read from end to end, to see that its file is as it was written.
    """
    settings = office.machine.table("backup", BackupSettings)
    folder = Folder(settings.place(office.path))
    now = now or datetime.now(UTC)
    backups = folder.all(identity_of(office.store.db, office.path))
    good = None
    # From the newest on, until one is good: reading all of them could take hours.
    for backup in reversed(backups):
        try:
            is_good = _is_good(backup)
        except OfficeError as error:
            cure = "Make a new one with `officeops backup`, and see to the disk."
            if isinstance(error, manifests.Unread):
                cure = "The finding on files names the command for root."
            yield Finding("backup", "backup-bad", "problem", str(error), cure)
            continue
        if is_good:
            good = backup
            break
    yield from _gone(folder)
    yield from _age(office, folder, good, settings, now)
    if good:
        yield from _elsewhere(office, folder, good, settings, now)
        yield from _drilled(folder, now)
    if backups:
        yield _room(office, taken(folder.path, backups))
    yield from _unread_state(folder)
    yield from _lost_history(office, backups)


def _room(office: Office, room: Taken) -> Finding:
    """Tell the backups by their size, and whether the disk holds the next one."""
    one = "backup takes" if room.count == 1 else "backups take"
    what = (
        f"{room.count} {one} {megabytes(room.size)}, the next one about "
        f"{megabytes(needed(office))}, and {megabytes(room.free)} are free there."
    )
    if room.free >= 2 * needed(office):
        return Finding("backup", "backup-room", "ok", what)
    cure = (
        "Make room, keep fewer by the settings in [backup], or set `folder` to another disk; "
        "without room, the oldest backups go."
    )
    return Finding("backup", "backup-room", "warning", what, cure)


def _is_good(backup: Backup) -> bool:
    """Return whether a backup passed its checks and is intact.

    Raises OfficeError for a damaged one.
    """
    manifest = backup.manifest()
    if not manifest.good:
        return False
    manifests.prove(backup.path, manifest)
    return True


def _unread_state(folder: Folder) -> Iterator[Finding]:
    if folder.forgot():
        path = f"{folder.path}/{STATE}"
        what = f"The record of copies and rehearsals in {path} cannot be read; it counts as none."
        cure = "The next copy or rehearsal that goes well writes it again."
        yield Finding("backup", "backup-state-unread", "note", what, cure)


def _gone(folder: Folder) -> Iterator[Finding]:
    """Name the backups that are gone, though nothing thinned them out."""
    for name in folder.orphans():
        backup = f"{folder.path}/{name.removesuffix('.json')}"
        what = f"The backup {backup} is gone; its description is still there."
        cure = f"Bring it back, or, where you removed it on purpose, remove {name} too."
        yield Finding("backup", "backup-gone", "problem", what, cure)


def _lost_history(office: Office, backups: Iterable[Backup]) -> Iterator[Finding]:
    ahead = lost(office.store.db, backups)
    if ahead:
        what = lost_sentence(ahead)
        yield Finding(
            "backup",
            "backup-lost-history",
            "problem",
            what,
            LOST_CURE,
        )


def _age(
    office: Office,
    folder: Folder,
    good: Backup | None,
    settings: BackupSettings,
    now: datetime,
) -> Iterator[Finding]:
    if good is None:
        # A new office has had no time for a backup.
        severity = "problem" if _history(office, now) > GRACE else "warning"
        what = f"There is no good backup in {folder.path}."
        yield Finding("backup", "backup-missing", severity, what, CRON)
        return
    hours = _hours(good.at, now)
    if hours < -_SLACK:
        what = (
            f"By its name, the last good backup was made at {good.at:%Y-%m-%d %H:%M} UTC, and now it "
            f"is {now:%Y-%m-%d %H:%M}: a clock was or is wrong, so nobody knows how old it is."
        )
        cure = (
            "See `timedatectl`; where the clock is right now, make a new one: `officeops backup`."
        )
        yield Finding("backup", "backup-ahead", "problem", what, cure)
    elif hours > settings.warn_hours:
        severity = "problem" if hours > settings.warn_hours + GRACE else "warning"
        what = f"The last good backup is {hours:,.0f} hours old."
        yield Finding("backup", "backup-old", severity, what, CRON)
    else:
        what = f"The last good backup is {hours:,.1f} hours old: {good.name}."
        yield Finding("backup", "backup-old", "ok", what)


def _history(office: Office, now: datetime) -> float:
    """Return the hours since the first action of the office."""
    first = office.value("SELECT at FROM core_action ORDER BY id LIMIT 1")
    return _hours(datetime.fromisoformat(first), now) if first else 0


def _hours(since: datetime, now: datetime) -> float:
    return (now - since).total_seconds() / 3600


def _elsewhere(
    office: Office,
    folder: Folder,
    good: Backup,
    settings: BackupSettings,
    now: datetime,
) -> Iterator[Finding]:
    """Check that the last good backup survives this machine, or at least its disk."""
    if settings.copy:
        if left(folder, good):
            what = "The last good backup left this machine."
            yield Finding("backup", "backup-copied", "ok", what)
        else:
            yield _not_copied(office, folder, settings, now)
    elif os.stat(folder.path).st_dev == os.stat(office.path).st_dev:
        what = "The backups are on the office's own disk and go nowhere else."
        cure = "Set `copy` or `folder` in [backup] of officeops.toml."
        yield Finding("backup", "backup-same-disk", "warning", what, cure)
    else:
        what = (
            "The backups are on another file system; officeops cannot see whether that is another "
            "machine."
        )
        yield Finding("backup", "backup-other-disk", "note", what)


def _not_copied(
    office: Office,
    folder: Folder,
    settings: BackupSettings,
    now: datetime,
) -> Finding:
    last: dict[str, Any] = folder.state().get("copied") or {}
    if last:
        since = f"the last that did is {last['name']}"
        hours = _hours(datetime.fromisoformat(last["at"]), now)
        limit = GRACE + settings.warn_hours
    else:
        since, hours, limit = "none has yet", _history(office, now), GRACE
    severity = "problem" if hours > limit else "warning"
    what = f"The last good backup did not leave this machine; {since}."
    cure = "Run `officeops backup` and read the output of the copy command."
    return Finding("backup", "backup-not-copied", severity, what, cure)


def _drilled(folder: Folder, now: datetime) -> Iterator[Finding]:
    last: dict[str, Any] = folder.state().get("drilled") or {}
    if last:
        days = (now - datetime.fromisoformat(last["at"])).days
        if days <= _REHEARSED_DAYS:
            return
        what = f"A restore was last rehearsed {days} days ago."
    else:
        what = "A restore was never rehearsed."
    cure = "Run `officeops backup drill`, best once a week; it says how long a restore takes."
    yield Finding("backup", "backup-not-rehearsed", "note", what, cure)
