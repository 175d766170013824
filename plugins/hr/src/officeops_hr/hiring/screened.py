"""The candidates whom an exclusion check compares: all in the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.hiring.candidate import Candidate
from officeops_hr.screened import Screened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def candidates(office: Office) -> Iterator[Screened]:
    """Yield the candidates with all their names. Nobody asks for a date of birth before an offer."""
    for one in office.all(Candidate, "decided_on IS NULL", order="id"):
        # A name that they had before is the one that a list may have.
        former = (name.strip() for name in (one.former_names or "").split(";"))
        yield Screened(
            record=Candidate.meta.key,
            id=one.id,
            names=(one.name, *filter(None, former)),
            npi=one.npi or "",
        )
