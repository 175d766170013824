"""Search of 100,000 items: the first 50 hits, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.imports import one_office
from benchmarks.measure import Figure, figure, timed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office

#: A millisecond, as the floor that the figures are ratios of.
MILLISECOND = 0.001


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of searches, each against one millisecond."""
    office = one_office(folder / "search", 100_000)
    for what, words in (
        ("a word", "glove"),
        ("a rare word", "99871"),
        ("two words", "nitrile swab"),
        ("a part of a word", "itril"),
        ("nothing", "qqqzzz"),
    ):
        yield figure(
            f"first 50 hits for {what}",
            "1 ms",
            lambda words=words: timed(lambda: _search(office, words)),  # type: ignore[misc]
            lambda: MILLISECOND,
            limit=1,
            aim=1,
            rounds=31,
        )


def _search(office: Office, words: str) -> None:
    from officeops.model.declarations import Query
    from officeops_inventory.model import Item

    sql, values = office.query(Item).ids(Query(words, "id", 50))
    office.rows(sql, *values)
