"""Recalls from a file of openFDA's device enforcement reports, matched with the units at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops import Field, Reason, folded
from officeops.exchange import Importer, Row
from officeops.values.wording import count
from officeops_maintenance.recalls.candidates import match_recalls, words_of
from officeops_maintenance.recalls.changed_words import LISTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_maintenance.recalls.matching import RecallText

#: Reports before 2012 have the number in the description alone.
_NUMBER: Final = re.compile(r"Recall\s*(?:#|no\.?|number)?\s*([A-Z]-\d+-\d+)", re.IGNORECASE)
#: What the FDA calls recalls of devices; it recalls food, drugs and biologics as well.
_DEVICES: Final = frozenset({"devices", "device", "medical devices"})


class RecallImport(Importer):
    """The import of recalls."""

    keys = (("number",),)
    fills = ("number",)
    extra = (
        Field("text", default=None, label="Product type", also=("product_type",)).named(
            "product_type", "str"
        ),
        # The lots and serial numbers that found no room in `code_info`.
        Field("long_text", default=None, label="More codes", also=("more_code_info",)).named(
            "more_codes", "str"
        ),
    )
    # What else openFDA says of a recall.
    ignores = frozenset(
        {
            "address 1",
            "address 2",
            "center classification date",
            "city",
            "country",
            "distribution pattern",
            "event id",
            "initial firm notification",
            "postal code",
            "product quantity",
            "state",
            "status",
            "termination date",
            "voluntary mandated",
        }
    )

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._ids: list[int] = []
        #: The words of recalls before the file changes them, by their ids.
        self._before: dict[int, RecallText] = {}
        self._reworded: set[int] = set()
        self._others = 0

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Find the number of each recall."""
        for row in rows:
            of = folded(row.extra.get("product_type") or "devices")
            if of not in _DEVICES:
                self.pass_over(row)
                self._others += 1
                continue
            more = row.extra.get("more_codes")
            if more and "codes" in self.given:
                row.values["codes"] = f"{row.values['codes'] or ''}\n{more}".strip()
            if row.values["number"]:
                continue
            number = _NUMBER.search(row.values["product"] or "")
            if number is None:
                why = "has no recall number, in a column of its own or in the description"
                yield row, "number", Reason(why, code="needed")
            else:
                row.values["number"] = number[1]

    def added(self, rows: list[Row]) -> None:
        """Remember the new recalls."""
        self._ids += [row.id for row in rows]

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Remember the recalls as they are before the file changes them."""
        if self.update:
            self._before |= dict(words_of(self.office, [row.id for row in rows]))
        return super().fixed(rows)

    def updated(self, rows: list[Row]) -> None:
        """Remember those whose words may have changed."""
        self.added(rows)
        now = dict(words_of(self.office, [row.id for row in rows]))
        self._reworded |= {key for key, words in now.items() if words != self._before.get(key)}

    def finish(self) -> Iterable[str]:
        """Match them with the units."""
        change = match_recalls(self.office, self._ids, self._reworded)
        if change.new:
            yield f"{count(change.new, 'unit')} may be recalled: {LISTED}."
        elif self._ids:
            yield "No further unit may be recalled."
        if self._others:
            yield f"{count(self._others, 'recall')} of food, drugs and the like passed over."
        yield from change.outdated
