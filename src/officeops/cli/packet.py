"""A packet for an inspector: the handout, and the documents of its proofs in order, in one folder."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from officeops.cli.inspection_text import inspection_text
from officeops.cli.paragraphs import PAGE_WIDTH
from officeops.cli.verbs.save_verb import write_new
from officeops.model.errors import Refused
from officeops.office.attached import attached_to
from officeops.values.file_types import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.core.attachment_record import Attachment
    from officeops.core.inspection_questions import Inspection
    from officeops.office.inspection import InspectionLine
    from officeops.office.office import Office

HANDOUT: Final = "00 Handout.txt"


def write_packet(
    office: Office,
    asked: Inspection,
    lines: Sequence[InspectionLine],
    folder: str,
) -> tuple[list[str], int]:
    """Write a packet into a new folder; return its documents, and how many sealed ones it lacks.

    The number before a name is that of the question. Raises Refused where the folder is there, or
    cannot be written: then nothing is left of it.
    """
    documents = list(_documents(office, asked, lines))
    open_ones = [document for document in documents if not document[1].is_sealed]
    # A sealed document leaves the office by its own command alone, where its reading is noted.
    _make(folder)
    try:
        text = inspection_text(office, asked, lines, PAGE_WIDTH, handout=True)
        write_new(os.path.join(folder, HANDOUT), ("\n".join(text) + "\n").encode())
        names = []
        for name, attachment in open_ones:
            content = office.content(attachment).read()
            write_new(os.path.join(folder, name), content)
            names.append(name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return names, len(documents) - len(open_ones)


def _make(folder: str) -> None:
    try:
        # Papers of patients and staff may be among them: nobody else on this machine reads along.
        os.mkdir(folder, 0o700)
    except FileExistsError:
        raise Refused(f"{folder} is there already; name a new folder", code="exists") from None
    except OSError as error:
        why = f"{folder} cannot be made: {error.strerror}"
        raise Refused(why, code="cannot-write") from error


def _documents(
    office: Office, asked: Inspection, lines: Sequence[InspectionLine]
) -> Iterator[tuple[str, Attachment]]:
    """Yield the files of the records that prove something, each with its name in the folder."""
    place = {question.key: number for number, question in enumerate(asked.questions, start=1)}
    counts: dict[int, int] = {}
    for line in lines:
        proof = line.proof
        kind = office.records.get(proof.record) if proof else None
        if proof is None or kind is None or not proof.record_id:
            continue
        number = place[line.question.key]
        # The oldest first, as they came in.
        for attachment in attached_to(office, office.get(kind, proof.record_id)).files[::-1]:
            counts[number] = counts.get(number, 0) + 1
            own = safe_name(attachment.name or "", f"attachment-{attachment.id}.{attachment.type}")
            yield f"{number:02}-{counts[number]:02} {own}", attachment
