"""The packet of a provider: the documents that a payer or hospital asks for, as far as one may see them.

Credentials come first, then education, employments and papers, in the order of their types. A
missing document has a line too, so that nobody sends a packet without knowing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.credentials.person_section import credential_words
from officeops_hr.credentials.requirement import requirements
from officeops_hr.education.entry import EducationEntry
from officeops_hr.education.person_progress import credits_text, lines
from officeops_hr.leave.rules.periods import months_after
from officeops_hr.papers.file_check import file_lines
from officeops_hr.papers.paper import KINDS
from officeops_hr.papers.paper_type import PaperType
from officeops_hr.people.employment import Employment
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.position import Position
from officeops_hr.people.scope import reaches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Record

_OF: Final = "person_id = ?"
_ASKED: Final = "in_packet"
#: Payers decide again after so many months (NCQA), and ask for the education since then.
_CYCLE: Final = 36
#: How a credential is called that needs something before anybody sends it.
_WANTING: Final = {
    "held": "suspended",
    "pending": "not verified",
    "future": "not good yet",
    "in_grace": "expired",
    "expired": "expired",
    "renewal_filed": "renewal filed",
}
THERE: Final = "there"
MISSING: Final = "missing"


class PacketLine(Value):
    """One thing of a packet: its section, its name, whether it is there, and its record.

    `state` is blank where no document is asked for, as of an employment. A `record` has the files.
    """

    section: str
    what: str
    state: str
    record: Record | None = None


def packet_lines(office: Office, person_id: int) -> Iterator[PacketLine]:
    """Yield the lines of a person's packet in its order."""
    # Each part asks first whether the acting person may know that it is empty.
    if reaches(office, Credential(person_id=person_id, type_id=0)):
        yield from _credentials(office, person_id)
        yield from _unmet(office, person_id)
    if office.may_view(EducationEntry):
        yield from _education(office, person_id)
        yield from _courses(office, person_id)
    if office.may_view(Employment):
        yield from _employments(office, person_id)
    if office.may_view(Position):
        yield from _positions(office, person_id)
    yield from _papers(office, person_id)
    yield from _wanting_papers(office, person_id)


def _credentials(office: Office, person_id: int) -> Iterator[PacketLine]:
    in_force = Credential.in_force(
        office,
        f"{_OF} AND type_id IN (SELECT id FROM hr_credential_type WHERE {_ASKED})",
        person_id,
    )
    # The types are in the order in which payers ask: licenses first.
    for credential in sorted(in_force, key=_by_type):
        now = credential.status_now(office)
        yield PacketLine(
            "Credentials",
            _named(office, credential),
            _WANTING.get(now.status, THERE),
            credential,
        )


def _by_type(credential: Credential) -> tuple[int, str]:
    return credential.type_id, credential.state or ""


def _named(office: Office, credential: Credential) -> str:
    """Name a credential with its end, and who verified it where."""
    words = credential_words(office, credential)
    if credential.verified_on is None:
        return words
    source = credential.verified_source
    at = f" at {source}" if source else ""
    return f"{words}, verified on {credential.verified_on}{at}"


def _unmet(office: Office, person_id: int) -> Iterator[PacketLine]:
    asked = {kind.id for kind in office.all(CredentialType, _ASKED)}
    filed = list(Credential.in_force(office, _OF, person_id))
    unmet = {}
    for need in requirements(office, office.today, person_id):
        is_met = any(map(need.is_met_by, filed))
        if need.type_id in asked and not is_met:
            unmet[need.words] = True
    for words in unmet:
        yield PacketLine(
            "Credentials",
            words,
            MISSING,
        )


def _education(office: Office, person_id: int) -> Iterator[PacketLine]:
    """Yield the credits of each cycle, by category."""
    for line in lines(office, person_id):
        share = line.share
        name = office.label(CredentialType, line.type_id)
        earned = credits_text(share.earned)
        needed = credits_text(share.needed)
        of = f" of {share.category}" if share.category else ""
        # Until its cycle has ended, nobody is late.
        is_late = share.missing and line.until < office.today
        yield PacketLine(
            "Education",
            f"{name}, until {line.until}: {earned} of {needed} credits{of}",
            MISSING if is_late else "",
        )


def _courses(office: Office, person_id: int) -> Iterator[PacketLine]:
    """Yield the courses since the last decision of a payer; their certificates are attached."""
    since = months_after(office.today, -_CYCLE)
    entries = office.all(
        EducationEntry,
        f"{_OF} AND earned_on >= ?",
        person_id,
        since.isoformat(),
        order="earned_on, id",
    )
    for entry in entries:
        of = f", {entry.category}" if entry.category else ""
        number = credits_text(entry.credits)
        yield PacketLine(
            "Education",
            f"{entry.title}, {entry.earned_on}: {number}{of}",
            THERE,
            entry,
        )


def _employments(office: Office, person_id: int) -> Iterator[PacketLine]:
    """Yield each employment, the newest first; why somebody left stays here."""
    for span in office.all(
        Employment,
        _OF,
        person_id,
        order="hired_on DESC",
    ):
        until = span.last_day or "today"
        yield PacketLine(
            "Employment",
            f"{span.hired_on} to {until}",
            "",
            span,
        )


def _positions(office: Office, person_id: int) -> Iterator[PacketLine]:
    """Yield each position, the newest first."""
    for position in office.all(
        Position,
        _OF,
        person_id,
        order="ifnull(starts_on, '') DESC",
    ):
        role = office.label(JobRole, position.role_id)
        since = position.starts_on
        begin = f"from {since}: " if since else ""
        # A title is often the name of the role.
        parts = (position.title, role, position.department)
        words = ", ".join(dict.fromkeys(filter(None, parts)))
        yield PacketLine(
            "Employment",
            begin + words,
            "",
            position,
        )


def _papers(office: Office, person_id: int) -> Iterator[PacketLine]:
    asked = _paper_types(office)
    for kind in filter(office.may_view, KINDS):
        for paper in office.all(
            kind,
            _OF,
            person_id,
            order="type_id, dated_on",
        ):
            name = asked.get(paper.type_id)
            if name is None:
                continue
            yield PacketLine(
                "Papers",
                f"{name}, {paper.dated_on}",
                THERE,
                paper,
            )


def _wanting_papers(office: Office, person_id: int) -> Iterator[PacketLine]:
    """Yield the papers that are missing or have expired."""
    names = set(_paper_types(office).values())
    for line in file_lines(office, person_id, office.today):
        if line.name in names and line.state != "present":
            yield PacketLine("Papers", line.name, line.state)


def _paper_types(office: Office) -> dict[int, str]:
    return {kind.id: kind.name for kind in office.all(PaperType, _ASKED)}
