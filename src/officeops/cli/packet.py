"""A packet: a cover, and the files attached to records in the order of its parts, in one folder.

An inspection hands one out, and so do commands of plugins.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from typing import TYPE_CHECKING

from officeops.cli.context import office_of, refuse_request, run_of
from officeops.cli.output import say
from officeops.cli.verbs.save_verb import write_new
from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.office.attached import attached_to
from officeops.values.file_types import safe_name
from officeops.values.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import click

    from officeops.core.attachment_record import Attachment
    from officeops.model.office import Office
    from officeops.model.records import Record


class PacketFile(Value):
    """A file of a packet: the number of its part, its name in the folder, and the attachment.

    A packet shows nothing sealed: such a file is `left_out`, and has no name.
    """

    number: int
    name: str
    attachment: Attachment
    left_out: bool


def packet_files(office: Office, parts: Iterable[tuple[int, Record]]) -> Iterator[PacketFile]:
    """Yield the files attached to records, each record with the number of its part.

    Several records may have one number. A record that the acting person may not see has no files
    for them.
    """
    counts: Counter[int] = Counter()
    for number, record in parts:
        # The oldest first, as they came in.
        for attachment in attached_to(office, record).files[::-1]:
            if attachment.is_sealed:
                yield PacketFile(number, "", attachment, left_out=True)
                continue
            counts[number] += 1
            own = safe_name(attachment.name or "", f"attachment-{attachment.id}.{attachment.type}")
            yield PacketFile(
                number, f"{number:02}-{counts[number]:02} {own}", attachment, left_out=False
            )


def write_packet(
    ctx: click.Context,
    folder: str,
    cover: tuple[str, Sequence[str]],
    files: Sequence[PacketFile],
) -> None:
    """Write a packet into a new folder, and say how many files it has and lacks.

    `cover` is the name of the first page and its lines. Raises Refused over SSH, where the folder
    is there, or cannot be written: then nothing is left of it.
    """
    run = run_of(ctx)
    refuse_request(ctx)
    if run.gated:
        raise Refused("a packet is written on the office's own machine", code="server-only")
    shown = [file for file in files if not file.left_out]
    name, lines = cover
    _make(folder)
    try:
        write_new(os.path.join(folder, name), ("\n".join(lines) + "\n").encode())
        for file in shown:
            content = office_of(ctx).content(file.attachment).read()
            write_new(os.path.join(folder, file.name), content)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    run.fate.wrote(f"{folder} was written.")
    page = os.path.splitext(name)[0].lstrip("0 ").lower()
    say(f"{folder} was written: {count(len(shown), 'document')} and the {page}.")
    # A sealed document leaves the office by its own command alone, where its reading is noted.
    sealed = len(files) - len(shown)
    if sealed:
        run.partly(f"{count(sealed, 'sealed file')} left out: a packet shows nothing sealed.")


def _make(folder: str) -> None:
    try:
        # Papers of patients and staff may be among them: nobody else on this machine reads along.
        os.mkdir(folder, 0o700)
    except FileExistsError:
        raise Refused(f"{folder} is there already; name a new folder", code="exists") from None
    except OSError as error:
        why = f"{folder} cannot be made: {error.strerror}"
        raise Refused(why, code="cannot-write") from error
