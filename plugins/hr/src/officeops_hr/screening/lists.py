"""The exclusion lists that an office loads: that of the OIG, and those of states.

`officeops dataset load leie UPDATED.csv` takes the OIG's monthly file (List of Excluded
Individuals/Entities, https://oig.hhs.gov/exclusions) as it is. A state's list comes with the
state's own headers (`state_file`); those of several states are one file, which says in `STATE` whose
each row is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops import Dataset
from officeops_hr.screening.matching.subject import ListEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from officeops import Office

#: The columns of the OIG's file, in its order.
COLUMNS: Final = (
    "lastname",
    "firstname",
    "midname",
    "busname",
    "general",
    "specialty",
    "upin",
    "npi",
    "dob",
    "address",
    "city",
    "state",
    "zip",
    "excltype",
    "excldate",
    "reindate",
    "waiverdate",
    "wvrstate",
)
#: Neither is ever stale by itself: the check of the month asks for the new list (`due_lines`).
LEIE: Final = Dataset(
    "hr.leie",
    "OIG exclusion list",
    COLUMNS,
    index=("npi", "lastname"),
    search=("lastname", "firstname", "busname"),
)
STATE_LIST: Final = Dataset(
    "hr.state-exclusions",
    "State exclusion lists",
    COLUMNS,
    index=("npi", "lastname"),
    read="officeops_hr.screening.state_file:read_state_list",
    search=("lastname", "firstname", "busname"),
)
LISTS: Final = (LEIE, STATE_LIST)
_ENTRIES: Final = """
SELECT rowid, lastname, firstname, midname, busname, npi, dob FROM {table}
WHERE {column} IN (SELECT value FROM json_each(?))
"""


class LoadedList:
    """A list that was loaded, for `matching.exclusions.compare`.

    Reading 83,000 entries takes longer than comparing them: only those that a name leads to are read.
    """

    def __init__(self, office: Office, dataset: Dataset) -> None:
        """Take the list; nothing is read yet."""
        self._office, self._table = office, dataset.table

    def families(self) -> Iterator[str]:
        """Yield all family names in lower case, from the index."""
        # As the index of the dataset has it, which covers the question.
        yield from self._texts("lower(lastname)")

    def businesses(self) -> Iterator[str]:
        """Yield all names of businesses."""
        yield from self._texts("busname")

    def _texts(self, column: str) -> Iterator[str]:
        sql = f"SELECT DISTINCT {column} FROM {self._table} WHERE {column} <> ''"
        for (text,) in self._office.rows(sql):
            yield text

    def of_families(self, names: Collection[str]) -> Iterator[ListEntry]:
        """Yield the entries with one of these family names."""
        return self._entries("lower(lastname)", names)

    def of_businesses(self, names: Collection[str]) -> Iterator[ListEntry]:
        """Yield the entries with one of these names of businesses."""
        return self._entries("busname", names)

    def of_npis(self, npis: Collection[str]) -> Iterator[ListEntry]:
        """Yield the entries with one of these NPIs."""
        return self._entries("lower(npi)", npis)

    def _entries(self, column: str, values: Collection[str]) -> Iterator[ListEntry]:
        if not values:
            return
        sql = _ENTRIES.format(table=self._table, column=column)
        for row in self._office.rows(sql, json.dumps(sorted(values))):
            yield ListEntry(*row)


def whole_entry(
    office: Office,
    dataset: Dataset,
    row: int,
) -> dict[str, str]:
    """Return an entry of a list with all of its columns, by their names."""
    columns = ", ".join(COLUMNS)
    sql = f"SELECT {columns} FROM {dataset.table} WHERE rowid = ?"
    (values,) = office.rows(sql, row)
    return dict(zip(COLUMNS, values, strict=True))
