"""Vendors from a file: often a stock sheet, which names a vendor once for each of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Reason, folded
from officeops.exchange import Importer, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: The most pairs of names that a sentence shows.
_NAMED = 5
_VENDORS = "SELECT name, code FROM vendors_vendor WHERE archived_at IS NULL ORDER BY id"
_CURE = "If the column has the items' codes at the vendor, leave it out: --map COLUMN="


class VendorImport(Importer):
    """The import of vendors: a vendor's own code is not an item's code at the vendor."""

    # A vendor that another office had put on hold is on hold here.
    restores = ("status", "hold_reason")
    may_set = ("card",)

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        #: Each vendor's code by its name, in the office and in the file.
        self._codes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._new: list[str] = []
        for name, code in office.rows(_VENDORS):
            self._names[folded(name)] = name
            if code:
                self._codes[folded(name)] = code

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Refuse a second code of one name.

        A column with several has the items' codes at the vendor, not the vendors' own.
        """
        if "code" not in self.given:
            return
        for row in rows:
            name, code = row.values["name"], row.values["code"]
            if not name or not code:
                continue
            known = self._codes.setdefault(folded(name), code)
            # With --update, a file may be what corrects the codes.
            if folded(known) != folded(code) and not self.update:
                yield (
                    row,
                    "code",
                    Reason(
                        f"is a second code of {name}, which has {known}. {_CURE}",
                        code="contradicts-record",
                    ),
                )

    def further(self, row: Row, first: Row) -> bool:
        """Whether a row says less of a vendor than an earlier row does, and nothing else.

        Such a row is no repeat, and it brings nothing.
        """
        is_less = False
        for name, value in first.values.items():
            if name not in self.given or name in row.blank:
                continue
            if row.values[name] not in {None, value}:
                return False
            if row.values[name] is None and value is not None:
                is_less = True
        return is_less

    def added(self, rows: list[Row]) -> None:
        """Remember the names of new vendors."""
        self._new += [row.values["name"] for row in rows]

    def finish(self) -> Iterable[str]:
        """Name the new vendors that may be known ones under a longer or shorter name."""
        alike = self._alike()
        if alike:
            pairs = "; ".join(f"{new} and {other}" for new, other in alike[:_NAMED])
            more = f"; {len(alike) - _NAMED:,} more" if len(alike) > _NAMED else ""
            yield f"Look whether these are one vendor: {pairs}{more}."

    def _alike(self) -> list[tuple[str, str]]:
        """Return the new vendors with another whose name begins theirs.

        McKesson Medical-Surgical may be McKesson.
        """
        self._names.update((folded(name), name) for name in self._new)
        alike = []
        for new in self._new:
            # Whole words alone: Med is not the beginning of Medline.
            words = folded(new).split(" ")
            for length in range(1, len(words)):
                shorter = self._names.get(" ".join(words[:length]))
                if shorter is not None:
                    alike.append((new, shorter))
        return alike
