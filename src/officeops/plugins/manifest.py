"""Plugin, a plugin's manifest, and Trouble, the reason why a plugin is not in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from officeops.model.error_words import place_in, repr_of
from officeops.model.errors import Broken
from officeops.model.immutable import Value
from officeops.plugins import INTERFACE
from officeops.plugins.declared_types import fitted

if TYPE_CHECKING:
    from officeops.plugins.discovery import Found


class Plugin(Value):
    """A plugin's manifest: `PLUGIN = Plugin(...)` in its root module.

    - `api`: the version of the plugin interface that it is written for, 2 today
    - `requires`: plugins that it cannot do without; `after`: plugins that it can do without, also
      where they are not installed, and that are loaded ahead of it
    - `bridges`: modules whose hooks count only where another plugin is on too
    - `group`: the heading of `officeops --help` for its commands and records: one of
      `officeops.core.commands.GROUPS`, or its own
    """

    name: str
    summary: str
    api: int = 1
    requires: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    bridges: Mapping[str, str] = {}
    group: str = ""


class Trouble(Value):
    """A failure of a plugin: which plugin, where, why, and the traceback for its author.

    `where` is for people; `hook` is the name of the hook that failed when it was asked, blank where
    something else did. `check` is the rule for authors that it breaks, where one is known.
    `is_refused` is for a failure by which nothing of the plugin counts.
    """

    plugin: str
    where: str
    why: str
    trace: str = ""
    hook: str = ""
    check: str = ""
    is_refused: bool = False

    @property
    def cure(self) -> str:
        """The next step, where code of the plugin failed; or blank."""
        is_of_tables = self.check == "migration-runs"
        name = self.plugin
        if self.hook and self.trace and not self.is_refused:
            return f"`officeops plugins disable {name}` turns it off."
        if not self.is_refused or not (self.trace or is_of_tables):
            return ""
        # A step has no place in the code of its plugin.
        look = (
            f"check {name}` tests it again"
            if is_of_tables
            else f"--trace {name}` shows where it failed"
        )
        return (
            f"Nothing of {name} runs until that is fixed; `officeops plugins {look}, "
            f"`officeops plugins disable {name}` turns it off."
        )

    @property
    def place(self) -> str:
        """The file and the line of the failure in the plugin's own code; or blank."""
        return place_in(self.trace, self.plugin)

    @property
    def said(self) -> str:
        """The failure in a list of one plugin's, with the file and the line."""
        said, place = f"{self.where}: {self.why}", self.place
        return f"{said.rstrip('.')} ({place})" if place else said

    def __str__(self) -> str:
        return f"{self.plugin}: {self.said}"


def checked(manifest: object, plugin: Found) -> Plugin:
    """Check the manifest of a plugin. Raises Broken."""
    name = plugin.name
    if not isinstance(manifest, Plugin):
        raise Broken(f"{plugin.module} has no PLUGIN = Plugin(...)")
    if manifest.api != INTERFACE:
        from officeops.plugins.interface import of_another

        raise Broken(of_another(manifest.api, plugin), check="interface")
    if name == "core":
        raise Broken("core is officeops itself; call the plugin something else", check="name")
    if manifest.name != name:
        raise Broken(f"it is installed as {name} but calls itself {manifest.name}", check="name")
    # Its words are printed and its lists read outside any code of the plugin.
    if not isinstance(manifest.bridges, Mapping):
        raise Broken(f"its bridges are {repr_of(manifest.bridges)}, which are no dictionary")
    for text in (*manifest.bridges, *manifest.bridges.values()):
        if not isinstance(text, str):
            raise Broken(f"its bridges have {repr_of(text)}, which is no text")
    return fitted(manifest, Plugin)
