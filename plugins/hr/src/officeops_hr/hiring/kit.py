"""Interview kit: the questions that every candidate for a role is asked, with the same anchors."""

from __future__ import annotations

from officeops import Child, Record, field, ref


class InterviewKit(
    Record,
    key="hr.interview-kit",
    display="name",
    sort="name",
    also=("kit", "interview guide", "scorecard template"),
):
    """The questions that all candidates for a role get."""

    children = (
        Child(
            "hr.kit-question",
            by="kit_id",
            option="question",
            form="competency question weight low middle high",
            most=12,
            example="Patient focus; question=Tell me of an upset patient; weight=3",
        ),
    )

    name: str = field(
        unique=True, search=True, list_rank=1, example="Medical assistant", also=("interview kit",)
    )
    role_id: int | None = ref(
        "hr.job-role",
        default=None,
        indexed=False,
        list_rank=2,
        help="For whom; blank: for every role",
    )
    note: str | None = field(
        kind="long_text", default=None, example="Ask all of them, in this order"
    )


class KitQuestion(
    Record,
    key="hr.kit-question",
    child=True,
    label="Kit's question",
    display="competency",
    sort="id",
    unique_together=(("kit_id", "competency"),),
):
    """A competency, the one question about it, and what a low, middling and high answer is."""

    identity = (("kit_id", "competency"),)

    kit_id: int = ref("hr.interview-kit")
    # Short, since it heads a row of the scorecard.
    competency: str = field(example="Patient focus")
    question: str | None = field(default=None, example="Tell me of an upset patient")
    weight: int = field(default=1, minimum=1, maximum=10, help="How much it counts")
    low: str | None = field(default=None, label="A 1 is", help="What deserves a 1")
    middle: str | None = field(default=None, label="A 3 is")
    high: str | None = field(default=None, label="A 5 is")
