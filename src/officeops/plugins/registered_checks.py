"""Registered checks: each value of a register hook is checked before anything relies on it."""

from __future__ import annotations

import re
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from officeops.model.declared_words import misdeclared
from officeops.model.error_words import one_line, repr_of
from officeops.model.errors import Broken
from officeops.model.fields import Field
from officeops.model.records import wrong_word
from officeops.plugins.declared_types import fitted
from officeops.plugins.hook_results import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.model.records import Record

#: An attribute by which the values of a register hook are recognized.
_ATTRIBUTES: Final = {
    "records": "meta",
    "migrations": "up",
    "settings": "keys",
    "permissions": "help",
    "roles": "patterns",
    "views": "sort",
    "actions": "verb",
    "commands": "target",
    "screens": "target",
    "reports": "title",
    "jobs": "schedule",
    "formats": "endings",
    "datasets": "stale_days",
}
#: The classes of declarations, in `officeops.model.declarations`, or in a module of their own.
_DECLARED: Final = {
    "commands": "Command",
    "screens": "Screen",
    "views": "View",
    "permissions": "Permission",
    "roles": "Role",
    "reports": "Report",
    "jobs": "Job",
    "formats": "Format",
    "datasets": "Dataset",
}
#: Hooks that give one value of a type of Python's own.
_TYPES: Final = {"services": dict, "hookspecs": ModuleType}
#: The texts of an action, which is no declaration with types of its own.
_ACTION_TEXTS: Final = ("name", "help", "means", "label", "word")
#: The texts of a record, and of each of its fields, that people read.
_RECORD_TEXTS: Final = ("noun", "group", "label", "plural", "prefix", "display", "sort")
_FIELD_TEXTS: Final = ("label", "help", "unit")
#: The parameters of declarations whose arguments are easily given in another order.
_SIGNATURES: Final = {
    "commands": 'Command(name, target, help, overview=False, of="")',
    "screens": 'Screen(id, title, target, means="")',
    "views": 'View(name, record, title, where="", sort="", columns=())',
    "permissions": 'Permission(name, help, level="manage")',
    "roles": "Role(name, patterns, help)",
    "jobs": 'Job(name, run, help, schedule, cron="")',
    "reports": "Report(name, title, run, help)",
    "datasets": 'Dataset(key, title, columns, index=(), read="", stale_days=0, search=())',
    "formats": 'Format(name, endings, records, fields, read="", write="", begins="")',
}
#: The levels of permissions; `officeops.access.roles`, which has them too, is on a higher floor.
_LEVELS: Final = ("read", "work", "lead", "manage", "sensitive")
#: Hooks that give classes.
_CLASSES: Final = frozenset({"records", "settings"})
# A job's name and its time go into a crontab, where a plugin's text must not begin another line or
# command.
_NOUN: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_JOB_NAME: Final = r"[A-Za-z0-9][A-Za-z0-9_-]*"
_CRON_TIME: Final = r"[0-9*/,-]+( [0-9*/,-]+){4}"


def check_registered(
    hook: str,
    name: str,
    value: Any,  # noqa: ANN401 - whatever the hook gave
) -> Any:  # noqa: ANN401 - the value
    """Take a value of a register hook, with its texts on one line.

    Raises Broken for one that the hook does not take.
    """
    attribute = _ATTRIBUTES.get(hook)
    if attribute:
        is_kind = isinstance(value, type) == (hook in _CLASSES)
        if not is_kind or not hasattr(value, attribute):
            raise Broken(f"{hook}() gave {repr_of(value)}, which is not what that hook is for")
    if hook == "records" and value.meta.plugin != name:
        raise Broken(
            f"the record {value.__name__} has the key {value.meta.key!r}, which does not begin "
            f'with "{name}."',
            check="record-key",
        )
    check = _CHECKS.get(hook)
    fault = check(value) if check else ""
    if fault:
        raise Broken(f"{hook}() gave {repr_of(value)}: {fault}; it is {_SIGNATURES[hook]}")
    if hook in _DECLARED:
        return _declared(hook, value)
    if hook == "actions":
        _check_action(value)
    if hook in _TYPES and not isinstance(value, _TYPES[hook]):
        raise Broken(f"{hook}() gave {repr_of(value)}, which is not what that hook is for")
    return value


def _declared(hook: str, value: Any) -> Any:  # noqa: ANN401 - a declaration
    # The plugin has imported it to declare anything.
    home = "dataset" if hook == "datasets" else "declarations"
    declared = getattr(import_module(f"officeops.model.{home}"), _DECLARED[hook])
    if not isinstance(value, declared):
        raise Broken(f"{hook}() gave {repr_of(value)}, which is not what that hook is for")
    return fitted(value, declared)


def _check_action(action: Any) -> None:  # noqa: ANN401 - an Action
    for name in _ACTION_TEXTS:
        text = getattr(action, name)
        if not isinstance(text, str) or one_line(text) != text:
            raise Broken(
                f"the action {action.name} has as its {name} {repr_of(text)}, "
                "which is no text of one line"
            )


def check_record(record: type[Record]) -> None:
    """Raise Broken for a record with a word of another type, or one that cannot be printed.

    Its words are read outside any code of the plugin. Those of the plugins that ship with officeops
    are not looked at: there are a thousand, in each command.
    """
    if fault := wrong_word(record, record.meta) or _wrong_fact(record):
        raise Broken(fault, check="declares")
    if not record.meta.commandless and not re.fullmatch(_NOUN, record.meta.noun):
        why = f"{record.__name__} has as its noun {record.meta.noun!r}"
        raise Broken(f"{why}; a noun is small letters, digits and hyphens", check="record-noun")
    for where, words in _words_of(record):
        for name in words:
            text = getattr(where, name)
            if text is not None and not _is_written(text):
                raise Broken(
                    f"{record.__name__} has as its {name} {repr_of(text)}, "
                    "which is no text that can be printed"
                )


def _wrong_fact(record: type[Record]) -> str:
    """Return which fact of a field is of another type than it takes; blank for none."""
    for field in record.meta.fields:
        name = f"{record.__name__}.{field.name}"
        if fault := misdeclared(name, field, Field.__annotations__):
            return fault
    return ""


def _words_of(record: type[Record]) -> Iterator[tuple[object, tuple[str, ...]]]:
    """Yield the record, its words and each of its fields, with the names of their texts."""
    yield record, ("__doc__",)
    yield record.meta, _RECORD_TEXTS
    for field in record.meta.list_fields:
        yield field, _FIELD_TEXTS


def _is_written(text: object) -> bool:
    return isinstance(text, str) and (text.isascii() or text == escaped(text))


def _fault_of_target(declared: Any) -> str:  # noqa: ANN401 - a Command or Screen
    if _is_target(declared.target):
        return ""
    return f"its target is {declared.target!r}, which is no module:name"


def _fault_of_view(view: Any) -> str:  # noqa: ANN401 - a View
    if _is_dotted(view.record):
        return ""
    return f"its record is {view.record!r}, which is no key of a record"


def _fault_of_permission(permission: Any) -> str:  # noqa: ANN401 - a Permission
    if not _is_dotted(permission.name):
        return f"its name is {permission.name!r}, which has no plugin in front"
    level, help_text = permission.level, permission.help
    if level in _LEVELS and help_text not in _LEVELS:
        return ""
    levels = ", ".join(_LEVELS)
    return f"its level is {level!r} and its help {help_text!r}; a level is one of {levels}"


def _fault_of_role(role: Any) -> str:  # noqa: ANN401 - a Role
    # A text instead of a tuple would be a pattern for each of its letters.
    if isinstance(role.patterns, tuple):
        return ""
    return f"its patterns are {role.patterns!r}, which is no tuple of texts"


def _fault_of_run(declared: Any) -> str:  # noqa: ANN401 - a Job or Report
    if callable(declared.run):
        return ""
    return f"what it runs is {declared.run!r}, which is no function"


def _fault_of_job(job: Any) -> str:  # noqa: ANN401 - a Job
    if fault := _fault_of_run(job):
        return fault
    if not re.fullmatch(_JOB_NAME, job.name):
        return f"its name is {job.name!r}, which is not of letters, digits and hyphens"
    if job.cron and not re.fullmatch(_CRON_TIME, job.cron):
        return f"its cron is {job.cron!r}, which is not the five fields of a time in a crontab"
    return ""


def _fault_of_format(form: Any) -> str:  # noqa: ANN401 - a declaration
    targets = [target for target in (form.read, form.write) if target] or [form.read]
    if not all(map(_is_target, targets)):
        return f"its functions are {targets}, and one of them is no module:function"
    if not form.records or not all(map(_is_dotted, form.records)):
        return f"its records are {form.records!r}, which are no keys of records"
    if not all(str(ending).startswith(".") for ending in form.endings):
        return f"its endings are {form.endings!r}, and an ending begins with a dot"
    return ""


def _fault_of_dataset(dataset: Any) -> str:  # noqa: ANN401 - a declaration
    if not _is_dotted(dataset.key):
        return f"its key is {dataset.key!r}, which is no plugin's name, a dot and a word"
    odd = [name for name in dataset.columns if not re.fullmatch(r"[a-z][a-z0-9_]*", str(name))]
    if odd or not dataset.columns or len(set(dataset.columns)) < len(dataset.columns):
        return f"its columns are {dataset.columns!r}; they are different words of small letters"
    if not set(dataset.index) <= set(dataset.columns):
        return f"its index is {dataset.index!r}, which are not all columns"
    if fault := _fault_of_search(dataset):
        return fault
    if dataset.read and not _is_target(dataset.read):
        return f"its function is {dataset.read!r}, which is no module:function"
    return ""


def _fault_of_search(dataset: Any) -> str:  # noqa: ANN401 - a declaration
    search = tuple(dataset.search)
    if not set(search) <= set(dataset.columns) or len(set(search)) < len(search):
        return f"its search is {dataset.search!r}, which are not different columns"
    # A search index of SQLite has columns of these names itself.
    if search and (taken := {"rank", "rowid"} & {*dataset.columns}):
        return f"its column {min(taken)} cannot be in a dataset with search; call it something else"
    return ""


#: Checks of small declarations: their arguments are all texts, so Python takes them in any order.
_CHECKS: Final[dict[str, Callable[[Any], str]]] = {
    "commands": _fault_of_target,
    "screens": _fault_of_target,
    "views": _fault_of_view,
    "permissions": _fault_of_permission,
    "roles": _fault_of_role,
    "reports": _fault_of_run,
    "jobs": _fault_of_job,
    "formats": _fault_of_format,
    "datasets": _fault_of_dataset,
}


def _is_target(text: object) -> bool:
    module, _, name = str(text).partition(":")
    return name.isidentifier() and all(part.isidentifier() for part in module.split("."))


def _is_dotted(text: object) -> bool:
    parts = str(text).split(".")
    return len(parts) > 1 and all(part.replace("-", "_").isidentifier() for part in parts)
