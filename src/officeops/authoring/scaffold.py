"""Write an author's first plugin: a whole distribution, whose tests pass at once."""

from __future__ import annotations

import builtins
import os
import re
import shutil
import sys
from contextlib import contextmanager
from datetime import date
from importlib import import_module, invalidate_caches
from keyword import iskeyword
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import officeops
from officeops.authoring.migration import append, written
from officeops.authoring.scaffold_options import OPTIONS, files_of, hooks_of, types_of
from officeops.core.migrations import MIGRATIONS
from officeops.model.errors import Refused, UsageProblem
from officeops.model.immutable import Value
from officeops.store.missing_migrations import gaps
from officeops.values.wording import article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from officeops.model.meta import Meta

#: Each file of the distribution, and its template. None is named like a hook, which it would hide.
FILES = {
    "pyproject.toml": "pyproject",
    "README.md": "readme",
    "LICENSE": "license",
    "src/{module}/__init__.py": "root",
    "src/{module}/py.typed": "",
    "src/{module}/model.py": "model",
    "src/{module}/schema.py": "schema",
    "src/{module}/handing.py": "handing",
    "src/{module}/attention.py": "attention",
    "tests/test_{name}.py": "test",
}
#: Names that the templates import beside those of officeops.
_IMPORTED = frozenset("TYPE_CHECKING Any Callable Cli Iterable Iterator Mapping Sequence".split())
#: Names that the templates use themselves beside that of the record.
_USED = frozenset(
    "office holder due_back until date copies plan late loan kept row rows cells typed text".split()
)
TEMPLATES = Path(__file__).parent / "template"


class Names(Value):
    """The words of a new plugin: its name, the noun of its record, and words made of them."""

    name: str
    noun: str

    @property
    def module(self) -> str:
        """The name of the package."""
        return f"officeops_{self.name}"

    @property
    def record(self) -> str:
        """The name of the record's class."""
        return "".join(map(str.capitalize, self.noun.split("-")))

    def words(self) -> dict[str, str]:
        """Return the words of the templates, by their placeholders."""
        variable = self.noun.replace("-", "_")
        if iskeyword(variable) or variable in _USED:
            variable += "_"
        label = self.noun.replace("-", " ")
        return {
            "name": self.name,
            "noun": self.noun,
            "module": self.module,
            "Noun": self.record,
            "var": variable,
            "field": self.noun.replace("-", "_"),
            "table": f"{self.name}_{self.noun.replace('-', '_')}",
            "label": label,
            "Label": label.capitalize(),
            "a_label": article(label),
            "A_label": article(label).capitalize(),
            "year": str(date.today().year),
        }


def names_for(
    name: str,
    noun: str,
    plugins: Collection[str],
    words: Collection[str],
) -> Names:
    """Return the words of a new plugin; a blank noun becomes the singular of the name.

    `plugins` are the names and `words` the nouns that are taken. Raises UsageProblem for a name or
    noun that cannot be used.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*", name):
        raise UsageProblem(
            f"{name!r} cannot name a plugin; use one word of small letters, such as keys.",
            code="malformed",
        )
    if name == "core" or name in plugins:
        raise UsageProblem(
            f"There is a plugin called {name} already; choose another name.", code="exists"
        )
    noun = noun or name.removesuffix("s")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", noun):
        raise UsageProblem(
            f"{noun!r} cannot be a noun; use small letters and hyphens, such as door-key.",
            code="malformed",
        )
    if noun in words:
        raise UsageProblem(
            f"The word {noun!r} is taken on the command line; say another with --noun.",
            code="exists",
        )
    names = Names(name, noun)
    if names.record in {*officeops.__all__, *dir(builtins), *_IMPORTED}:
        raise UsageProblem(
            f"{names.record} means something else in a plugin's code; say another word with --noun.",
            code="exists",
        )
    return names


def scaffold(
    names: Names,
    to: Path,
    options: Sequence[str] = (),
) -> Path:
    """Write `officeops-NAME` into a folder, whole or not at all, and return its path.

    `options` are of `scaffold_options.OPTIONS`. Raises Refused.
    """
    folder = to / f"officeops-{names.name}"
    if folder.exists() or folder.is_symlink():
        raise Refused("it is there already; nothing was written.", str(folder), code="exists")
    # Under another name until it is complete.
    spare = to / f".officeops-{names.name}.{os.getpid()}"
    try:
        _write(names, spare, options)
        spare.rename(folder)
    except BaseException:
        shutil.rmtree(spare, ignore_errors=True)
        raise
    return folder


def _write(
    names: Names,
    folder: Path,
    options: Sequence[str],
) -> None:
    words = {**names.words(), "types": types_of(options)}
    words["hooks"] = Template(hooks_of(options)).substitute(words).rstrip()
    for path, template in {**FILES, **files_of(options)}.items():
        file = folder / path.format_map(words)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = (TEMPLATES / f"{template}.txt").read_text() if template else ""
        file.write_text(Template(text).substitute(words))
    code = folder / "src" / names.module
    metas = _metas(code, [OPTIONS[option].module for option in options])
    first = written(gaps(metas, {"core": MIGRATIONS}), ())
    if first:
        append(code / "schema.py", first.text)


def _metas(code: Path, modules: Iterable[str]) -> list[Meta]:
    """Return the records of a package that was just written, and is not installed yet."""
    package = code.name
    metas = []
    with _importable(code.parent, package):
        of_model = vars(import_module(f"{package}.model")).values()
        records = [thing for thing in of_model if _is_record(thing, package)]
        for module in modules:
            records += getattr(import_module(f"{package}.{module}"), "RECORDS", [])
        for record in records:
            metas.append(record.meta)
            if record.ledger is not None and record.ledger.balances is not None:
                metas.append(record.ledger.balances.meta)
    return metas


def _is_record(thing: object, package: str) -> bool:
    """Whether a thing of a module is a record that the package declares."""
    return (
        isinstance(thing, type) and hasattr(thing, "meta") and thing.__module__.startswith(package)
    )


@contextmanager
def _importable(folder: Path, package: str) -> Iterator[None]:
    """Let a package be imported for a moment, and forget it afterwards."""
    before, writes_none = dict(sys.modules), sys.dont_write_bytecode
    # Compiled code would be part of the scaffold.
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(folder))
    _forget(package)
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = writes_none
        _forget(package)
        sys.modules.update((name, one) for name, one in before.items() if _is_of(name, package))


def _forget(package: str) -> None:
    for name in list(sys.modules):
        if _is_of(name, package):
            del sys.modules[name]
    invalidate_caches()


def _is_of(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")
