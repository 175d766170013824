"""The checks of a plugin by name, each with its rule, and the findings that they make.

To add a check, write its rule into `SUBJECTS`, give findings of its name where its subject is looked
at (`check_records`, `check_verbs` and the others beside them), and add a plugin that fails exactly
it to the tests. `python3 dev.py docs` then writes it into docs/reference/checks.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The name of each check and what a plugin in order does, by subject. The reference of checks is
#: made from it, and a plugin that fails exactly this check proves each one.
SUBJECTS: Final[Mapping[str, Mapping[str, str]]] = {
    "The package": {
        "imports": "Its modules can be imported.",
        "declares": "Its classes declare what officeops knows: kinds, facts, guards, lifecycles.",
        "imports-alone": "Its root can be imported in a process of its own.",
        "light-import": "Importing its root imports nothing heavy.",
        "quick-import": "Importing its root takes less than a quarter of a second.",
        "quiet-import": "Importing its root prints nothing.",
        "public-names": "It imports only the public modules of officeops.",
        "closed-words": "A parameter that takes one of a few words, such as a severity, gets one of them.",
        "no-other-plugin": "It imports no other plugin, except a bridge the one where it leads: services reach those.",
        "typed": "A package has a file `py.typed`, so that type checkers read its types.",
        "installed": "A package has the entry point by which officeops finds it.",
    },
    "The manifest": {
        "manifest": "Its root has `PLUGIN = Plugin(...)` with values of the right types.",
        "interface": "It is written for the interface of today.",
        "name": "It has one name: that of its file or entry point, and of no other plugin.",
        "summary": "It has a summary, which `officeops plugins` prints.",
        "requires": "The plugins that it requires are there, and none of them waits for it.",
        "bridge": "Each bridge can be imported, and has hooks alone, no records or migrations.",
    },
    "Hooks": {
        "hook-marked": "A function with the name of a hook is marked `@hookimpl`.",
        "hook-known": "A function marked `@hookimpl` has the name of a hook.",
        "hook-parameters": "A hook takes only parameters that it is given.",
        "hook-file": "No file of the package has the name of a hook, which it would hide.",
        "hook-of-another": "A hook of another plugin is in a bridge, so the plugin works without.",
        "hook-answers": "Each hook returns values of its own type.",
        "hook-runs": "No hook that registers something fails.",
        "answers-empty": "Its hooks and reports answer in an office without records, where a location may be added.",
        "reads-only": "A hook that is asked writes nothing.",
        "job-in-action": "A job writes inside an action.",
        "name-free": "No other plugin has an action, view, report, job, role, screen, format, dataset or hook of its name.",
    },
    "Migrations": {
        "sql-word": "No field is called by a word of SQL.",
        "field-name": "People can type the name of each field, as an option and in a filter.",
        "migrated": "The migrations make the tables that the records declare.",
        "migration-names": "No two migrations have one name.",
        "migration-order": "The migrations are in the order of their names.",
        "migration-runs": "The migrations run in a new office, and touch its own tables alone.",
        "migration-done": "A migration that has run does not run again.",
        "migration-drop": "A column is dropped with `drop_field`.",
    },
    "Records": {
        "record-key": "The key of a record begins with the plugin's name.",
        "record-noun": "The noun of a record is free, and no word of officeops.",
        "record-prefix": "The prefix of a record's keys, as in PO-12, is of no other record.",
        "record-help": "A record has a docstring: its first line is the help of its command.",
        "record-plural": "The plural of a record is an English one.",
        "record-fields": "What the class line names are fields of the record.",
        "record-sealed": "Nothing orders, names or ends a record by a sealed field.",
        "record-parts": "Each `Part` names a record and fields of it.",
        "record-targets": "What a record names as `module:name` can be imported.",
        "record-importer": "The fields that an importer may set, or restores, are fields of its record.",
        "computed-sql": "The list can be asked for: its order and its computed fields are SQL.",
        "trigger-sql": "Rows can be written: its triggers and the `archived` of its references are SQL.",
        "office-day": "SQL asks `office_today()` for the day, and not SQLite.",
    },
    "Children": {
        "child-parent": "The `by` of a child is a reference to the record that declares it.",
        "child-form": "The form of a child has the field that names one, those that every one needs, and none that actions set.",
        "child-depth": "A child that has children of its own keeps its commands: the form of a parent has no third level.",
        "child-example": "The example of a child is a text that it takes.",
        "child-option": "No two options of a record's fields and children are one word.",
        "child-words": "The heads of files lead to columns of children.",
    },
    "Fields": {
        "field-blank": "A field that may be blank has `| None` in its type.",
        "field-default": "The default of a choice is one of its words.",
        "field-unit": "A number has a unit or a help.",
        "field-example": "A field and a parameter take the value of the example in the help of their command.",
        "reference-name": "The name of a reference ends in `_id`.",
        "reference-plugin": "A reference to another plugin's record is named in the manifest.",
        "reference-record": "A reference leads to a record that its plugin declares.",
        "reference-within": "The `within` of a reference names a reference beside it, or `id`.",
        "reference-filter": "The `where` of a reference is a filter of its record.",
    },
    "Lifecycles": {
        "life-field": "The state is declared with the lifecycle's own `field()`.",
        "life-reached": "A transition leads to every state but the first.",
        "life-managed": "What a transition stamps can be changed by transitions alone.",
        "life-code": "The code that a transition names can be imported.",
        "life-action": "A transition with a help is an action of the hook `actions`.",
    },
    "Documents": {
        "document-references": "The `of` of a document that ends names a reference.",
        "document-rules": "Documents say how they end by `terms` or types, so filters know it.",
        "document-actions": "The hook `actions` gives all actions of a document that ends.",
        "document-required": "`requirements` yields each a `RequiredDocument`.",
    },
    "Scopes": {
        "scope-path": "The path of a scope goes over references to a column.",
        "scope-guarded": "The path of a scope ends in a column that everybody may read.",
        "scope-levels": "`team` and `all` are levels, and `all` is none below `team`.",
        "scope-sql": "`own` and `team` are SQL with one `?`, and return keys alone.",
        "scope-open": "People cannot choose whose rows they reach.",
        "scope-computed": "A computed field reads no rows that its readers may not reach.",
    },
    "Ledgers": {
        "ledger-records": "The lots, counts and balances of a ledger have the fields it needs.",
        "ledger-booked": "An action, a job or an importer books the entries of a ledger.",
    },
    "Actions": {
        "action-parameters": "The parameters of an action are of known kinds.",
        "action-help": "An action has a docstring, which is its help.",
        "action-record": "An action is about a record that exists.",
        "action-takes-record": "An action with a name of three parts takes its record after the office.",
        "action-word": "An action has no word of officeops.",
        "action-once": "No two actions have one name.",
        "action-meaning": "The meaning of an action is one that has a letter.",
        "action-letter": "No two actions of a record have one letter.",
    },
    "Other declarations": {
        "command-help": "A command has the help with which its click command begins.",
        "command-word": "The word of a command is free.",
        "command-target": "The click command of a command can be imported.",
        "screen-word": "The word of a screen, the end of its id, opens nothing else.",
        "screen-key": "The meaning of a screen has a letter, which opens it from Today.",
        "key-letter": "A key on a screen names a meaning, and never a letter.",
        "key-meaning": "The meaning of a key is one that plugins may name.",
        "key-once": "No two keys that a function gives a screen have one letter.",
        "screen-target": "The class of a screen can be imported.",
        "view-record": "A view is of a record that exists.",
        "view-fields": "The filter, the order and the columns of a view are fields of its record.",
        "job-help": "A job or report has a docstring, which is its help.",
        "format-records": "A format is for records that exist.",
        "format-target": "The functions of a format or dataset can be imported.",
        "permission-name": "The name of a permission begins with the plugin's name.",
        "role-reach": "Each pattern of a role gives a permission.",
    },
}
#: The rule of each check by its name.
CHECKS: Final[Mapping[str, str]] = {
    name: rule for rules in SUBJECTS.values() for name, rule in rules.items()
}
#: Checks that ask an office for something: where one fails, so does a command of the plugin, and
#: `plugins enable` refuses it.
BREAKING: Final = frozenset(
    {
        "action-record",
        "computed-sql",
        "format-target",
        "ledger-records",
        "life-code",
        "migration-runs",
        "record-parts",
        "record-prefix",
        "record-targets",
        "reference-filter",
        "reference-record",
        "reference-within",
        "scope-path",
        "scope-sql",
        "screen-word",
        "trigger-sql",
        "view-fields",
    }
)


class Finding(str):
    """A problem of a plugin, as a sentence, with the name of the check that found it.

    One that `hides` subjects keeps their checks from running.
    """

    __slots__ = ("check", "hides")
    check: str
    hides: tuple[str, ...]

    def __new__(cls, check: str, sentence: str) -> Self:
        """Make the finding of a check. Raises KeyError for a name that is no check."""
        finding = super().__new__(cls, sentence)
        finding.check = check if CHECKS[check] else ""
        finding.hides = ()
        return finding

    def hiding(self, last: str) -> Self:
        """Mark the finding as one that keeps every check after the subject `last` from running."""
        subjects = tuple(SUBJECTS)
        self.hides = subjects[subjects.index(last) + 1 :]
        return self

    def at(self, here: str) -> Finding:
        """Return the same finding with the place that it is about."""
        finding = Finding(self.check, f"{here}: {self}")
        finding.hides = self.hides
        return finding
