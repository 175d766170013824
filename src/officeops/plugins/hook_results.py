"""What plugins answer, checked before anybody relies on it: an answer of the wrong kind is that plugin's fault alone."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from officeops.model.due import SEVERITIES, Due
from officeops.model.errors import Broken, Problem

#: An attribute by which to tell what a register hook is for.
_TELLTALE = {
    "records": "meta", "migrations": "up", "settings": "keys", "permissions": "help", "views": "sort",
    "actions": "verb", "commands": "target", "screens": "target", "reports": "title", "jobs": "schedule",
}  # fmt: skip
#: The arguments of declarations that are easily given in another order.
_ARGUMENTS = {
    "commands": "Command(name, target, help, overview=False)",
    "screens": 'Screen(id, title, target, key="")',
    "views": 'View(name, record, title, where="", sort="", columns=())',
    "permissions": 'Permission(name, help, level="manage")',
    "jobs": 'Job(name, run, help, schedule, cron="")',
    "reports": "Report(name, title, run, help)",
}
#: The levels of permissions; `officeops.access.roles` is on a higher floor.
_LEVELS = ("read", "work", "manage", "sensitive")
#: Hooks that give classes.
_CLASSES = frozenset({"records", "settings"})


#: A job's name, and its time: both go into a crontab, where nothing of a plugin's may begin another line or command.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_TIME = re.compile(r"[0-9*/,-]+( [0-9*/,-]+){4}")


def check_registered(hook: str, name: str, value: Any) -> None:  # noqa: ANN401 - whatever the hook gave
    """Raise Broken for a value that is not what its register hook is for: found here, it harms nobody else."""
    if hook in _TELLTALE and not (
        hasattr(value, _TELLTALE[hook]) and isinstance(value, type) == (hook in _CLASSES)
    ):
        raise Broken(f"{hook}() gave {value!r}, which is not what that hook is for")
    if hook == "records" and value.meta.plugin != name:
        raise Broken(
            f'the record {value.__name__} has the key {value.meta.key!r}, which does not begin with "{name}."'
        )

    if wrong := _misplaced(hook, value):
        raise Broken(f"{hook}() gave {value!r}: {wrong}; it is {_ARGUMENTS[hook]}")


def _misplaced(hook: str, value: Any) -> str:  # noqa: ANN401 - of the kind that its hook is for
    """Return what is wrong with a small declaration whose arguments are of one kind, so that any order of them is taken."""
    if hook in {"commands", "screens"} and not _is_target(value.target):
        return f"its target is {value.target!r}, which is no module:name"
    if hook == "views" and not _is_dotted(value.record):
        return f"its record is {value.record!r}, which is no key of a record"
    if hook == "permissions" and not _is_dotted(value.name):
        return f"its name is {value.name!r}, which has no plugin in front"
    if hook == "permissions" and (value.level not in _LEVELS or value.help in _LEVELS):
        return f"its level is {value.level!r} and its help {value.help!r}; a level is one of {', '.join(_LEVELS)}"
    if hook in {"jobs", "reports"} and not callable(value.run):
        return f"what it runs is {value.run!r}, which is no function"
    return _untimely(value) if hook == "jobs" else ""


def _untimely(job: Any) -> str:  # noqa: ANN401 - a Job, as its plugin made it
    """Return what is wrong with what a crontab would have of a job."""
    if not _NAME.fullmatch(job.name):
        return f"its name is {job.name!r}, which is not of letters, digits and hyphens"
    if job.cron and not _TIME.fullmatch(job.cron):
        return f"its cron is {job.cron!r}, which is not the five fields of a time in a crontab"
    return ""


def _is_target(text: object) -> bool:
    module, _, name = str(text).partition(":")
    return name.isidentifier() and all(part.isidentifier() for part in module.split("."))


def _is_dotted(text: object) -> bool:
    parts = str(text).split(".")
    return len(parts) > 1 and all(part.replace("-", "_").isidentifier() for part in parts)


def check_outcome(answer: object) -> None:
    """Raise TypeError for what an action may not answer: a sentence, a record, an Outcome or nothing is all it may."""
    from officeops.model.actions import Outcome
    from officeops.model.records import Record

    if not (answer is None or isinstance(answer, (str, Outcome, Record))):
        raise TypeError(
            f"an action returns a text, a record, an Outcome or None, not {type(answer).__name__}"
        )


def problem_in(answer: object) -> Problem:
    """Return what a record's `check` finds wrong. Raises TypeError for anything but a Problem."""
    if isinstance(answer, Problem):
        return answer
    raise TypeError(f"it gives a Problem for each thing that is wrong, not {answer!r}")


def reason_in(answer: object) -> str | None:
    """Return why something may not be done, as code said it; what is empty is no reason. Raises TypeError for no text."""
    if not answer:
        return None
    if isinstance(answer, str):
        return answer
    raise TypeError(f"it returns a text that says why not, or None, not {type(answer).__name__}")


def fit(hook: str, answer: Any) -> Any:  # noqa: ANN401 - whatever the hook gave
    """Return a plugin's answer. Raises Broken for one that would break whoever reads it."""
    if hook == "due" and not (
        isinstance(answer, Due) and answer.severity in SEVERITIES and type(answer.on) is date
    ):
        raise Broken(
            f"{answer!r} is no Due with a date and one of the severities {', '.join(SEVERITIES)}"
        )
    if hook in {"validate", "keep", "check"} and not isinstance(answer, Problem):
        raise Broken(f"{answer!r} is no Problem")
    if hook == "search" and not hasattr(answer, "human_key"):
        raise Broken(f"{answer!r} is no record")
    return answer
