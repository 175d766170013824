"""The plugin whose code runs, told by the modules on the call stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FrameType, ModuleType


def of_frame(frame: FrameType | None, modules: Mapping[str, ModuleType]) -> tuple[str, str] | None:
    """Find the innermost plugin whose code leads to a frame, and its function that was called.

    `modules` are the root modules of the plugins by name.
    """
    roots = {}
    for name, module in modules.items():
        package = module.__name__.partition(".")[0]
        roots[package] = name
    plugin = function = ""
    while frame is not None:
        package = str(frame.f_globals.get("__name__")).partition(".")[0]
        name = roots.get(package, "")
        if plugin and name != plugin:
            break
        # `<lambda>`, `<listcomp>` and the like say nothing to the author: the function around them
        # does.
        if name and not frame.f_code.co_name.startswith("<"):
            plugin, function = name, frame.f_code.co_name
        frame = frame.f_back
    return (plugin, function) if plugin else None
