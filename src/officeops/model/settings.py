"""Settings of this machine: `officeops.toml`, read and checked, never rewritten.

Files that the program writes itself (enabled plugins, saved mappings, views) are beside it. Facts
about the office are in its database instead (`officeops settings`).
"""

from __future__ import annotations

import os
from typing import Any, Final, TypeVar

from officeops.model.errors import Refused, UsageProblem
from officeops.model.settings_table import Path, Settings, in_words, setting

S = TypeVar("S", bound=Settings)

#: Tables of officeops.toml beside the keys at its top; the code that needs one declares and reads
#: it.
TABLES: Final = ("backup", "access", "limits", "attachments", "datasets")
#: The largest settings file, in bytes.
_LARGEST: Final = 1 << 20


class MachineTable(Settings):
    """The keys at the top of officeops.toml."""

    db: Path = setting("", help="The office's file; OFFICEOPS_DB and --db come first")
    history_key: Path = setting(
        "",
        help="The key of the history; by default beside the office's file, with .key "
        "(also OFFICEOPS_KEY)",
    )
    seal_key: Path = setting(
        "",
        help="The key of sealed fields; by default beside the office's file, with .seal "
        "(also OFFICEOPS_SEAL)",
    )
    plugins_folder: Path = setting(
        "", help="Folder of one-file plugins; by default `plugins` beside this file"
    )
    mouse: bool = setting(default=False, help="Let the terminal interface use the mouse")
    paper: str = setting(
        "letter", help="The sheets of PDF pages: letter or a4", choices=("letter", "a4")
    )
    theme: str = setting("", help="A Textual theme for the terminal interface")
    nouns: dict[str, str] = setting(
        {}, help="Other commands for records, if two plugins use the same"
    )
    letters: dict[str, str] = setting(
        {}, help='Other letters of keys, by what they do: `receive = "v"`'
    )
    plugins: dict[str, str] = setting({}, help="Tables of plugins")


class _PluginsFile(Settings):
    """The content of plugins.toml, which `plugins enable` and `disable` write."""

    enabled: list[str] = setting(
        [], help="Plugins that are on beside those that ship with officeops"
    )
    disabled: list[str] = setting([], help="Plugins that are off")


#: Why settings of the machine cannot be written: everybody who comes over SSH shares them.
SHARED: Final = "belongs to the server, and cannot be written over SSH"
#: Likewise, where a person wants nothing to be changed.
READS_ONLY: Final = "is not written in a session that only reads (--read-only)"


class Machine:
    """This machine's settings, and the files the program keeps beside them."""

    def __init__(self, file: str | os.PathLike[str] | None = None, shown: str = "") -> None:
        if file is not None and not os.path.isfile(file):
            raise UsageProblem(f"There is no settings file {file}.", code="unreadable")
        default = os.path.join(_config_home(), "officeops.toml")
        self.file: Path = default if file is None else os.fspath(file)
        #: The name of that file in sentences.
        self.shown = shown or self.file
        #: Why they may only be read, blank where they may be written: SSH or `READS_ONLY`.
        self.fixed = ""
        self._tables = _load(self.file)
        plugin_tables = self._tables.pop("plugins", {})
        self._plugin_tables = _table(plugin_tables, f"{self.shown}: [plugins]")
        self._own_tables = {name: self._tables.pop(name, {}) for name in TABLES}
        self.own = MachineTable.read(self._tables, self.shown)
        self._read_plugins_file()

    def _read_plugins_file(self) -> None:
        file = self.beside("plugins.toml")
        # The program's own file: a newer officeops may keep more in it than this one knows.
        known = {name: value for name, value in _load(file).items() if name in _PluginsFile.keys}
        written = _PluginsFile.read(known, file)
        self.enabled, self.disabled = written.enabled, written.disabled

    @property
    def plugins_folder(self) -> Path:
        """The folder of one-file plugins."""
        return self.own.plugins_folder or self.beside("plugins")

    def beside(self, name: str) -> Path:
        """Return the path of one of the program's own files, beside officeops.toml."""
        return os.path.join(os.path.dirname(self.file), name)

    def table(self, name: str, declared: type[S]) -> S:
        """Read one of the program's own tables. Raises UsageProblem."""
        return declared.read(self._own_tables[name], f"{self.shown}: [{name}]")

    def of_plugin(self, name: str, declared: type[Settings]) -> Settings:
        """Read a plugin's settings. Raises UsageProblem."""
        table = self._plugin_tables.get(name, {})
        return declared.read(table, f"{self.shown}: [plugins.{name}]")

    def load(self, name: str) -> dict[str, Any]:
        """Read one of the program's own files; empty where there is none."""
        return _load(self.beside(name))

    def save(self, name: str, content: dict[str, Any]) -> None:
        """Write one of the program's own files, whole or not at all.

        Raises Refused where they may only be read.
        """
        if self.fixed:
            code = "cannot-write" if self.fixed == READS_ONLY else "server-only"
            raise Refused(f"{name} {self.fixed}", code=code)
        from pathlib import Path as File

        import tomli_w

        path = File(self.beside(name))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written beside it and renamed: a reader sees the whole file before or the whole one after.
        spare = path.with_suffix(f".{os.getpid()}")
        spare.write_text(tomli_w.dumps(content), encoding="utf-8")
        spare.replace(path)


def _config_home() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(base, "officeops")


def default_database() -> Path:
    """Return the default path of the office's file: in the user's data folder (XDG)."""
    base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.path.join(base, "officeops", "office.db")


def _table(value: Any, where: str) -> dict[str, Any]:  # noqa: ANN401 - whatever the file holds
    if not isinstance(value, dict):
        raise UsageProblem(
            f"{where}: found {in_words(value)}, but it takes tables.", code="wrong-kind"
        )
    return value


def _load(path: Path) -> dict[str, Any]:
    """Read a TOML file; empty where there is none.

    Raises UsageProblem for one that is no settings.
    """
    text = _bytes_of(path)
    if not text:
        return {}
    if len(text) > _LARGEST:
        size = _LARGEST >> 20
        raise UsageProblem(
            f"{path} is larger than {size} MiB; that is no file of settings.", code="too-long"
        )
    import tomllib

    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{path} is not valid TOML: {error}.", code="malformed") from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise UsageProblem(
            f"{path} cannot be read: it is nested too deeply, or has a number without end.",
            code="malformed",
        ) from error


def _bytes_of(path: Path) -> bytes:
    """Read a file up to one byte more than the largest; nothing where there is none."""
    try:
        # A pipe of that name must not make the program wait for a writer: opened without blocking,
        # it reads as empty.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            return file.read(_LARGEST + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UsageProblem(
            f"{path} cannot be read: {error.strerror}.", code="unreadable"
        ) from error
