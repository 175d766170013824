"""Small things plugins declare: commands, screens, views, permissions, jobs and reports."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Self


def named(target: str) -> Any:  # noqa: ANN401 - whatever the name leads to
    """Import the `module:attribute` that a declaration names, as it is heavy or of a higher floor.

    Raises ImportError or AttributeError where there is no such thing.
    """
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)


class Command(Value):
    """A command of one's own. `target` is `module:attribute` of a click command.

    An `overview` prints an answer and changes nothing, and takes `--json`: a drill runs it on the
    restored file, and the demo shows it. Its exit codes are 0, or 3 where something is due. With
    `of`, the key of a kind of record, it is a verb of that kind's noun: `officeops person ready`.
    """

    name: str
    target: str
    help: str
    overview: bool = False
    of: str = ""


class Screen(Value):
    """A screen of one's own in the terminal interface.

    `target` is `module:Class` of a Textual screen, or a function of the office that returns one.
    The end of the `id` is the word that opens it: `keys.board` by `:board`. `means` is its meaning,
    such as `"order"`, whose letter opens it from Today (`officeops.tui.terminal.meanings`).
    """

    id: str
    title: str
    target: str
    means: str = ""

    @property
    def word(self) -> str:
        """The word that opens it."""
        return self.id.rpartition(".")[2]


class Query(Value):
    """A question about one kind of record.

    `where` is the filter language, `sort` is `name` or `-name`, comma-separated. With `archived` it
    finds archived rows too, and with `whole` those that lists leave out (`Record.lists`).
    """

    where: str = ""
    sort: str = ""
    limit: int = 0
    archived: bool = False
    whole: bool = False


class View(Value):
    """A named filter and order over one kind of record. `where` is the filter language."""

    name: str
    record: str
    title: str
    where: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()


class Format(Value):
    """A file format that a plugin reads or writes: `vcard`, for files that end in .vcf.

    A file that begins with the text `begins` is of it, whatever its name ends with.
    `records` are the keys of the records it is for, `fields` the public names of what it gives and
    takes. `read` is `module:function`, called with a stream of bytes, the file's name, and a
    function that takes a sentence on each part that it leaves out; it yields a line's number and a plain row.
    `write` is called with a stream and plain rows. Neither is given an office. A blank one of the
    two: the format is only written, or only read.
    """

    name: str
    endings: tuple[str, ...]
    records: tuple[str, ...]
    fields: tuple[str, ...]
    read: str = ""
    write: str = ""
    begins: str = ""


class Part(Value):
    """Records that are part of another and are shown within it: an order's lines.

    `field` of kind `record` points to the whole; `columns` are shown, the first of them longest
    where there is little room. `total` is `module:function`, called with the office and the whole:
    the line below the parts. `word` is what JSON calls them, if not by the plural of their kind; of
    `is_quiet` ones nothing is said where there are none.
    """

    record: str
    field: str
    columns: tuple[str, ...]
    total: str = ""
    word: str = ""
    is_quiet: bool = False

    def heading(self, plural: str) -> str:
        """Return what people call the parts; `plural` is their kind's own word."""
        return self.word.replace("-", " ").capitalize() or plural


class Permission(Value):
    """A permission beyond those that follow from the records, or one of those with another level.

    `level` says which roles have it by default: `read`, `work`, `lead`, `manage` or `sensitive`
    (`officeops.access.roles`).
    """

    name: str
    help: str
    level: str = "manage"


class Role(Value):
    """A role that every office with the plugin has: `Role("chef", ("read", "menu.*"), "Cooks.")`.

    A pattern is a level, a permission, or `PREFIX.*`. A role that the office made itself under the
    same name counts instead.
    """

    name: str
    patterns: tuple[str, ...]
    help: str


class Job(Value):
    """Work for cron: `officeops job NAME`. Safe to run twice; yields the sentences to print.

    `schedule` says in words how often it is best run. With `cron`, the five fields of a crontab's
    line, `officeops access install` puts it there.
    """

    name: str
    run: Callable[..., Iterable[str]]
    help: str
    schedule: str
    cron: str = ""


class LeftOut(str):
    """A sentence of a job about something that it left out.

    `officeops job` then ends with 5, or with 1 where nothing was written.
    """

    __slots__ = ()

    def __new__(cls, sentence: str) -> Self:
        """Mark a sentence, which names the part left out and why."""
        return super().__new__(cls, sentence)


class Report(Value):
    """Rows with a title, printed by `officeops report NAME`.

    `opens` are sealed fields, such as `hr.pay.amount`, that its code opens for everybody who may
    print it; the history records each printing.
    """

    name: str
    title: str
    run: Callable[..., Iterable[Mapping[str, Any]]]
    help: str
    opens: tuple[str, ...] = ()


def job(
    name: str, *, schedule: str = "daily", cron: str = ""
) -> Callable[[Callable[..., Iterable[str]]], Job]:
    """Declare a function `(office) -> sentences` as a job; its docstring is the help."""
    return lambda run: Job(name, run, _first_line(run), schedule, cron)


def report(
    name: str,
    *,
    title: str,
    opens: tuple[str, ...] = (),
) -> Callable[[Callable[..., Iterable[Mapping[str, Any]]]], Report]:
    """Declare a function `(office) -> rows` as a report; its docstring is the help.

    `opens` names the sealed fields that it opens.
    """
    return lambda run: Report(name, title, run, _first_line(run), opens)


def _first_line(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0]
