"""Everything officeops expects of a plugin, checked: behind `officeops.testing.check_plugin`."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from officeops.authoring.check_records import record_problems
from officeops.authoring.check_verbs import verb_problems
from officeops.authoring.source_place import place
from officeops.authoring.trial import metas_of, on_trial, troubles_of
from officeops.model.settings import Machine
from officeops.office.office import Office
from officeops.plugins import hookspecs
from officeops.plugins.discovery import Found, find
from officeops.plugins.manifest import Plugin
from officeops.store.migration import pending
from officeops.store.schema import differences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from officeops.plugins.manager import Plugins

#: What costs a command tens of milliseconds, and so is imported only when it is used.
HEAVY = ("textual", "rich", "sqlite_utils", "importlib.metadata")
_ASK = "import sys; before = set(sys.modules); {}; print(*[m for m in {!r} if m in sys.modules and m not in before])"


def problems(plugin: ModuleType | str) -> list[str]:
    """Return what is wrong with a plugin, as sentences. It is its root module, that module's name, or its file."""
    target = plugin if isinstance(plugin, str) else _target_of(plugin)
    try:
        module = Found("", target, "", "", on=True).load()
    except Exception as error:  # noqa: BLE001 - whatever the plugin does wrong
        return [f"{target}: it cannot be imported: {type(error).__name__}: {error}"]
    manifest = getattr(module, "PLUGIN", None)
    if not isinstance(manifest, Plugin):
        return [f"{place(module)}: there is no PLUGIN = Plugin(...)"]
    return [*_light(target, module), *_shape(module), *_loaded(target, module, manifest)]


def _target_of(module: ModuleType) -> str:
    """Return what a plugin is found by: the file of one that is a file, else its module's name."""
    file = getattr(module, "__file__", None)
    return str(file) if file and module.__name__.startswith("officeops_file_") else module.__name__


def _light(target: str, module: ModuleType) -> Iterator[str]:
    """Import the root in a process of its own and see what came with it."""
    load = (
        f"from officeops.plugins.discovery import module_from_file as m; m('_', {target!r})"
        if target.endswith(".py")
        else f"import {target}"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ran = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", _ASK.format(load, HEAVY)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if heavy := ran.stdout.split():
        yield f"{place(module)}: importing it imports {', '.join(heavy)}; import it inside the functions that use it"
    elif ran.returncode:
        yield f"{place(module)}: imported on its own it fails: {ran.stderr.strip().splitlines()[-1]}"


def _shape(module: ModuleType) -> Iterator[str]:
    hooks = {
        name for name, function in vars(hookspecs).items() if hasattr(function, "officeops_spec")
    }
    for _, name, _ in pkgutil.iter_modules(getattr(module, "__path__", [])):
        if name in hooks:
            yield f"{place(module)}: once imported, its file {name}.py hides its hook {name}(); rename it"
    for name in sorted(hooks):
        function = vars(module).get(name)
        if callable(function) and not hasattr(function, "officeops_impl"):
            yield f"{place(module)}: {name}() is not marked @hookimpl, so it is never called"


def _loaded(target: str, module: ModuleType, manifest: Plugin) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        settings = Path(folder) / "officeops.toml"
        settings.touch()
        machine = Machine(settings)
        found = find(machine, environ={"OFFICEOPS_PLUGINS": ""})
        if not target.endswith(".py") and (manifest.name, target) not in {
            (each.name, each.module) for each in found
        }:
            point = f'[project.entry-points."officeops.plugins"] {manifest.name} = "{target}"'
            yield f"{place(module)}: officeops does not find it; write {point} in pyproject.toml and install it"
        others = [each for each in found if each.name != manifest.name]
        names = {each.name for each in others if each.own} | {
            *manifest.requires,
            *manifest.after,
            *manifest.bridges,
        }
        tried = on_trial([*others, Found(manifest.name, target, "", "", on=True)], names, machine)
        wrong = troubles_of(tried, manifest.name)
        yield from (f"{place(module)}: {sentence}" for sentence in wrong)
        if not wrong:
            yield from _opened(Path(folder) / "office.db", tried, machine, module, manifest)


def _opened(
    path: Path, plugins: Plugins, machine: Machine, module: ModuleType, manifest: Plugin
) -> Iterator[str]:
    """Check what takes an office: the tables and everything declared on them."""
    name = manifest.name
    try:
        office = Office(path, plugins, machine, actor="check", create=True)
    except Exception as error:  # noqa: BLE001 - whatever a migration does wrong
        yield f"{place(module)}: with its migrations and triggers an office cannot be made: {error}"
        return
    with closing(office):
        if refused := troubles_of(plugins, name):
            yield from (f"{place(module)}: {each}" for each in refused)
            return
        yield from (
            f"{place(module)}: {each}"
            for each in differences(office.store.db, metas_of(plugins, name))
        )
        yield from (f"{place(module)}: {each}" for each in _migrations(office, name))
        for _, record in (each for each in plugins.registered("records") if each[0] == name):
            yield from record_problems(office, record, manifest)
        yield from verb_problems(office, manifest)


def _migrations(office: Office, name: str) -> Iterator[str]:
    names = [step.name for step in office.migrations().get(name, ())]
    yield from (
        f"there are two migrations called {each}"
        for each in sorted({n for n in names if names.count(n) > 1})
    )
    if names != sorted(names):
        yield f"its migrations are not in the order of their names: {', '.join(names)}"
    before = office.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    with closing(Office(office.path, office.plugins, office.machine, actor="check")) as again:
        if left := pending(again.store.db, again.migrations()):
            yield f"its migrations are not done once they have run: {', '.join(step for _, step in left)}"
        if again.rows("SELECT name, sql FROM sqlite_master ORDER BY name") != before:
            yield "opening the office a second time changes its tables"
