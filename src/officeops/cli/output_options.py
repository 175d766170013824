"""The options of commands that print: as JSON or CSV, or as a file of any format."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FORMATS: list[Callable[[Any], Any]] = [
    click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Print a JSON array, one object for each row.",
    ),
    click.option(
        "--csv",
        "as_csv",
        is_flag=True,
        help="Print CSV with a header line.",
    ),
]


#: The formats of commands that print rows, by the ending of a file.
PAGE_FORMATS: Final = ("txt", "csv", "json", "xlsx", "pdf")


def output_options(command: Any) -> Any:  # noqa: ANN401 - a click decorator
    """Add `--json`, `--csv` and `--output FILE` to a command."""
    command = page_options()(command)
    for option in reversed(FORMATS):
        command = option(command)
    return command


def page_options(*forms: str) -> Callable[[Any], Any]:
    """Add `--output FILE` to a command: what it prints goes to a file of the format it names.

    `forms` are the formats if they are not those of every list. A command needs `as_csv` to write
    CSV and `as_json` to write JSON. A form that the core does not know, such as `ics`, is the text or
    the bytes that the command prints without an option. The file is whole, or as it was before.
    """
    known = forms or PAGE_FORMATS

    def add(command: Any) -> Any:  # noqa: ANN401 - a click decorator
        @wraps(command)
        def run(
            *args: object,
            page_file: str | None,
            page_format: str | None,
            **given: object,
        ) -> object:
            ctx = click.get_current_context()
            # The group of `officeops today snooze` prints nothing of its own.
            if page_file is None or ctx.invoked_subcommand:
                if page_format and page_file is None:
                    raise UsageProblem(
                        "--format says what --output FILE is; name the file too.",
                        code="not-together",
                    )
                return command(*args, **given)
            from officeops.cli.printing import printed

            if given.get("as_json") or given.get("as_csv"):
                raise UsageProblem(
                    "--json and --csv print; --output FILE goes by the ending of the file. "
                    "Leave one of them out.",
                    code="not-together",
                )
            with printed(ctx, page_file, page_format, known) as form:
                # The command prints as if its own option had been given.
                for name in ("json", "csv"):
                    if f"as_{name}" in given:
                        given[f"as_{name}"] = form == name
                return command(*args, **given)

        for option in reversed(_page_options(known)):
            run = option(run)
        return run

    return add


def _page_options(forms: Sequence[str]) -> list[Callable[[Any], Any]]:
    endings = " or ".join(f".{form}" for form in forms)
    # A line of help has no room for all five.
    if "xlsx" in forms:
        endings = ".pdf, .xlsx, .txt …"
    return [
        click.option(
            "--output",
            "page_file",
            metavar="FILE",
            help=f"Write to FILE, whose ending gives the format: {endings}",
        ),
        click.option(
            "--format",
            "page_format",
            type=click.Choice(forms),
            help="The format, if the file's name does not give it.",
        ),
    ]
