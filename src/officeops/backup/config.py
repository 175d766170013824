"""The table `[backup]` of officeops.toml."""

from __future__ import annotations

import os

from officeops.model.settings_table import Path, Settings, setting


class BackupSettings(Settings):
    """The settings of backups: their folder, their readers, their age and their way off this machine."""

    folder: Path = setting(
        "", help="Folder of the backups; by default `backups` beside the office's file"
    )
    recipients: list[str] = setting(
        [], help="Public age or ssh-ed25519 keys; with any, backups are encrypted to all of them"
    )
    identity: Path = setting(
        "", help="File of the secret key, where this machine may read its own encrypted backups"
    )
    copy: str = setting(
        "", help="Command that copies {file} elsewhere, run without a shell after each backup"
    )
    copy_minutes: int = setting(60, minimum=1, help="Minutes the copy command may take")
    hourly: int = setting(24, minimum=0, help="Backups kept, one an hour")
    daily: int = setting(35, minimum=0, help="Backups kept, one a day")
    weekly: int = setting(12, minimum=0, help="Backups kept, one a week")
    monthly: int = setting(24, minimum=0, help="Backups kept, one a month")
    warn_hours: int = setting(
        26,
        minimum=1,
        help="Age of the last good backup, in hours, at which selfcheck warns",
    )

    def place(self, database: str) -> str:
        """Return the folder of the backups of an office's file."""
        return self.folder or os.path.join(os.path.dirname(os.path.abspath(database)), "backups")
