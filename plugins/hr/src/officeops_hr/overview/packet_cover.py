"""The cover of a packet: who it is about, and each line with its state and its files."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.commands import packet_files, paragraph
from officeops_hr.overview.packet import THERE, packet_lines
from officeops_hr.people.contacts import FormerName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops.commands import PacketFile
    from officeops_hr.overview.packet import PacketLine
    from officeops_hr.people.person import Person

#: Where the words of a line begin, behind its number and its state.
_INDENT: Final = " " * 21


class CoverLine(Value):
    """A line of a packet with its number, which the names of its files begin with."""

    number: int
    line: PacketLine
    files: tuple[PacketFile, ...]

    @property
    def section(self) -> str:
        """The heading above it."""
        return self.line.section

    @property
    def state(self) -> str:
        """The state in words; a document that is entered, but has no file, proves nothing."""
        if self.line.state != THERE:
            return self.line.state
        if not self.files:
            return "without file"
        # A packet shows nothing sealed.
        return "sealed" if self.sealed == len(self.files) else THERE

    @property
    def sealed(self) -> int:
        """How many of its files are sealed."""
        return sum(file.left_out for file in self.files)

    @property
    def is_gap(self) -> bool:
        """Whether somebody has to see to it before the packet goes out."""
        return self.state not in {"", THERE}


def cover_lines(office: Office, person_id: int) -> list[CoverLine]:
    """Return the lines of a person's packet with their files."""
    cover = []
    for number, line in enumerate(packet_lines(office, person_id), start=1):
        parts = [(number, line.record)] if line.record else []
        files = tuple(packet_files(office, parts))
        cover.append(CoverLine(number, line, files))
    return cover


def cover_text(
    office: Office,
    person: Person,
    lines: Sequence[CoverLine],
) -> Iterator[str]:
    """Yield the first page of a packet."""
    title = f"{office.facts.name}, {office.today}: packet of {person.name}"
    yield from paragraph(title)
    yield from _identity(office, person)
    for section, of_section in groupby(lines, lambda line: line.section):
        yield ""
        yield section
        for line in of_section:
            begin = f"  {line.number:02}  {line.state}"
            yield from paragraph(line.line.what, _INDENT, begin)
            for file in line.files:
                yield _INDENT + _file(file)


def _file(file: PacketFile) -> str:
    if not file.left_out:
        return file.name
    # Its number alone: the name of a sealed file is sealed too.
    return f"sealed, left out: officeops attachment save {file.attachment.id}"


def _identity(office: Office, person: Person) -> Iterator[str]:
    """Yield the names and the NPI by which payers know a person."""
    if person.legal_name:
        yield f"Legal name: {person.legal_name}"
    former = []
    if office.may_view(FormerName):
        former = list(office.all(FormerName, "person_id = ?", person.id))
    if former:
        names = ", ".join(row.name for row in former)
        yield f"Former names: {names}"
    if person.npi:
        yield f"NPI: {person.npi}"
