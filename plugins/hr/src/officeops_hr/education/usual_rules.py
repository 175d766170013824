"""The rules of continuing education of some boards: suggestions, which the office confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.usual_rows import usual_rows

if TYPE_CHECKING:
    from officeops import Office

#: Credits are kept in hundredths.
_CREDIT: Final = 100


def add_rules(office: Office) -> None:
    """Add the rules of the usual types that have none, in an action."""
    types = dict(office.rows("SELECT name, id FROM hr_credential_type WHERE archived_at IS NULL"))
    # An archived one was taken out on purpose.
    known = {number for (number,) in office.rows("SELECT type_id FROM hr_education_rule")}
    for row in usual_rows("officeops_hr.education", "education_rules.csv"):
        number = types.get(row["type"])
        if number and number not in known:
            _add_rule(office, number, row)


def _add_rule(
    office: Office,
    type_id: int,
    row: dict[str, str],
) -> None:
    from officeops_hr.education.rule import EducationCategory, EducationRule

    rule = office.add(
        EducationRule(
            type_id=type_id,
            credits=int(row["credits"]) * _CREDIT,
            cycle=row["cycle"],
            months=int(row["months"]),
            source=row["source"],
        )
    )
    if row["categories"]:
        category, least = row["categories"].split()
        new = EducationCategory(rule_id=rule.id, category=category, least=int(least) * _CREDIT)
        office.add(new)
