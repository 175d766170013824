"""A plugin for the journeys through the screens: tools in cabinets, lent and lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import (
    Due,
    Migration,
    Plugin,
    Record,
    Refused,
    Screen,
    View,
    action,
    choice,
    computed,
    field,
    hookimpl,
    param,
    ref,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Action, Office
    from officeops.office.office import Office as OpenOffice

PLUGIN = Plugin("tools", "Tools in cabinets", api=2)


class Cabinet(Record, key="tools.cabinet", prefix="CB", display="id"):
    """A place for tools."""

    room: str = field(search=True)


class Tool(Record, key="tools.tool", display="name"):
    """A thing in a cabinet."""

    name: str = field(unique=True, search=True, list_rank=1)
    cabinet_id: int | None = ref("tools.cabinet", default=None, list_rank=3)
    pieces: int = field(default=1, minimum=0, list_rank=2, help="How many there are")
    price: int | None = field(kind="money", default=None, list_rank=6)
    checked_on: date | None = field(default=None, list_rank=5)
    grade: str = choice("fine", "worn_out", default="fine", list_rank=4)
    lent_to: str | None = field(default=None, managed=True, list_rank=7)
    sharp: bool = field(default=False, list_rank=8)
    note: str | None = field(kind="long_text", default=None, hidden=True)

    computed = (
        computed("worth", "t.pieces * ifnull(t.price, 0)", kind="money", total=True, list_rank=9),
    )


def _lent(office: Office, tool: Tool) -> str | None:  # noqa: ARG001
    return f"it is lent to {tool.lent_to}" if tool.lent_to else None


@action("tools.tool.lend", means="use", unless=_lent)
def lend(office: Office, tool: Tool, person: str = param(help="Who takes it")) -> str:
    """Lend a tool."""
    if person == "nobody":
        raise Refused("nobody is nobody")
    office.edit(tool, managed=True, lent_to=person)
    return f"{tool.name} is lent to {person}."


@action("tools.tool.lose", danger=True)
def lose(office: Office, tool: Tool) -> str:
    """Write a tool off."""
    office.edit(tool, pieces=0)
    return f"{tool.name} is lost."


@action("tools.tool.inspect", means="do", bulk=True)
def inspect(office: Office, tool: Tool) -> str:
    """Look a tool over."""
    office.edit(tool, checked_on=office.today)
    return f"{tool.name} was looked over."


@action("tools.tool.bend")
def bend(office: Office, tool: Tool) -> str:  # noqa: ARG001
    """Fail."""
    raise ZeroDivisionError("[/b] bent")


@action("tools.tool.sharpen")
def sharpen(office: Office, tool: Tool) -> str:
    """Sharpen a tool. It has no letter."""
    office.edit(tool, sharp=True)
    return f"{tool.name} is sharp."


def _unsure(office: Office, tool: Tool) -> str | None:  # noqa: ARG001
    raise KeyError("unsure")


@action("tools.tool.doubt", means="approve", unless=_unsure)
def doubt(office: Office, tool: Tool) -> None:
    """Do what nobody knows whether it may be done."""


@action("tools.audit")
def audit(office: Office, person: str = param(default="nobody")) -> str:
    """Audit all tools."""
    office.add(Cabinet(room=f"audited by {person}"))
    return f"Audited by {person}."


@hookimpl
def records() -> Iterable[type[Record]]:
    return [Cabinet, Tool]


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    return [lend, lose, inspect, bend, sharpen, doubt, audit]


@hookimpl
def views() -> Iterable[View]:
    return [View("worn", "tools.tool", "Worn out", where="grade=worn_out", sort="-pieces")]


@hookimpl
def screens() -> Iterable[Screen]:
    here = "officeops_file_tools"
    return [
        Screen("tools.drawer", "Drawer", f"{here}:make_drawer", means="order"),
        Screen("tools.unmade", "Unmade", f"{here}:missing", means="print"),
        Screen("tools.torn", "Torn", f"{here}:make_torn", means="receive"),
        Screen("tools.bare", "Bare", f"{here}:make_bare", means="count"),
    ]


def make_drawer(office: OpenOffice) -> Any:  # noqa: ANN401
    """A screen of lines."""
    from officeops.tui import Line, LineScreen

    class Drawer(LineScreen):
        def make_lines(self, width: int) -> list[Line]:  # noqa: ARG002
            return [Line.of(f"The drawer of {self.office.actor}")]

    return Drawer(office)


def make_torn(office: OpenOffice) -> Any:  # noqa: ANN401
    """A screen whose every part fails."""
    from officeops.tui import LineScreen

    class Torn(LineScreen):
        def make_lines(self, width: int) -> Any:  # noqa: ANN401, ARG002
            raise KeyError("torn")

        def crumb(self) -> str:
            raise KeyError("torn")

        def own_keys(self) -> Any:  # noqa: ANN401
            raise KeyError("torn")

    return Torn(office)


def make_bare(office: Office) -> Any:  # noqa: ANN401, ARG001
    """A screen of Textual's own that fails where nothing guards it."""
    from textual.screen import Screen as Bare

    class Broken(Bare[None]):
        def on_mount(self) -> None:
            raise KeyError("bare")

    return Broken()


@hookimpl
def due(office: Office, until: date) -> Iterable[Due]:
    for tool in office.all(Tool, "grade = 'worn_out'"):
        yield Due(
            f"tools.worn:{tool.id}",
            until,
            f"{tool.name} is worn out",
            "unsafe",
            action="inspect",
            record="tools.tool",
            record_id=tool.id,
        )


@hookimpl
def migrations() -> Iterable[Migration]:
    return [
        Migration(
            "0001_start",
            """
CREATE TABLE tools_cabinet (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    room TEXT NOT NULL
) STRICT;
CREATE TABLE tools_tool (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT,
    name TEXT NOT NULL, cabinet_id INTEGER REFERENCES tools_cabinet(id),
    pieces INTEGER NOT NULL DEFAULT 1,
    price INTEGER, checked_on TEXT, grade TEXT NOT NULL DEFAULT 'fine', lent_to TEXT,
    sharp INTEGER NOT NULL DEFAULT 0, note TEXT
) STRICT;
CREATE INDEX tools_tool_cabinet_id ON tools_tool(cabinet_id) WHERE cabinet_id IS NOT NULL;
CREATE UNIQUE INDEX tools_tool_name ON tools_tool(name) WHERE archived_at IS NULL;
""",
        )
    ]
