"""`--output FILE`: what a command prints, as a file: text, CSV, JSON, XLSX or PDF pages."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from officeops.cli.collected import Collected
from officeops.cli.context import run_of
from officeops.cli.on_page import PAGE
from officeops.cli.output import say
from officeops.cli.replaced_file import replacing
from officeops.model.errors import UsageProblem
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import click

    from officeops.cli.context import Run
    from officeops.exchange.paper.page import Paper

#: Those that are more than the text on standard output.
_OF_BLOCKS: Final = frozenset({"xlsx", "pdf"})


@contextmanager
def printed(
    ctx: click.Context,
    file: str,
    form: str | None,
    forms: Sequence[str],
) -> Iterator[str]:
    """Write all that is printed inside to a file, and yield the format it gets.

    `forms` are the formats that the command has. A file that is there is replaced when the new one is
    complete. Raises UsageProblem for a name that gives no format.
    """
    form = form or _form_of(file, forms)
    run = run_of(ctx)
    # Loading them may part standard output, which takes the stream that is there now.
    _ = run.plugins
    # Asked before the new file has its name.
    was_there = file != "-" and os.path.lexists(file)
    if file == "-" and form not in _OF_BLOCKS:
        yield form
        return
    # Bytes of a PDF would drive the terminal.
    if file == "-" and sys.stdout.isatty():
        raise UsageProblem(
            f"A terminal shows no {form.upper()}. Name a file: --output FILE.{form}", code="needed"
        )
    with replacing(file) if file != "-" else _standard_output() as out:
        if form in _OF_BLOCKS:
            yield from _as_blocks(ctx, run, form, out)
        else:
            yield from _as_text(form, out)
    if file != "-":
        run.fate.wrote(f"{file} was written.")
        replaced = " It takes the place of the file that was there." if was_there else ""
        say(f"{file} was written.{replaced}")


def _form_of(file: str, forms: Sequence[str]) -> str:
    if file == "-":
        raise UsageProblem("Standard output has no ending: name --format too.", code="needed")
    ending = Path(file).suffix.lower().lstrip(".")
    if ending not in forms:
        raise UsageProblem(
            f"{file!r} names no format of this command; end it in .{', .'.join(forms)}, or give "
            "--format.",
            code="malformed",
        )
    return ending


def _as_text(form: str, out: BinaryIO) -> Iterator[str]:
    """Let the text that is printed go to `out`."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    with _in_place_of_stdout(text):
        yield form
    text.flush()
    # Else it would close the file, which is still to be synced, when it goes.
    text.detach()


def _as_blocks(
    ctx: click.Context,
    run: Run,
    form: str,
    out: BinaryIO,
) -> Iterator[str]:
    """Collect all that is printed, and write it as a workbook or as pages."""
    page = Collected(_title(ctx))
    ctx.meta[PAGE] = page
    try:
        with _in_place_of_stdout(page.stream):
            yield form
    finally:
        del ctx.meta[PAGE]
    if form == "xlsx":
        from officeops.exchange.paper.workbook import write_workbook

        write_workbook(out, page.page("", ""))
        return
    from officeops.exchange.paper.pages import write_pdf

    missing, unjoined = write_pdf(out, page.page(*_office_of(run)), _sheet(run))
    if missing:
        say(f"No font here has {safe(' '.join(missing))}: the pages have ? there. {_CURE}")
    if unjoined:
        say(f"The pages have {unjoined} letter by letter, not joined: write such names by hand.")


_CURE: Final = "Install a font that has them, such as Noto Sans of that script."


def _sheet(run: Run) -> Paper:
    """Return the size of the sheets, a setting of this machine."""
    return "a4" if run.machine.own.paper == "a4" else "letter"


def _title(ctx: click.Context) -> str:
    """Return the words of the command as a title: `Stock list`."""
    words = ctx.command_path.split()[1:]
    return " ".join(words).capitalize()


def _office_of(run: Run) -> tuple[str, str]:
    """Return the name of the office, and the line that says when this was printed and by whom."""
    office = run.opened
    if office is None:
        return "", ""
    from officeops.values.instants import show_instant

    at = show_instant(office.now(), office.ways)
    return office.facts.name, f"Printed {at} by {office.who.name}"


@contextmanager
def _in_place_of_stdout(stream: io.TextIOBase) -> Iterator[None]:
    before = sys.stdout
    before.flush()
    sys.stdout = stream
    try:
        yield
    finally:
        sys.stdout = before


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    sys.stdout.flush()
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
