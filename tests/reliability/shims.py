"""The C libraries that record, fail and lie to a program about its disk and its clock, compiled when they are needed."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reliability.processes import environment

SOURCES = Path(__file__).parent / "c"
NO_COMPILER = "The crash tests compile three small C libraries: install a C compiler (on Debian: apt-get install gcc libc6-dev)."


class NoCompiler(Exception):
    """There is no C compiler here."""


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="officeops-shim-")


def remove_libraries() -> None:
    """Take the compiled libraries away; the next use compiles them again."""
    if _folder.cache_info().currsize:
        _folder().cleanup()
    _folder.cache_clear()
    library.cache_clear()


@cache
def library(name: str) -> Path:
    """Compile `c/NAME.c` and return the library, to be preloaded. Raises NoCompiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise NoCompiler(NO_COMPILER)
    made = Path(_folder().name) / f"{name}.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-o", made, SOURCES / f"{name}.c", "-ldl"], check=True
    )
    return made


def preloading(name: str, **words: object) -> dict[str, str]:
    """Return this environment with a library preloaded and told these words."""
    return {
        **environment(),
        "LD_PRELOAD": str(library(name)),
        **{key: str(value) for key, value in words.items()},
    }
