"""The candidates whom an exclusion check compares: all in the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.former_names import all_names
from officeops_hr.screened import Screened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def candidates(office: Office) -> Iterator[Screened]:
    """Yield the candidates with all their names. Nobody asks for a date of birth before an offer."""
    for one in office.all(Candidate, "decided_on IS NULL", order="id"):
        yield screened_as(office, one)


def screened_as(office: Office, candidate: Candidate) -> Screened:
    """Return a candidate with all names: a list may have one that they had before."""
    return Screened(
        record=Candidate.meta.key,
        id=candidate.id,
        names=tuple(all_names(office, candidate)),
        npi=candidate.npi or "",
    )
