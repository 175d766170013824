"""Free names: what plugins register under one name of the whole office has one owner each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: By register hook: what people call a value of it, and the names under which it is found.
_NAMES: Final[dict[str, tuple[str, Callable[[Any], Sequence[str]]]]] = {
    "actions": ("action", lambda action: (action.name,)),
    "views": ("view", lambda view: (f"{view.name} of {view.record}",)),
    "reports": ("report", lambda report: (report.name,)),
    "jobs": ("job", lambda job: (job.name,)),
    "roles": ("role", lambda role: (role.name,)),
    # By its whole name, and by the word that opens it.
    "screens": ("screen", lambda screen: (screen.id, screen.word)),
    "formats": ("format", lambda form: [f"{form.name} of {key}" for key in form.records]),
}
#: Hooks whose names begin with that of their plugin: the word for a value, and its name.
_PREFIXED: Final[dict[str, tuple[str, Callable[[Any], str]]]] = {
    "permissions": ("permission", lambda permission: str(permission.name)),
    "datasets": ("dataset", lambda dataset: str(dataset.key)),
}


def refused(
    hook: str,
    name: str,
    value: object,
    registered: Iterable[tuple[str, Any]],
) -> str:
    """Say why a plugin's value is left out: its name is another's. Blank where it is free."""
    if hook not in _NAMES:
        return ""
    noun, names_of = _NAMES[hook]
    own = names_of(value)
    for plugin, other in registered:
        if plugin == name:
            continue
        for taken in names_of(other):
            if taken in own:
                return f"the {noun} {taken} is of {plugin} already; call this one something else"
    return ""


def misnamed(
    hook: str,
    name: str,
    value: object,
) -> str:
    """Say why a value cannot be the plugin's: its name begins with another's. Blank where it may.

    A permission of a wrong name would leave the level of the right one as it is derived.
    """
    if hook not in _PREFIXED:
        return ""
    noun, name_of = _PREFIXED[hook]
    if name_of(value).startswith(f"{name}."):
        return ""
    return f'the {noun} {name_of(value)} does not begin with "{name}.", and is not its own'
