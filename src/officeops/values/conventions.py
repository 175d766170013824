"""How an office writes money, dates and times."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from datetime import datetime

#: Decimal places of currencies that do not have two (ISO 4217).
PLACES: Final = dict.fromkeys(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0
) | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
#: The first and the last day that an office keeps; any other is a slip of the pen.
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2200, 12, 31)


class Conventions(Value):
    """How this office writes money, dates and times.

    `date_order` is mdy or dmy, for 03/04/2026; `zone` the IANA name of its time zone, blank for
    this machine's; `temperature` is F or C.
    """

    currency: str = "USD"
    date_order: str = "mdy"
    today: date = date.min
    zone: str = ""
    temperature: str = "F"

    @property
    def places(self) -> int:
        """Decimal places of the currency."""
        return PLACES.get(self.currency, 2)

    def day_of(self, moment: datetime) -> date:
        """Return the date of a moment by this clock; in the evening UTC has another."""
        from officeops.values.zones import local

        return local(moment, self.zone).date()

    def clock(self, moment: datetime) -> datetime:
        """Return a moment as this clock shows it."""
        from officeops.values.zones import local

        return local(moment, self.zone)

    def moment(self, day: date, minute: int) -> datetime:
        """Return the moment of a day at a minute after midnight by this clock, in UTC."""
        from datetime import UTC, datetime, timedelta

        from officeops.values.zones import zone_of

        wall = datetime(day.year, day.month, day.day, tzinfo=zone_of(self.zone))
        # The minutes are added to what the clock shows, whatever it does in between.
        return (wall + timedelta(minutes=minute)).astimezone(UTC)
