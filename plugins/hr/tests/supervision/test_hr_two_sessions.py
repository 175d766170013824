"""Two sessions at once on a review or an interview: what one did is never overwritten unseen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops.model.errors import Conflict, OfficeError
from officeops.office.crud import add_record, edit_record
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.interview import Interview
from officeops_hr.hiring.kit import InterviewKit
from officeops_hr.hiring.opening import OPENING, Opening
from officeops_hr.people.job_role import JobRole
from officeops_hr.supervision.review import Review
from officeops_hr.supervision.review_life import REVIEW

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_hr.people.person import Person


def test_a_text_is_not_changed_under_who_shares_it(office: Office, crew: dict[str, Person]) -> None:
    days = {"period_from": date(2025, 1, 1), "period_to": date(2025, 12, 31)}
    review = add_record(office, Review, {"person_id": crew["ben"].id, "text": "Good", **days})
    with office.twin() as other:
        theirs = other.get(Review, review.id)
        mine = office.get(Review, review.id)
        office.do(REVIEW.action(Review, "share"), mine)
        # What was shared is signed: the text of the other session comes too late.
        with pytest.raises(OfficeError):
            edit_record(other, theirs, {"text": "Poor"})
        with pytest.raises(Conflict):
            other.do(REVIEW.action(Review, "share"), theirs)
    assert office.reveal(office.get(Review, review.id), "text") == "Good"


def test_changes_of_one_interview_both_stay_or_are_shown(office: Office) -> None:
    role = office.first(JobRole, "code = 'MA'")
    assert role is not None
    opening = add_record(office, Opening, {"title": "Aide", "role_id": role.id})
    office.do(OPENING.action(Opening, "post"), opening)
    kit = add_record(office, InterviewKit, {"name": "Aides"})
    candidate = add_record(office, Candidate, {"name": "Ann", "opening_id": opening.id})
    at = office.ways.moment(office.today, 600)
    values = {"candidate_id": candidate.id, "at": at, "kit_id": kit.id}
    meeting = add_record(office, Interview, values)
    with office.twin() as other:
        theirs = other.get(Interview, meeting.id)
        edit_record(office, office.get(Interview, meeting.id), {"place": "Room 2"})
        # Both changes stay where they are of different fields.
        edit_record(other, theirs, {"way": "video"})
        stale = other.get(Interview, meeting.id)
        edit_record(office, office.get(Interview, meeting.id), {"place": "Room 3"})
        with pytest.raises(Conflict):
            edit_record(other, stale, {"place": "Room 4"})
    now = office.get(Interview, meeting.id)
    assert (now.place, now.way) == ("Room 3", "video")
