"""Older backups are thinned out by hours, days, weeks and months, and the newest good one never goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officeops.backup.config import BackupSettings
from officeops.backup.folder import name_for
from officeops.backup.listed import Backup
from officeops.backup.retention import PERIODS, expired

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def rules(**counts: int) -> BackupSettings:
    """Settings that keep nothing but what is said."""
    return BackupSettings.read(
        {"hourly": 0, "daily": 0, "weekly": 0, "monthly": 0, **counts}, "test"
    )


def at(moment: datetime) -> Backup:
    """A backup made at a moment."""
    return Backup(
        "/b/" + name_for(moment, "main", encrypted=False), moment, "main", encrypted=False
    )


def kept(
    backups: Sequence[Backup], settings: BackupSettings, bad: frozenset[str] = frozenset()
) -> list[str]:
    """The moments that stay, newest first."""
    gone = {each.path for each in expired(backups, settings, lambda b: b.path not in bad, NOW)}
    return [f"{each.at:%m-%d %H:%M}" for each in reversed(backups) if each.path not in gone]


EVERY_HALF_HOUR = [at(NOW - timedelta(minutes=30) * n) for n in range(48 * 100, 1, -1)]


def test_one_an_hour_is_kept_and_it_is_the_newest_of_the_hour() -> None:
    assert kept(EVERY_HALF_HOUR, rules(hourly=3)) == ["03-01 11:30", "03-01 10:30", "03-01 09:30"]


def test_one_a_day_a_week_and_a_month() -> None:
    assert kept(EVERY_HALF_HOUR, rules(daily=3)) == ["03-01 11:30", "02-28 23:30", "02-27 23:30"]
    assert kept(EVERY_HALF_HOUR, rules(weekly=3)) == ["03-01 11:30", "02-22 23:30", "02-15 23:30"]
    assert kept(EVERY_HALF_HOUR, rules(monthly=3)) == ["03-01 11:30", "02-28 23:30", "01-31 23:30"]


def test_the_rules_as_they_ship_keep_two_years_in_ninety_files() -> None:
    hourly = [at(NOW - timedelta(hours=n)) for n in range(24 * 800, 0, -1)]
    stay = kept(hourly, BackupSettings.read({}, "test"))
    assert len(stay) == pytest.approx(24 + 34 + 7 + 21, abs=4)


def test_what_is_younger_than_an_hour_stays() -> None:
    young = [at(NOW - timedelta(minutes=n)) for n in (80, 50, 20, 10)]
    assert kept(young, rules(monthly=1)) == ["03-01 12:20", "03-01 12:10", "03-01 11:40"]


def test_the_newest_good_one_stays_whatever_the_rules_say() -> None:
    days = [at(NOW - timedelta(days=n)) for n in range(9, 0, -1)]
    bad = frozenset(each.path for each in days[-3:])
    assert kept(days, rules(daily=2), bad) == ["02-28 12:30", "02-27 12:30", "02-25 12:30"]
    assert kept(days, rules(), frozenset(each.path for each in days)) == ["02-28 12:30"]


@given(
    st.lists(st.integers(0, 60 * 24 * 900), unique=True),
    st.integers(0, 9),
    st.integers(0, 9),
    st.data(),
)
def test_thinning_out_twice_changes_nothing_and_each_rule_has_its_share(
    ages: list[int], hourly: int, monthly: int, data: st.DataObject
) -> None:
    backups = sorted((at(NOW - timedelta(minutes=age)) for age in ages), key=lambda each: each.at)
    good = set(
        data.draw(st.lists(st.sampled_from([each.path for each in backups]), unique=True))
        if backups
        else []
    )
    settings = rules(hourly=hourly, monthly=monthly)

    def gone(those: list[Backup]) -> list[Backup]:
        return expired(those, settings, lambda each: each.path in good, NOW)

    first = gone(backups)
    stay = [each for each in backups if each not in first]
    assert gone(stay) == []
    if good:
        assert max(each.path for each in backups if each.path in good) in {
            each.path for each in stay
        }
    for name, count in (("hourly", hourly), ("monthly", monthly)):
        periods = {PERIODS[name](each.at) for each in backups}
        assert len({PERIODS[name](each.at) for each in stay}) >= min(count, len(periods))
