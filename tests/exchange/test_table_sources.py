"""Tables come from regular files and streams of a bounded length; the files of real exports are read whole."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from tests.exchange.reading_tools import DATA, cells, refusal

from officeops.exchange.formats import source
from officeops.exchange.formats.reading import Unreadable, open_table


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, word in [
        (tmp_path / "none.csv", "no file"),
        (tmp_path, "a folder"),
        (tmp_path / "pipe", "a pipe"),
        (Path("/dev/null"), "a device"),
        (tmp_path / ("x" * 300), "too long"),
        (Path("a\0b"), "could not be opened"),
    ]:
        with pytest.raises(Unreadable, match=word):
            open_table(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pay.csv"
    path.write_bytes(b"a\n")
    path.chmod(0)
    with pytest.raises(Unreadable, match="may not read"):
        open_table(path)


def test_a_file_written_to_while_it_is_read_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n1,2\n3,4\n")
    with open_table(path) as table:
        rows = table.rows()
        next(rows)
        with path.open("ab") as file:
            file.write(b"5,6\n")
        with pytest.raises(Unreadable, match="changed"):
            list(rows)
        with pytest.raises(Unreadable, match="changed"):
            list(table.rows())


def test_an_endless_stream_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "SPOOL_LIMIT", 10)
    assert "longer" in refusal(b"a,b\n" * 10).message


def test_a_format_nobody_knows_is_refused() -> None:
    assert "csv, json, ods, xls, xlsb, xlsx" in refusal(b"a\n", format="pdf").message
    assert cells(b"a\n1\n", "t.json", format="csv") == [["a"], ["1"]]


def test_without_a_path_or_stream_there_is_nothing_to_open() -> None:
    with pytest.raises(TypeError):
        open_table(None)


@pytest.mark.parametrize(("name", "rows"), [("device", None), ("identifiers", 4332)])
def test_device_identification_files_are_read_whole(name: str, rows: int | None) -> None:
    path = DATA / f"gudid-slice/{name}.psv"
    if not path.exists():
        pytest.skip("the set is not here")
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file, delimiter="|"))
    with open_table(path) as table:
        found = [row for _, row in table.rows()]
        assert table.notes == ["Read as UTF-8, bar-separated."]
        assert [table.columns, *found] == expected
    assert rows is None or len(found) == rows


@pytest.mark.parametrize("path", sorted(DATA.glob("*/*.csv")), ids=lambda path: path.stem)
def test_every_row_of_real_exports_fits_its_header(path: Path) -> None:
    with open_table(path) as table:
        assert {len(row) for _, row in table.rows()} <= {len(table.columns)}
        assert len(table.columns) > 1 or path.stem in {
            "locationGroups",
            "inventory_transaction_types",
        }
