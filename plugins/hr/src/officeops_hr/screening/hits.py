"""Hits: the entries that may be about somebody, each kept once over all runs."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from officeops import Subject
from officeops_hr.people.person import Person
from officeops_hr.screening.lists import whole_entry
from officeops_hr.screening.matching.exclusions import listed_day
from officeops_hr.screening.screening_hit import HIT, ScreeningHit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Dataset, Office
    from officeops_hr.screened import Screened
    from officeops_hr.screening.matching.exclusions import Match
    from officeops_hr.screening.screening_run import ScreeningRun

_KNOWN: Final = """
SELECT id FROM hr_screening_hit
WHERE about_key = ? AND about_id = ? AND list_key = ? AND entry_digest = ? AND archived_at IS NULL
"""
_EXCLUDED: Final = "about_key = ? AND about_id = ? AND decision = 'excluded'"
#: The person whom a candidate became.
_HIRED_AS: Final = "SELECT person_id FROM hr_candidate WHERE id = ?"
_OF_CANDIDATE: Final = "about_key = 'hr.candidate' AND about_id = ?"
_ON_HOLD: Final = "Set the vendor on hold, so that nobody orders there."
_CANDIDATE: Final = "hr.candidate"
#: Of others than people, what to do about somebody who is excluded.
_CURES: Final = {_CANDIDATE: "Nobody may hire them; no offer can be made."}
_DIFFERS: Final = "Both dates of birth are known, and they differ"


def keep_hits(
    office: Office,
    dataset: Dataset,
    run: ScreeningRun,
    screened: Screened,
    matches: Iterable[Match],
) -> int:
    """Add the hits that no run found before; return how many are new.

    A known hit whose tier has become surer, because a date of birth or an NPI is known now, is open
    again: it was decided on less.
    """
    new = 0
    for match in matches:
        entry = whole_entry(office, dataset, match.entry.row)
        digest = _digest(entry)
        known = office.value(_KNOWN, screened.record, screened.id, dataset.key, digest)
        if known is not None:
            new += _met_again(office, office.get(ScreeningHit, known), match)
        elif match.tier != "D":
            _add(office, dataset, run, screened, match, entry)
            new += 1
    return new


def _digest(entry: Mapping[str, str]) -> str:
    """Return what tells an entry from any other, and from itself once its words change."""
    text = json.dumps(list(entry.values()))
    return hashlib.sha256(text.encode()).hexdigest()


def _add(
    office: Office,
    dataset: Dataset,
    run: ScreeningRun,
    screened: Screened,
    match: Match,
    entry: Mapping[str, str],
) -> None:
    office.add(
        ScreeningHit(
            about=Subject(screened.record, screened.id),
            name=screened.names[0],
            tier=match.tier,
            score=match.score,
            list_key=dataset.key,
            listed_name=_listed_name(entry),
            excluded_on=listed_day(entry["excldate"]),
            exclusion_type=entry["excltype"] or None,
            place=", ".join(filter(None, (entry["city"], entry["state"]))) or None,
            entry_digest=_digest(entry),
            run_id=run.id,
        )
    )


def _met_again(
    office: Office,
    hit: ScreeningHit,
    match: Match,
) -> int:
    """Bring a known hit in line; return 1 where a person has to decide on it again."""
    if match.tier == "D":
        if hit.decision == "open":
            HIT.move(office, hit, "clear", because=_DIFFERS)
        return 0
    is_surer = match.tier < hit.tier
    if match.tier != hit.tier:
        office.edit(hit, tier=match.tier, score=match.score)
    if is_surer and hit.decision == "somebody_else":
        HIT.move(office, hit, "reopen")
        return 1
    return 0


def cannot_decide(office: Office, hit: ScreeningHit) -> str | None:
    """Return why the acting person may not decide on a hit: it is about them."""
    if hit.about.key != Person.meta.key:
        return None
    user = office.acting_user() or 0
    if office.first(Person, "id = ? AND user_id = ?", hit.about.id, user) is None:
        return None
    return "it is about you; somebody else has to decide"


def bar_or_admit(
    office: Office,
    hit: ScreeningHit,
    **asked: object,  # noqa: ARG001 - the columns that the step wrote
) -> str | None:
    """Note at the person whether they may work, after a decision; say what to do about a vendor.

    People who plan the work see that, and not the hit.
    """
    about = hit.about
    is_excluded = office.first(ScreeningHit, _EXCLUDED, about.key, about.id) is not None
    person_id = _person_of(office, about)
    if person_id is None:
        return _CURES.get(about.key, _ON_HOLD) if is_excluded else None
    person = office.get(Person, person_id)
    if is_excluded is (person.barred_on is not None):
        return None
    office.edit(person, managed=True, barred_on=office.today if is_excluded else None)
    return f"{person.name} may not work." if is_excluded else f"{person.name} may work."


def _person_of(office: Office, about: Subject) -> int | None:
    """Return the person whom a hit is about, also one whom it was about as a candidate."""
    if about.key == Person.meta.key:
        return about.id
    hired_as: int | None = None
    if about.key == _CANDIDATE:
        hired_as = office.value(_HIRED_AS, about.id)
    return hired_as


def follow_hired(
    office: Office,
    candidate_id: int,
    person: Person,
) -> None:
    """Have the hits of a candidate be about the person whom they became, decided or open.

    What HR decided on counts for the person as well, and what it has to decide bars the person. A
    person who worked here before may have the same hit already, which counts then.
    """
    subject = Subject(Person.meta.key, person.id)
    for hit in list(office.all(ScreeningHit, _OF_CANDIDATE, candidate_id)):
        same = (subject.key, subject.id, hit.list_key, hit.entry_digest)
        if office.value(_KNOWN, *same) is None:
            office.edit(hit, managed=True, about_key=subject.key, about_id=subject.id)


def _listed_name(entry: Mapping[str, str]) -> str:
    given = " ".join(filter(None, (entry["firstname"], entry["midname"])))
    person = ", ".join(filter(None, (entry["lastname"], given)))
    return person or entry["busname"]
