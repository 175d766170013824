"""Permissions: names that follow from declarations, each with the level that roles go by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.declarations import Permission
from officeops.model.hand_verbs import verbs_of
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.declarations import Command, Job, Report, Screen
    from officeops.model.meta import Meta
    from officeops.model.office.registry import Registry
    from officeops.model.records import Record

#: Levels of what every kind of record can do.
_VERBS: Final = {
    "view": "read",
    "add": "work",
    "edit": "work",
    "archive": "manage",
    "unarchive": "manage",
    "merge": "manage",
    "import": "manage",
    "export": "manage",
}
#: Hooks of declarations that people open, and all hooks from which permissions follow.
_OPENED: Final = ("commands", "reports", "jobs", "screens")
_ASKED: Final = ("permissions", "datasets", "actions", *_OPENED)
#: What the core itself lets people do.
_CORE: Final = (
    Permission("core.today.view", "See what needs doing.", "read"),
    Permission("core.huddle.view", "See the morning's page.", "read"),
    Permission("core.inspect.view", "See what an inspector asks, and what there is.", "manage"),
    Permission("core.inspect.confirm", "Confirm what inspectors ask of the office.", "manage"),
    Permission("core.history.view", "See who changed what.", "read"),
    Permission("core.event.view", "See the events of the records one may see.", "read"),
    Permission("core.attachment.add", "Attach files to the records one may see.", "work"),
    Permission("core.tag.archive", "Take tags off records.", "work"),
    Permission("core.duplicates.different", "Say that two records are not the same.", "manage"),
    Permission("core.merges.follow", "Have plugins follow earlier merges.", "work"),
    Permission("core.who.view", "See who is on.", "read"),
    Permission("core.due.seen", "Mark due items as seen.", "read"),
    Permission("core.due.snooze", "Snooze due items.", "work"),
    Permission("core.due.wake", "End a snooze.", "work"),
    Permission("core.undo", "Undo one's own actions.", "work"),
    Permission("core.redo", "Redo one's own actions.", "work"),
    Permission("core.undo-others", "Undo other people's actions.", "manage"),
    Permission("core.history.verify", "Verify the history.", "manage"),
    Permission("core.history.accept", "Accept findings in the history.", "sensitive"),
    Permission("core.settings.view", "See the settings of this machine.", "manage"),
    Permission("core.plugins.view", "See the plugins.", "manage"),
    Permission("core.plugins.change", "Turn plugins on and off.", "sensitive"),
    Permission("core.backup", "Make and prove backups.", "manage"),
    Permission("core.restore", "Restore a backup into the office.", "sensitive"),
    Permission("core.draft.discard", "Discard other people's drafts.", "manage"),
    Permission("core.purge", "Destroy records past their retention.", "sensitive"),
    Permission("core.selfcheck.view", "Check the office.", "manage"),
    Permission("core.selfcheck.triggers", "Repair triggers.", "sensitive"),
    Permission("core.selfcheck.search", "Rebuild the search index.", "manage"),
    # A release rests on the questions of its test, so a manager chooses them and staff answer.
    Permission("core.checklist.add", "Add checklists.", "manage"),
    Permission("core.checklist.edit", "Edit checklists.", "manage"),
    Permission("core.answer.take-back", "Take back an answer that keeps a unit out.", "manage"),
    Permission("core.checklist-item.add", "Add checklist items.", "manage"),
    Permission("core.checklist-item.edit", "Edit checklist items.", "manage"),
    Permission("core.office.add", "Begin the office.", "sensitive"),
    Permission("core.office.edit", "Change the facts of the office.", "manage"),
    Permission("core.set-hours", "Set opening hours.", "manage"),
    Permission("core.location.make-default", "Choose the default location.", "manage"),
    Permission("core.retention-rule.add", "Add retention rules.", "sensitive"),
    Permission("core.retention-rule.edit", "Edit retention rules.", "sensitive"),
    Permission("core.retention-rule.archive", "Archive retention rules.", "sensitive"),
    Permission("core.retention-rule.unarchive", "Unarchive retention rules.", "sensitive"),
    Permission("core.retention-rule.import", "Import retention rules.", "sensitive"),
    Permission("core.seal.sheet", "Print the key of the sealed fields.", "sensitive"),
    Permission("core.seal.recover", "Restore the key of the sealed fields.", "sensitive"),
    Permission("core.seal.rotate", "Change the key of the sealed fields.", "sensitive"),
    Permission("core.seal.readings", "See who read sealed values.", "sensitive"),
    Permission("core.legal-hold.view", "See legal holds, and why.", "manage"),
    Permission("core.hold", "Keep records from being purged.", "manage"),
    Permission("core.legal-hold.release", "Release legal holds.", "sensitive"),
    Permission("core.admit", "Add a user.", "sensitive"),
    Permission("core.access.role", "Make a role.", "sensitive"),
    Permission("core.undo-access", "Undo changes to access.", "sensitive"),
    Permission("core.user.give-role", "Grant a role to a user.", "sensitive"),
    Permission("core.user.take-role", "Revoke a role from a user.", "sensitive"),
    Permission("core.user.add-key", "Add a key for a user.", "sensitive"),
    Permission("core.user.remove", "Deactivate a user.", "sensitive"),
    Permission("core.user.limit", "Set the last day of a user's access.", "sensitive"),
    Permission("core.user.away", "Set a user's leave of absence.", "sensitive"),
    Permission("core.user.back", "End a user's leave of absence.", "sensitive"),
    Permission("core.user.share", "Share a login at a place.", "sensitive"),
    Permission("core.user.unshare", "End the sharing of a login.", "sensitive"),
    Permission("core.user.clear-pin", "Clear a person's PIN.", "sensitive"),
    Permission("core.pin.set", "Set one's own PIN.", "read"),
    Permission("core.ssh-key.remove", "Remove a key.", "sensitive"),
    Permission("core.ssh-key.limit", "Set the last day of a key.", "sensitive"),
    Permission("core.role.grant", "Grant permissions to a role.", "sensitive"),
    Permission("core.role.revoke", "Revoke permissions from a role.", "sensitive"),
    Permission("core.user.view", "See the users.", "manage"),
    Permission("core.membership.view", "See the roles people have.", "manage"),
    Permission("core.ssh-key.view", "See the SSH keys.", "manage"),
    Permission("core.role.view", "See the roles.", "manage"),
    Permission("core.grant.view", "See the grants.", "manage"),
)

#: Beginnings of the verbs that change who may do what.
_ACCESS_VERBS: Final = ("core.admit", "core.access.", "core.user.", "core.role.", "core.ssh-key.")


def changes_access(verb: str) -> bool:
    """Return whether a verb changes who may do what."""
    return verb.startswith(_ACCESS_VERBS) and not verb.endswith(".view")


#: The permissions that let a person change who may do what, taking such a change back included.
ACCESS_CHANGES: Final = (
    *(permission.name for permission in _CORE if changes_access(permission.name)),
    "core.undo-access",
)


def permissions(plugins: Registry, records: Iterable[type[Record]]) -> Iterator[Permission]:
    """Yield every permission: of records, actions, guarded fields, and the plugins' own.

    A refused plugin has none: without a level, only a person who may do everything may do it.
    """
    for hook in _ASKED:
        # Before any level is derived: one that fails refuses its plugin, records included.
        plugins.registered(hook)
    by_name = {permission.name: permission for permission in _derived(plugins, records)}
    by_name |= {permission.name: permission for permission in _CORE}
    for _, declared in plugins.registered("permissions"):
        by_name[declared.name] = declared
    yield from by_name.values()


def _derived(plugins: Registry, records: Iterable[type[Record]]) -> Iterator[Permission]:
    kinds = list(records)
    known = {record.meta.key for record in kinds}
    for record in kinds:
        meta = record.meta
        if plugins.is_refused(meta.plugin):
            continue
        plural = meta.many
        for verb in verbs_of(record):
            words = f"{verb.capitalize()} {plural}."
            yield Permission(f"{meta.key}.{verb}", words, _VERBS[verb])
        yield from _of_scope(meta)
        # Several fields may have one guard.
        labels: dict[str, list[str]] = {}
        for name, stem in meta.guarded.items():
            labels.setdefault(stem, []).append(meta.by_name[name].words)
        # A field may be guarded by a kind of record: then its permission is that of those records.
        for stem in labels.keys() - known:
            guarded = labels[stem]
            fields = f"{listing(guarded)} of {plural}"
            yield Permission(f"{stem}.view", f"See the {fields}.", "sensitive")
            yield Permission(f"{stem}.edit", f"Change the {fields}.", "sensitive")
    for _, dataset in plugins.registered("datasets"):
        yield Permission(f"{dataset.key}.view", f"Look into {dataset.title}.", "read")
        yield Permission(f"{dataset.key}.load", f"Load {dataset.title}.", "manage")
    for _, action in plugins.registered("actions"):
        yield Permission(action.name, action.help, "manage" if action.danger else "work")
    for hook in _OPENED:
        for name, declared in plugins.registered(hook):
            level = "work" if hook == "jobs" else "read"
            words = declared.help if hook != "screens" else declared.title
            yield Permission(opening(name, declared), words, level)


def _of_scope(meta: Meta) -> Iterator[Permission]:
    """Yield the permissions to reach further than one's own rows: to see them and to write them."""
    if meta.scope is not None:
        plural = meta.many
        words = f"Reach the {plural} of one's team, to see and to write them."
        yield Permission(f"{meta.key}.view-team", words, meta.scope.team)
        if not meta.scope.scope.lock:
            yield Permission(f"{meta.key}.view-all", f"Reach all {plural}.", meta.scope.all)


def opening(plugin: str, declared: Command | Report | Job | Screen) -> str:
    """Return the permission to open a command, report, job or screen of a plugin.

    A command that is a verb of a noun has the key of the kind of record in front of its name.
    """
    if kind := getattr(declared, "of", ""):
        return f"{kind}.{getattr(declared, 'name', '')}.open"
    word: str = getattr(declared, "name", "") or getattr(declared, "id", "")
    return f"{plugin}.{word.removeprefix(plugin + '.')}.open"
