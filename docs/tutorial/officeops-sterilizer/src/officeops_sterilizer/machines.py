"""Sterilizers: the machines of the practice."""

from __future__ import annotations

from officeops import Record, field, ref


class Sterilizer(Record, key="sterilizer.sterilizer", display="name"):
    """A machine that sterilizes instruments."""

    name: str = field(unique=True, search=True, example="Autoclave 1")
    serial: str | None = field(default=None, search=True, help="On the plate at the back")
    location_id: int | None = ref("core.location", default=None)
