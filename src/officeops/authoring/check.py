"""The checks of a plugin, behind `officeops.testing.check_plugin`."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING

from officeops.authoring.check_migrations import migration_problems
from officeops.authoring.check_records import record_problems
from officeops.authoring.check_verbs import verb_problems
from officeops.authoring.source_place import located, place
from officeops.authoring.trial import hook_names, metas_of, on_trial, troubles_of
from officeops.model.error_words import told
from officeops.model.settings import Machine
from officeops.office.office import Office
from officeops.plugins.discovery import Found, find
from officeops.plugins.manifest import Plugin
from officeops.store.schema import differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.plugins.manager import Plugins

#: Modules that cost a command tens of milliseconds, and so must be imported only when they are
#: used.
HEAVY = ("textual", "rich", "sqlite_utils", "importlib.metadata")
#: A program that imports a plugin, and prints which heavy modules came with it.
_ASK = """
import sys
before = set(sys.modules)
{}
print(*[module for module in {!r} if module in sys.modules and module not in before])
"""


def problems(plugin: ModuleType | str) -> list[str]:
    """Return the problems of a plugin, as sentences.

    `plugin` is its root module, the name of that module, its file, or the name of a file in the
    plugins folder.
    """
    target = _target_of(plugin)
    try:
        module = Found("", target, "", "", on=True).load()
    except Exception as error:  # noqa: BLE001 - a plugin's module may raise anything
        return [f"{target}: it cannot be imported: {told(error)}"]
    manifest = getattr(module, "PLUGIN", None)
    if not isinstance(manifest, Plugin):
        return [f"{place(module)}: there is no PLUGIN = Plugin(...)"]
    return [*_light(target, module), *_hidden(module), *_loaded(target, module, manifest)]


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


def _beside(target: str, manifest: Plugin) -> Iterator[Found]:
    """Yield the plugins beside a one-file plugin that it names."""
    folder = Path(target).parent
    for name in {*manifest.requires, *manifest.after, *manifest.bridges}:
        file = folder / f"{name}.py"
        if target.endswith(".py") and file.is_file():
            yield Found(name, str(file), str(folder), "", on=False)


def _light(target: str, module: ModuleType) -> Iterator[str]:
    """Import the root in a process of its own, and yield the heavy modules that come with it."""
    load = f"import {target}"
    if target.endswith(".py"):
        load = f"from officeops.plugins.discovery import module_from_file as m; m('_', {target!r})"
    # The same path as here, so that the child finds the plugin where this process found it.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ran = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", _ASK.format(load, HEAVY)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    here, heavy = place(module), ran.stdout.split()
    if heavy:
        cure = "import it inside the functions that use it"
        yield f"{here}: importing it imports {', '.join(heavy)}; {cure}"
    elif ran.returncode:
        why = ran.stderr.strip().splitlines()[-1]
        yield f"{here}: imported on its own it fails: {why}"


def _hidden(module: ModuleType) -> Iterator[str]:
    """Yield the hooks that a file of their name would hide.

    The loader refuses those that are hidden already, and names the functions that are not marked.
    """
    here, hooks = place(module), set(hook_names())
    for _, name, _ in pkgutil.iter_modules(getattr(module, "__path__", [])):
        if name in hooks and not isinstance(getattr(module, name, None), ModuleType):
            yield f"{here}: once imported, its file {name}.py hides its hook {name}(); rename it"


def _loaded(target: str, module: ModuleType, manifest: Plugin) -> Iterator[str]:
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
            yield f"{here}: officeops does not find it; {cure}"
        others = [plugin for plugin in installed if plugin.name != name]
        others.extend(_beside(target, manifest))
        on = {plugin.name for plugin in others if plugin.own}
        on.update(manifest.requires, manifest.after, manifest.bridges)
        plugins = on_trial([*others, Found(name, target, "", "", on=True)], on, machine)
        troubles = troubles_of(plugins, name)
        yield from located(here, troubles)
        if not troubles:
            yield from _opened(
                Path(folder) / "office.db",
                plugins,
                machine,
                module,
                manifest,
            )


def _is_installed(plugins: Iterable[Found], name: str, target: str) -> bool:
    return any((plugin.name, plugin.module) == (name, target) for plugin in plugins)


def _opened(
    path: Path,
    plugins: Plugins,
    machine: Machine,
    module: ModuleType,
    manifest: Plugin,
) -> Iterator[str]:
    """Yield the problems that only an office shows: its tables, and everything declared on them."""
    here, name = place(module), manifest.name
    try:
        office = Office(path, plugins, machine, actor="check", create=True)
    except Exception as error:  # noqa: BLE001 - a migration may raise anything
        yield f"{here}: with its migrations and triggers an office cannot be made: {told(error)}"
        return
    with closing(office):
        troubles = troubles_of(plugins, name)
        if troubles:
            yield from located(here, troubles)
            return
        yield from located(here, differences(office.store.db, metas_of(plugins, name)))
        yield from located(here, migration_problems(office, name))
        for owner, record in plugins.registered("records"):
            if owner == name:
                yield from record_problems(office, record, manifest)
        yield from verb_problems(office, manifest)
