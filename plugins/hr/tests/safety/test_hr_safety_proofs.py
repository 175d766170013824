"""Proofs of OSHA and HIPAA: removed, expired or superseded, exactly the line of each changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops import Task
from officeops.core.inspection_questions import inspection
from officeops.history.undo import undo
from officeops.office.inspection import inspection_lines
from officeops_hr.privacy.access_review import review_access
from officeops_hr.privacy.breach import LIFE, Breach
from officeops_hr.privacy.risk_analysis import PrivacyRisk, RiskAnalysis
from officeops_hr.safety.vaccine_offer import VaccineOffer

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.safety.conftest import Safety

    from officeops.office.office import Office


class Shown:
    """The lines of two inspections; `change` says which of them are others than before."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.before = self.lines()

    def lines(self) -> dict[str, set[tuple[str, str]]]:
        lines: dict[str, set[tuple[str, str]]] = {}
        for topic in ("osha", "hipaa"):
            for line in inspection_lines(self.office, inspection(topic)):
                lines.setdefault(line.question.key, set()).add((line.status, line.shown))
        return lines

    def change(self) -> dict[str, set[str]]:
        """Map each question whose lines changed to its statuses now."""
        now, before = self.lines(), self.before
        self.before = now
        changed = [key for key in now if now[key] != before[key]]
        return {key: {status for status, _ in now[key]} for key in changed}


def test_the_risk_analysis_is_missing_current_due_and_over(
    office: Office, freeze_today: Callable[[date | str], None]
) -> None:
    shown = Shown(office)
    assert {status for status, _ in shown.before["hipaa.risk-analysis"]} == {"missing"}
    with office.acting("test"):
        office.add(RiskAnalysis(done_on=date(2025, 3, 20), done_by="IT"))
    # Whoever keeps privacy here keeps the log of breaches here, too.
    assert shown.change() == {"hipaa.risk-analysis": {"due"}, "hipaa.breaches": {"met"}}
    with office.acting("test"):
        office.add(RiskAnalysis(done_on=date(2026, 3, 1), done_by="IT"))
    assert shown.change() == {"hipaa.risk-analysis": {"met"}}
    with office.acting("test"):
        office.add(PrivacyRisk(risk="Laptops", due_on=date(2026, 3, 1)))
    assert shown.change() == {"hipaa.risk-analysis": {"due"}}
    undo(office)
    assert shown.change() == {"hipaa.risk-analysis": {"met"}}
    freeze_today("2027-03-02")
    assert shown.change() == {"hipaa.risk-analysis": {"not met"}}


def test_the_review_of_access_is_missing_current_due_and_over(
    office: Office, freeze_today: Callable[[date | str], None]
) -> None:
    shown = Shown(office)
    assert {status for status, _ in shown.before["hipaa.access-review"]} == {"missing"}
    office.do(review_access)
    assert shown.change() == {"hipaa.access-review": {"met"}, "hipaa.breaches": {"met"}}
    # The next quarter asks for the next one; after a year the last one is no proof.
    for day, status in (("2026-04-01", "due"), ("2027-03-03", "not met")):
        freeze_today(day)
        assert shown.change() == {"hipaa.access-review": {status}}
    office.do(review_access)
    assert shown.change() == {"hipaa.access-review": {"met"}}
    undo(office)
    assert shown.change() == {"hipaa.access-review": {"not met"}}


def test_a_breach_is_a_gap_until_its_notices_are_out(
    office: Office, freeze_today: Callable[[date | str], None]
) -> None:
    shown = Shown(office)
    with office.acting("test"):
        factors = dict.fromkeys(("nature", "recipient", "acquired", "mitigated"), "known")
        breach = office.add(Breach(what="Fax", discovered_on=office.today, persons=1, **factors))  # type: ignore[arg-type] # texts
    assert shown.change() == {"hipaa.breaches": {"due"}}
    freeze_today("2026-04-01")
    assert shown.change() == {"hipaa.breaches": {"not met"}}
    office.do(LIFE.action(Breach, "notify"), office.get(Breach, breach.id), reason="It was read")
    # The date of the state has passed, the others are to come.
    assert shown.change() == {"hipaa.breaches": {"not met"}}
    for task in list(office.all(Task, "state = 'open'")):
        with office.acting("test"):
            office.complete(task)
    assert shown.change() == {"hipaa.breaches": {"due"}}
    office.do(LIFE.action(Breach, "close"), office.get(Breach, breach.id))
    assert shown.change() == {"hipaa.breaches": {"met"}}


def test_an_exposure_is_a_gap_until_its_case_its_opinion_and_its_tests(
    safety: Safety, freeze_today: Callable[[date | str], None]
) -> None:
    shown = Shown(safety.office)
    incident = safety.report()
    assert shown.change() == {"osha.post-exposure": {"not met"}}
    case = safety.open_case(incident)
    assert shown.change() == {"osha.post-exposure": {"due"}}
    safety.edit(case, opinion_on=date(2026, 3, 2))
    assert shown.change() == {"osha.post-exposure": {"met"}}
    freeze_today("2026-04-14")
    # The test at six weeks was not done.
    assert shown.change()["osha.post-exposure"] == {"not met"}
    undo(safety.office)
    assert shown.change() == {"osha.post-exposure": {"not met"}}


def test_vaccine_offers_are_counted_by_their_answers_and_name_nobody(
    safety: Safety,
) -> None:
    office = safety.office
    shown = Shown(office)
    assert {status for status, _ in shown.before["osha.hepatitis-b"]} == {"missing"}
    for login, status in (("lea", "not met"), ("ben", "not met"), ("cyd", "met")):
        with office.acting("test"):
            office.add(VaccineOffer(person_id=safety.crew[login].id, answer="declined"))
        assert shown.change() == {"osha.hepatitis-b": {status}}, login
    assert not any("Stone" in text for _, text in shown.before["osha.hepatitis-b"])
    undo(office)
    assert shown.change() == {"osha.hepatitis-b": {"not met"}}
