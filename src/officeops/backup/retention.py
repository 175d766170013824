"""Retention of backups: the newest of each of the last hours, days, weeks and months stays.

So does the newest good one, always.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.backup.config import BackupSettings
    from officeops.backup.listed import Backup

#: The key of a moment's hour, day, week and month. It is UTC's, in which no hour comes twice.
PERIODS: Final[dict[str, Callable[[datetime], tuple[int, ...]]]] = {
    "hourly": lambda at: (at.year, at.month, at.day, at.hour),
    "daily": lambda at: (at.year, at.month, at.day),
    "weekly": lambda at: tuple(at.isocalendar()[:2]),
    "monthly": lambda at: (at.year, at.month),
}


#: A backup made by hand just now, or before a restore, must survive the next one.
FRESH: Final = timedelta(hours=1)


def expired(
    backups: Sequence[Backup],
    rules: BackupSettings,
    good: Callable[[Backup], bool],
    now: datetime,
) -> list[Backup]:
    """Return those of the backups, given oldest first, that no rule keeps.

    `good` says whether one passed its checks.
    """
    newest_first = backups[::-1]
    staying = _always_stay(newest_first, good, now)
    for name, period in PERIODS.items():
        staying |= _one_a_period(newest_first, period, getattr(rules, name))
    return [backup for backup in backups if backup.path not in staying]


def spare(
    backups: Sequence[Backup],
    good: Callable[[Backup], bool],
    now: datetime,
) -> list[Backup]:
    """Return those of the backups, given and returned oldest first, that may go for want of room."""
    staying = _always_stay(backups[::-1], good, now)
    return [backup for backup in backups if backup.path not in staying]


def _always_stay(
    newest_first: Sequence[Backup],
    good: Callable[[Backup], bool],
    now: datetime,
) -> set[str]:
    """Return the paths of the newest, the newest good one, and those of the last hour."""
    staying = {backup.path for backup in newest_first[:1]}
    for backup in newest_first:
        if now - backup.at < FRESH:
            staying.add(backup.path)
    # The rules may keep only backups that failed their checks; the last good one is worth more
    # than any of them.
    for backup in newest_first:
        if good(backup):
            staying.add(backup.path)
            break
    return staying


def _one_a_period(
    newest_first: Sequence[Backup],
    period: Callable[[datetime], tuple[int, ...]],
    count: int,
) -> set[str]:
    """Return the paths of the newest backup of each of the last `count` periods that have one."""
    newest: dict[tuple[int, ...], str] = {}
    for backup in newest_first:
        key = period(backup.at)
        if key in newest:
            continue
        if len(newest) == count:
            break
        newest[key] = backup.path
    return set(newest.values())
