"""Which backups stay: the newest of each of the last hours, days, weeks and months, and always the newest good one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.backup.config import BackupSettings
    from officeops.backup.listed import Backup

#: By what two backups are of the same hour, day, week, month. UTC, so that no hour comes twice.
PERIODS: Final[dict[str, Callable[[datetime], tuple[int, ...]]]] = {
    "hourly": lambda at: (at.year, at.month, at.day, at.hour),
    "daily": lambda at: (at.year, at.month, at.day),
    "weekly": lambda at: tuple(at.isocalendar()[:2]),
    "monthly": lambda at: (at.year, at.month),
}


#: What was made by hand just now, or before a restore, is not thinned out by the next one.
FRESH: Final = timedelta(hours=1)


def expired(
    backups: Sequence[Backup], rules: BackupSettings, good: Callable[[Backup], bool], now: datetime
) -> list[Backup]:
    """Return the backups that no rule keeps, oldest first. `good` says whether one's checks held when it was made."""
    newest_first = sorted(backups, key=lambda each: each.at, reverse=True)
    kept = {each.path for each in newest_first[:1]} | {
        each.path for each in newest_first if now - each.at < FRESH
    }
    for name, period in PERIODS.items():
        kept |= _one_a_period(newest_first, period, getattr(rules, name))
    # A rule may keep only backups whose checks failed; the last one known to be good is worth more than any of them.
    kept |= {each.path for each in [next((b for b in newest_first if good(b)), None)] if each}
    return [each for each in reversed(newest_first) if each.path not in kept]


def _one_a_period(
    newest_first: Sequence[Backup], period: Callable[[datetime], tuple[int, ...]], count: int
) -> set[str]:
    found: dict[tuple[int, ...], str] = {}
    for each in newest_first:
        key = period(each.at)
        if key not in found:
            if len(found) == count:
                break
            found[key] = each.path
    return set(found.values())
