"""Promise kept: how often a contract's vendor answered in time, in figures that say their n."""

from __future__ import annotations

from statistics import median_low
from typing import TYPE_CHECKING, Any, Final

from officeops import Value, report
from officeops.values import wording
from officeops_maintenance.contracts.contract import Contract
from officeops_maintenance.contracts.response import responses
from officeops_maintenance.tickets.whom_to_call import known_vendor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office, Report
    from officeops_maintenance.contracts.response import Response

#: Of fewer calls nothing follows.
ENOUGH: Final = 3
_TOO_FEW: Final = "too few to tell"


class PromiseKept(Value):
    """The calls under a contract: all, in time and late, and the given minutes where enough are known."""

    calls: int
    in_time: int
    late: int
    middle: int | None
    longest: int | None

    @property
    def known(self) -> int:
        """The calls of which it is known whether the answer came in time."""
        return self.in_time + self.late

    def in_words(self) -> str:
        """Say it in a line."""
        if self.known < ENOUGH:
            return f"{_TOO_FEW} ({wording.count(self.known, 'answer')})"
        words = f"{self.in_time} of {self.known} in time"
        if self.middle is not None and self.longest is not None:
            words += f", {hours(self.middle)} in the middle, {hours(self.longest)} at most"
        return words


def promise_kept(answers: Iterable[Response]) -> PromiseKept:
    """Sum up the answers to calls under one contract."""
    known = list(answers)
    given = [answer.given for answer in known if answer.given is not None]
    is_enough = len(given) >= ENOUGH
    return PromiseKept(
        calls=len(known),
        in_time=sum(answer.is_in_time for answer in known),
        late=sum(answer.is_late for answer in known),
        middle=median_low(given) if is_enough else None,
        longest=max(given) if is_enough else None,
    )


def hours(minutes: int) -> str:
    """Return minutes as hours and minutes: 5:30."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}:{rest:02} h"


@report("response", title="Response promised and given, by contract")
def response(office: Office) -> Iterator[dict[str, Any]]:
    """How soon each contract's vendor answered calls, against what the contract promises."""
    by_contract: dict[int, list[Response]] = {}
    for answer in responses(office):
        by_contract.setdefault(answer.contract.id, []).append(answer)
    for contract in office.all(Contract, "respond_within IS NOT NULL", order="name, id"):
        answers = by_contract.get(contract.id, [])
        yield _row(office, contract, promise_kept(answers))


def _row(
    office: Office,
    contract: Contract,
    kept: PromiseKept,
) -> dict[str, Any]:
    vendor = known_vendor(office, contract.vendor_id)
    is_enough = kept.known >= ENOUGH
    middle = _TOO_FEW if kept.middle is None else hours(kept.middle)
    longest = _TOO_FEW if kept.longest is None else hours(kept.longest)
    return {
        "contract": contract.human_key,
        "name": contract.name,
        "vendor": vendor.name if vendor else None,
        "promised": hours(contract.respond_within or 0),
        "counts": "opening hours" if contract.open_hours else "all hours",
        "calls": kept.calls,
        "known": kept.known,
        "in_time": kept.in_time,
        "late": kept.late,
        "share_in_time": f"{100 * kept.in_time // kept.known}%" if is_enough else _TOO_FEW,
        "middle": middle,
        "longest": longest,
    }


REPORTS: list[Report] = [response]
