"""An office whose lists can be asked for by filters, as a Protocol.

For annotations: nothing imports it to run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from officeops.model.office import Office

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.query.select import Select


class SearchedOffice(Office, Protocol):
    """An office whose lists can be asked for by filters."""

    def query(
        self,
        record: type[Record],
        *,
        by_key: bool = False,
        own: bool = False,
    ) -> Select:
        """Return the builder of list queries over a kind of record."""
        ...
