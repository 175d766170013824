"""Agreements with vendors as proofs: removed, expired or renewed, exactly its own line changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops.core.inspection_questions import inspection
from officeops.office.crud import add_record
from officeops.office.inspection import inspection_lines
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

QUESTION = "hipaa.business-associates"


def agreement(office: Office, vendor: Vendor, days: int) -> Document:
    ends = office.today + timedelta(days)
    return add_record(office, Document, {"vendor_id": vendor.id, "kind": "baa", "expires_on": ends})


def shown(office: Office) -> dict[str, str]:
    """Map each line about agreements to its status; the other lines must not change."""
    lines = inspection_lines(office, inspection("hipaa"))
    others = [line for line in lines if line.question.key != QUESTION]
    assert {line.status for line in others} == {"binder", "elsewhere"}
    return {line.shown: line.status for line in lines if line.question.key == QUESTION}


def test_each_agreement_has_its_own_line(
    office: Office, acme: Vendor, freeze_today: Callable[[date], None]
) -> None:
    assert shown(office) == {"No business associate agreement is entered": "missing"}
    today = office.today
    first = agreement(office, acme, 300)
    zeta = add_record(office, Vendor, {"name": "Zeta"})
    agreement(office, zeta, 30)
    ends, soon = today + timedelta(300), today + timedelta(30)
    of_zeta = {f"BAA of Zeta, until {soon}": "due"}
    assert shown(office) == {f"BAA of Acme, until {ends}": "met"} | of_zeta
    freeze_today(soon + timedelta(1))
    of_zeta = {f"BAA of Zeta, expired {soon}": "not met"}
    assert shown(office) == {f"BAA of Acme, until {ends}": "met"} | of_zeta
    with office.acting("vendors.document.archive"):
        office.archive(first)
    assert shown(office) == of_zeta
    with office.acting("vendors.vendor.archive"):
        office.archive(zeta)
    assert list(shown(office).values()) == ["missing"]


def test_a_renewal_takes_the_place_of_the_agreement_once_it_begins(
    office: Office, acme: Vendor, freeze_today: Callable[[date], None]
) -> None:
    first = agreement(office, acme, 10)
    begins, ends = office.today + timedelta(11), office.today + timedelta(700)
    renew = Document.action("renew")
    office.do(renew, first, issued_on=begins, expires_on=ends)
    assert shown(office) == {f"BAA of Acme, until {begins - timedelta(1)}": "due"}
    freeze_today(begins)
    assert shown(office) == {f"BAA of Acme, until {ends}": "met"}


def test_a_suspended_agreement_is_not_called_expired(office: Office, acme: Vendor) -> None:
    office.do(Document.action("suspend"), agreement(office, acme, 300), reason="unsigned page")
    assert shown(office) == {"BAA of Acme, suspended: unsigned page": "not met"}


@pytest.mark.officeops("vendors")
def test_a_packet_has_the_documents_in_order_and_nothing_sealed(cli: Cli, tmp_path: Path) -> None:
    paper = tmp_path / "baa.txt"
    paper.write_text("We agree.\n")
    cli("vendor", "add", "--name", "Acme")
    cli("vendor-document", "add", "--vendor", "Acme", "--kind", "baa", "--expires-on", "+400d")
    cli("vendor-document", "attach", "#1", str(paper))
    to_inspect = ("inspect", "hipaa")
    assert cli(*to_inspect).code == 3
    handout = cli(*to_inspect, "--handout")
    assert (handout.code, "BAA of Acme" in handout.out) == (0, False)
    cli(*to_inspect, "--confirm", "all", "--binder", "Binder 3")
    everything = cli(*to_inspect, "--json")
    assert (everything.code, len(everything.json)) == (0, len(inspection("hipaa").questions))
    folder = tmp_path / "packet"
    assert cli(*to_inspect, "--packet", str(folder)).code == 0
    names = sorted(file.name for file in folder.iterdir())
    assert names == ["00 Handout.txt", "05-01 baa.txt"]
    assert (folder / names[1]).read_text() == "We agree.\n"
    assert "BAA of Acme" in (folder / names[0]).read_text()
    assert cli(*to_inspect, "--packet", str(folder)).code == 1
    assert cli("undo").code == 0
    assert cli(*to_inspect).code == 3
