"""DocumentType: the base of kinds that say how documents of one type end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.documents.status import ExpiryRules
from officeops.model.errors import Problem
from officeops.model.fields import field
from officeops.model.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.records import AnyOffice

#: The longest lead and grace: ten years.
LONGEST = 3650


class DocumentType(Record, base=True):
    """Base of the types of documents, as rows that the office edits.

    `class CredentialType(DocumentType, key="hr.credential-type", display="name")` declares one;
    documents name it by `typed_by`. Where a rule comes from is in `source`.
    """

    name: str = field(unique=True, search=True, list_rank=1, example="Fire permit")
    required: bool = field(
        default=False, list_rank=2, help="Whether it is missing where there is none"
    )
    source: str | None = field(
        default=None, list_rank=6, help="Where these rules come from: the law, the contract"
    )
    leads: str = field(
        default="90 60 30",
        list_rank=3,
        example="90 60 30",
        help="Days before the last good day on which people are reminded",
    )
    grace_days: int = field(
        default=0,
        minimum=0,
        maximum=LONGEST,
        unit="days",
        list_rank=4,
        help="Days after the last good day in which it can still be renewed",
    )
    works_in_grace: bool = field(
        default=False, list_rank=7, help="Whether it still counts in those days"
    )
    continues: bool = field(
        default=False,
        list_rank=7,
        help="Whether it still counts after its end if its renewal was filed by then",
    )
    must_verify: bool = field(
        default=False, list_rank=7, help="Whether somebody verifies it before it counts"
    )

    @property
    def rules(self) -> ExpiryRules:
        """The rules as `status_of` takes them."""
        return ExpiryRules(
            tuple(int(word) for word in self.leads.split()),
            self.grace_days,
            self.works_in_grace,
            self.continues,
            self.must_verify,
        )

    def check(self, office: AnyOffice) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse leads that are no days."""
        for word in self.leads.split():
            if not (word.isascii() and word.isdigit() and int(word) <= LONGEST):
                why = f"has {word!r}; write days up to {LONGEST}, such as 90 60 30"
                yield Problem(why, "leads", code="out-of-range")
                return
