"""The page of the kinds: each declaration declares its kind, and each reserved word is taken."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.docs import kinds

from officeops import Record, choice, field, ref
from officeops.model.kinds import KINDS

_NAMES = {
    "Record": Record,
    "choice": choice,
    "field": field,
    "ref": ref,
    "date": date,
    "datetime": datetime,
    "Path": Path,
}


@pytest.mark.parametrize("name", KINDS)
def test_a_declaration_of_the_page_declares_its_kind(name: str) -> None:
    source = (
        "from __future__ import annotations\n"
        'class X(Record, key="xs.x"):\n    "An x."\n    ' + kinds.declaration(name)
    )
    declared: dict[str, Any] = dict(_NAMES)
    exec(source, declared)  # noqa: S102 - a line of our own page
    record = declared["X"]
    assert [one.kind.name for one in record.meta.fields] == [name]
