"""Discovery: which plugins are installed, and which of them are on. Nothing is imported here.

Asking importlib.metadata costs half the start-up of a command. Its answer is kept in a small file,
and asked again only when a folder of `sys.path` has changed.
"""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeAlias

from officeops.model.immutable import Value
from officeops.plugins.kept_answers import keep, read

if TYPE_CHECKING:
    from types import ModuleType

    from officeops.model.settings import Machine

GROUP: Final = "officeops.plugins"
#: How many ways to start keep their answer: the command, `python -m`, and cron's each search other
#: folders.
_WAYS_IN: Final = 4
#: The name of the file that keeps them.
_KEPT: Final = "plugins"
#: A plugin's name, its module or file, the distribution it comes from, and that one's version.
_Row: TypeAlias = "tuple[str, str, str, str]"
_COLUMNS: Final = 4
OWN: Final = "officeops"
#: Seconds for which an edited file is not compiled for the next start.
_FRESH: Final = 3
#: The origin of a plugin that is to be on and is not installed.
GONE: Final = "nowhere"


class Found(Value):
    """A plugin that was found: its name, module or file, and its origin."""

    name: str
    module: str
    origin: str
    version: str
    on: bool
    why_off: str = ""
    #: Its place among those that were turned on, one after the other; the later ones give way.
    rank: int = 0

    @property
    def own(self) -> bool:
        """Whether it ships with officeops."""
        return self.origin == OWN

    @property
    def package(self) -> str:
        """The package, or the one module, that its code is in."""
        return _label(self.name) if self.module.endswith(".py") else self.module.partition(".")[0]

    def load(self) -> ModuleType:
        """Import the plugin's root. Raises Broken where it is gone."""
        if not self.module:
            from officeops.model.errors import Broken

            raise Broken(
                f"it is to be on, but it is not installed, and there is no {self.name}.py in the "
                "plugins folder. Bring it back, or turn it off: "
                f"`officeops plugins disable {self.name}`"
            )
        if self.module.endswith(".py"):
            return module_from_file(self.name, self.module)
        return import_module(self.module)


def find(
    machine: Machine, *, safe: bool = False, environ: dict[str, str] | None = None
) -> list[Found]:
    """Find every plugin, each on, or off with the reason.

    `OFFICEOPS_PLUGINS=a,b` turns on exactly those; `safe` turns off all that did not ship with
    officeops. Where two have one name, the first counts, and those of officeops come first.
    """
    choice = _Choice(machine, safe=safe, environ=environ)
    rows = [*_installed(), *_files(machine.plugins_folder)]
    rows.sort(key=lambda row: row[2] != OWN)
    plugins: dict[str, Found] = {}
    seconds: list[Found] = []
    for name, module, origin, version in rows:
        first = plugins.get(name)
        if first is None:
            is_on, why_off = choice.state(name, own=origin == OWN)
            rank = choice.rank(name)
            plugins[name] = Found(name, module, origin, version, is_on, why_off, rank)
        else:
            why_off = f"{first.origin} has a plugin called {name} too, and that one counts"
            seconds.append(Found(name, module, origin, version, on=False, why_off=why_off))
    gone = [name for name in choice.wanted() if name not in plugins]
    missing = []
    for name in dict.fromkeys(gone):
        # A plugin that is gone or misspelt: an answer without it is incomplete, and says so.
        is_on, why_off = choice.state(name, own=False)
        rank = choice.rank(name)
        missing.append(Found(name, "", GONE, "", is_on, why_off, rank))
    return [*plugins.values(), *seconds, *missing]


class _Choice:
    """Which plugins are to be on: by the environment, the settings, and `--safe`."""

    def __init__(
        self,
        machine: Machine,
        *,
        safe: bool,
        environ: dict[str, str] | None,
    ) -> None:
        self._machine, self._safe = machine, safe
        names = (os.environ if environ is None else environ).get("OFFICEOPS_PLUGINS")
        self._only: set[str] | None = None
        if names is not None:
            self._only = {name.strip() for name in names.split(",") if name.strip()}

    def wanted(self) -> list[str]:
        """List the plugins that are named to be on."""
        return self._machine.enabled if self._only is None else sorted(self._only)

    def rank(self, name: str) -> int:
        """Return the place of a plugin in the settings, where the last turned on is the last."""
        enabled = self._machine.enabled if self._only is None else []
        return enabled.index(name) if name in enabled else 0

    def state(self, name: str, *, own: bool) -> tuple[bool, str]:
        """Say whether a plugin is on, and why not. `own` ones ship with officeops."""
        why_off = ""
        if self._only is not None:
            if name not in self._only or (self._safe and not own):
                why_off = "OFFICEOPS_PLUGINS leaves it out"
        elif name in self._machine.disabled:
            why_off = f"disabled; `officeops plugins enable {name}`"
        elif own:
            pass
        elif self._safe:
            why_off = "--safe leaves out what did not ship with officeops"
        elif name not in self._machine.enabled:
            why_off = f"not enabled; `officeops plugins enable {name}`"
        return not why_off, why_off


def _files(folder: str) -> list[_Row]:
    """List the one-file plugins of the plugins folder."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    rows = []
    for file in names:
        name, extension = os.path.splitext(file)
        if extension == ".py" and name.isidentifier():
            rows.append((name, os.path.join(folder, file), folder, ""))
    return rows


# -- installed plugins
# ------------------------------------------------------------------------------


def _installed() -> list[_Row]:
    """List the installed plugins, from the kept answer if it still holds."""
    stamp = _stamp()
    blocks = read(_KEPT)
    for block in blocks:
        head, *lines = block.split("\n")
        rows = [tuple(line.split("\t")) for line in lines if line]
        if head == stamp and all(len(row) == _COLUMNS for row in rows):
            return [(name, module, origin, version) for name, module, origin, version in rows]
    answer = _ask()
    newest = "\n".join([stamp, *("\t".join(row) for row in answer)])
    keep(_KEPT, [newest, *blocks[: _WAYS_IN - 1]])
    return answer


def _stamp() -> str:
    """List the folders of sys.path with their times; an installation changes one of them."""
    parts = []
    for folder in sys.path:
        try:
            parts.append(f"{folder}@{os.stat(folder or '.').st_mtime_ns}")
        except OSError:
            continue
    return "|".join(parts)


def _ask() -> list[_Row]:
    from importlib.metadata import entry_points

    rows = set()
    for point in entry_points(group=GROUP):
        distribution = point.dist
        name, version = (distribution.name, distribution.version) if distribution else ("", "")
        rows.add((point.name, point.value, name, version))
    return sorted(rows)


def _label(name: str) -> str:
    """Return the name in `sys.modules` of a one-file plugin."""
    return f"officeops_file_{name}"


def _is_free(name: str) -> bool:
    """Whether no other module has a name, but for one that an earlier load of the file left."""
    from importlib.util import find_spec

    present = sys.modules.get(name)
    if present is not None:
        return present.__name__ == _label(name)
    try:
        return find_spec(name) is None
    except (ImportError, ValueError):
        return False


def _was_just_edited(path: str) -> bool:
    try:
        return time.time() - os.stat(path).st_mtime < _FRESH
    except OSError:
        return False


def module_from_file(name: str, path: str) -> ModuleType:
    """Import a one-file plugin.

    A target in it begins with the name of the file, `keys:key_round`, unless another module has it.
    """
    from importlib.util import module_from_spec, spec_from_file_location

    from officeops.model.errors import Broken

    label = _label(name)
    spec = spec_from_file_location(label, path)
    if spec is None or spec.loader is None:
        raise Broken(f"{path} cannot be read as Python")
    module = module_from_spec(spec)
    sys.modules[label] = module
    writes_none = sys.dont_write_bytecode
    # Python knows compiled code by the second and the size of its source. That of a file which was
    # just edited might be taken for its next edit's.
    sys.dont_write_bytecode = writes_none or _was_just_edited(path)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[label]
        raise
    finally:
        sys.dont_write_bytecode = writes_none
    if _is_free(name):
        sys.modules[name] = module
    return module
