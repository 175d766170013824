"""ScannedCode: the one answer to a scan, whatever kind of code it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from officeops.model.immutable import Value
from officeops.values.scanned.item_numbers import ndc_in

if TYPE_CHECKING:
    from datetime import date

#: The kinds of codes. An `own` code is an office's or a vendor's own, which follows no standard.
Scheme = Literal["gtin", "hibc", "own"]


class ScannedCode(Value):
    """What a code says. None is what it does not say.

    `item` is the item's number as `item_number` writes it: 14 digits of a GTIN, or a HIBC code
    with its check character. `quantity` counts the goods in the package, `made_on` is the day of
    production. `link` is the check character by which the second of two HIBC codes names the first.
    """

    scheme: Scheme
    item: str | None = None
    lot: str | None = None
    expires_on: date | None = None
    serial: str | None = None
    quantity: int | None = None
    made_on: date | None = None
    link: str | None = None

    @property
    def ndc(self) -> str | None:
        """The ten digits of the NDC, if the GTIN is among the numbers for drugs."""
        return ndc_in(self.item) if self.scheme == "gtin" and self.item else None

    @property
    def says_more(self) -> bool:
        """Whether it says anything beside the item, such as a lot."""
        rest = (self.lot, self.expires_on, self.serial, self.quantity, self.made_on)
        return any(value is not None for value in rest)
