"""An instant is kept in UTC to the second, and read on the clock of the office."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.values.value_tools import FIELDS, INSTANTS, TODAY, read

from officeops.model.sql_values import to_sql
from officeops.values.clarified import remarks_on
from officeops.values.conventions import Conventions
from officeops.values.convert import plain, reader, show


@given(INSTANTS)
def test_an_instant_is_kept_in_utc_to_the_second(moment: datetime) -> None:
    found = read("instant", moment.isoformat())
    assert isinstance(found, datetime)
    assert found == moment.replace(microsecond=0)
    assert datetime.fromisoformat(to_sql(found)) == moment.replace(microsecond=0).astimezone(UTC)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "yesterday at noon"]
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date and time|is not within the years"):
        read("instant", text)


ZONES = ["America/Chicago", "Europe/Zurich", "Australia/Lord_Howe", "America/St_Johns", "UTC"]
#: Around both changes of the clocks of a year in each of the zones.
NEAR_A_CHANGE = st.one_of(
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 3, 7, 12, tzinfo=UTC) + timedelta(seconds=s)
    ),
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 3, 28, 0, tzinfo=UTC) + timedelta(seconds=s)
    ),
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 10, 31, 0, tzinfo=UTC) + timedelta(seconds=s)
    ),
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 10, 24, 0, tzinfo=UTC) + timedelta(seconds=s)
    ),
    st.integers(0, 72 * 3600).map(
        lambda s: datetime(2026, 4, 4, 0, tzinfo=UTC) + timedelta(seconds=s)
    ),
)


@given(moment=st.one_of(NEAR_A_CHANGE, INSTANTS), zone=st.sampled_from(ZONES))
def test_an_instant_reads_back_as_it_is_shown_and_as_it_is_written_plainly(
    moment: datetime, zone: str
) -> None:
    ways = Conventions("USD", "mdy", TODAY, zone)
    moment = moment.replace(microsecond=0)
    at = next(f for f in FIELDS if f.kind.name == "instant")
    for written in (show(at, moment, ways), plain(at, moment, ways)):
        assert reader(at, ways)(written) == moment
    assert show(at, to_sql(moment), ways) == show(at, moment, ways)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-28 09:15", "2026-11-28T15:15:00+00:00"),
        ("9:15", "2026-01-31T15:15:00+00:00"),
        ("9:15 pm", "2026-02-01T03:15:00+00:00"),
        ("today 9:15", "2026-01-31T15:15:00+00:00"),
        ("yesterday 16:00", "2026-01-30T22:00:00+00:00"),
        ("+1d 12am", "2026-02-01T06:00:00+00:00"),
        ("7/4/2026 8:00:30 AM", "2026-07-04T13:00:30+00:00"),
        ("31 Jan 2026, 14:30", "2026-01-31T20:30:00+00:00"),
        ("2026-01-31T14:30+01:00", "2026-01-31T13:30:00+00:00"),
        ("2026-01-31T14:30:05.123456Z", "2026-01-31T14:30:05+00:00"),
        ("2026-11-01 01:30-06:00", "2026-11-01T07:30:00+00:00"),
    ],
)
def test_a_time_without_a_zone_is_the_office_s(text: str, utc: str) -> None:
    assert to_sql(read("instant", text, Conventions("USD", "mdy", TODAY, "America/Chicago"))) == utc


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-11-28", "is a day without its time; write 2026-11-28 14:30"),
        ("25:00", "is not a date and time"),
        ("13:00 pm", "is not a date and time"),
        ("0027-08-31 09:00", "is not a date and time|is not within the years"),
        ("soon 9:00", "is not a date and time"),
    ],
)
def test_a_time_that_is_none_is_refused(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read("instant", text, Conventions("USD", "mdy", TODAY, "America/Chicago"))


@pytest.mark.parametrize(
    ("text", "utc", "says"),
    [
        ("2026-03-08 02:30", "2026-03-08T08:30:00+00:00", "03:30 is meant"),
        ("2026-11-01 01:30", "2026-11-01T06:30:00+00:00", "01:30-05:00"),
        ("2026-11-01 01:30-06:00", "2026-11-01T07:30:00+00:00", ""),
        ("2026-11-01 02:30", "2026-11-01T08:30:00+00:00", ""),
    ],
)
def test_a_time_left_out_is_later_and_one_of_two_the_first_and_both_are_said(
    text: str, utc: str, says: str
) -> None:
    moment = read("instant", text, Conventions("USD", "mdy", TODAY, "America/Chicago"))
    assert to_sql(moment) == utc
    remarks = remarks_on([moment])
    assert bool(remarks) == bool(says)
    assert all(says in remark for remark in remarks)


#: Every zone of the database, and the moments at which its clocks changed in a few years.
ALL_ZONES = sorted(available_timezones())


def changes_of(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return the hours of a year in which the offset of a zone changed."""
    hours = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(367)]
    found = []
    for before, after in pairwise(hours):
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            found.append(before)
    return found


@tried(300)
@given(data=st.data())
def test_an_instant_reads_as_it_is_shown_in_every_zone_around_its_changes(
    data: st.DataObject,
) -> None:
    name = data.draw(st.sampled_from(ALL_ZONES))
    zone = ZoneInfo(name)
    year = data.draw(st.sampled_from((1975, 1996, 2011, 2026)))
    days = changes_of(zone, year) or [datetime(year, 6, 1, tzinfo=UTC)]
    minute = data.draw(st.integers(0, 3 * 24 * 60))
    moment = data.draw(st.sampled_from(days)) - timedelta(days=1) + timedelta(minutes=minute)
    ways = Conventions("USD", "mdy", TODAY, name)
    at = next(f for f in FIELDS if f.kind.name == "instant")
    for written in (show(at, moment, ways), plain(at, moment, ways)):
        again = reader(at, ways)(written)
        assert (again, remarks_on([again])) == (moment, [])


@given(
    day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    minute=st.integers(0, 1439),
    zone=st.sampled_from(["America/Chicago", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
def test_a_minute_of_a_day_is_the_moment_at_which_its_clock_shows_it(
    day: date, minute: int, zone: str
) -> None:
    ways = Conventions(zone=zone)
    shown = ways.clock(ways.moment(day, minute))
    # A minute that the clock leaves out is the one after it by the length of the gap.
    late = shown.hour * 60 + shown.minute - minute
    assert (shown.date(), late) == (day, 0) or late in {30, 60}
