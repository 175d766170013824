"""The exclusion check: everybody compared, each decision kept, nothing about it for others."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from officeops import Refused
from officeops.exchange.datasets.loading import load
from officeops.exchange.formats.source import Source
from officeops_hr.screening.check import check_exclusions
from officeops_hr.screening.due_lines import due_lines
from officeops_hr.screening.lists import COLUMNS, LEIE
from officeops_hr.screening.person_page import not_ready
from officeops_hr.screening.screening_hit import HIT, ScreeningHit
from officeops_hr.screening.screening_run import ScreeningResult, ScreeningRun

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops_hr.people.person import Person

Cli = "Callable[..., str]"


def loaded(office: Office, *rows: dict[str, str]) -> None:
    """Load a list with these rows, each with the columns that matter."""
    lines = [",".join(COLUMNS).upper()]
    lines += [",".join(row.get(column, "") for column in COLUMNS) for row in rows]
    text = "\n".join(lines) + "\n"
    with office.acting("test.load"):
        load(office, LEIE, Source(BytesIO(text.encode()), "UPDATED.csv"), confirmed=True)


BEN = {"lastname": "STONE", "firstname": "BENJAMIN", "dob": "19800104", "excldate": "20150220"}
LEA = {"lastname": "STONE", "firstname": "LEA", "dob": "19500101"}


def hits(office: Office) -> list[ScreeningHit]:
    return list(office.all(ScreeningHit))


@pytest.fixture
def checked(office: Office, crew: dict[str, Person]) -> Office:
    loaded(office, BEN, LEA)
    office.run(check_exclusions)
    return office
