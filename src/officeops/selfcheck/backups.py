"""What is to be seen of the backups: how old the last good one is, whether it left this machine, and what they say of the history."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from officeops.backup import manifest as manifests
from officeops.backup.anchor import LOST_CURE, lost, lost_sentence
from officeops.backup.config import BackupSettings
from officeops.backup.folder import STATE, Folder
from officeops.backup.identity import identity_of
from officeops.backup.offsite import left
from officeops.model.errors import OfficeError
from officeops.selfcheck.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.listed import Backup
    from officeops.office.office import Office

CRON = "Let cron run `officeops backup` every hour (config/crontab), and read what it mails."
#: Hours that may be missed before what was a warning is a problem.
GRACE: Final = 24


def backup_findings(office: Office, now: datetime | None = None) -> Iterator[Finding]:
    """Look at the backups of this office. The newest good one is read once, from end to end, to see that it is what was written."""
    settings = office.machine.table("backup", BackupSettings)
    folder = Folder(settings.place(office.path))
    now = now or datetime.now(UTC)
    there = folder.all(identity_of(office.store.db, office.path))
    good = None
    for each in reversed(there):
        try:
            kept = each.manifest()
            if not kept.good:
                continue
            manifests.prove(each.path, kept)
        except OfficeError as error:
            yield Finding(
                "backup",
                "backup-bad",
                "problem",
                str(error),
                "Make a new one with `officeops backup`, and see to the disk.",
            )
        else:
            good = each
            break
    yield from _age(office, folder, good, settings, now)
    if good:
        yield from _elsewhere(office, folder, good, settings, now)
        yield from _drilled(folder, now)
    if folder.forgot():
        yield Finding(
            "backup", "backup-state-unread", "note", f"The record of copies and rehearsals in {folder.path}/{STATE} cannot be read; it counts as none.",
            "The next copy or rehearsal that goes well writes it again.",
        )  # fmt: skip
    if gone := lost(office.store.db, there):
        yield Finding("backup", "backup-lost-history", "problem", lost_sentence(gone), LOST_CURE)


def _age(
    office: Office, folder: Folder, good: Backup | None, settings: BackupSettings, now: datetime
) -> Iterator[Finding]:
    if good is None:
        severity = "problem" if _history(office, now) > GRACE else "warning"
        yield Finding(
            "backup", "backup-missing", severity, f"There is no good backup in {folder.path}.", CRON
        )
        return
    hours = _hours(good.at, now)
    if hours > settings.warn_hours:
        severity = "problem" if hours > settings.warn_hours + GRACE else "warning"
        yield Finding(
            "backup",
            "backup-old",
            severity,
            f"The last good backup is {hours:,.0f} hours old.",
            CRON,
        )
    else:
        yield Finding(
            "backup",
            "backup-old",
            "ok",
            f"The last good backup is {hours:,.1f} hours old: {good.name}.",
        )


def _history(office: Office, now: datetime) -> float:
    """Return for how many hours the office has had a history."""
    first = office.value("SELECT at FROM core_action ORDER BY id LIMIT 1")
    return _hours(datetime.fromisoformat(first), now) if first else 0


def _hours(since: datetime, now: datetime) -> float:
    return (now - since).total_seconds() / 3600


def _elsewhere(
    office: Office, folder: Folder, good: Backup, settings: BackupSettings, now: datetime
) -> Iterator[Finding]:
    if settings.copy:
        if left(folder, good):
            yield Finding(
                "backup", "backup-copied", "ok", "The last good backup left this machine."
            )
        else:
            last = folder.state().get("copied") or {}
            since = f"the last that did is {last['name']}" if last else "none has yet"
            hours = (
                _hours(datetime.fromisoformat(last["at"]), now) if last else _history(office, now)
            )
            yield Finding(
                "backup",
                "backup-not-copied",
                "problem" if hours > GRACE + (settings.warn_hours if last else 0) else "warning",
                f"The last good backup did not leave this machine; {since}.",
                "Run `officeops backup` and read what the copy command says.",
            )
    elif _device(folder.path) == _device(office.path):
        yield Finding(
            "backup",
            "backup-same-disk",
            "warning",
            "The backups are on the office's own disk and go nowhere else.",
            "Set `copy` or `folder` in [backup] of officeops.toml.",
        )
    else:
        yield Finding(
            "backup",
            "backup-other-disk",
            "note",
            "The backups are on another file system; officeops cannot see whether that is another machine.",
        )


def _drilled(folder: Folder, now: datetime) -> Iterator[Finding]:
    last = folder.state().get("drilled") or {}
    days = (now - datetime.fromisoformat(last["at"])).days if last else None
    if days is None or days > 31:
        seen = (
            "A restore was never rehearsed"
            if days is None
            else f"A restore was last rehearsed {days} days ago"
        )
        yield Finding(
            "backup",
            "backup-not-rehearsed",
            "note",
            f"{seen}.",
            "`officeops backup drill` does, and says how long it takes; weekly is good.",
        )


def _device(path: str) -> int:
    import os

    return os.stat(path).st_dev
