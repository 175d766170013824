"""Over any sequence of reports, cases and changes: tasks equal what follows, logs name nobody, undo takes all back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops import Task
from officeops.history.undo import undo
from officeops.model.errors import OfficeError, Refused
from officeops_hr.safety.incident import KINDS, Incident
from officeops_hr.safety.injury_case import OUTCOMES, InjuryCase
from officeops_hr.safety.logs import PRIVACY, osha_log, sharps_log

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from plugins.hr.tests.safety.conftest import Safety

    from officeops.office.office import Office

TABLES: Final = (Incident, InjuryCase, Task)
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(("report", "case", "kind", "day", "outcome", "opinion", "privacy")),
        st.integers(0, 8),
    ),
    min_size=2,
    max_size=8,
)


def _rows(office: Office) -> dict[str, list[Any]]:
    """Every live row, without its version."""
    rows = {}
    for kind in TABLES:
        columns = ", ".join(field.name for field in kind.meta.fields)
        sql = f"SELECT id, {columns} FROM {kind.meta.table} WHERE archived_at IS NULL ORDER BY id"
        rows[kind.meta.key] = office.rows(sql)
    return rows


def _step(safety: Safety, verb: str, number: int) -> None:
    office = safety.office
    incidents, cases = list(office.all(Incident)), list(office.all(InjuryCase))
    if verb == "report":
        # Somebody in a hurry writes names, in one way or another.
        what = ("Ben Stone cut himself", "cyd's needle", "LEA: splash")[number % 3]
        safety.report(KINDS[number], what=what, doing=what, department=what)
    elif verb == "case" and incidents:
        login = ("ben", "cyd", "lea")[number % 3]
        safety.open_case(incidents[-1], login, recordable=True)
    elif verb in {"kind", "day"} and incidents:
        day = datetime(2026, 1, 31, 12, tzinfo=UTC) + timedelta(days=number)
        if verb == "kind":
            safety.edit(incidents[-1], kind=KINDS[number])
        else:
            safety.edit(incidents[-1], happened_at=day)
    elif cases:
        changes: dict[str, dict[str, Any]] = {
            "outcome": {"outcome": OUTCOMES[number]},
            "opinion": {"opinion_on": date(2026, 3, 1)},
            "privacy": {"privacy_case": bool(number % 2)},
        }
        safety.edit(cases[-1], **changes.get(verb, {}))


def _follows(office: Office) -> None:
    """Each open task belongs to an incident or case that has it, once; exposures have their tests."""
    keys = [task.occurrence for task in office.all(Task)]
    assert len(keys) == len(set(keys))
    for case in office.all(InjuryCase):
        incident = office.get(Incident, case.incident_id)
        has_tests = f"hr.injury-case:{case.id}:test-6-weeks" in keys
        assert has_tests == (incident.kind in {"sharps", "splash"})


def _logs_name_nobody(safety: Safety) -> None:
    office = safety.office
    names = {person.id: person.name.split() for person in safety.crew.values()}
    cases = {case.human_key: case for case in office.all(InjuryCase)}
    for row in osha_log.run(office):
        case = cases[str(row["case"])]
        incident = office.get(Incident, case.incident_id)
        is_private = case.privacy_case or incident.kind in {"sharps", "splash"}
        assert (row["person"] == PRIVACY) == is_private
        if is_private:
            assert not _words(row) & {name.lower() for name in names[case.person_id]}
    for row in sharps_log.run(office):
        for case in cases.values():
            if f"IN-{case.incident_id}" == row["case"]:
                assert not _words(row) & {name.lower() for name in names[case.person_id]}


def _words(row: Mapping[str, Any]) -> set[str]:
    texts = " ".join(str(value) for value in row.values())
    return set(re.findall(r"[a-z]+", texts.lower()))


def _is_kept(office: Office) -> bool:
    """Take the last action back; whether that would be a report or a case, which goes with a reason alone."""
    try:
        undo(office)
    except Refused as error:
        return "--reason WHY" in str(error)
    return False


def test_any_sequence_keeps_to_the_rules_and_is_taken_back(logged: Path, safety: Safety) -> None:
    office = safety.office
    assert logged.exists()

    @tried(60)
    @given(STEPS)
    def back_and_forth(sequence: list[tuple[str, int]]) -> None:
        states = [_rows(office)]
        for verb, number in sequence:
            try:
                _step(safety, verb, number)
            except OfficeError:
                assert _rows(office) == states[-1]
                continue
            if _rows(office) != states[-1]:
                states.append(_rows(office))
        _follows(office)
        _logs_name_nobody(safety)
        for before in states[-2::-1]:
            if _is_kept(office):
                break
            assert _rows(office) == before

    back_and_forth()
