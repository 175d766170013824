"""Many rows that are written at once may refer to each other, and to nothing that never comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from officeops.model.errors import Refused

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory

TREE = """
from __future__ import annotations

from officeops import *

PLUGIN = Plugin("tree", "A tree", api=2)


class Leaf(Record, key="tree.leaf"):
    name: str = field()
    above_id: int | None = ref("tree.leaf", default=None)


@hookimpl
def records():
    return [Leaf]


@hookimpl
def migrations():
    return [
        Migration(
            "0001",
            "CREATE TABLE tree_leaf (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, name TEXT NOT NULL, "
            "above_id INTEGER REFERENCES tree_leaf (id)) STRICT",
        )
    ]
"""


def test_a_row_refers_to_one_before_it_and_to_none_that_never_comes(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory(files={"tree": TREE})
    leaf = office.records["tree.leaf"]
    with office.acting("tree.grow"):
        rows: list[dict[str, Any]] = [
            {"name": "root", "above_id": None},
            {"name": "branch", "above_id": 1},
        ]
        assert office.add_many(leaf, rows) == [1, 2]
    assert office.rows("SELECT name, above_id FROM tree_leaf") == [("root", None), ("branch", 1)]
    with pytest.raises(Refused) as refused, office.acting("tree.grow"):
        office.add_many(leaf, [{"name": "loose", "above_id": 9}])
    assert refused.value.problems[0].code == "not-found"
