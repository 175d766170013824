"""Stock moves from elsewhere: opening stock by lot and shelf, or a history of use. A file's row is booked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.importer import Importer, Row
from officeops.fields import Field
from officeops_inventory.importing import Finder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: Kinds of move that take stock away; files write their quantities without a sign.
OUT = frozenset({"use", "waste", "expire", "return"})


class MoveImport(Importer):
    """The columns that only an import of stock moves has."""

    extra = (
        Field("text", default=None, label="Lot", also=("lot number", "lot no", "batch", "batch number")).named(
            "lot", "str"
        ),
        Field(
            "date",
            default=None,
            month_end=True,
            label="Expires on",
            also=("expiry", "expiry date", "expiration date", "expires"),
        ).named("expires_on", "date"),
    )
    keys = (("source",),)
    fills = ("source", "day", "location_id", "lot_id")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._find = Finder(office)
        #: A file is known by its content: under another name it is the same file.
        self._digest = source.rpartition(":")[2]
        self._today = office.today.isoformat()

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Fill in each row's place, day, sign and lot."""
        for row in rows:
            values, extra = row.values, row.extra
            values["source"] = f"{self._digest}:{row.line}"
            values["day"] = values["day"] or self._today
            values["location_id"] = values["location_id"] or self._find.place
            if values["kind"] in OUT and (values["quantity"] or 0) > 0:
                values["quantity"] = -values["quantity"]
            if values["kind"] == "opening" and (values["quantity"] or 0) < 0:
                yield row, "quantity", "is less than nothing"
                continue  # a row that is not kept makes no lot
            if values["item_id"]:
                try:
                    expires = extra.get("expires_on")
                    values["lot_id"] = self._find.lot(
                        values["item_id"], extra.get("lot"), str(expires) if expires else None
                    )
                except ValueError as why:
                    yield row, "expires_on", str(why)
