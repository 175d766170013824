"""The one record of the office's facts. Every command reads it, most no other record of the core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Problem
from officeops.model.fields import choice, field, ref
from officeops.model.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.office import Office


class Facts(Record, key="core.office", commandless=True, label="Office", plural="Office facts"):
    """Facts about the whole office. There is one."""

    name: str = field(
        example="Maple Street Family Practice", help="The practice's name, as on its letters"
    )
    site_code: str = field(
        default="main", help="Short code of this site, part of every record's identity across sites"
    )
    time_zone: str | None = field(
        default=None, help="IANA time zone, such as America/Chicago; blank is this machine's"
    )
    currency: str = field(default="USD", help="ISO 4217 code")
    date_order: str = choice("mdy", "dmy", default="mdy", help="How 03/04/2026 is read")
    default_location_id: int | None = ref(
        "core.location",
        default=None,
        indexed=False,
        help="Where stock goes if no order, level or past receipt says otherwise",
    )
    address: str | None = field(
        kind="long_text", default=None, help="Where orders are shipped to, as on its letters"
    )
    phone: str | None = field(default=None, help="Where vendors reach the office")
    temperature: str = choice(
        "F", "C", default="F", help="How temperatures are typed and shown: in °F or °C"
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse an unknown time zone, and a default location that would be blank again."""
        yield from zone_problems(self.time_zone)
        sql = "SELECT default_location_id FROM core_office WHERE id = ?"
        if self.default_location_id is None and self.id and office.value(sql, self.id):
            yield Problem(
                "cannot be blank; name another location", "default_location", code="needed"
            )


def zone_problems(zone: str | None) -> Iterator[Problem]:
    """Yield that there is no such time zone."""
    from officeops.values.zones import zone_of

    try:
        zone_of(zone or "")
    except ValueError as error:
        yield Problem(str(error), "time_zone", code="unknown-choice")
