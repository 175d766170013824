"""Nested rows of a record in a file: the phones of a vendor, as columns of one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def flat(record: Mapping[str, Any], nested: Collection[str]) -> dict[str, Any]:
    """Return a record with its nested rows as columns: `phones 1:kind`, `phones 1:number`."""
    values: dict[str, Any] = {}
    for key, value in record.items():
        if key not in nested or not isinstance(value, list):
            values[key] = value
            continue
        for place, row in enumerate(value, 1):
            if isinstance(row, dict):
                values |= {f"{key} {place}:{name}": part for name, part in row.items()}
            else:
                values[f"{key} {place}"] = row
    return values
