"""A record's own rules hold for every row of a file, also where an import asks them once of many rows alike."""

from __future__ import annotations

from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

import pytest

from officeops.office.office import open_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.testing import Cli


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path / "rules.db", create=True, actor="test")
    yield office
    office.close()


class Watched:
    """A record that notes which of its fields its rules read."""

    def __init__(self, record: Record) -> None:
        self.record, self.names = record, set[str]()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the record has
        self.names.add(name)
        value = getattr(type(self.record), name, None)
        return (
            MethodType(value, self)
            if isinstance(value, FunctionType)
            else getattr(self.record, name)
        )


def reads(office: Office, record: type[Record], values: dict[str, Any]) -> set[str]:
    """Return the fields that `check` reads of a new record with these values."""
    watched = Watched(record.from_values({**dict.fromkeys(record.meta.by_name), **values}))
    for _ in record.check(watched, office):  # type: ignore[arg-type] # it has all that a record has
        pass
    return watched.names & {field.name for field in record.meta.fields}


def test_a_rule_reads_no_more_of_a_new_record_than_its_record_declares(office: Office) -> None:
    declared = [record for record in office.records.values() if record.check_reads]
    assert declared, "no record declares it: the import's shortcut is never taken"
    for record in declared:
        for number in (None, 0, 1, 100):
            values = dict.fromkeys(record.check_reads, number)
            assert reads(office, record, values) <= set(record.check_reads)
        first = dict.fromkeys(record.check_reads[:1], 1)
        assert reads(office, record, first) <= set(record.check_reads)


def test_each_row_that_breaks_a_rule_is_refused_and_no_other(cli: Cli, tmp_path: Path) -> None:
    lines = ["sku,name,reorder_point,order_up_to"]
    for number in range(1200):
        low = number in {3, 700, 1150}
        lines.append(f"S{number},Item {number},20,{10 if low else 30 + number % 5}")
    file = tmp_path / "items.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    result = cli("item", "import", str(file), "--dry-run", "--json")

    bad = [(row["line"], row["column"]) for row in result.json["bad"]]
    assert bad == [(5, "order_up_to"), (702, "order_up_to"), (1152, "order_up_to")]
