"""Breach dates: which notices follow from a breach, and when it may be decided on and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops.values import wording
from officeops_hr.privacy.breach import FACTORS
from officeops_hr.safety.following import following, keep_tasks
from officeops_hr.safety.rules import rules_for

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.privacy.breach import Breach

#: From so many people on, HHS learns of it at once (45 CFR 164.408(b)); the media, above so many people
#: of one state (164.406).
MANY: Final = 500
_WAITING: Final = """
SELECT count(*) FROM core_task WHERE about_key = ? AND about_id = ? AND state = 'open'
AND archived_at IS NULL
"""


def followed(office: Office, breach: Breach) -> str | None:
    """Bring the tasks of a breach up to date; say how many are new."""
    moments = {"discovered": office.ways.moment(breach.discovered_on, 0)}
    rules = rules_for(office, "breach", events(breach))
    dates = following(office, breach, breach.human_key, rules, moments)
    new = keep_tasks(office, breach, dates)
    return f"{wording.count(new, 'task')} written." if new else None


def events(breach: Breach) -> set[str]:
    """Return the events that a breach is: to assess, or to notify, of many people or few."""
    if breach.state == "open":
        return {"assess"}
    # Decided, so nothing follows; its open tasks go.
    if breach.state == "no_breach":
        return set()
    # A number that nobody knows is not a small one.
    is_many = breach.persons is None or breach.persons >= MANY
    return {"notify", "many" if is_many else "few"}


def is_not_assessed(_: Office, breach: Breach) -> str | None:
    """Decide on a breach whose four factors are written."""
    missing = [name for name in FACTORS if not getattr(breach, name)]
    if not missing:
        return None
    return Reason(f"its assessment lacks {', '.join(missing)}", code="needed")


def has_open_notices(office: Office, breach: Breach) -> str | None:
    """Close a breach whose notices are out."""
    waiting = office.value(_WAITING, breach.meta.key, breach.id)
    if not waiting:
        return None
    tasks = wording.count(waiting, "task")
    return Reason(f"{tasks} of it still open; complete or skip them", code="in-use")
