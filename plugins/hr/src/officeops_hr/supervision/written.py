"""Written: what a leader writes about a person: a one-to-one, a review, a step of discipline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, ref
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office


class Written(Record, base=True):
    """The person it is about, and the login that wrote it."""

    # Each kind declares it, as the first of its fields.
    if TYPE_CHECKING:
        person_id: int

    writer_id: int | None = ref(
        "core.user", default=None, managed=True, indexed=False, list_rank=4, label="Written by"
    )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return the writer, who stays the one of the first writing."""
        # Set once, also where the writer has no login: who edits or signs it later wrote none of it.
        return {} if self.id else {"writer_id": office.acting_user()}

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse to write about people whom the writer does not reach."""
        # A label of somebody out of reach is their number, as everywhere.
        if not office.in_reach(Person, self.person_id):
            words = f"P-{self.person_id} is not one of the people whom you may see"
            yield Problem(words, "person", code="not-allowed-here")
        signed_on = getattr(self, "signed_on", None)
        if signed_on and signed_on > office.today:
            yield Problem("is a day to come", "signed_on", code="out-of-range")

    def is_writers(self, office: Office) -> bool:
        """Whether the acting person wrote it. In an office without logins everybody did."""
        writer = office.acting_user()
        return writer is None or self.writer_id in {None, writer}
