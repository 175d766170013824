"""Formats of plugins, on the command line: their names, and the one that a file is of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.cli.context import run_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.declarations import Format
    from officeops.model.records import Record

#: Bytes of a file that are looked at for the text with which a format begins.
_HEAD: Final = 400


def formats_of(ctx: click.Context, record: type[Record]) -> list[Format]:
    """List the formats that plugins have for a kind of record."""
    registered = run_of(ctx).plugins.registered("formats")
    return [form for _, form in registered if record.meta.key in form.records]


def named_format(
    ctx: click.Context,
    record: type[Record],
    name: str,
) -> Format | None:
    """Return the plugins' format of a name, if any."""
    return next((form for form in formats_of(ctx, record) if form.name == name), None)


def format_of_file(
    ctx: click.Context,
    record: type[Record],
    file: str,
) -> Format | None:
    """Return the plugins' format that a file's name ends with, if any."""
    # A name such as `-` says nothing of a format.
    ending = Path(file).suffix.lower()
    if not ending:
        return None
    return next((form for form in formats_of(ctx, record) if ending in form.endings), None)


def plugin_of(ctx: click.Context, form: Format) -> str:
    """Return the name of the plugin that has a format."""
    registered = run_of(ctx).plugins.registered("formats")
    return next(plugin for plugin, one in registered if one is form)


def format_by_content(
    ctx: click.Context,
    record: type[Record],
    file: str,
) -> Format | None:
    """Return the plugins' format that a file begins as, if any."""
    begun = [form for form in formats_of(ctx, record) if form.begins]
    if not begun or not Path(file).is_file():
        return None
    with Path(file).open("rb") as stream:
        head = stream.read(_HEAD)
    # A report that a program saved again may have a mark of its encoding, and two bytes a letter.
    text = head.replace(b"\0", b"").decode("ascii", errors="ignore").lstrip().casefold()
    return next((form for form in begun if text.startswith(form.begins.casefold())), None)


class FormatChoice(click.ParamType):  # type: ignore[type-arg] # no generic in older versions
    """The name of a format: one of the program's own, or of a plugin for the kind of record.

    Plugins are asked only where the name is none of the program's, and for the help.
    """

    name = "format"

    def __init__(
        self,
        own: Sequence[str],
        record: type[Record],
        *,
        is_written: bool = False,
    ) -> None:
        self._own = own
        self._record = record
        self._is_written = is_written

    def names(self, ctx: click.Context) -> list[str]:
        """List the names."""
        formats = formats_of(ctx, self._record)
        function = "write" if self._is_written else "read"
        more = [form.name for form in formats if getattr(form, function)]
        return [*self._own, *more]

    def get_metavar(
        self,
        param: click.Parameter,  # noqa: ARG002 - as click declares it
        ctx: click.Context,
    ) -> str:
        """Show the names."""
        return f"[{'|'.join(self.names(ctx))}]"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click declares it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str:
        """Take a name. Refuses one that no format has."""
        name = str(value).lower()
        if name in self._own or (ctx is not None and name in self.names(ctx)):
            return name
        # A calendar is never read, and the import says so in its own words.
        if ctx is not None and not self._is_written and named_format(ctx, self._record, name):
            return name
        names = ", ".join(self.names(ctx) if ctx else self._own)
        raise click.BadParameter(f"{value!r} is not one of {names}.", ctx, param)
