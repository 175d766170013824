"""Names that no exclusion check has compared yet: of people, candidates and vendors alike.

A check clears names, and not people: one that is new or has changed is cleared by none so far. It is
worked out from the names of now and those of the last check, so that no road can forget it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import folded, named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_hr.screened import Screened

#: The parts are above this one, so that it asks them by name.
_EVERYBODY: Final = "officeops_hr.overview.screened:everybody"
_NAMES: Final = "SELECT names FROM hr_screening_result WHERE run_id = ? AND archived_at IS NULL"
_LAST_OF: Final = """
SELECT names FROM hr_screening_result
WHERE about_key = ? AND about_id = ? AND archived_at IS NULL ORDER BY id DESC LIMIT 1
"""
#: Between the names of one result.
SEPARATOR: Final = "; "


def names_not_compared(office: Office, run: int) -> list[str]:
    """List the names of today that a run did not compare, of anybody."""
    compared: set[str] = set()
    for (names,) in office.rows(_NAMES, run):
        compared |= _folded(names.split(SEPARATOR))
    everybody: Iterable[Screened] = named(_EVERYBODY)(office, births=False)
    new: dict[str, str] = {}
    for screened in everybody:
        for name in screened.names:
            if folded(name) not in compared:
                new.setdefault(folded(name), name)
    return [*new.values()]


def new_names(office: Office, screened: Screened) -> list[str]:
    """List the names of one of them that the last check of them did not compare."""
    names: str = office.value(_LAST_OF, screened.record, screened.id) or ""
    compared = _folded(names.split(SEPARATOR))
    return [name for name in screened.names if folded(name) not in compared]


def _folded(names: Iterable[str]) -> set[str]:
    return {folded(name) for name in names}
