"""Types of credentials: how each ends, who must have it, and what nobody does without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Child, DocumentType, Problem, Record, choice, field, ref
from officeops_hr.other_names import called

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: On which day the credentials of a type end: any, the last of a month, or the last of the month
#: in which the person was born.
ENDS = ("exact", "month_end", "birth_month")
#: The kinds of proof that inspectors ask for (`officeops inspect`) and that credentials are.
PROOFS = (
    "clia-director",
    "dea-registration",
    "privacy-officials",
    "state-drug-registration",
    "vaccine-coordinators",
)
#: Letters of a state, as the post writes it.
STATE_LETTERS = 2


class CredentialType(
    DocumentType,
    key="hr.credential-type",
    display="name",
    also=("license type", "certificate type"),
):
    """A type of credential, such as RN license or BLS.

    Cycles, reminders and grace are those of a state or a board. The usual types are suggestions:
    nobody vouches for one until the office confirms it.
    """

    children = (
        Child(
            "hr.required-credential",
            by="type_id",
            option="for-role",
            form="role state",
            most=40,
            example="RN",
        ),
    )

    name: str = field(
        unique=True, search=True, list_rank=1, also=("credential type",), example="RN license"
    )
    # People say CPR for the card of the AHA, and RN for the license.
    other_names: str | None = field(
        default=None,
        hidden=True,
        example="CPR, BLS/CPR",
        help="With commas between; lists that you import may have them",
    )
    cycle: int | None = field(
        default=None,
        minimum=1,
        maximum=600,
        unit="months",
        list_rank=2,
        help="How long one is good; a renewal without an end takes it",
    )
    ends: str = choice(*ENDS, default="exact", list_rank=5, help="The day on which they end")
    gates_work: bool = field(
        default=False,
        list_rank=3,
        help="Whether nobody works in a role that requires it without a good one",
    )
    limits: str | None = field(
        default=None,
        list_rank=5,
        example="X-rays",
        help="The one thing that nobody does without it, where they may do the rest",
    )
    primary_source: str | None = field(
        default=None,
        list_rank=4,
        example="Nursys",
        help="Where it is verified: the board's look-up, a registry",
    )
    in_packet: bool = field(
        default=True,
        list_rank=7,
        help="Whether the packet of a provider has them, for payers and hospitals",
    )
    proof: str | None = choice(
        *PROOFS,
        default=None,
        list_rank=7,
        help="What inspectors see it as (`officeops inspect`)",
    )
    confirmed: bool = field(
        default=False, list_rank=6, help="Whether the office has confirmed it for its state"
    )

    @classmethod
    def also_found(
        cls,
        office: Office,
        text: str,
    ) -> Iterable[int]:
        """Find a type by another name: CPR."""
        return called(office, cls, text)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse an end of the month without a cycle, from which the month follows."""
        yield from super().check(office)
        if self.ends != "exact" and self.cycle is None:
            yield Problem("needs a cycle in months", "ends", code="not-together")


class RequiredCredential(
    Record,
    key="hr.required-credential",
    child=True,
    label="Required credential",
    display="role_id",
    sort="id",
    unique_together=(("type_id", "role_id", "state"),),
):
    """A role whose people must have a type of credential, one of a state where it says so."""

    type_id: int = ref("hr.credential-type")
    role_id: int = ref("hr.job-role")
    state: str | None = field(default=None, example="TX", help="Blank: of any state")

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse a state that is not its two letters."""
        yield from state_problems(self.state)


def state_problems(state: str | None) -> Iterable[Problem]:
    """Yield a problem for a state that is not written as two capital letters."""
    is_state = state is None or (
        len(state) == STATE_LETTERS and state.isascii() and state.isalpha() and state.isupper()
    )
    if not is_state:
        yield Problem("is no state such as TX: two capital letters", "state", code="malformed")
