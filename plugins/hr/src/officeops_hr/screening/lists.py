"""The exclusion lists that an office loads: that of the OIG, and those of states.

`officeops dataset load leie UPDATED.csv` takes the OIG's monthly file (List of Excluded
Individuals/Entities, https://oig.hhs.gov/exclusions) as it is. A state's list is loaded with the same
headers; those of several states are one file, which says in `STATE` whose each row is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Dataset
from officeops_hr.screening.matching.subject import ListEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    search=("lastname", "firstname", "busname"),
)
LISTS: Final = (LEIE, STATE_LIST)
_ROWS: Final = "SELECT rowid, lastname, firstname, midname, busname, npi, dob FROM {table}"


def entries(office: Office, dataset: Dataset) -> Iterator[ListEntry]:
    """Yield all entries of a list that was loaded."""
    for row in office.rows(_ROWS.format(table=dataset.table)):
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
