"""The loads of datasets: which file was loaded when, kept as proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.fields import field
from officeops.model.records import Record

if TYPE_CHECKING:
    from datetime import date, datetime


class DatasetLoad(
    Record,
    key="core.dataset-load",
    commandless=True,
    display="dataset",
    sort="-id",
    append_only=True,
):
    """A file that was loaded as a dataset: its digest, its rows, and the day it is of.

    The history says who loaded it. `officeops dataset list --loads` lists them.
    """

    not_undone = "load the file of before again: `officeops dataset load NAME FILE`"

    dataset: str = field(list_rank=1, help="The dataset's key")
    file: str = field(list_rank=3, help="The file's name")
    digest: str = field(list_rank=6, help="The SHA-256 of its bytes")
    size: int = field(list_rank=5, minimum=0, unit="bytes")
    row_count: int = field(list_rank=2, minimum=0, label="Rows")
    as_of: date = field(list_rank=1, help="The day that the list is of")
    loaded_at: datetime = field(list_rank=4)
