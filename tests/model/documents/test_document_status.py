"""The status of a document follows from its dates, its rules and the day, and only moves on."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.model.documents.rules_text import answer, read, written
from officeops.model.documents.status import (
    STATUSES,
    Dates,
    DocumentStatus,
    ExpiryRules,
    reached,
    status_of,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MAYBE = st.none() | DAYS
SPANS = st.integers(0, 400)
WHY = st.sampled_from([None, None, None, "a reason"])
RULES = st.builds(
    ExpiryRules,
    st.lists(SPANS, max_size=4).map(tuple),
    SPANS,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
DATES = st.builds(Dates, MAYBE, MAYBE, MAYBE, MAYBE, WHY, WHY, MAYBE)
#: In the order in which time leads a document through them; the others do not change with time.
IN_TIME = ("valid", "due", "in_grace", "expired")


def place(found: DocumentStatus) -> tuple[int, int]:
    """How far time has led a document: by its status, and while due by the leads that have begun."""
    return IN_TIME.index(found.status), -(found.lead or 0)


@tried(300)
@given(DATES, RULES, DAYS, st.integers(1, 500))
def test_each_day_has_one_status_and_time_only_moves_it_on(
    dates: Dates, rules: ExpiryRules, today: date, later: int
) -> None:
    now = status_of(dates, rules, today)
    then = status_of(dates, rules, today + timedelta(days=later))
    assert now.status in STATUSES
    assert (now.lead is not None) == (now.status == "due")
    if now.status in IN_TIME:
        assert place(then) >= place(now)
    elif now.status == "future":
        assert then.status in {"future", "renewal_filed", *IN_TIME}
    elif now.status == "pending":
        # Nobody verifies a document that has ended.
        assert then.status in {"pending", "expired"}
    else:
        assert then.status == now.status


@tried(200)
@given(DAYS, RULES)
def test_the_last_good_day_is_good_and_the_day_after_is_not(end: date, rules: ExpiryRules) -> None:
    dates = Dates(end, verified_on=end)
    assert status_of(dates, rules, end) == DocumentStatus("due", 0)
    first = end - timedelta(days=rules.longest)
    assert status_of(dates, rules, first).status == "due"
    assert status_of(dates, rules, first - timedelta(days=1)) == DocumentStatus("valid")
    after = status_of(dates, rules, end + timedelta(days=1))
    assert after.status == ("in_grace" if rules.grace else "expired")
    assert status_of(dates, rules, end + timedelta(days=rules.grace + 1)).status == "expired"


@tried(200)
@given(DATES, RULES, DAYS)
def test_grace_never_means_may_work_unless_the_type_says_so(
    dates: Dates, rules: ExpiryRules, today: date
) -> None:
    found = status_of(dates, rules, today)
    ended = dates.expires_on is not None and dates.expires_on < today
    if ended and found.is_good and not dates.not_required_because:
        filed = rules.continues and found.status == "renewal_filed"
        assert filed or (rules.works_in_grace and found.status == "in_grace")
    if found.status in {"held", "pending", "future", "expired", "missing"}:
        assert not found.is_good


def test_what_a_person_decided_comes_before_what_the_dates_say() -> None:
    rules = ExpiryRules((30,), 10, continues=True, verified=True)
    end, after = date(2026, 6, 30), date(2026, 7, 5)
    known = {
        "missing": None,
        "held": Dates(end, held_because="audit", not_required_because="closed"),
        "not_required": Dates(end, not_required_because="closed"),
        "pending": Dates(end, renewal_filed_on=end),
        "renewal_filed": Dates(end, verified_on=end, renewal_filed_on=end),
        "in_grace": Dates(end, verified_on=end, renewal_filed_on=after),
    }
    assert {name: status_of(dates, rules, after).status for name, dates in known.items()} == {
        name: name for name in known
    }


@tried(200)
@given(DATES, RULES, DAYS)
def test_sql_has_the_same_status(dates: Dates, rules: ExpiryRules, today: date) -> None:
    assert read(written(rules)) == rules
    columns = [str(value) if value else None for value in vars(dates).values()]
    found = status_of(dates, rules, today)
    asked = [answer(part, written(rules), str(today), *columns) for part in ("status", "lead")]
    assert asked == [found.status, found.lead]


def test_an_unreadable_date_has_no_status() -> None:
    assert answer("status", "30;0;0;0;0", "2026-01-01", "soon", *[None] * 6) is None


@tried(200)
@given(DAYS, RULES, st.sets(st.integers(-500, 500), min_size=1))
def test_no_lead_is_lost_on_days_on_which_nothing_ran(
    end: date, rules: ExpiryRules, ran: set[int]
) -> None:
    """On any day on which something runs, the shortest lead that has begun is the one shown."""
    for offset in ran:
        today = end + timedelta(days=offset)
        begun = [lead for lead in (*rules.leads, 0) if today >= end - timedelta(days=lead)]
        assert reached(rules, end, today) == (min(begun) if begun else None)


END = date(2026, 6, 30)
GRACE, LEADS = ExpiryRules((90, 30), grace=10), ExpiryRules((90, 30))
#: Documents, their rules, a day from the end, and the status, the lead and whether it counts.
EXAMPLES = (
    (Dates(END), LEADS, -91, ("valid", None, True)),
    (Dates(END), LEADS, -90, ("due", 90, True)),
    (Dates(END), LEADS, -30, ("due", 30, True)),
    (Dates(END), LEADS, 0, ("due", 0, True)),
    (Dates(END), LEADS, 1, ("expired", None, False)),
    (Dates(END), GRACE, 10, ("in_grace", None, False)),
    (Dates(END), GRACE, 11, ("expired", None, False)),
    (Dates(END), GRACE.replace(works_in_grace=True), 10, ("in_grace", None, True)),
    (Dates(END), GRACE.replace(works_in_grace=True), 11, ("expired", None, False)),
    (Dates(END, END - timedelta(days=60)), LEADS, -91, ("due", 90, True)),
    (Dates(END, END - timedelta(days=60)), LEADS, -80, ("due", 30, True)),
    (Dates(END, renewal_filed_on=END), LEADS, 1, ("expired", None, False)),
    (
        Dates(END, renewal_filed_on=END),
        LEADS.replace(continues=True),
        1,
        ("renewal_filed", None, True),
    ),
    (Dates(END), LEADS.replace(verified=True), -200, ("pending", None, False)),
    (Dates(END), LEADS.replace(verified=True), 1, ("expired", None, False)),
    (Dates(), LEADS, 9000, ("valid", None, True)),
    (Dates(END, issued_on=END - timedelta(days=9)), LEADS, -10, ("future", None, False)),
    (Dates(END, issued_on=END - timedelta(days=9)), LEADS, -9, ("due", 30, True)),
)


def test_worked_examples() -> None:
    for dates, rules, offset, expected in EXAMPLES:
        found = status_of(dates, rules, END + timedelta(days=offset))
        assert (found.status, found.lead, found.is_good) == expected, (dates, rules, offset)
