"""`officeops attachment save`: the bytes of an attachment, in a file or on standard output."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, refuse_request, run_of
from officeops.cli.output import say
from officeops.cli.replaced_file import replacing
from officeops.core.attachment_record import Attachment
from officeops.model.errors import Refused
from officeops.values.file_types import safe_name

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.office.office import Office


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb, which attachments alone have."""

    @click.pass_context
    def run(
        ctx: click.Context,
        which: str,
        output: str | None,
        replace: bool,  # noqa: FBT001
    ) -> None:
        refuse_request(ctx)
        office = office_of(ctx)
        attachment = office.find(Attachment, which)
        # The folder of a session over SSH is the server's.
        if output is None and run_of(ctx).gated:
            raise Refused(
                f"over SSH the file comes on standard output: `ssh HOST attachment save "
                f"{attachment.id} -o - > FILE`",
                code="server-only",
            )
        if output == "-":
            _print(office, attachment)
            return
        path = output or _own_name(office, attachment)
        # Before a sealed file is opened, which is recorded.
        if not replace and os.path.lexists(path):
            _refuse_existing(path)
        content = office.content(attachment).read()
        if replace:
            with replacing(path) as out:
                out.write(content)
        else:
            write_new(path, content)
        run_of(ctx).fate.wrote(f"{path} was written.")
        say(f"{path} was written.")

    words = """Save the bytes of an attachment as a file, under its name in this folder.

    A file that is there is not replaced, unless you say so.
    """
    command = click.Command(verb, callback=run, help=words)
    command.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        click.Option(
            ["-o", "--output"], metavar="FILE", help="Another file; `-` is standard output."
        ),
        click.Option(["--replace"], is_flag=True, help="Replace a file that is there."),
    ]
    return command


def _own_name(office: Office, attachment: Attachment) -> str:
    """Return the attachment's own name, as it is safe to write. A sealed one is opened for it."""
    name = attachment.name or ""
    if attachment.is_sealed:
        name = office.reveal(attachment, "sealed_name") or ""
    return safe_name(name, f"attachment-{attachment.id}.{attachment.type}")


def _print(office: Office, attachment: Attachment) -> None:
    # Bytes that are no text could drive the terminal.
    if sys.stdout.isatty() and attachment.type != "text":
        raise Refused(
            "a terminal cannot show the file: send it to another one with >, or leave -o out",
            code="not-together",
        )
    content = office.content(attachment).read()
    # Text that was printed before must not come after the bytes.
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_new(path: str, content: bytes) -> None:
    """Write a new file, which nobody else may read. Raises Refused for one that is there, links too.

    A file that could not be written whole is taken away again.
    """
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        number = os.open(path, flags, 0o600)
    except FileExistsError:
        _refuse_existing(path)
        raise
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}", code="cannot-write") from error
    try:
        with open(number, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except BaseException as error:
        with suppress(OSError):
            os.unlink(path)
        if isinstance(error, OSError):
            why = f"{path} cannot be written: {error.strerror}"
            raise Refused(why, code="cannot-write") from error
        raise


def _refuse_existing(path: str) -> None:
    raise Refused(f"{path} is there already; give -o another name, or --replace", code="exists")
