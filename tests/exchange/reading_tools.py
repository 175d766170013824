"""Reads tables given as bytes, and makes the workbooks that tests read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from officeops.exchange.formats.reading import Cell, Table, Unreadable, open_table

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[3] / "shared/data"


def read(content: bytes, name: str = "t.csv", **how: str) -> Table:
    return open_table(None, stream=io.BytesIO(content), name=name, **how)


def cells(content: bytes, name: str = "t.csv", **how: str) -> list[list[Cell]]:
    with read(content, name, **how) as table:
        return [[*table.columns], *(row for _, row in table.rows())]


def refusal(content: bytes, name: str = "t.csv", **how: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught, read(content, name, **how) as table:
        list(table.rows())
    assert caught.value.message[0].isupper() or caught.value.message.startswith((name, "'"))
    assert caught.value.message.endswith((".", "?"))
    return caught.value


def workbook(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()
