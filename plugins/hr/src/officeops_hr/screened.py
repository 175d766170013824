"""Screened: somebody who is compared with exclusion lists, by all names that are known."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field

from officeops import Value


class Screened(Value):
    """A person or a business, as a part knows it; `record` and `id` name its record.

    The first of `names` is the one that people see; `family` is the family name if it is known.
    """

    record: str
    id: int
    names: tuple[str, ...]
    family: str = ""
    born_on: date | None = None
    npi: str = ""
    is_business: bool = False
