"""Contracts on the morning's page: the last day for notice, and the end, within a week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import HuddleLine
from officeops_maintenance.contracts.contract import Contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_AHEAD: Final = timedelta(days=7)
_SOON: Final = "notice_on BETWEEN ?1 AND ?2 OR expires_on BETWEEN ?1 AND ?2"


def ending_soon(office: Office) -> Iterator[HuddleLine]:
    """Yield the contracts in force that end, or renew themselves without a notice, within a week."""
    first, last = office.today, office.today + _AHEAD
    for contract in Contract.in_force(office, _SOON, first.isoformat(), last.isoformat()):
        words = f"{contract} ends on {contract.expires_on}"
        # Missed, this one is the dearer of the two: the contract renews itself.
        if contract.notice_on and first <= contract.notice_on <= last:
            words = f"{contract}: last day for notice is {contract.notice_on}"
        yield HuddleLine("notices", words, Contract.meta.key, contract.id)
