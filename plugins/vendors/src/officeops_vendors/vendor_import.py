"""Vendors from a file: often a stock sheet, which names a vendor once for each of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.importer import Importer, Row
from officeops.model.text_folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: The most pairs of names that a sentence shows.
_NAMED = 5


class VendorImport(Importer):
    """Tells a vendor's own code from an item's code at the vendor."""

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        #: Each vendor's code by its name, on record and in the file.
        self._codes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._new: list[str] = []
        for name, code in office.rows(
            "SELECT name, code FROM vendors_vendor WHERE archived_at IS NULL ORDER BY id"
        ):
            self._names[folded(name)] = name
            if code:
                self._codes[folded(name)] = code

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Refuse a second code of one name: such a column has the items' codes at the vendor, not the vendors' own."""
        if "code" not in self.given:
            return
        for row in rows:
            name, code = row.values["name"], row.values["code"]
            if not name or not code:
                continue
            known = self._codes.setdefault(folded(name), code)
            if folded(known) != folded(code) and not self.update:
                cure = (
                    "If the column has the items' codes at the vendor, leave it out: --map COLUMN="
                )
                yield row, "code", f"is a second code of {name}, which has {known}. {cure}"

    def further(self, row: Row, first: Row) -> bool:
        """Whether a row says less of a vendor than an earlier row does, and nothing else; it brings nothing."""
        said = [name for name in first.values if name in self.given and name not in row.blank]
        less = any(row.values[name] is None and first.values[name] is not None for name in said)
        return less and all(row.values[name] in {None, first.values[name]} for name in said)

    def added(self, rows: list[Row]) -> None:
        """Remember the names of new vendors."""
        self._new += [row.values["name"] for row in rows]

    def finish(self) -> Iterable[str]:
        """Say which new vendors may be others under a longer or shorter name."""
        alike = self._alike()
        if alike:
            pairs = "; ".join(f"{new} and {other}" for new, other in alike[:_NAMED])
            more = f"; {len(alike) - _NAMED:,} more" if len(alike) > _NAMED else ""
            yield f"Look whether these are one vendor: {pairs}{more}."

    def _alike(self) -> list[tuple[str, str]]:
        """Return the new vendors whose name goes on where another's ends: McKesson Medical-Surgical, McKesson."""
        self._names.update((folded(name), name) for name in self._new)
        alike = []
        for new in self._new:
            beginning = folded(new).split(" ")
            for length in range(1, len(beginning)):
                shorter = self._names.get(" ".join(beginning[:length]))
                if shorter is not None:
                    alike.append((new, shorter))
        return alike
