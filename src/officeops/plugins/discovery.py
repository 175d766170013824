"""Which plugins are installed, and which of them are on. Nothing is imported here.

Asking importlib.metadata costs half the start-up of a command, so its answer is kept in a small
file and asked again only when a folder of `sys.path` has changed.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from types import ModuleType

    from officeops.model.settings import Machine

GROUP = "officeops.plugins"
#: How many ways in keep what they found: the command, `python -m`, and cron's each search other folders.
_WAYS_IN = 4
#: A name, what it points to, the distribution and its version.
_COLUMNS = 4
OWN = "officeops"
#: Where a plugin comes from that is to be on and is not there.
GONE = "nowhere"


class Found(Value):
    """A plugin that is there: its name, module or file, and where it comes from."""

    name: str
    module: str
    origin: str
    version: str
    on: bool
    why_off: str = ""

    @property
    def own(self) -> bool:
        """Whether it ships with officeops."""
        return self.origin == OWN

    def load(self) -> ModuleType:
        """Import the plugin's root. Raises Broken where it is gone."""
        if not self.module:
            from officeops.model.errors import Broken

            raise Broken(
                f"it is to be on, but it is not installed, and there is no {self.name}.py in the plugins folder. Bring it "
                f"back, or turn it off: `officeops plugins disable {self.name}`"
            )
        if self.module.endswith(".py"):
            return module_from_file(self.name, self.module)
        return import_module(self.module)


def find(
    machine: Machine, *, safe: bool = False, environ: dict[str, str] | None = None
) -> list[Found]:
    """Return every plugin that is there, each on or off and why.

    `OFFICEOPS_PLUGINS=a,b` turns on exactly those; `safe` turns off all that did not ship with officeops.
    """
    said = (os.environ if environ is None else environ).get("OFFICEOPS_PLUGINS")
    only = None if said is None else {name.strip() for name in said.split(",") if name.strip()}
    found: list[Found] = []
    for name, module, origin, version in sorted(
        [*_installed(), *_files(machine.plugins_folder)], key=lambda row: row[2] != OWN
    ):
        state = _is_on(name, machine, own=origin == OWN, safe=safe, only=only)
        first = next((each for each in found if each.name == name), None)
        if first:
            state = False, f"{first.origin} has a plugin called {name} too, and that one counts"
        found.append(Found(name, module, origin, version, *state))
    return [*found, *_gone(machine, {each.name for each in found}, safe=safe, only=only)]


def _gone(machine: Machine, there: set[str], *, safe: bool, only: set[str] | None) -> list[Found]:
    """Return those that are to be on and are not there: gone, or misspelt. What asks plugins is incomplete without them."""
    wanted = machine.enabled if only is None else sorted(only)
    names = dict.fromkeys(name for name in wanted if name not in there)
    return [
        Found(name, "", GONE, "", *_is_on(name, machine, own=False, safe=safe, only=only))
        for name in names
    ]


def _is_on(
    name: str, machine: Machine, *, own: bool, safe: bool, only: set[str] | None
) -> tuple[bool, str]:
    if only is not None:
        return (
            (True, "")
            if name in only and (own or not safe)
            else (False, "OFFICEOPS_PLUGINS leaves it out")
        )
    if name in machine.disabled:
        return False, "disabled"
    if own:
        return True, ""
    if safe:
        return False, "--safe leaves out what did not ship with officeops"
    return (
        (True, "")
        if name in machine.enabled
        else (False, f"not enabled; `officeops plugins enable {name}`")
    )


def _files(folder: str) -> list[tuple[str, str, str, str]]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [
        (n[:-3], os.path.join(folder, n), folder, "")
        for n in names
        if n.endswith(".py") and n[:-3].isidentifier()
    ]


def _installed() -> list[tuple[str, str, str, str]]:
    stamp = _stamp()
    path = _cache_file()
    blocks = _blocks(path)
    for block in blocks:
        head, *lines = block.split("\n")
        rows = [tuple(line.split("\t")) for line in lines if line]
        if head == stamp and all(len(row) == _COLUMNS for row in rows):
            return [
                (name, value, distribution, version) for name, value, distribution, version in rows
            ]
    found = _ask()
    newest = "\n".join([stamp, *("\t".join(row) for row in found)])
    _keep(path, "\n\n".join([newest, *blocks[: _WAYS_IN - 1]]))
    return found


def _blocks(path: str) -> list[str]:
    """Return what was found at earlier starts, the newest first: a block of lines for each way in, its stamp on top."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().split("\n\n")
    except (OSError, ValueError):
        return []


def _stamp() -> str:
    """Return the folders of sys.path with the time each last changed: installing or removing anything changes it."""
    parts = []
    for folder in sys.path:
        try:
            parts.append(f"{folder}@{os.stat(folder or '.').st_mtime_ns}")
        except OSError:
            continue
    return "|".join(parts)


def _cache_file() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "officeops", f"plugins{sys.prefix.replace('/', '-')}.tsv")


def _ask() -> list[tuple[str, str, str, str]]:
    from importlib.metadata import entry_points

    rows = set()
    for point in entry_points(group=GROUP):
        dist = point.dist
        rows.add((point.name, point.value, dist.name if dist else "", dist.version if dist else ""))
    return sorted(rows)


def _keep(kept: str, text: str) -> None:
    """Write the file whole or not at all; without a place to write, the next start asks again."""
    from pathlib import Path

    path = Path(kept)
    spare = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        spare.write_text(text)
        spare.replace(path)
    except OSError:
        return


def _is_free(name: str) -> bool:
    """Whether no other module goes by a name: one that an earlier load of a one-file plugin left is no other."""
    from importlib.util import find_spec

    present = sys.modules.get(name)
    if present is not None:
        return present.__name__ == f"officeops_file_{name}"
    try:
        return find_spec(name) is None
    except (ImportError, ValueError):
        return False


def module_from_file(name: str, path: str) -> ModuleType:
    """Import a one-file plugin. A target in it goes by the file's name, `keys:key_round`, unless another module has that."""
    from importlib.util import module_from_spec, spec_from_file_location

    from officeops.model.errors import Broken

    label = f"officeops_file_{name}"
    spec = spec_from_file_location(label, path)
    if spec is None or spec.loader is None:
        raise Broken(f"{path} cannot be read as Python")
    module = module_from_spec(spec)
    sys.modules[label] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[label]
        raise
    if _is_free(name):
        sys.modules[name] = module
    return module
