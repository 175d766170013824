"""A plugin for the tests of clocks: deliveries, each at a location and a time of the clock there."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - fields are made of it
from typing import TYPE_CHECKING, Any

from officeops import Migration, Plugin, Record, action, field, hookimpl, param, ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action, Office

PLUGIN = Plugin("dock", "Deliveries", api=2)


class Delivery(Record, key="dock.delivery", display="what", plural="Deliveries"):
    """What came, where and when."""

    what: str = field(unique=True)
    location_id: int | None = ref("core.location", default=None)
    at: datetime | None = field(default=None)


UNTIL: Any = param(kind="instant")


@action("dock.delivery.delay")
def delay(office: Office, delivery: Delivery, until: datetime = UNTIL) -> str:
    """Put a delivery off."""
    office.edit(delivery, at=until)
    return "Put off."


@hookimpl
def records() -> Iterable[type[Record]]:
    return [Delivery]


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    return [delay]


@hookimpl
def migrations() -> Iterable[Migration]:
    sql = """
CREATE TABLE dock_delivery (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT, what TEXT NOT NULL, location_id INTEGER REFERENCES core_location(id), at TEXT) STRICT;
CREATE INDEX dock_delivery_location_id ON dock_delivery(location_id) WHERE location_id IS NOT NULL;
"""
    return [Migration("0001_start", sql)]
