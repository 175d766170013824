"""Settings of this machine: `officeops.toml`, read and checked, never rewritten.

What the program writes itself (enabled plugins, saved mappings, views) goes to files of its own beside it.
Facts about the office live in its database instead (`officeops settings`).
"""

from __future__ import annotations

import os
from typing import Any, ClassVar, Self, TypeVar

from officeops.model.errors import Refused, UsageProblem
from officeops.model.immutable import Value


class _Setting(Value):
    default: Any
    help: str
    minimum: float | None
    maximum: float | None
    choices: tuple[str, ...]


def setting(
    default: Any,  # noqa: ANN401 - the annotation's type
    *,
    help: str = "",  # noqa: A002 - the field's own word
    minimum: float | None = None,
    maximum: float | None = None,
    choices: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401
    """Declare one key of a settings table: its default, what it is for, and what is allowed."""
    return _Setting(default, help, minimum, maximum, choices)


#: Paths are plain text here: pathlib would be a tenth of a command's start-up.
Path = str


class Settings:
    """A typed table of officeops.toml. Subclass it with annotated keys; a plugin's is `[plugins.NAME]`."""

    keys: ClassVar[dict[str, tuple[str, _Setting]]]

    def __init_subclass__(cls) -> None:
        cls.keys = {}
        for name, annotation in cls.__dict__.get("__annotations__", {}).items():
            given = cls.__dict__[name]
            if annotation not in _TYPES:
                raise TypeError(
                    f"{cls.__name__}.{name}: {annotation} is no type of a setting; those are {', '.join(_TYPES)}"
                )
            cls.keys[name] = (annotation, given if isinstance(given, _Setting) else setting(given))

    @classmethod
    def read(cls, table: dict[str, Any], where: str) -> Self:
        """Make the settings from a TOML table; `where` names file and table in what goes wrong.

        Raises UsageProblem naming file, key, what was found and what is allowed.
        """
        if not isinstance(table, dict):
            raise UsageProblem(f"{where}: found {table!r}, but it takes a table.")
        self = cls()
        for name in table.keys() - cls.keys.keys():
            raise UsageProblem(
                f"{where}: there is no key {name}. Known keys: {', '.join(sorted(cls.keys)) or 'none'}."
            )
        for name, (annotation, declared) in cls.keys.items():
            value = table.get(name, declared.default)
            if name in table:
                _check(value, annotation, declared, f"{where}: {name}")
            setattr(
                self, name, os.path.expanduser(value) if annotation == "Path" and value else value
            )
        return self


S = TypeVar("S", bound=Settings)

_TYPES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "str": (str, "text in quotes"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
    "bool": (bool, "true or false"),
    "Path": (str, "a path in quotes"),
    "list[str]": (list, "a list of texts"),
    "dict[str, str]": (dict, "a table of texts"),
}


def _check(value: Any, annotation: str, declared: _Setting, where: str) -> None:  # noqa: ANN401
    kind, words = _TYPES[annotation]
    wrong = not isinstance(value, kind) or (
        isinstance(value, bool) and annotation in {"int", "float"}
    )
    if annotation in {"list[str]", "dict[str, str]"} and not wrong:
        wrong = not all(
            isinstance(each, str) for each in (value.values() if isinstance(value, dict) else value)
        )
    if not wrong and declared.choices and value not in declared.choices:
        wrong, words = True, "one of " + ", ".join(declared.choices)
    # Turned round, because nothing is more or less than nan.
    if not wrong and declared.minimum is not None and not value >= declared.minimum:
        wrong, words = True, f"{declared.minimum} or more"
    if not wrong and declared.maximum is not None and not value <= declared.maximum:
        wrong, words = True, f"{declared.maximum} or less"
    if wrong:
        raise UsageProblem(f"{where}: found {_found(value)}, but it takes {words}.")


def _found(value: object) -> str:
    """Return a value for a sentence. Python refuses to write out a number of more than 4,300 digits."""
    try:
        text = repr(value)
    except ValueError:
        return "a number without end"
    return text if len(text) <= 200 else text[:200] + "…"


class MachineTable(Settings):
    """The keys at the top of officeops.toml."""

    db: Path = setting("", help="The office's file; OFFICEOPS_DB and --db come first")
    history_key: Path = setting(
        "",
        help="The key of the history; by default beside the office's file, with .key (also OFFICEOPS_KEY)",
    )
    seal_key: Path = setting(
        "",
        help="The key of sealed fields; by default beside the office's file, with .seal (also OFFICEOPS_SEAL)",
    )
    plugins_folder: Path = setting(
        "", help="Folder of one-file plugins; by default `plugins` beside this file"
    )
    mouse: bool = setting(default=False, help="Let the terminal interface use the mouse")
    theme: str = setting("", help="A Textual theme for the terminal interface")
    nouns: dict[str, str] = setting(
        {}, help="Other commands for records, if two plugins use the same"
    )
    plugins: dict[str, str] = setting({}, help="Tables of plugins")


class _PluginsFile(Settings):
    """What `plugins enable` and `disable` keep in plugins.toml."""

    enabled: list[str] = setting(
        [], help="Plugins that are on beside those that ship with officeops"
    )
    disabled: list[str] = setting([], help="Plugins that are off")


#: Tables of officeops.toml beside the keys at its top; whoever needs one declares and reads it.
TABLES = ("backup", "access", "limits")


class Machine:
    """This machine's settings, and the files the program keeps beside them."""

    def __init__(self, file: str | os.PathLike[str] | None = None) -> None:
        self.file: Path = (
            os.path.join(_config_home(), "officeops.toml") if file is None else os.fspath(file)
        )
        if file is not None and not os.path.isfile(self.file):
            raise UsageProblem(f"There is no settings file {file}.")
        #: Whether they may only be read: who comes over SSH shares them with everybody else who does.
        self.fixed = False
        self._tables = _load(self.file)
        self._plugin_tables: dict[str, Any] = _table(
            self._tables.pop("plugins", {}), f"{self.file}: [plugins]"
        )
        self._own_tables = {name: self._tables.pop(name, {}) for name in TABLES}
        self.own = MachineTable.read(self._tables, self.file)
        # The program's own file: a newer officeops may keep more in it than this one knows.
        known = {
            name: value
            for name, value in _load(self.beside("plugins.toml")).items()
            if name in _PluginsFile.keys
        }
        written = _PluginsFile.read(known, self.beside("plugins.toml"))
        self.enabled, self.disabled = written.enabled, written.disabled

    @property
    def plugins_folder(self) -> Path:
        """Where one-file plugins lie."""
        return self.own.plugins_folder or self.beside("plugins")

    def beside(self, name: str) -> Path:
        """Return the path of one of the program's own files, beside officeops.toml."""
        return os.path.join(os.path.dirname(self.file), name)

    def table(self, name: str, declared: type[S]) -> S:
        """Return one of the program's own tables, checked."""
        return declared.read(self._own_tables[name], f"{self.file}: [{name}]")

    def of_plugin(self, name: str, declared: type[Settings]) -> Settings:
        """Return a plugin's settings, checked."""
        return declared.read(self._plugin_tables.get(name, {}), f"{self.file}: [plugins.{name}]")

    def load(self, name: str) -> dict[str, Any]:
        """Read one of the program's own files; empty where there is none."""
        return _load(self.beside(name))

    def save(self, name: str, content: dict[str, Any]) -> None:
        """Write one of the program's own files, whole or not at all. Raises Refused where they may only be read."""
        if self.fixed:
            raise Refused(f"{name} belongs to the server, and cannot be written over SSH")
        from pathlib import Path as File

        import tomli_w

        path = File(self.beside(name))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        spare = path.with_suffix(f".{os.getpid()}")
        spare.write_text(tomli_w.dumps(content), encoding="utf-8")
        spare.replace(path)


def _config_home() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(base, "officeops")


def default_database() -> Path:
    """Return where the office's file lies unless told otherwise: the user's data folder (XDG)."""
    base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.path.join(base, "officeops", "office.db")


#: The largest settings file, in bytes.
_LARGEST = 1 << 20


def _table(found: Any, where: str) -> dict[str, Any]:  # noqa: ANN401 - whatever the file holds
    if not isinstance(found, dict):
        raise UsageProblem(f"{where}: found {_found(found)}, but it takes tables.")
    return found


def _load(path: Path) -> dict[str, Any]:
    try:
        # Should a pipe lie there, opening it must not wait for a writer; reading it finds nothing, or refuses.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            text = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageProblem(f"{path} cannot be read: {error.strerror}.") from error
    if not text:
        return {}
    if len(text) > _LARGEST:
        raise UsageProblem(
            f"{path} is larger than {_LARGEST >> 20} MiB; that is no file of settings."
        )
    import tomllib

    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{path} is not valid TOML: {error}.") from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise UsageProblem(
            f"{path} cannot be read: it is nested too deeply, or has a number without end."
        ) from error
