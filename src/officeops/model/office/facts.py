"""OfficeFacts: the name, currency and clock of an office, as a Protocol."""

from __future__ import annotations

from typing import Protocol


class OfficeFacts(Protocol):
    """The facts of the whole office."""

    @property
    def name(self) -> str:
        """The practice's name, as on its letters."""
        ...

    @property
    def site_code(self) -> str:
        """The short code of this site."""
        ...

    @property
    def time_zone(self) -> str | None:
        """The IANA time zone; None is this machine's."""
        ...

    @property
    def currency(self) -> str:
        """The ISO 4217 code of the currency."""
        ...

    @property
    def address(self) -> str | None:
        """Where orders are shipped to, as on its letters."""
        ...

    @property
    def phone(self) -> str | None:
        """Where vendors reach the office."""
        ...
