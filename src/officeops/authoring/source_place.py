"""Where a thing is declared, for sentences to its author."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def place(thing: Any, *names: str) -> str:  # noqa: ANN401 - a module, class or function
    """Return a thing's file, from here where that is shorter, and the names inside it: `src/x/model.py: Key.tag`."""
    module = sys.modules.get(getattr(thing, "__module__", ""), thing)
    path = Path(str(getattr(module, "__file__", None) or getattr(module, "__name__", "?")))
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return f"{shown}: {'.'.join(names)}" if names else str(shown)
