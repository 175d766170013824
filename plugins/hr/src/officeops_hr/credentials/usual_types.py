"""The types of credentials that most practices have: suggestions, which the office confirms or edits.

The cycles are typical ones; each state and board has its own, so nobody vouches for them until the
office does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action, named
from officeops.values import wording
from officeops_hr.usual_rows import usual_rows

if TYPE_CHECKING:
    from officeops import Action, Office

_TEXTS: Final = ("limits", "primary_source", "source", "proof", "other_names")
_FLAGS: Final = ("gates_work", "continues", "must_verify", "required")


def add_types(office: Office) -> int:
    """Add the usual types that the office has none of, in an action; return how many."""
    from officeops_hr.credentials.credential_type import CredentialType

    # An archived one was taken out on purpose.
    known = {name for (name,) in office.rows("SELECT name FROM hr_credential_type")}
    usual = usual_rows("officeops_hr.credentials", "credential_types.csv")
    rows = [row for row in usual if row["name"] not in known]
    numbers = office.add_many(CredentialType, [_values(row) for row in rows])
    _require(office, rows, numbers)
    # Named by text: education is built on credentials.
    named("officeops_hr.education.usual_rules:add_rules")(office)
    return len(rows)


def _require(
    office: Office,
    rows: list[dict[str, str]],
    numbers: list[int],
) -> None:
    """Require each new type of the roles that its row names, of those that the office has."""
    from officeops_hr.credentials.credential_type import RequiredCredential

    roles = dict(office.rows("SELECT code, id FROM hr_job_role WHERE archived_at IS NULL"))
    needed = []
    for row, number in zip(rows, numbers, strict=True):
        codes = filter(roles.get, row["roles"].split())
        needed += [{"type_id": number, "role_id": roles[code]} for code in codes]
    office.add_many(RequiredCredential, needed)


def _values(row: dict[str, str]) -> dict[str, Any]:
    flags = {name: row[name] == "yes" for name in _FLAGS}
    texts = {name: row[name] or None for name in _TEXTS}
    return {
        "name": row["name"],
        "leads": row["leads"],
        "ends": row["ends"],
        "cycle": int(row["cycle"]) if row["cycle"] else None,
        "in_packet": row["private"] != "yes",
        **flags,
        **texts,
    }


@action("hr.add-credential-types", beside=("hr.credential-type", "hr.credential"))
def add_credential_types(office: Office) -> str:
    """Add the usual types of credentials.

    They come with their cycles and who must have them.
    """
    added = add_types(office)
    if not added:
        return "All of the usual types of credentials are there."
    types = wording.count(added, "type")
    return f"{types} of credentials added, with typical cycles; confirm those of your state."


ACTIONS: list[Action[..., Any]] = [add_credential_types]
