"""The reference of the checks of plugins: each with its rule."""

from __future__ import annotations

from tests.docs.tables import plain, table

from officeops.authoring.checks import BREAKING, CHECKS, SUBJECTS

_ENABLED = ", ".join(f"`{name}`" for name in sorted(BREAKING))
_HEAD = f"""\
# Checks of plugins

`officeops plugins check NAME`, and `check_plugin` in your tests, hold a plugin against these {len(CHECKS)} rules. Each problem
has a line of its own with the file, the class, the field and, at its end, the name of its check; `--json` has that in `check`.
A fault may keep others from being looked at: an office cannot be made with migrations that fail. The answer names the headings below that were not
checked for that reason; `--json` has them in `unchecked`.

`officeops plugins enable` loads the code, compares the tables and imports what commands and screens name. Then it asks a scratch office for what would
make a command fail, and refuses a plugin with one of these: {_ENABLED}.
"""


def page() -> str:
    """Return the page of the checks."""
    parts = [_HEAD]
    for subject, rules in SUBJECTS.items():
        rows = [[f"`{name}`", plain(rule)] for name, rule in rules.items()]
        parts.append(f"## {subject}\n\n{table(['check', 'a plugin in order'], rows)}")
    return "\n".join(parts)
