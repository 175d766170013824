"""The reference of codes: what a command ends with, and the words by which programs know an error."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Final

from tests.docs.tables import first_paragraph, plain, table

import officeops
from officeops.history.finding import CODES, Finding
from officeops.model.errors import OfficeError
from officeops.model.exit_codes import BY_SIGNAL, MEANINGS
from officeops.model.refusal_codes import MEANINGS as PROBLEMS
from officeops.selfcheck.finding import CODES as CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Codes that have no class of their own, because the command line itself gives them.
EDGE: Final = {
    "unanswered": "The answer could not be written whole to standard output.",
    "stopped": "A signal ended the command, or a question got no answer.",
    "file": "A file or folder could not be read or written.",
    "system": "The operating system or SQLite refused something.",
    "fault": "A fault in officeops itself. `OFFICEOPS_DEBUG=1` shows where.",
}
_HEAD = """\
# Exit codes and error codes

[Scripts and cron](../how-to/script-and-cron.md) says how to use them.

## Exit codes

A command ends with one code. If several apply, the first of 1, 4, 5, 3 counts. The code follows from the
commits: after 1 or 2, nothing that you asked for was written.
"""
_ERRORS = """\
## Error codes

With `--json`, an error is one object on standard error: `{"error": {"code": "not-found", "message": "…"}}`. If fields are
refused, or a word finds no record or several, the object also has `problems`, each with its `code`, its `field`, its
`message` and its `facts`. Decide by the code. The sentence may change with any version.
"""
_PROBLEMS = """\
## Problem codes

Each problem of an error, and each bad row of an import, has one of these codes, or one of a plugin's own; where a plugin
gives none, the code is blank. If there is one problem, `problems[0].code` is the reason of the refusal. `facts` is an object
with what the meaning names; it never has a value that you may not see, or a sealed one.
"""
_FINDINGS = """\
## Finding codes

`officeops history verify --json` gives each finding its `code`, and its facts in `facts`.
"""
_CHECKS = """\
`officeops selfcheck --json` has these codes, and those of the history above. The `severity` of a finding says whether it is bad.
"""


def page() -> str:
    """Return the page of the codes."""
    exits = [[str(code), plain(meaning)] for code, meaning in MEANINGS.items()]
    exits.append(["128 + n", "ended by signal n; a sentence names the saved actions"])
    errors = [
        [f"`{kind.code}`", str(kind.exit_code), first_paragraph(kind.__doc__)] for kind in kinds()
    ]
    errors += [
        [f"`{code}`", "128 + n" if code == "stopped" else "1", meaning]
        for code, meaning in EDGE.items()
    ]
    assert "128" in BY_SIGNAL
    parts = [
        _HEAD,
        table(["code", "means"], exits),
        _ERRORS,
        table(["error", "exit code", "meaning"], errors),
    ]
    problems = [[f"`{code}`", meaning] for code, meaning in PROBLEMS.items()]
    parts += [_PROBLEMS, table(["problem", "meaning"], problems)]
    findings = [[f"`{code}`", Finding(code).kind, meaning] for code, meaning in CODES.items()]
    checks = [[f"`{code}`", meaning] for code, meaning in CHECKS.items()]
    parts += [_FINDINGS, table(["finding", "is about", "meaning"], findings), _CHECKS]
    parts.append(table(["finding", "meaning"], checks))
    return "\n".join(parts)


def kinds() -> Iterator[type[OfficeError]]:
    """Yield every kind of error that officeops raises, those of the model first."""
    for module in pkgutil.walk_packages(officeops.__path__, "officeops."):
        if not module.name.startswith(("officeops.tui", "officeops.__main__")):
            import_module(module.name)
    found = sorted(
        _below(OfficeError), key=lambda kind: (kind.__module__ != OfficeError.__module__, kind.code)
    )
    yield from (kind for kind in found if kind.__module__.startswith("officeops."))


def _below(kind: type[OfficeError]) -> Iterator[type[OfficeError]]:
    for derived in kind.__subclasses__():
        yield derived
        yield from _below(derived)
