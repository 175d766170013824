"""Public names that load on first use, so that a program pays only for the ones it needs (PEP 562).

A package or module that offers other modules' names has
`__getattr__ = lazy_names(__name__, {"Name": "package.module"})`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazy_names(face: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a module that offers names.

    `homes` maps each name to its module, without the leading `officeops.`.
    """

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"{face} has no public name {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"officeops.{homes[name]}"), name)
        setattr(sys.modules[face], name, value)
        return value

    return load
