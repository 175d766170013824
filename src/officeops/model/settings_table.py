"""Settings: a typed table of officeops.toml, declared as a class and checked when it is read."""

from __future__ import annotations

import os
from typing import Any, ClassVar, Final, Self

from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value


class _Setting(Value):
    """The declaration of one key."""

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
    """Declare one key of a settings table: default, help and limits."""
    return _Setting(default, help, minimum, maximum, choices)


#: Paths are plain text here: pathlib would be a tenth of a command's start-up.
Path = str


class Settings:
    """A typed table of officeops.toml.

    Subclass it with annotated keys; a plugin's is `[plugins.NAME]`.
    """

    keys: ClassVar[dict[str, tuple[str, _Setting]]]

    def __init_subclass__(cls) -> None:
        cls.keys = {}
        for name, annotation in cls.__dict__.get("__annotations__", {}).items():
            if annotation not in _TYPES:
                raise TypeError(
                    f"{cls.__name__}.{name}: {annotation} is no type of a setting; "
                    f"those are {', '.join(_TYPES)}"
                )
            given = cls.__dict__[name]
            declared = given if isinstance(given, _Setting) else setting(given)
            cls.keys[name] = (annotation, declared)

    @classmethod
    def read(cls, table: dict[str, Any], where: str) -> Self:
        """Make the settings from a TOML table; `where` names file and table in error messages.

        Raises UsageProblem naming file, key, the value and the allowed ones.
        """
        if not isinstance(table, dict):
            raise UsageProblem(
                f"{where}: found {table!r}, but it takes a table.", code="wrong-kind"
            )
        for name in table.keys() - cls.keys.keys():
            known = ", ".join(sorted(cls.keys)) or "none"
            raise UsageProblem(
                f"{where}: there is no key {name}. Known keys: {known}.", code="unknown-choice"
            )
        self = cls()
        for name, (annotation, declared) in cls.keys.items():
            value = table.get(name, declared.default)
            if name in table:
                _check(value, annotation, declared, f"{where}: {name}")
            if annotation == "Path" and value:
                value = os.path.expanduser(value)
            setattr(self, name, value)
        return self


#: The types of keys: Python's types of their values, and the words for people.
_TYPES: Final[dict[str, tuple[type | tuple[type, ...], str]]] = {
    "str": (str, "text in quotes"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
    "bool": (bool, "true or false"),
    "Path": (str, "a path in quotes"),
    "list[str]": (list, "a list of texts"),
    "dict[str, str]": (dict, "a table of texts"),
}


def _check(value: Any, annotation: str, declared: _Setting, where: str) -> None:  # noqa: ANN401
    if expected := _expected(value, annotation, declared):
        raise UsageProblem(
            f"{where}: found {in_words(value)}, but it takes {expected}.", code="wrong-kind"
        )


def _expected(value: Any, annotation: str, declared: _Setting) -> str:  # noqa: ANN401
    """Say which values a key takes, where this one is none of them; blank for a good one."""
    kind, words = _TYPES[annotation]
    # True is an int to Python, and no number to people.
    is_flag = isinstance(value, bool) and annotation in {"int", "float"}
    is_kind = isinstance(value, kind)
    if is_flag or not is_kind:
        return words
    if annotation in {"list[str]", "dict[str, str]"}:
        items = value.values() if isinstance(value, dict) else value
        if not all(isinstance(item, str) for item in items):
            return words
    if declared.choices and value not in declared.choices:
        return "one of " + ", ".join(declared.choices)
    # `not >=` and not `<`, because nan is neither more nor less than anything.
    if declared.minimum is not None and not value >= declared.minimum:
        return f"{declared.minimum} or more"
    if declared.maximum is not None and not value <= declared.maximum:
        return f"{declared.maximum} or less"
    return ""


def in_words(value: object) -> str:
    """Write a value into a sentence, at most 200 characters of it."""
    try:
        text = repr(value)
    except ValueError:
        # Python refuses to write out a number of more than 4,300 digits.
        return "a number without end"
    return text if len(text) <= 200 else text[:200] + "…"
