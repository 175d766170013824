"""The contract between the core and its plugins: every hook, what it returns and what a failure means.

A plugin implements any of these beside its `PLUGIN = Plugin(...)`, marked `@hookimpl`. Hooks return
values and change nothing. Register hooks take no arguments and do no I/O.
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
    from officeops.model.declarations import Command, Job, Permission, Report, Screen, View
    from officeops.model.due import Due
    from officeops.model.errors import Problem
    from officeops.model.records import Record
    from officeops.model.settings import Settings
    from officeops.office.office import Office
    from officeops.store.migrations import Migration

hookspec = pluggy.HookspecMarker("officeops")
hookimpl = pluggy.HookimplMarker("officeops")


@hookspec
def records() -> Iterable[type[Record]]:  # type: ignore[empty-body]
    """Register the kinds of record. A failure refuses the plugin."""


@hookspec
def migrations() -> Iterable[Migration]:  # type: ignore[empty-body]
    """Register the steps that make and change the plugin's tables, in order. A failure refuses the plugin."""


@hookspec
def settings() -> type[Settings]:  # type: ignore[empty-body]
    """Register the plugin's typed table `[plugins.NAME]` in officeops.toml. A failure refuses the plugin."""


@hookspec
def permissions() -> Iterable[Permission]:  # type: ignore[empty-body]
    """Register permissions beyond those that follow from records and actions."""


@hookspec
def views() -> Iterable[View]:  # type: ignore[empty-body]
    """Register named filters and orders."""


@hookspec
def actions() -> Iterable[Action[Any, Any]]:  # type: ignore[empty-body]
    """Register what people do: each becomes a verb, a key and form, and an audited transaction."""


@hookspec
def commands() -> Iterable[Command]:  # type: ignore[empty-body]
    """Register words of the plugin's own on the command line."""


@hookspec
def screens() -> Iterable[Screen]:  # type: ignore[empty-body]
    """Register screens of the plugin's own."""


@hookspec
def reports() -> Iterable[Report]:  # type: ignore[empty-body]
    """Register reports."""


@hookspec
def jobs() -> Iterable[Job]:  # type: ignore[empty-body]
    """Register what cron may run. A job is safe to run twice."""


@hookspec
def hookspecs() -> ModuleType:  # type: ignore[empty-body]
    """Register hooks of the plugin's own that other plugins may implement."""


@hookspec
def services() -> dict[type, object]:  # type: ignore[empty-body]
    """Register what the plugin does for others: a Protocol of `officeops.services` and its provider."""


@hookspec
def demo(office: Office, seed: int) -> None:
    """Fill a made-up practice with the plugin's part, the same for the same seed and day. Runs in plugin order."""


@hookspec
def validate(office: Office, change: Change) -> Iterable[Problem]:  # type: ignore[empty-body]
    """Guard a write, inside its transaction. A problem or a failure refuses the write, naming the plugin."""


@hookspec
def keep(office: Office, record: Record) -> Iterable[Problem]:  # type: ignore[empty-body]
    """Say why a record, another plugin's too, must not be archived now. A problem or a failure refuses it, naming the plugin."""


@hookspec
def changed(office: Office, change: Change) -> None:
    """Hear of a write after it is committed. A failure is recorded and undoes nothing."""


@hookspec
def due(office: Office, until: date) -> Iterable[Due]:  # type: ignore[empty-body]
    """Say what needs attention by a date. After a failure the others answer, and the exit code is 4."""


@hookspec
def search(office: Office, text: str) -> Iterable[Record]:  # type: ignore[empty-body]
    """Find records beyond what their search fields find. After a failure the others answer."""


@hookspec
def check(office: Office) -> Iterable[Problem]:  # type: ignore[empty-body]
    """Say what is not in order: invariants of the plugin's own data. After a failure the others answer."""
