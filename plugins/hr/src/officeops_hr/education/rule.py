"""Rules of continuing education: how many credits in a cycle, by category; data that offices edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Child, Problem, Record, choice, field, ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: Credits are kept in hundredths, so that 1.5 and 0.25 add up.
SCALE = 2
_MOST = 100_000


class EducationRule(
    Record,
    key="hr.education-rule",
    label="Education rule",
    display="type_id",
    sort="type",
    also=("CE rule", "CME rule", "CEU rule"),
):
    """The education (CE) that a credential asks for.

    It is asked of each type of credential in each cycle.
    The numbers are those of a board; nobody vouches for them until the office confirms them.
    """

    children = (
        Child(
            "hr.education-category",
            by="rule_id",
            option="category",
            form="category least most",
            most=40,
            example="pharmacology; least=25",
        ),
    )

    type_id: int = ref("hr.credential-type", unique=True, list_rank=1)
    credits: int = field(
        kind="decimal",
        scale=SCALE,
        minimum=0,
        maximum=_MOST,
        list_rank=1,
        example="24",
        help="Credits that a cycle needs",
    )
    cycle: str = choice(
        "credential",
        "calendar_year",
        default="credential",
        list_rank=2,
        help="Whether a cycle ends with the credential or with the year",
    )
    months: int = field(
        default=24,
        minimum=1,
        maximum=600,
        unit="months",
        list_rank=2,
        help="Length of a cycle that ends with the credential",
    )
    carry_most: int = field(
        kind="decimal",
        scale=SCALE,
        default=0,
        minimum=0,
        maximum=_MOST,
        list_rank=4,
        help="Most credits over the need that count in the next cycle",
    )
    source: str | None = field(default=None, list_rank=5, help="The board, and where it says so")
    confirmed: bool = field(
        default=False, list_rank=5, help="Whether the office has confirmed it with its board"
    )


class EducationCategory(
    Record,
    key="hr.education-category",
    child=True,
    label="Education category",
    display="category",
    sort="id",
    unique_together=(("rule_id", "category"),),
):
    """A category of credits, with the least that it needs and the most that count."""

    rule_id: int = ref("hr.education-rule")
    category: str = field(example="pharmacology")
    least: int = field(
        kind="decimal",
        scale=SCALE,
        default=0,
        minimum=0,
        maximum=_MOST,
        help="Credits of the category that a cycle needs",
    )
    most: int | None = field(
        kind="decimal",
        scale=SCALE,
        default=None,
        minimum=0,
        maximum=_MOST,
        help="Credits of the category that count at most",
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse a limit below the need, and a need in the place of the name."""
        # Without a word, `pharmacology=25` would be a category that needs nothing.
        if "=" in self.category:
            yield Problem(
                "is a name; its need follows: 'pharmacology; least=25'",
                "category",
                code="malformed",
            )
        if self.most is not None and self.most < self.least:
            yield Problem("is less than the least", "most", code="wrong-order")
