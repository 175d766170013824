"""Types of papers: of which class each is, who must have it, and how long it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Child, Problem, Record, choice, field, ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: Medical papers are kept apart from the personnel file (29 CFR 1630.14), I-9 and background checks
#: from both.
CLASSES = ("personnel", "payroll", "medical", "i9", "background")
#: From which day the months of keeping count.
TRIGGERS = ("dated", "hired", "left")


class PaperType(
    Record,
    key="hr.paper-type",
    display="name",
    sort="paper_class,name",
    also=("retention class",),
):
    """A type of papers, such as an employment contract.

    The months are those of the law or of the house; nobody vouches for them until the office
    confirms them.
    """

    children = (
        Child(
            "hr.required-paper",
            by="type_id",
            option="for-role",
            form="role",
            most=40,
            example="MA",
        ),
    )

    name: str = field(unique=True, search=True, list_rank=1, example="Confidentiality agreement")
    paper_class: str = choice(*CLASSES, default="personnel", list_rank=2, label="Class")
    required: bool = field(
        default=False, list_rank=2, help="Whether everybody must have it, whatever their role"
    )
    good_for: int | None = field(
        default=None, minimum=1, maximum=600, unit="months", list_rank=4, help="Blank: for good"
    )
    keep_from: str = choice(
        *TRIGGERS, default="left", list_rank=5, help="The day from which its months count"
    )
    keep_months: int | None = field(
        default=None, minimum=0, maximum=1200, unit="months", list_rank=5, help="Blank: forever"
    )
    or_from: str | None = choice(
        *TRIGGERS, default=None, list_rank=7, help="A second clock; the later day counts"
    )
    or_months: int | None = field(default=None, minimum=0, maximum=1200, unit="months", list_rank=7)
    in_packet: bool = field(
        default=False,
        list_rank=7,
        help="Whether the packet of a provider has them, for payers and hospitals",
    )
    source: str | None = field(default=None, list_rank=6, help="The law, or whose habit it is")
    confirmed: bool = field(
        default=False, list_rank=6, help="Whether the office has confirmed it for its state"
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse half of a second clock."""
        if (self.or_from is None) != (self.or_months is None):
            yield Problem("goes together with or_months", "or_from", code="not-together")


class RequiredPaper(
    Record,
    key="hr.required-paper",
    child=True,
    label="Required paper",
    display="role_id",
    sort="id",
    unique_together=(("type_id", "role_id"),),
):
    """A role whose people must have a type of papers."""

    type_id: int = ref("hr.paper-type")
    role_id: int = ref("hr.job-role")
