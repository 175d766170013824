"""The page of a contract: its promise, how the vendor kept it, and the calls under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject
from officeops_maintenance.contracts.contract import Contract
from officeops_maintenance.contracts.promise_kept import hours, promise_kept
from officeops_maintenance.contracts.response import responses
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.contracts.response import Response

#: How many calls the page shows, the newest first; the report has all in its figures.
_SHOWN: Final = 8


def page(office: Office, contract: Contract) -> Iterator[PageSection]:
    """Yield the response promised and given, as far as the person may see tickets."""
    if contract.respond_within is None or not office.may_view(Ticket):
        return
    answers = list(responses(office, contract=contract))
    counted = "opening hours" if contract.open_hours else "all hours"
    lines = [
        PageLine("Promised", f"within {hours(contract.respond_within)}, counting {counted}"),
        PageLine("Given", promise_kept(answers).in_words()),
    ]
    for answer in answers[: -_SHOWN - 1 : -1]:
        text = f"{answer.ticket.human_key} {answer.ticket.title}: {in_words(answer)}"
        lines.append(PageLine("", text, Subject(Ticket.meta.key, answer.ticket.id)))
    yield PageSection("Response", lines)


def promise(office: Office, ticket: Ticket) -> Iterator[PageLine]:
    """Yield the line of a ticket's page on the contract of its unit, and on the vendor's answer."""
    if not office.may_view(Contract):
        return
    for answer in responses(office, ticket=ticket):
        contract = answer.contract
        promised = f"{contract} promises {hours(answer.promised)}"
        subject = Subject(Contract.meta.key, contract.id)
        yield PageLine("Promised", f"{promised}; {in_words(answer)}", subject)


def in_words(answer: Response) -> str:
    """Say how soon the vendor answered a call, or that no answer is entered."""
    late = ", too late" if answer.is_late else ""
    if answer.given is not None:
        return f"answered after {hours(answer.given)}{late}"
    if answer.is_fixed:
        return "fixed, and no answer entered"
    return f"no answer yet, {hours(answer.passed)} after the call{late}"
