"""Two years of training, skills and policies: one person is late, one policy is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.demo import Demo, demo_rows
from officeops_hr.people.person import Person
from officeops_hr.policies.actions import issue, record_readers, review
from officeops_hr.policies.policy import Policy
from officeops_hr.skills.competence import Competence
from officeops_hr.skills.skill import Skill
from officeops_hr.training.actions import invite, record_training
from officeops_hr.training.session import TrainingSession
from officeops_hr.training.topic import RequiredTraining, TrainingTopic
from officeops_hr.training.usual_topics import add_topics

if TYPE_CHECKING:
    from officeops import Office

#: The day, from today, on which the practice entered its topics.
_FIRST: Final = -728
#: Roles whose people need a topic that the usual topics require of nobody.
_REQUIRED: Final = {
    "Sterilizer and spore test": ("MA",),
    "Waived testing": ("MA", "LPN"),
    "Vaccine storage and handling": ("RN", "LPN"),
}
_LEVELS: Final = ("teaches", "alone", "supervised", "in_training")
#: When people were watched, when policies began, when all had read them, and when one changed.
_WATCHED, _ISSUED, _READ, _CHANGED = -120, -600, -40, -6
_NEW: Final = "Needlestick and exposure"
#: A policy whose next version begins in three weeks.
_TO_COME: Final = "Time off and call-outs"
#: The policy that is to be reviewed next.
_OLDER: Final = "Social media"
_CLINIC: Final = "Go to the exposure clinic at Mercy, at any hour: 202-555-0191."
_HAVE_READ: Final = "Maya Rao, Elsa Lind, Omar Haddad, Priya Nair, Ana Alvarez, Eli Brown, Kim Vo"


def build(office: Office, seed: int) -> None:
    """Write sessions, a planned one, skills and policies."""
    demo = Demo(office, seed, "training")
    with demo.at(demo.day(_FIRST), "ann"), demo.writing():
        add_topics(office)
        roles = dict(office.rows("SELECT code, id FROM hr_job_role"))
        topics = dict(office.rows("SELECT name, id FROM hr_training_topic"))
        needed = []
        for name, codes in _REQUIRED.items():
            needed += [{"topic_id": topics[name], "role_id": roles[code]} for code in codes]
        office.add_many(RequiredTraining, needed)
    _plan(demo)
    for row in demo_rows(__package__, "training_sessions.csv"):
        _hold(demo, row)
    _watch(demo)
    _write_policies(demo)


def _hold(demo: Demo, row: dict[str, str]) -> None:
    with demo.at(demo.day(row["day"]), "ann"):
        demo.office.do(
            record_training,
            topics=row["topics"],
            people=row["people"],
            absent=row["absent"] or None,
            trainer=row["trainer"],
            qualification=row["qualification"] or None,
            hours=int(row["hours"]),
        )


def _plan(demo: Demo) -> None:
    """Plan a session of next week for everybody."""
    office = demo.office
    with demo.at(demo.day(-3), "ann"):
        with office.acting("demo.build", {"plugin": demo.part}):
            topic = office.first(TrainingTopic, "name = 'N95 fit test'")
            planned = TrainingSession(
                title="Respirator fit test",
                held_on=demo.day(6),
                trainer="Elsa Lind",
                hours=60,
                way="practice",
            )
            session = office.add(planned)
        if topic is not None:
            office.do(
                invite,
                session,
                topics=topic.name,
                people="all",
            )


def _watch(demo: Demo) -> None:
    """Write skills, and who was seen at which level by the lead of their department."""
    office = demo.office
    people = dict(office.rows("SELECT name, id FROM hr_person"))
    observer = people["Maya Rao"]
    with demo.at(demo.day(_WATCHED), "priya"), demo.writing():
        rows = demo_rows(__package__, "skills.csv")
        for row in rows:
            skill = office.add(
                Skill(
                    name=row["name"],
                    area=row["area"],
                    wanted=int(row["wanted"]),
                    lapses_months=int(row["lapses"]) if row["lapses"] else None,
                )
            )
            for level in _LEVELS:
                for name in filter(None, row[level].split("; ")):
                    office.add(
                        Competence(
                            person_id=people[name],
                            skill_id=skill.id,
                            level=level,
                            observed_on=demo.day(_WATCHED),
                            observer_id=observer,
                        )
                    )


def _write_policies(demo: Demo) -> None:
    office = demo.office
    owner = office.first(Person, "name = 'Ann Keller'")
    policies = []
    for row in demo_rows(__package__, "policies.csv"):
        day = -320 if row["name"] == _OLDER else _ISSUED
        with demo.at(demo.day(day), "ann"):
            with office.acting("demo.build", {"plugin": demo.part}):
                policy = office.add(
                    Policy(
                        name=row["name"],
                        area=row["area"],
                        proof=row["proof"] or None,
                        words=row["words"],
                        owner_id=owner.id if owner else None,
                    )
                )
            office.do(issue, policy, text=row["text"])
        policies.append((policy, row))
    for policy, row in policies:
        with demo.at(demo.day(_READ), "ann"):
            office.do(record_readers, policy, way="meeting")
            if row["name"] != _OLDER:
                office.do(review, office.get(Policy, policy.id))
        if row["name"] == _NEW:
            _change(demo, policy, row["text"])
        if row["name"] == _TO_COME:
            with demo.at(demo.day(-2), "ann"):
                office.do(
                    issue,
                    office.get(Policy, policy.id),
                    text=row["text"].replace("two weeks", "three weeks"),
                    effective_on=demo.day(20),
                    change="Three weeks ahead for PTO",
                )


def _change(
    demo: Demo,
    policy: Policy,
    text: str,
) -> None:
    """Issue a version that changes what people do; some have not read it yet."""
    office = demo.office
    kept = text.rpartition(". Go to")[0]
    with demo.at(demo.day(_CHANGED), "ann"):
        words = f"{kept}. {_CLINIC}"
        office.do(
            issue,
            office.get(Policy, policy.id),
            text=words,
            change="New exposure clinic",
        )
    with demo.at(demo.day(_CHANGED + 2), "ann"):
        office.do(record_readers, office.get(Policy, policy.id), people=_HAVE_READ)
