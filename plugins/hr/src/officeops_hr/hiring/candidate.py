"""Candidate: somebody who applied for an opening, and the stage that they have come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import DateOrder, Frozen, Problem, Record, computed, field, named, ref
from officeops_hr.hiring.keeping import KEPT, OWN
from officeops_hr.hiring.life import STAGES
from officeops_hr.hiring.name_list import split_names, without_doubles
from officeops_hr.hiring.scope import CANDIDATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office


class Candidate(
    Record,
    key="hr.candidate",
    prefix="C",
    display="name",
    sort="-applied_on,id",
    also=("applicant", "application"),
    scope=CANDIDATES.by("id", all="manage"),
):
    """Somebody who applied for an opening.

    The resume is attached. What the law protects does not belong here: `officeops off-limits-topic list`.
    """

    # Somebody who applied twice, by mail and by a site, becomes one.
    merges = True
    life = STAGES
    frozen = (
        Frozen(
            ("opening_id", "applied_on"),
            states=("hired", "declined", "rejected", "withdrawn"),
            why="the candidate is decided on; `reconsider` them first",
        ),
    )
    date_orders = (DateOrder(("applied_on", "decided_on")),)
    retention = KEPT
    page = "officeops_hr.hiring.candidate_page:page"
    importer = "officeops_hr.hiring.candidate_import:CandidateImport"

    name: str = field(
        search=True,
        list_rank=1,
        example="Ana Alvarez",
        also=("candidate", "candidate name", "applicant", "applicant name", "full name"),
    )
    # One that is filled or closed is posted again first.
    opening_id: int = ref(
        "hr.opening",
        where="is_open=yes",
        list_rank=2,
        also=("job title", "job", "position", "job posting", "posting", "requisition"),
    )
    stage: str = STAGES.field(list_rank=1)
    email: str | None = field(
        default=None, search=True, list_rank=5, also=("e-mail", "email address", "candidate email")
    )
    phone: str | None = field(
        kind="phone",
        default=None,
        search=True,
        list_rank=5,
        also=("phone number", "telephone", "mobile", "cell", "cell phone", "candidate phone"),
    )
    source: str | None = field(
        default=None,
        list_rank=4,
        example="Indeed",
        help="Where they learned of the job",
        also=("candidate source", "applied through", "referral source", "applied via"),
    )
    applied_on: date = field(
        default=lambda office: office.today,
        list_rank=3,
        also=("date applied", "apply date", "application date", "date", "submitted"),
    )
    former_names: str | None = field(
        default=None,
        hidden=True,
        example="Ana Ruiz; Ana Stone",
        help="For the exclusion check, with semicolons between",
        also=("other names", "maiden name"),
    )
    npi: str | None = field(default=None, hidden=True, label="NPI", also=("npi number",))
    reason_id: int | None = ref(
        "hr.decline-reason",
        default=None,
        managed=True,
        indexed=False,
        list_rank=6,
        label="Reason",
    )
    decided_on: date | None = field(default=None, managed=True, list_rank=6)
    person_id: int | None = ref(
        "hr.person", default=None, managed=True, hidden=True, label="Became"
    )
    keep_agreed_until: date | None = field(
        default=None, hidden=True, help="They agreed that you keep them for later openings"
    )
    note: str | None = field(
        kind="long_text",
        default=None,
        hidden=True,
        help="Their words and actions, about the job",
        also=("notes", "comments"),
    )

    computed = (
        computed("is_open", "(t.decided_on IS NULL)", kind="yes_no", hidden=True),
        computed("kept_from", OWN, kind="date", hidden=True),
        computed(
            "keep_until",
            f"(date({OWN}, '+1 year'))",
            kind="date",
            list_rank=7,
            unknown="until a decision",
            help="Nothing of them is destroyed before",
        ),
    )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return the former names, with one that changes now, for the exclusion check."""
        # Asked of the file: the record at hand has the new name already.
        was = office.get(Candidate, self.id).name if self.id else self.name
        known = without_doubles(self.name, *split_names(self.former_names))
        names = without_doubles(*known, was)
        # A text that lacks nothing stays as somebody wrote it.
        return {"former_names": "; ".join(names[1:])} if names != known else {}

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a mistyped NPI; remark on words that suggest a question which is not asked."""
        from officeops_hr.people.npi import is_npi

        if self.npi and not is_npi(self.npi):
            yield Problem("is no NPI: ten digits with a check digit", "npi", code="malformed")
        before = office.get(Candidate, self.id).note if self.id else None
        # Once, when it is written: a step of the candidate changes no note.
        if self.note != before:
            named("officeops_hr.hiring.fair_words:remark")(office, self.note)

    def owes(self, office: Office) -> str | None:  # noqa: ARG002 - as every kind
        """Return that somebody has to decide, once the application went anywhere."""
        if self.decided_on or self.stage == "applied":
            return None
        return "nobody has decided on the application"

    def after_merge(self, office: Office, gone: Candidate) -> Iterable[str]:
        """Keep the names of an application that was merged into this one."""
        known = without_doubles(self.name, *split_names(self.former_names))
        names = without_doubles(*known, gone.name, *split_names(gone.former_names))
        if new := names[len(known) :]:
            office.edit(self, former_names="; ".join(names[1:]))
            yield f"{', '.join(new)}: kept as former names of {self.name}."
