"""Operators: the people who do a test, and who of them has run its controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.laboratory.lab_test import LabTest

_RAN: Final = """
SELECT DISTINCT c.run_by FROM maintenance_lab_control c
JOIN maintenance_lab_kit k ON k.id = c.kit_id
WHERE k.test_id = ? AND c.outcome = 'pass' AND c.archived_at IS NULL AND c.void_because IS NULL
"""


def untried(office: Office, test: LabTest) -> list[str]:
    """Return who may do a test and passed no control of it, where the insert asks for one."""
    if not test.new_operator:
        return []
    ran = {name.casefold() for (name,) in office.rows(_RAN, test.id)}
    # By name: people without a login test too, and sign on paper.
    names = []
    for written in (test.performers or "").split(","):
        name = written.strip()
        if name and name.casefold() not in ran:
            names.append(name)
    return names
