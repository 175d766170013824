"""A filter on a text that no record has is an error, in every text field of every kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.errors import UsageProblem
from officeops.generic import add_record, archive_record
from officeops.query import Select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.fields import Field
    from officeops.office import Office
    from officeops.records import Record
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("inventory", "vendors")

NOBODY = "zz-no-such-value"


def texts(office: Office) -> Iterator[tuple[type[Record], Field]]:
    """Yield every kind of record with each of its text fields."""
    for record in office.records.values():
        for field in record.meta.fields:
            if field.kind in {"text", "long_text"} and not field.sealed:
                yield record, field


def quiet(office: Office) -> list[str]:
    """Return the filters that say nothing of a value that no record has."""
    found = []
    for record, field in texts(office):
        words = f"{field.public_name}={NOBODY}"
        try:
            office.query(record).where(words)
        except UsageProblem:
            continue
        found.append(f"{record.meta.noun} {words}")
    return found


def test_a_value_that_no_record_has_is_an_error(office: Office) -> None:
    assert len(list(texts(office))) > 40
    assert not quiet(office)


def test_the_sweep_finds_a_field_that_is_not_asked_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Select, "_on_some_record", lambda *_: None)
    assert "item category=zz-no-such-value" in quiet(office)


def test_a_value_that_only_an_archived_record_has_lists_nothing(office: Office) -> None:
    item = office.record("item")
    archive_record(office, add_record(office, item, {"sku": "A", "name": "Gloves", "category": "Exam"}))
    office.query(item).where("category=exam")
    office.query(item).where("name=GLOVES")


def test_the_command_line_says_so(cli: Cli) -> None:
    for words in (
        "lot list number=NOPE",
        "terms list vendor_sku=NOPE",
        "item list name=NOPE",
        "item list category=NOPE",
    ):
        ran = cli(*words.split())
        assert ran.code == 2, words
        assert "'NOPE'" in ran.err
