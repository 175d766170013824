"""officeops: office operations for medical practices, in a terminal.

These are the public names a plugin stands on. They load on first use, so that a
command pays only for what it touches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.actions import Action, Consent, Outcome, action, param
    from officeops.core import Location
    from officeops.declarations import Command, Job, LeftOut, Part, Permission, Report, Screen, View, job, report
    from officeops.due import Due, Severity
    from officeops.errors import Already, Busy, Conflict, NotFound, OfficeError, Problem, Refused, UsageProblem
    from officeops.expiry import Expiry
    from officeops.fields import Field, choice, computed, field, ref
    from officeops.history import Change
    from officeops.hookspecs import hookimpl
    from officeops.office import Office
    from officeops.plugins import Plugin
    from officeops.records import Record
    from officeops.retention import Retention
    from officeops.same import folded
    from officeops.settings import Settings, setting
    from officeops.states import Life, Move
    from officeops.store.migrations import Migration

_HOME = {
    "Action": "actions",
    "Already": "errors",
    "Busy": "errors",
    "Change": "history",
    "Command": "declarations",
    "Conflict": "errors",
    "Consent": "actions",
    "Due": "due",
    "Expiry": "expiry",
    "Field": "fields",
    "Job": "declarations",
    "LeftOut": "declarations",
    "Life": "states",
    "Location": "core",
    "Migration": "store.migrations",
    "Move": "states",
    "NotFound": "errors",
    "Office": "office",
    "OfficeError": "errors",
    "Outcome": "actions",
    "Part": "declarations",
    "Permission": "declarations",
    "Plugin": "plugins",
    "Problem": "errors",
    "Record": "records",
    "Refused": "errors",
    "Report": "declarations",
    "Retention": "retention",
    "Screen": "declarations",
    "Settings": "settings",
    "Severity": "due",
    "UsageProblem": "errors",
    "View": "declarations",
    "action": "actions",
    "choice": "fields",
    "computed": "fields",
    "field": "fields",
    "folded": "same",
    "hookimpl": "hookspecs",
    "job": "declarations",
    "param": "actions",
    "ref": "fields",
    "report": "declarations",
    "setting": "settings",
}

__version__ = "0.2.0.dev0"
__all__ = [
    "Action",
    "Already",
    "Busy",
    "Change",
    "Command",
    "Conflict",
    "Consent",
    "Due",
    "Expiry",
    "Field",
    "Job",
    "LeftOut",
    "Life",
    "Location",
    "Migration",
    "Move",
    "NotFound",
    "Office",
    "OfficeError",
    "Outcome",
    "Part",
    "Permission",
    "Plugin",
    "Problem",
    "Record",
    "Refused",
    "Report",
    "Retention",
    "Screen",
    "Settings",
    "Severity",
    "UsageProblem",
    "View",
    "action",
    "choice",
    "computed",
    "field",
    "folded",
    "hookimpl",
    "job",
    "param",
    "ref",
    "report",
    "setting",
]


def __getattr__(name: str) -> object:
    """Load a public name from the module that holds it (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"officeops has no public name {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"officeops.{_HOME[name]}"), name)
    globals()[name] = value
    return value
