"""What is to be seen of the backups: how old the last good one is, whether it left this machine, and what it says of the history."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from officeops.backup.anchor import stands
from officeops.backup.config import BackupSettings
from officeops.backup.folder import Folder, slug
from officeops.backup.offsite import left
from officeops.selfcheck.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.folder import Backup
    from officeops.office import Office

CRON = "Let cron run `officeops backup` every hour (config/crontab), and read what it mails."


def backup_findings(office: Office, now: datetime | None = None) -> Iterator[Finding]:
    """Look at the backups of this office."""
    settings = office.machine.table("backup", BackupSettings)
    folder = Folder(settings.place(office.path))
    there = folder.all(slug(office.facts.site_code))
    good = next((each for each in reversed(there) if each.good()), None)
    if good is None:
        yield Finding("backup", "warning", f"There is no good backup in {folder.path}.", CRON)
        return
    hours = ((now or datetime.now(UTC)) - good.at).total_seconds() / 3600
    if hours > settings.warn_hours:
        yield Finding("backup", "warning", f"The last good backup is {hours:,.0f} hours old.", CRON)
    else:
        yield Finding("backup", "ok", f"The last good backup is {hours:,.1f} hours old: {good.name}.")
    yield from _elsewhere(office, folder, good, settings)
    yield from _drilled(folder, now or datetime.now(UTC))
    if not stands(office.store.db, good.manifest().anchor):
        yield Finding(
            "backup", "problem", f"The history does not hold what {good.name} says it held: an older copy of the file was put back, or its end was cut off.",
            "If nobody did that on purpose, restore that backup to a new file and compare.",
        )  # fmt: skip


def _elsewhere(office: Office, folder: Folder, good: Backup, settings: BackupSettings) -> Iterator[Finding]:
    if settings.copy:
        if left(folder, good):
            yield Finding("backup", "ok", "The last good backup left this machine.")
        else:
            last = folder.state().get("copied") or {}
            since = f"the last that did is {last['name']}" if last else "none has yet"
            yield Finding(
                "backup",
                "warning",
                f"The last good backup did not leave this machine; {since}.",
                "Run `officeops backup` and read what the copy command says.",
            )
    elif _device(folder.path) == _device(office.path):
        yield Finding(
            "backup",
            "warning",
            "The backups are on the office's own disk and go nowhere else.",
            "Set `copy` or `folder` in [backup] of officeops.toml.",
        )
    else:
        yield Finding(
            "backup",
            "note",
            "The backups are on another file system; officeops cannot see whether that is another machine.",
        )


def _drilled(folder: Folder, now: datetime) -> Iterator[Finding]:
    last = folder.state().get("drilled") or {}
    days = (now - datetime.fromisoformat(last["at"])).days if last else None
    if days is None or days > 31:
        seen = "A restore was never rehearsed" if days is None else f"A restore was last rehearsed {days} days ago"
        yield Finding(
            "backup", "note", f"{seen}.", "`officeops backup drill` does, and says how long it takes; weekly is good."
        )


def _device(path: str) -> int:
    import os

    return os.stat(path).st_dev
