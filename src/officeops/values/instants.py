"""Instants: a moment, kept in UTC to the second, written and shown on the office's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from typing import TYPE_CHECKING

from officeops.values.clarified import Clarified
from officeops.values.dates import LONGEST, in_calendar, read_date
from officeops.values.text import Pattern, as_text
from officeops.values.zones import local, zone_of

if TYPE_CHECKING:
    import re

    from officeops.values.conventions import Conventions

_WRITTEN = Pattern(
    r"(?:(?P<day>.+?)(?:[T,] *| +))?"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)? ?"
    r"(?P<half>[AaPp]\.?[Mm]\.?)? ?(?P<zone>Z|z|UTC|[+-]\d{2}:?\d{2}(?::\d{2})?)?"
)


def read_instant(value: object, ways: Conventions) -> datetime | None:
    """Read a moment: `now`, `9:15`, `yesterday 16:00`, `2026-11-28 09:15`, or ISO 8601.

    Without an offset it is the office's time. One that the clocks left out or showed twice is
    returned with a remark (`Clarified`).
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return _at_the_office(value.replace(microsecond=0), ways)
        return in_utc(value)
    text = as_text(value).strip()
    if not text:
        return None
    if text.lower() == "now":
        return datetime.now(UTC).replace(microsecond=0)
    match = _timed(text)
    if match is None:
        raise _no_instant(text, ways)
    try:
        moment = datetime.combine(_day(match["day"], ways), _time(match))
    except ValueError:
        raise _no_instant(text, ways) from None
    if zone := match["zone"]:
        offset = "+00:00" if zone.upper() in {"Z", "UTC"} else zone
        return in_utc(datetime.fromisoformat(f"{moment.isoformat()}{offset}"))
    return _at_the_office(moment, ways)


def _timed(text: str) -> re.Match[str] | None:
    """Return the parts of a moment that is written with its time; None for any other text."""
    match = _WRITTEN.fullmatch(text) if len(text) <= LONGEST else None
    return match if match and (match["minute"] or match["half"]) else None


def day_bounds(text: str, ways: Conventions) -> tuple[datetime, datetime] | None:
    """Return the begin and end of a day written without a time; None for any other text."""
    from datetime import timedelta

    # A date is read from cells that have a time of day, too.
    if _timed(text.strip()):
        return None
    try:
        day = read_date(text, ways)
    except ValueError:
        return None
    if day is None:
        return None
    zone = zone_of(ways.zone)
    start = datetime.combine(day, time(), zone)
    # Not 24 hours later: the day on which the clocks change has 23 or 25.
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC, to the second.

    Raises ValueError where it has no zone, or is of no year that is kept.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    try:
        # Nearly every moment is now, as the office's own clock says it.
        is_kept_so = moment.tzinfo is UTC and not moment.microsecond
        utc = moment if is_kept_so else moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise ValueError("is not within the years that are kept; check the year") from None
    in_calendar(utc.date())
    return utc


def at_place(moment: datetime, zone: str | None) -> datetime:
    """Return a moment with the clock of a place, by which it is shown; without one it stays."""
    try:
        return local(moment, zone) if zone else moment
    except ValueError:
        return moment  # selfcheck reports a zone that is none


def show_instant(value: datetime | str, ways: Conventions) -> str:
    """Return a moment as the office's clock shows it to people; read again, it is the same moment.

    One with the clock of a place (`at_place`) is shown by that. Seconds are left out where there are
    none. The offset is written where the clock shows that time twice, or differs from the office's.
    """
    if not isinstance(value, datetime) and not _is_read(value):
        return value
    moment = _by_its_clock(value, ways)
    text = f"{moment:%Y-%m-%d %H:%M}"
    if moment.second:
        text += f"{moment::%S}"
    zone = moment.tzinfo if _clock(moment) else zone_of(ways.zone)
    comes_twice = _offset(moment, zone, fold=0) != _offset(moment, zone, fold=1)
    is_elsewhere = moment.utcoffset() != local(moment, ways.zone).utcoffset()
    return f"{text}{_written_offset(moment)}" if comes_twice or is_elsewhere else text


def plain_instant(value: datetime | str, ways: Conventions) -> str:
    """Return a moment for scripts: ISO 8601 with the offset of the office, or of its place."""
    if not isinstance(value, datetime) and not _is_read(value):
        return value
    moment = _by_its_clock(value, ways)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def as_instant(value: datetime | str) -> datetime:
    """Return a moment from what SQLite keeps, with the clock of a place that a list adds to it."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    text, _, zone = value.partition("[")
    moment = datetime.fromisoformat(text)
    return at_place(moment if moment.tzinfo else moment.replace(tzinfo=UTC), zone.rstrip("]"))


def _by_its_clock(value: datetime | str, ways: Conventions) -> datetime:
    """Return a moment by the clock of its place, or else the office's."""
    moment = as_instant(value)
    return moment if _clock(moment) else local(moment, ways.zone)


def _clock(moment: datetime) -> str:
    """Return the name of a moment's zone; blank for a bare offset such as UTC."""
    return getattr(moment.tzinfo, "key", "")


def _is_read(text: str) -> bool:
    """Whether a text is an instant.

    The file's other texts are shown as they are, and selfcheck reports them.
    """
    try:
        datetime.fromisoformat(text.partition("[")[0])
    except ValueError:
        return False
    return True


def _at_the_office(moment: datetime, ways: Conventions) -> datetime:
    """Return a moment of the office's clock in UTC.

    One that the clock left out is as much later, and of one that it showed twice it is the first;
    the moment then says so.
    """
    in_calendar(moment.date())
    zone = zone_of(ways.zone)
    first = moment.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = moment.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return first
    shown = f"{moment:%Y-%m-%d %H:%M}"
    local_first = first.astimezone(zone)
    if local_first.replace(tzinfo=None) == moment:
        offset = _written_offset(local_first)
        why = f"{shown} came twice when the clocks went back; the first ({shown}{offset}) is meant."
    else:
        why = (
            f"{shown} was left out when the clocks went forward; {local_first:%H:%M} is meant "
            "in its place."
        )
    return Clarified.of(first, why)


def _offset(
    moment: datetime,
    zone: tzinfo | None,
    *,
    fold: int,
) -> object:
    bare = moment.replace(tzinfo=zone, fold=fold)
    return bare.astimezone(UTC)


def _written_offset(moment: datetime) -> str:
    text = moment.isoformat(timespec="seconds")
    return text[19:]


def _day(text: str | None, ways: Conventions) -> date:
    day = read_date(text, ways) if text else ways.today
    if day is None:
        raise ValueError
    return day


def _time(match: re.Match[str]) -> time:
    hour, half = int(match["hour"]), (match["half"] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(match["minute"] or 0), int(match["second"] or 0))


def _no_instant(text: str, ways: Conventions) -> ValueError:
    try:
        day = read_date(text, ways)
    except ValueError:
        return ValueError(
            f"{text[:30]!r} is not a date and time; write 2026-01-31 14:30, 14:30 or now"
        )
    clock = text[text.find(":") - 2 :].strip() if ":" in text else ""
    if clock:
        return ValueError(f"{clock[:30]!r} is not a time of day; write {day} 14:30")
    return ValueError(f"{text[:30]!r} is a day without its time; write {day} 14:30")
