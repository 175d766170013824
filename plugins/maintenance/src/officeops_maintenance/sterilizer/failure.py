"""Failures: a spore test was positive, so the sterilizer is locked and its loads are in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, Upheld, choice, computed, field, ref
from officeops_maintenance.sterilizer.failure_life import FAILURE
from officeops_maintenance.sterilizer.passes import NEEDED, PASSES, STAGE, STAGES
from officeops_maintenance.sterilizer.procedure import PROCEDURES
from officeops_maintenance.sterilizer.suspects import SINCE, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from officeops import Office


class Failure(
    Record,
    key="maintenance.sterilizer-failure",
    label="Sterilizer failure",
    prefix="SF",
    sort="-id",
    actions_only=True,
    also=("positive spore test", "sterilizer recall"),
):
    """A positive spore test, and what it demands.

    The rules of its procedure stay with it, whatever the sterilizer's is later.
    """

    added_by = "officeops spore-test read"

    equipment_id: int = ref(
        "maintenance.equipment",
        list_rank=1,
        label="Sterilizer",
    )
    # The earliest one: a test that ran before and is read later takes its place.
    test_id: int = ref(
        "maintenance.spore-test",
        list_rank=5,
        label="First positive test",
    )
    failed_at: datetime = field(list_rank=3, help="When the cycle of that test ran")
    # The moment of the lock: loads up to it are in doubt, and none can follow.
    opened_at: datetime = field(default=lambda office: office.now(), managed=True, list_rank=4)
    opened_by: str = field(default=lambda office: office.actor, hidden=True)
    # Copied from the sterilizer, with the numbers below.
    procedure: str = choice(*PROCEDURES, list_rank=6)
    repeats: int = field(
        minimum=1,
        hidden=True,
        help="Negative tests in a row that release it",
    )
    after_repair: int = field(
        minimum=1,
        hidden=True,
        help="The same after a positive repeat",
    )
    empty_chamber: bool = field(
        default=False,
        hidden=True,
        help="After a repair the tests run in an empty chamber",
    )
    state: str = FAILURE.field(list_rank=1)
    # Entered by the review, which comes before the repeat.
    findings: str | None = field(
        default=None,
        kind="long_text",
        managed=True,
        list_rank=7,
        help="What the review of packaging, loading and monitoring showed",
        example="Overloaded; the program was right",
    )
    reviewed_by: str | None = field(
        default=None,
        managed=True,
        hidden=True,
    )
    reviewed_at: datetime | None = field(
        default=None,
        managed=True,
        hidden=True,
    )
    cause: str | None = field(
        default=None,
        managed=True,
        list_rank=7,
        example="Door gasket leaked; replaced",
    )
    repaired_by: str | None = field(
        default=None,
        managed=True,
        hidden=True,
    )
    repaired_at: datetime | None = field(
        default=None,
        managed=True,
        hidden=True,
    )
    reason: str | None = field(
        default=None,
        managed=True,
        list_rank=7,
        example="Vial of another office",
        help="Why it was withdrawn, or locked again",
    )
    release_proofs: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Released because of",
        help="The tests in a row that released it",
    )
    closed_by: str | None = field(
        default=None,
        managed=True,
        hidden=True,
    )
    closed_at: datetime | None = field(
        default=None,
        managed=True,
        hidden=True,
    )

    life = FAILURE
    upheld = Upheld("state", ("locked",), needs="maintenance.sterilizer-failure.withdraw")
    page = "officeops_maintenance.sterilizer.failure_page:page"
    computed = (
        computed(
            "stage",
            STAGE,
            kind="choice",
            choices=STAGES,
            list_rank=2,
            label="Waits for",
        ),
        computed(
            "passes",
            PASSES,
            kind="number",
            list_rank=2,
            label="Passed in a row",
        ),
        computed(
            "needed",
            NEEDED,
            kind="number",
            list_rank=2,
            label="Needed in a row",
        ),
        computed(
            "since",
            SINCE,
            kind="instant",
            list_rank=5,
            label="Last negative test",
        ),
        computed(
            "undecided",
            UNDECIDED,
            kind="number",
            list_rank=3,
            label="Loads undecided",
        ),
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse that a released failure loses its review: the release rests on it."""
        if self.state == "released" and self.reviewed_at is None:
            yield Problem(
                "is needed: it was released after its review", "reviewed_at", code="in-use"
            )


def open_failure(office: Office, unit_id: int) -> Failure | None:
    """Return the failure that locks a sterilizer; None where none does."""
    return office.first(
        Failure,
        "equipment_id = ? AND state = 'locked'",
        unit_id,
    )
