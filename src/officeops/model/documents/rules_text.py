"""Rules as text: how SQL hands the rules of a type to `status_of`, and gets the status back.

`officeops_document` is a function of SQLite that asks `status_of`, so lists, filters and Today have
one rule.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from officeops.model.documents.status import Dates, ExpiryRules, status_of

if TYPE_CHECKING:
    from officeops.model.documents.status import Status


def asked_in_sql(part: str, rules_sql: str) -> str:
    """Write the SQL for the `status` or the `lead` of row `t`, by the SQL for its rules' text."""
    columns = ", ".join(f"t.{name}" for name in Dates.__annotations__)
    return f"officeops_document('{part}', {rules_sql}, office_today(), {columns})"


def written(rules: ExpiryRules) -> str:
    """Write rules as the text that `read` takes."""
    leads = " ".join(map(str, rules.leads))
    flags = (rules.works_in_grace, rules.continues, rules.verified)
    return ";".join([leads, str(rules.grace), *(str(int(flag)) for flag in flags)])


#: The same in SQL over the row `y` of a type (`officeops.DocumentType`).
OF_TYPE: Final = (
    "ifnull(y.leads, '') || ';' || y.grace_days || ';' || y.works_in_grace || ';' || y.continues "
    "|| ';' || y.must_verify"
)


@lru_cache(maxsize=256)
def read(text: str) -> ExpiryRules:
    """Read rules from their text. Raises ValueError."""
    leads, grace, *flags = text.split(";")
    works, continues, verified = (flag == "1" for flag in flags)
    numbers = tuple(int(word) for word in leads.split())
    return ExpiryRules(numbers, int(grace), works, continues, verified)


def answer(
    part: str,
    rules: str,
    today: str,
    *columns: str | None,
) -> Status | int | None:
    """Return the status or the lead of a document by its columns as SQLite keeps them.

    A date that cannot be read has neither: nobody knows then whether it is good.
    """
    *texts, not_required, held, issued = columns
    try:
        end, notice, verified, filed, first = (
            date.fromisoformat(text) if text else None for text in (*texts, issued)
        )
        dates = Dates(end, notice, verified, filed, not_required, held, first)
        found = status_of(dates, read(rules), date.fromisoformat(today))
    except ValueError:
        return None
    return found.lead if part == "lead" else found.status
