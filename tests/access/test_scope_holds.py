"""A legal hold on a row, and the note that one was destroyed, are seen where that row is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.access.scope_tools import kept_for, open_as

from officeops.core.actions import hold
from officeops.core.records import Destruction, LegalHold
from officeops.model.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with holds on a review of Ada's, on one of Max's and on all of them, and on a place."""
    for office in kept_for(tmp_path_factory):
        for only in ("#1", "#6", None):
            office.do(hold, kind="review", reason=f"claim {only}", only=only)
        office.do(hold, kind="shift", reason="audit", only="#1")
        for number in (1, 6):
            with office.acting("core.purge"):
                gone = Destruction(
                    record="crew.review", number=number, rule="law", changes=3, day=office.today
                )
                office.add(gone)
        yield office


@pytest.mark.parametrize(
    ("name", "holds", "gone"),
    [("", [1, 2, 3, 4], [1, 2]), ("max", [2, 3, 4], [2])],
)
def test_a_hold_is_seen_where_its_row_is(
    made: Office, name: str, holds: list[int], gone: list[int]
) -> None:
    with closing(open_as(made, name)) as office:
        assert [row.id for row in office.all(LegalHold)] == holds
        assert [row.id for row in office.all(Destruction)] == gone
        if name:
            with pytest.raises(NotFound):
                office.find(LegalHold, "#1")
            with pytest.raises(NotFound):
                office.do(hold, kind="review", reason="claim", only="#1")
