"""The contract between the core and its plugins: every hook, its answer, and its failure.

A plugin implements any of these beside its `PLUGIN = Plugin(...)`, marked `@hookimpl`. Hooks return
values and change nothing. Register hooks take no arguments and do no I/O; a plugin that fails in one
of them is refused whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from types import ModuleType

    from officeops.model.actions import Action
    from officeops.model.change import Change
    from officeops.model.dataset import Dataset
    from officeops.model.declarations import (
        Command,
        Format,
        Job,
        Permission,
        Report,
        Role,
        Screen,
        View,
    )
    from officeops.model.due import Due
    from officeops.model.duplicate import Duplicate
    from officeops.model.errors import Problem
    from officeops.model.huddle import HuddleLine
    from officeops.model.office import Office
    from officeops.model.proof import Proof
    from officeops.model.records import Record
    from officeops.model.settings_table import Settings
    from officeops.store.migration import Migration

#: Marks a function in a module that `hookspecs` returns as a hook of the plugin, for others.
hookspec = pluggy.HookspecMarker("officeops")
#: Marks a function beside `PLUGIN` as the plugin's implementation of the hook of its name.
hookimpl = pluggy.HookimplMarker("officeops")


@hookspec
def records() -> Iterable[type[Record]]:  # type: ignore[empty-body]
    """Register the kinds of record. If it fails, the plugin is refused."""


@hookspec
def migrations() -> Iterable[Migration]:  # type: ignore[empty-body]
    """Register the steps that make and change the plugin's tables, in order.

    If it fails, the plugin is refused.
    """


@hookspec
def settings() -> type[Settings]:  # type: ignore[empty-body]
    """Register the plugin's typed table `[plugins.NAME]` in officeops.toml.

    If it fails, the plugin is refused.
    """


@hookspec
def permissions() -> Iterable[Permission]:  # type: ignore[empty-body]
    """Register permissions beyond those that follow from records and actions.

    If it fails, the plugin is refused.
    """


@hookspec
def roles() -> Iterable[Role]:  # type: ignore[empty-body]
    """Register roles that an office with the plugin has. If it fails, the plugin is refused."""


@hookspec
def views() -> Iterable[View]:  # type: ignore[empty-body]
    """Register views: named filters and orders. If it fails, the plugin is refused."""


@hookspec
def actions() -> Iterable[Action[Any, Any]]:  # type: ignore[empty-body]
    """Register actions.

    Each becomes a command, a key and a form, and one entry in the history. If it fails, the plugin
    is refused.
    """


@hookspec
def commands() -> Iterable[Command]:  # type: ignore[empty-body]
    """Register commands of the plugin's own. If it fails, the plugin is refused."""


@hookspec
def screens() -> Iterable[Screen]:  # type: ignore[empty-body]
    """Register screens of the plugin's own. If it fails, the plugin is refused."""


@hookspec
def reports() -> Iterable[Report]:  # type: ignore[empty-body]
    """Register reports. If it fails, the plugin is refused."""


@hookspec
def jobs() -> Iterable[Job]:  # type: ignore[empty-body]
    """Register jobs, which cron runs.

    A job must be safe to run twice. If it fails, the plugin is refused.
    """


@hookspec
def formats() -> Iterable[Format]:  # type: ignore[empty-body]
    """Register file formats, which imports and exports of a record then know.

    If it fails, the plugin is refused.
    """


@hookspec
def datasets() -> Iterable[Dataset]:  # type: ignore[empty-body]
    """Register reference tables that a file replaces whole. If it fails, the plugin is refused."""


@hookspec
def hookspecs() -> ModuleType:  # type: ignore[empty-body]
    """Register a module of hooks that other plugins may implement.

    If it fails, the plugin is refused.
    """


@hookspec
def services() -> dict[type, object]:  # type: ignore[empty-body]
    """Register services for other plugins: a Protocol of `officeops.services`, and its provider.

    If it fails, the plugin is refused.
    """


@hookspec
def demo(office: Office, seed: int) -> None:
    """Add the plugin's part to the demo practice: the same for the same seed and day, in plugin order. If it fails, its part is missing."""


@hookspec
def validate(office: Office, change: Change) -> Iterable[Problem]:  # type: ignore[empty-body]
    """Guard a write, inside its transaction.

    A problem, or an error in the hook, refuses the write and names the plugin.
    """


@hookspec
def keep(office: Office, record: Record) -> Iterable[Problem]:  # type: ignore[empty-body]
    """Give reasons not to archive a record now, also one of another plugin.

    A problem, or an error in the hook, refuses it.
    """


@hookspec
def changed(office: Office, change: Change) -> None:
    """Follow a write, after its commit.

    If it fails, the write remains, the error is noted, and the exit code is 4.
    """


@hookspec
def due(office: Office, until: date) -> Iterable[Due]:  # type: ignore[empty-body]
    """Give the due items until a date.

    If it fails, the other plugins answer, and the exit code is 4.
    """


@hookspec
def search(office: Office, text: str) -> Iterable[Record]:  # type: ignore[empty-body]
    """Find records beyond their searched fields.

    If it fails, the other plugins answer, and the exit code is 4.
    """


@hookspec
def check(office: Office) -> Iterable[Problem]:  # type: ignore[empty-body]
    """Give the problems in the plugin's own data.

    If it fails, the other plugins answer, and the exit code is 4.
    """


@hookspec
def duplicates(office: Office) -> Iterable[Duplicate]:  # type: ignore[empty-body]
    """Give pairs of live records that may be one, each with the reason.

    If it fails, the other plugins answer, and the exit code is 4.
    """


@hookspec
def huddle(office: Office) -> Iterable[HuddleLine]:  # type: ignore[empty-body]
    """Give the plugin's lines of the morning's page.

    If it fails, the other plugins answer, and the exit code is 4.
    """


@hookspec
def inspect(office: Office, kinds: frozenset[str]) -> Iterable[Proof]:  # type: ignore[empty-body]
    """Give the proofs that the plugin keeps, of the kinds that an inspector asks for.

    If it fails, the other plugins answer, and the exit code is 4.
    """
