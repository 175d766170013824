"""What comes before an offer: the tests that a candidate takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, computed, field, ref
from officeops_hr.hiring.keeping import KEPT, OF_CANDIDATE
from officeops_hr.hiring.scope import CANDIDATES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

_RESULT = """(CASE WHEN t.reached IS NULL THEN 'open' WHEN t.pass_mark IS NULL THEN 'done'
WHEN t.reached >= t.pass_mark THEN 'passed' ELSE 'failed' END)"""


class Assessment(
    Record,
    key="hr.assessment",
    display="test",
    sort="candidate,taken_on",
    also=("test", "skills test"),
    scope=CANDIDATES.by("candidate_id", all="manage"),
):
    """A test of the job that a candidate takes.

    It may be typing, a phone scenario, or vitals on a colleague. A day of work is paid.
    """

    candidate_id: int = ref("hr.candidate", where="is_open=yes", list_rank=1)
    test: str = field(list_rank=1, example="Vitals on a colleague", also=("assessment",))
    taken_on: date = field(default=lambda office: office.today, list_rank=2)
    most: int = field(
        default=100, minimum=1, maximum=100_000, list_rank=4, label="Out of", unit="points"
    )
    reached: int | None = field(
        default=None, minimum=0, maximum=100_000, list_rank=2, unit="points"
    )
    pass_mark: int | None = field(
        default=None, minimum=0, maximum=100_000, list_rank=4, unit="points"
    )
    # The person who watched it answers for the points.
    seen_by: str | None = field(
        default=None, list_rank=5, example="Priya Nair", help="Who watched it"
    )

    retention = KEPT
    computed = (
        OF_CANDIDATE,
        computed(
            "result",
            _RESULT,
            kind="choice",
            choices=("open", "done", "passed", "failed"),
            list_rank=2,
        ),
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse more than there is to reach."""
        for name in ("reached", "pass_mark"):
            value = getattr(self, name)
            if value is not None and value > self.most:
                yield Problem(f"is more than {self.most}", name, code="out-of-range")
