"""Today's lines of screening: hits to decide on, and the check of the month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops.values import wording
from officeops_hr.screening.lists import LEIE
from officeops_hr.screening.not_compared import names_not_compared
from officeops_hr.screening.screening_hit import ScreeningHit
from officeops_hr.screening.screening_run import ScreeningRun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_LAST: Final = "SELECT max(id) FROM hr_screening_run WHERE list_key = ? AND archived_at IS NULL"
_LIST_OF: Final = "SELECT as_of FROM core_dataset_load WHERE dataset = ? ORDER BY id DESC LIMIT 1"


def due_lines(office: Office) -> Iterator[Due]:
    """Yield the open hits, and the check that this month has not had yet."""
    for hit in office.all(ScreeningHit, "decision = 'open'", order="id"):
        yield _to_decide(office, hit)
    yield from _to_run(office)


def _to_decide(office: Office, hit: ScreeningHit) -> Due:
    return Due(
        key=f"hr.screening-hit:{hit.id}:decide",
        on=office.ways.day_of(office.get(ScreeningRun, hit.run_id).run_at),
        what=f"{hit.human_key} {hit.name} may be on an exclusion list (tier {hit.tier}): decide",
        owner="hr",
        severity="unsafe" if hit.tier in ("A", "B") else "routine",
        action="clear or confirm",
        record=ScreeningHit.meta.key,
        record_id=hit.id,
    )


def _to_run(office: Office) -> Iterator[Due]:
    """Yield a line once an office has loaded the list: the OIG urges a check each month."""
    list_of = office.value(_LIST_OF, LEIE.key)
    if list_of is None:
        return
    first = office.today.replace(day=1)
    last = _last_run(office)
    if last is not None and _day_of(office, last) >= first:
        yield from _to_run_again(office, last)
        return
    # The OIG publishes in the first days of a month.
    is_new = date.fromisoformat(list_of) >= first
    how = "" if is_new else ": load the new list first"
    yield Due(
        key=f"hr.screening-run:month:{first}",
        on=first,
        what=f"Exclusion check of {first:%B %Y}{how}",
        owner="hr",
        action="check exclusions",
        record=ScreeningRun.meta.key,
    )


def _to_run_again(office: Office, run: ScreeningRun) -> Iterator[Due]:
    """Yield a line where names are new, or have changed, since the last check."""
    number = len(names_not_compared(office, run.id))
    if not number:
        return
    names = wording.count(number, "name")
    yield Due(
        key=f"hr.screening-run:names:{run.id}",
        on=office.today,
        what=f"{names} came after the exclusion check of {_day_of(office, run)}: check again",
        owner="hr",
        severity="legal",
        action="check exclusions",
        record=ScreeningRun.meta.key,
    )


def _last_run(office: Office) -> ScreeningRun | None:
    """Return the last check with the OIG's list."""
    last = office.value(_LAST, LEIE.key)
    return office.get(ScreeningRun, last) if last else None


def _day_of(office: Office, run: ScreeningRun) -> date:
    return office.ways.day_of(run.run_at)
