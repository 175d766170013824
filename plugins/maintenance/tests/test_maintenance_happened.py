"""What happened is never still to come: a sweep over every day and moment that somebody enters."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from officeops_maintenance.declared.records import RECORDS

if TYPE_CHECKING:
    from officeops import Record
    from officeops.model.fields import Field
    from officeops.office.office import Office
    from officeops.testing import Cli

#: Days that may come: ends, plans and promises.
AHEAD = {
    "maintenance.equipment": {"warranty_until", "return_by", "expires_on"},
    "maintenance.plan": {"first_on", "since", "until", "paused_until"},
    "maintenance.visit": {"expected_on"},
    "maintenance.contract": {"issued_on", "expires_on", "notice_on"},
    "maintenance.reference-standard": {"issued_on", "expires_on", "notice_on"},
    "maintenance.monitored-unit": {"first_on"},
    "maintenance.lab-kit": {"expires_on"},
    "maintenance.control-lot": {"expires_on"},
    "maintenance.spore-test": {"indicator_expires_on"},
}
#: The others say that something happened. Steps of a life have their own rule.
PAST = [
    (kind, field)
    for kind in RECORDS
    for field in kind.meta.fields
    if field.kind.name in {"date", "instant"}
    and not field.managed
    and not kind.meta.actions_only
    and field.name not in AHEAD.get(kind.meta.key, set())
]


def test_a_day_on_which_something_happened_has_come(office: Office) -> None:
    taken = [
        f"{kind.meta.key}.{field.name}"
        for kind, field in PAST
        if not _is_refused(office, kind, field)
    ]
    assert len(PAST) > 14
    assert not taken


def _is_refused(
    office: Office,
    kind: type[Record],
    field: Field,
) -> bool:
    """Whether a record refuses tomorrow in a field, by the first of its rules."""
    record = kind.__new__(kind)
    record.__dict__ |= {one.name: None for one in kind.meta.fields}
    ahead = office.now() + timedelta(days=1)
    setattr(record, field.name, ahead if field.kind.name == "instant" else ahead.date())
    with suppress(Exception):
        # The rules after it may ask for fields that this record has not.
        for problem in record.check(office):
            if (problem.field, problem.code) == (field.public_name, "out-of-range"):
                return True
    return False


def test_the_log_takes_no_temperature_of_later(cli: Cli) -> None:
    cli("monitored-unit", "add", "--name", "Fridge")
    for late in (("--day", "tomorrow", "--at", "8:00"), ("--slot", "pm", "--at", "23:59")):
        ran = cli("temperatures", "record", "Fridge=40/39/41", *late)
        assert (ran.code, "in the future" in ran.err) == (1, True)
