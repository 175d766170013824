"""The status of a document follows from dates alone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.model.expiry import Expiry
from officeops_vendors.model import Document

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
SPANS = st.integers(0, 400)
#: In the order a thing goes through them.
STATES = ["ok", "expiring", "in grace", "expired"]


@tried(150)
@given(DAYS, DAYS, SPANS, SPANS)
def test_each_day_has_one_status_and_time_only_moves_it_on(
    end: date, today: date, lead: int, grace: int
) -> None:
    rule = Expiry("expires_on", lead=lead, grace=grace)
    now, tomorrow = (
        STATES.index(rule.status(end, day)) for day in (today, today + timedelta(days=1))
    )
    assert tomorrow >= now


@tried(150)
@given(DAYS, SPANS, SPANS)
def test_the_last_good_day_is_good(end: date, lead: int, grace: int) -> None:
    rule = Expiry("expires_on", lead=lead, grace=grace)
    assert rule.status(end, end) == "expiring"
    assert rule.status(end, end - timedelta(days=lead)) == "expiring"
    assert rule.status(end, end - timedelta(days=lead + 1)) == "ok"
    assert rule.status(end, end + timedelta(days=1)) == ("in grace" if grace else "expired")
    assert rule.status(end, end + timedelta(days=grace + 1)) == "expired"


@tried(150)
@given(DAYS)
def test_a_document_without_an_end_stays(today: date) -> None:
    assert Expiry("expires_on").status(None, today) == "no end"


def test_documents_are_due_sixty_days_ahead() -> None:
    assert Document.expiry is not None
    assert (Document.expiry.lead, Document.expiry.grace, Document.expiry.severity) == (
        60,
        0,
        "legal",
    )
