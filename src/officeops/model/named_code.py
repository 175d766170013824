"""Code named by text, `module:attribute`: declarations name what is heavy, or lies above them, and it is loaded when used."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def named(target: str) -> Any:  # noqa: ANN401 - whatever the name leads to
    """Return what `module:attribute` names. Raises ImportError or AttributeError where there is no such thing."""
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)
