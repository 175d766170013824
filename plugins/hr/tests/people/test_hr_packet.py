"""The packet of a provider has what payers ask, in order, and nothing that one may not see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.usual_types import add_types
from officeops_hr.papers.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Ran
    from officeops_hr.people.person import Person

Answers = dict[str, str]


@pytest.fixture
def lea(office: Office, crew: dict[str, Person]) -> Person:
    """An RN with a license, a BLS card that ended, a query that is nobody's business, and a resume."""
    lea = crew["lea"]
    with office.acting("test"):
        add_types(office)
        types = dict(office.rows("SELECT name, id FROM hr_credential_type"))
        ends = {"BLS": date(2026, 2, 28), "RN license": date(2027, 5, 31), "NPDB query": None}
        for name, end in ends.items():
            office.add(Credential(person_id=lea.id, type_id=types[name], expires_on=end))
        papers = dict(office.rows("SELECT name, id FROM hr_paper_type"))
        for name in ("Application or resume", "W-4"):
            office.add(Paper(person_id=lea.id, type_id=papers[name], dated_on=date(2024, 3, 1)))
    for verb in ("verify", "renew"):
        given = {"issued_on": date(2026, 4, 1)} if verb == "renew" else {"source": "Nursys"}
        office.do(Credential.action(verb), office.get(Credential, 2), **given)
    return lea


def _states(cli: Callable[..., Ran], login: str | None = None) -> Answers:
    ran = cli("person", "packet", "P-3", "--json", login=login)
    assert ran.code == 0, ran.err
    return {row["what"].partition(" until")[0].partition(",")[0]: row["state"] for row in ran.json}


@pytest.mark.usefixtures("lea")
def test_the_folder_has_the_documents_in_order_and_a_cover_that_names_the_gaps(
    cli: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    card = tmp_path / "card.txt"
    card.write_text("Good until May 2027.\n")
    cli("credential", "attach", "CR-2", str(card))
    cli("paper", "attach", "#1", str(card))
    assert _states(cli) == {
        "RN license": "there",
        "BLS": "expired",
        "2024-03-01 to today": None,
        "Registered nurse": None,
        "Application or resume": "sealed",
    }
    folder = tmp_path / "packet"
    ran = cli("person", "packet", "P-3", "--to", str(folder))
    assert (ran.code, "1 sealed file left out" in ran.err) == (5, True)
    assert sorted(file.name for file in folder.iterdir()) == ["00 Cover.txt", "01-01 card.txt"]
    cover = (folder / "00 Cover.txt").read_text()
    assert "  02  expired        BLS until 2026-02-28" in cover
    assert "verified on 2026-03-02 at Nursys" in " ".join(cover.split())
    assert max(map(len, cover.splitlines())) <= 80
    assert cli("person", "packet", "P-3", "--to", str(folder)).code == 1
    assert cli("person", "packet", "P-3", "--check").code == 3


@pytest.mark.usefixtures("lea")
def test_a_colleague_learns_nothing_from_a_packet_not_even_what_is_missing(
    office: Office,
    cli: Callable[..., Ran],
) -> None:
    # A manager sees credentials, and no papers: neither those that are there nor those that are not.
    assert set(_states(cli, "mia")) == {
        "RN license",
        "BLS",
        "2024-03-01 to today",
        "Registered nurse",
    }
    assert "missing" not in cli("person", "file", "P-3", login="mia").out
    assert cli("person", "packet", "P-3", login="ben").code == 1
    make_role(office, "all-people", ["hr.person.view-all"])
    admit(office, "ned", ["clerk", "all-people"])
    assert _states(cli, "ned") == {}
    assert "missing" not in cli("person", "show", "P-3", login="ned").out.lower()
