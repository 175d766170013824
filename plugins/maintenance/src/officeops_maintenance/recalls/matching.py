"""Matching: which units a recall may be about, by make, model, lot and serial number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from officeops import Value, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    class Unit(Protocol):
        """What a recall names of a unit."""

        make: str | None
        model: str | None
        lot: str | None
        serial: str | None


#: A shorter serial or lot number alone is in too many texts.
_SURE: Final = 5


class RecallText(Value):
    """The words of a recall, folded: its firm, and its product with the lots and serial numbers."""

    firm: str
    text: str

    @classmethod
    def of(
        cls,
        firm: str | None,
        product: str,
        codes: str | None,
    ) -> RecallText:
        """Fold the words of a recall."""
        return cls(folded(firm or ""), folded(f"{product} {codes or ''}"))


def matched(recall: RecallText, unit: Unit) -> str:
    """Return the words of a unit that a recall has too; blank where they are too few.

    A serial or lot number is enough if it is long; else the make has to match, and the model, the
    lot or the serial number with it.
    """
    hits = dict(_hits(recall, unit))
    numbers = [value for name, value in hits.items() if name != "model"]
    is_sure = any(len(value) >= _SURE for value in numbers)
    is_made_by = bool(unit.make) and _has(f"{recall.firm} {recall.text}", unit.make or "")
    if not is_sure and not (hits and is_made_by):
        return ""
    words = [f"make {unit.make}"] if is_made_by else []
    words += [f"{name} {value}" for name, value in hits.items()]
    return ", ".join(words)


def _hits(recall: RecallText, unit: Unit) -> Iterator[tuple[str, str]]:
    for name in ("serial", "lot", "model"):
        value = getattr(unit, name)
        if value and _has(recall.text, value):
            yield name, value


def _has(text: str, value: str) -> bool:
    """Whether a text has a value as a word of its own."""
    word = folded(value)
    # The plain search first: nearly no recall has any of the words of a unit.
    return word in text and bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))


def pairs(
    recalls: Iterable[tuple[int, RecallText]],
    units: Iterable[tuple[int, Unit]],
) -> dict[tuple[int, int], str]:
    """Map (recall, unit), by their ids, to the words that both have, for all that match."""
    known = list(units)
    wanted = {}
    for recall_id, recall in recalls:
        for unit_id, unit in known:
            if words := matched(recall, unit):
                wanted[recall_id, unit_id] = words
    return wanted
