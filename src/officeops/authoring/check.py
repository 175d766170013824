"""The checks of a plugin, behind `officeops.testing.check_plugin`.

They go from the outside in, and stop where the next ones could not run: the import of the root, the
text of the files, the manifest, the load with the other plugins, and an office of its own.
"""

from __future__ import annotations

import pkgutil
from collections import deque
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING

from officeops.authoring.check_migrations import migration_problems
from officeops.authoring.check_records import record_problems, word_problems
from officeops.authoring.check_source import import_problems, source_problems
from officeops.authoring.check_verbs import verb_problems
from officeops.authoring.checks import Finding
from officeops.authoring.source_place import found, located, place, repeated, shown_path
from officeops.authoring.trial import (
    findings_of,
    hook_names,
    metas_of,
    on_trial,
    owners_of_targets,
)
from officeops.core.records import Location
from officeops.model.error_words import place_of, told
from officeops.model.errors import (
    Broken,
    OfficeError,
    OutsideAction,
    PluginFault,
    Refused,
    TimeUp,
)
from officeops.model.settings import Machine
from officeops.office.office import Office
from officeops.office.report_rows import rows_of
from officeops.plugins.discovery import Found, find
from officeops.plugins.manifest import Plugin
from officeops.plugins.printed_output import Aside
from officeops.store.schema import declared_sql, differences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from officeops.model.records import Record
    from officeops.plugins.manager import Plugins
    from officeops.plugins.manifest import Trouble


def problems(plugin: ModuleType | str) -> list[Finding]:
    """Return the problems of a plugin, as sentences that know the check which found them.

    `plugin` is its root module, the name of that module, its file, or the name of a file in the
    plugins folder.
    """
    target = _target_of(plugin)
    try:
        with Aside():
            module = Found("", target, "", "", on=True).load()
    except Exception as error:  # noqa: BLE001 - a plugin's module may raise anything
        check = "declares" if _is_declared_wrongly(error) else "imports"
        line = place_of(error, Path(target).stem.removeprefix("officeops_"))
        words = told(error).rstrip(".")
        why = f"{_shown(target)}: it cannot be imported: {words}{f' ({line})' if line else ''}"
        return [Finding(check, why).hiding("The package")]
    manifest = getattr(module, "PLUGIN", None)
    if not isinstance(manifest, Plugin):
        why = f"{place(module)}: there is no PLUGIN = Plugin(...)"
        return [Finding("manifest", why).hiding("The manifest")]
    return [
        *import_problems(target, module),
        *source_problems(module, manifest, _packages(manifest.name)),
        *_manifest(target, module, manifest),
        *_loaded(target, module, manifest),
    ]


def _shown(target: str) -> str:
    """Return the module of a plugin, or the path of its one file."""
    return str(shown_path(Path(target))) if target.endswith(".py") else target


def _is_declared_wrongly(error: Exception) -> bool:
    """Whether what a plugin declares was refused, so that its code is at fault and not its imports."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    name = trace.tb_frame.f_globals.get("__name__", "") if trace else ""
    return isinstance(error, TypeError) and name.startswith("officeops.")


def _packages(name: str) -> dict[str, str]:
    """Return the installed plugins but one, by their packages."""
    installed = find(Machine(), environ={"OFFICEOPS_PLUGINS": ""})
    return {plugin.package: plugin.name for plugin in installed if plugin.name != name}


def _manifest(
    target: str,
    module: ModuleType,
    manifest: Plugin,
) -> Iterator[Finding]:
    """Yield what the root alone shows: its name, its summary, and files that hide its hooks."""
    here = place(module)
    if target.endswith(".py") and Path(target).stem != manifest.name:
        why = f"its PLUGIN is called {manifest.name!r}; a one-file plugin has the name of its file"
        yield Finding("name", f"{here}: {why}")
    if not manifest.summary:
        why = "its PLUGIN has no summary, which `officeops plugins` prints"
        yield Finding("summary", f"{here}: {why}")
    known = set(hook_names())
    # The loader refuses those that are hidden already.
    for _, name, is_folder in pkgutil.iter_modules(getattr(module, "__path__", [])):
        if name in known and not isinstance(getattr(module, name, None), ModuleType):
            file = f"folder {name}" if is_folder else f"file {name}.py"
            why = f"once imported, its {file} hides its hook {name}(); rename it"
            yield Finding("hook-file", f"{here}: {why}")


def _target_of(plugin: ModuleType | str) -> str:
    """Return the word that discovery has for a plugin: its one file, else its module."""
    if isinstance(plugin, str):
        name, source = plugin, ""
    else:
        name, source = plugin.__name__, str(getattr(plugin, "__file__", None) or "")
    if source and name.startswith("officeops_file_"):
        return source
    file = Path(Machine().plugins_folder) / f"{name}.py"
    return str(file) if name.isidentifier() and file.is_file() else name


def _beside(target: str, names: Collection[str]) -> Iterator[Found]:
    """Yield the plugins of these names beside a one-file plugin."""
    folder = Path(target).parent
    for name in names:
        file = folder / f"{name}.py"
        if target.endswith(".py") and file.is_file():
            yield Found(name, str(file), str(folder), "", on=False)


def _loaded(
    target: str,
    module: ModuleType,
    manifest: Plugin,
) -> Iterator[Finding]:
    """Yield the problems of a plugin that is turned on, with the plugins that it needs."""
    here, name = place(module), manifest.name
    with TemporaryDirectory() as folder:
        # Settings of its own: the author's own office must not decide which plugins there are.
        settings = Path(folder) / "officeops.toml"
        settings.touch()
        machine = Machine(settings, shown="officeops.toml")
        installed = find(machine, environ={"OFFICEOPS_PLUGINS": ""})
        if not target.endswith(".py") and not _is_installed(installed, name, target):
            point = f'[project.entry-points."officeops.plugins"] {name} = "{target}"'
            cure = (
                f"write {point} in pyproject.toml and install it, or give the path of its one file"
            )
            yield Finding("installed", f"{here}: officeops does not find it; {cure}")
        others = [plugin for plugin in installed if plugin.name != name]
        named = {*manifest.requires, *manifest.after, *manifest.bridges}
        on = {plugin.name for plugin in others if plugin.own} | named
        this = Found(name, target, "", "", on=True)
        plugins = on_trial([*others, *_beside(target, named), this], on, machine)
        # A plugin that its references lead to is asked whether it has their records.
        if more := owners_of_targets(plugins, name) - on:
            beside = _beside(target, named | more)
            plugins = on_trial([*others, *beside, this], on | more, machine)
        wrong = [*findings_of(plugins, name), *_unloaded(plugins, name)]
        yield from located(here, (finding.hiding("Hooks") for finding in wrong))
        if not wrong:
            yield from located(here, _hooks_of_others(module, manifest))
            yield from _opened(
                Path(folder) / "office.db",
                plugins,
                machine,
                module,
                manifest,
            )


def _unloaded(plugins: Plugins, name: str) -> Iterator[Finding]:
    """Yield what no office can be made with: two steps of one name, and words that are no fields."""
    steps = [step.name for owner, step in plugins.registered("migrations") if owner == name]
    for twice in repeated(steps):
        yield Finding("migration-names", f"there are two migrations called {twice}")
    for owner, record in plugins.registered("records"):
        if owner == name:
            yield from located(record.__name__, word_problems(record))
            yield from located(record.__name__, _named_wrongly(record))


def _named_wrongly(record: type[Record]) -> Iterator[Finding]:
    """Yield the field that no table can have, also before the author writes a migration."""
    try:
        declared_sql(record.meta)
    except Broken as error:
        yield Finding(error.check, str(error))


def _hooks_of_others(module: ModuleType, manifest: Plugin) -> Iterator[Finding]:
    """Yield the hooks of plugins that may be off, and then this one is refused."""
    known = set(hook_names())
    for name, hook in vars(module).items():
        options = getattr(hook, "officeops_impl", None)
        if options and not (name in known or options["optionalhook"] or manifest.requires):
            why = f"its hook {name}() is another plugin's, without which this one is refused"
            yield Finding("hook-of-another", f"{why}; put it into a module of `bridges`")


def _is_installed(
    plugins: Iterable[Found],
    name: str,
    target: str,
) -> bool:
    return any((plugin.name, plugin.module) == (name, target) for plugin in plugins)


def _opened(
    path: Path,
    plugins: Plugins,
    machine: Machine,
    module: ModuleType,
    manifest: Plugin,
) -> Iterator[Finding]:
    """Yield the problems that only an office shows: its tables, and everything declared on them."""
    here, name = place(module), manifest.name
    try:
        office = Office(path, plugins, machine, actor="check", create=True)
    except Exception as error:  # noqa: BLE001 - a migration may raise anything
        why = f"with its migrations and triggers an office cannot be made: {told(error)}"
        yield Finding("migration-runs", f"{here}: {why}").hiding("Migrations")
        return
    with closing(office):
        troubles = list(findings_of(plugins, name))
        if troubles:
            yield from located(here, (trouble.hiding("Hooks") for trouble in troubles))
            return
        declared = differences(office.store.db, metas_of(plugins, name))
        yield from located(here, found("migrated", declared))
        yield from located(here, migration_problems(office, name))
        for owner, record in plugins.registered("records"):
            if owner == name:
                yield from record_problems(office, record, manifest)
        yield from verb_problems(office, manifest, here)
        yield from located(here, _unanswered(office, name))
        yield from located(here, _unreported(office, name))
        yield from located(here, _unguarded(office, name))


def _unanswered(office: Office, name: str) -> Iterator[Finding]:
    """Ask the hooks that answer, in an office without records, and yield what they fail in.

    Most first faults of a hook show here already: a misspelt column, a wrong type, no answer.
    """
    before = len(office.plugins.troubles)
    office.due_items(office.today)
    asked: dict[str, dict[str, object]] = {
        "search": {"text": "a"},
        "check": {},
        "duplicates": {},
        "huddle": {},
        "inspect": {"kinds": frozenset()},
    }
    for hook, arguments in asked.items():
        deque(office.plugins.collect(hook, office=office, **arguments), maxlen=0)
    for trouble in office.plugins.troubles[before:]:
        if trouble.plugin == name:
            yield _unanswering(trouble)


def _unanswering(trouble: Trouble) -> Finding:
    """Return the finding of a hook that failed, with the line of its code where one is known."""
    return Finding("answers-empty", trouble.said.rstrip("."))


def _unreported(office: Office, name: str) -> Iterator[Finding]:
    """Ask the reports in an office without records, and yield what they fail in."""
    for owner, report in office.plugins.registered("reports"):
        if owner == name:
            try:
                rows_of(office, name, report)
            except OfficeError as error:
                yield _failing(error)


def _failing(error: OfficeError) -> Finding:
    """Return the finding of code that failed, with its line where one is known."""
    line = error.line if isinstance(error, PluginFault) else ""
    return Finding("answers-empty", f"{told(error)} ({line})" if line else told(error))


def _unguarded(office: Office, name: str) -> Iterator[Finding]:
    """Add a record of the core's, and yield what the hooks that guard and follow writes fail in.

    Most of them are for records of the plugin itself, and first ask for the kind that was written.
    """
    before = len(office.plugins.troubles)
    try:
        with office.acting("check.guards"):
            office.add(Location(name="Check"))
    except (PluginFault, TimeUp, OutsideAction) as error:
        yield _failing(error)
    except Refused:
        # A plugin may have a rule for locations, too.
        return
    for trouble in office.plugins.troubles[before:]:
        if trouble.plugin == name:
            yield _unanswering(trouble)
