"""The columns that a person chose for a list, kept on this machine by login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.office.office import Office

#: The file of the choices, beside officeops.toml: a table for each login, a line for each list.
_FILE: Final = "columns.toml"


def kept_columns(office: Office, shown: str) -> tuple[str, ...]:
    """Return the columns that the acting person chose for a list, by its key; none for all."""
    own = office.machine.load(_FILE).get(office.login, {})
    # A person may have edited the file by hand.
    names = own.get(shown, []) if isinstance(own, dict) else []
    return tuple(map(str, names)) if isinstance(names, list) else ()


def keep_columns(
    office: Office,
    shown: str,
    names: Sequence[str],
) -> None:
    """Keep the columns of a list; none shows all again. Raises Refused over SSH."""
    content = office.machine.load(_FILE)
    own = content.setdefault(office.login, {})
    if names:
        own[shown] = list(names)
    else:
        own.pop(shown, None)
    office.machine.save(_FILE, content)
