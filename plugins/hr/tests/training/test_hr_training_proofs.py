"""What inspectors ask of training: a proof that goes, ends or is replaced changes exactly its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.people.person import Person
from officeops_hr.policies.actions import issue
from officeops_hr.policies.policy import Policy
from officeops_hr.training.actions import record_training
from officeops_hr.training.part import TrainingPart
from officeops_hr.training.session import TrainingSession
from officeops_hr.training.topic import RequiredTraining
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.training.conftest import School

    from officeops.testing import Ran

#: The kinds that osha, hipaa, clia and vfc ask for, each with its topic and roles.
TOPICS: Final = {
    "bloodborne-training": "Bloodborne pathogens",
    "hazard-communication-training": "Hazard communication",
    "privacy-training": "HIPAA privacy and security",
    "testing-training": "Waived testing",
    "vaccine-training": "Vaccine storage and handling",
}
KINDS: Final = frozenset({*TOPICS, "privacy-policies"})


def _lines(school: School) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the proofs by their kind and record, with their status and words."""
    lines: dict[tuple[str, str], tuple[str, str]] = {}
    for proof in TrainingPart().inspect(school.office, KINDS):
        record = f"{proof.record}:{proof.record_id}"
        lines[proof.kind, record] = (proof.status, "; ".join(filter(None, (proof.what, proof.gap))))
    return lines


def _changed(
    before: dict[tuple[str, str], tuple[str, str]],
    after: dict[tuple[str, str], tuple[str, str]],
) -> set[str]:
    return {
        kind
        for kind, record in {*before, *after}
        if before.get((kind, record)) != after.get((kind, record))
    }


def test_exactly_the_line_of_a_proof_changes_with_it(
    school: School, freeze_today: Callable[[str], None]
) -> None:
    office = school.office
    with office.acting("test"):
        for name in ("Waived testing", "Vaccine storage and handling"):
            topic = school.topics[name]
            office.add(RequiredTraining(topic_id=topic, role_id=school.roles["MA"]))
        policy = office.add(Policy(name="Privacy", proof="privacy-policies"))
    for name in TOPICS.values():
        office.do(record_training, topics=name, trainer="Rae, RN")
    office.do(issue, policy, text="One.")
    whole = _lines(school)
    assert {status for status, _ in whole.values()} == {"met"}
    for kind, name in TOPICS.items():
        # Removed: the person is late, and the count is one lower.
        training = office.first(
            Training, "person_id = ? AND topic_id = ?", school.crew["ben"].id, school.topics[name]
        )
        assert training is not None
        with office.acting("test"):
            office.archive(training)
        after = _lines(school)
        assert _changed(whole, after) == {kind}
        gap = after[kind, f"{Person.meta.key}:{school.crew['ben'].id}"]
        assert gap == ("not met", f"{name}: Ben Stone, never")
        # Replaced: by another one, elsewhere.
        school.train("ben", name, "2026-03-01")
        assert _changed(whole, _lines(school)) == set()
    office.do(issue, policy, text="Two.")
    after = _lines(school)
    assert _changed(whole, after) == {"privacy-policies"}
    # Ended: the yearly ones by now, and those that are once hold.
    freeze_today("2027-04-01")
    ended = {kind for (kind, _), (status, _) in _lines(school).items() if status == "not met"}
    assert ended == {*KINDS} - {"privacy-training", "hazard-communication-training"}


def test_what_is_on_paper_alone_proves_nothing_and_a_session_without_a_trainer_is_half_a_record(
    school: School, cli: Callable[..., Ran]
) -> None:
    office = school.office
    # No role here needs waived testing or vaccines.
    asked = {*TOPICS} - {"testing-training", "vaccine-training"}
    assert {kind for kind, _ in _lines(school)} == asked
    office.do(record_training, topics="Bloodborne")
    session = next(iter(office.all(TrainingSession)))
    status, what = _lines(school)["bloodborne-training", f"hr.training-session:{session.id}"]
    assert (status, what.endswith("; trainer not entered")) == ("due", True)
    page = cli("inspect", "osha").out
    assert "Bloodborne pathogens: 3 of 3 people trained" in page
    assert "trainer not entered" in page
    assert cli("inspect", "osha", "--confirm", "bloodborne-training").code == 0
    handout = cli("inspect", "osha", "--handout").out
    assert "TS-1" in handout
    assert "trainer not entered" not in handout
    assert cli("inspect", "vfc", "--json").json
