"""The reference for authors: what an open office offers, and the blocks with their arguments."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from tests.docs.tables import commented, first_paragraph, plain, table

import officeops
import officeops.commands
import officeops.exchange
import officeops.tui
from officeops.authoring.closed_words import closed_words, listed
from officeops.model.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD = """\
# What officeops offers to plugins

The reference for authors, made from the code. What a page of its own has is not repeated here:

- [Hooks](hooks.md) with their exact signatures, and what happens where one fails
- [Kinds of fields](kinds.md) with their facts, and the words that are reserved
- [Declarations](declarations.md): commands, screens, views, reports, jobs, formats
- [Public names](public-names.md): all that a plugin imports
- [Checks](checks.md) of `officeops plugins check`, and [the ways in which a plugin breaks](breakages.md)

"""
#: The blocks by what they are for, each with the page that shows it at work.
BLOCKS = {
    "The manifest": ("../how-to/write-a-plugin.md", ("Plugin",)),
    "Records": (
        "../how-to/write-a-plugin.md",
        (
            "Record",
            "Child",
            "PageSection",
            "PageLine",
            "Promise",
            "Frozen",
            "Upheld",
            "Retention",
            "Expiry",
        ),
    ),
    "Lifecycle": ("../how-to/give-records-a-lifecycle.md", ("Lifecycle", "Transition")),
    "Ledger": ("../how-to/keep-a-ledger.md", ("Ledger", "Lots", "Counts")),
    "Schedule": ("../how-to/plan-tasks.md", ("Schedule", "Reading", "Pause", "Settling")),
    "Documents": (
        "../how-to/keep-documents.md",
        ("ExpiringDocument", "DocumentType", "ExpiryRules", "RequiredDocument"),
    ),
    "Scope": ("../how-to/say-whose-rows.md", ("Scope",)),
    "Sheets": ("../how-to/type-many-rows.md", ("EntrySheet", "SheetColumn", "SheetRow")),
    "Actions": (
        "../how-to/write-a-plugin.md#three-ways-to-do-more",
        ("action", "Action", "Consent", "Outcome"),
    ),
    "Answers": (
        "hooks.md",
        ("Due", "Problem", "Reason", "Change", "Failure", "HuddleLine", "Proof"),
    ),
    "Reference lists": ("../how-to/write-a-plugin.md#reference-lists", ("Dataset", "Format")),
    "Imports": ("../how-to/write-a-plugin.md#what-an-import-may-set", ("Importer", "Row")),
    "Paper": (
        "../how-to/write-a-plugin.md#pages-and-labels",
        ("Printout", "Facts", "Grid", "Lines", "Beside", "Sums"),
    ),
    "Commands": (
        "../how-to/print.md#pages-of-a-plugin",
        (
            "office_of",
            "output_options",
            "print_table",
            "print_rows",
            "entitle",
            "say",
            "sheet_entries",
            "book_sheet",
        ),
    ),
    "Screens": (
        "../how-to/bring-a-screen.md",
        ("Key", "Line", "Form", "record_keys", "new_key", "pad", "cut", "wrapped"),
    ),
    "Settings": ("../how-to/write-a-plugin.md#settings-and-roles", ("Settings", "setting")),
}
#: The public modules that have the blocks.
HOMES = (officeops, officeops.exchange, officeops.commands, officeops.tui)
#: The methods of blocks that code of plugins calls.
METHODS = {
    "Record": (
        "check",
        "filled",
        "keep",
        "still_needed",
        "added",
        "edited",
        "attached",
        "due_detail",
        "open_for",
        "also_found",
        "doubles",
        "fold",
    ),
    "Lifecycle": ("actions", "action", "move", "reason", "time_in"),
    "Ledger": ("balance", "portions", "post", "take", "transfer", "reverse", "why_not_reversed"),
    "ExpiringDocument": ("actions", "action", "status_now", "in_force", "proof"),
    "Dataset": ("look_up", "find"),
    "Importer": (
        "begin",
        "check",
        "look_up",
        "missing",
        "refuse_new",
        "added",
        "brought",
        "differing",
        "fixed",
        "updated",
        "finish",
    ),
}
#: The blocks whose classes a plugin derives from, and whose attributes it sets.
WITH_ATTRIBUTES = {
    "Record": "The body of the class may set these, and override the methods below; `__str__` names a record:",
    "Importer": "The body of the class may set these, and override the methods below:",
}
#: The blocks whose class line takes words.
CLASS_LINES = {"Record"}
#: The members of an office by what they are for; the others are of use to officeops itself.
MEMBERS = {
    "Read": "all first get some find find_ids alike select among rows value events blocked "
    "service need record records",
    "Show": "text_of label name describe word_for about ways ways_at",
    "Write, inside an action": "acting do add add_many edit archive unarchive attach content "
    "complete skip generate merge merge_plan move_about open reveal once",
    "The person who acts": "actor acting_user witness may may_view allow allow_view in_reach "
    "in_team within_reach",
    "The day, and settings": "today now calendar calendar_at facts settings machine path plugins",
}


def page() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *_blocks(), *_office()])


def _blocks() -> Iterator[str]:
    yield "## Blocks\n"
    for title, (where, names) in BLOCKS.items():
        yield f"### {title}\n\n[At work]({where}).\n"
        for name in names:
            block = _block(name)
            yield f"`{name}{_signature(block)}`\n"
            yield f"{inspect.getdoc(block)}\n"
            if words := words_in(block):
                yield f"{words}\n"
            if name in CLASS_LINES:
                line = _parameters(block.__init_subclass__)
                yield f"The class line takes them so:\n\n`{_plain_types(line)}`\n"
            if name in WITH_ATTRIBUTES:
                yield f"{WITH_ATTRIBUTES[name]}\n"
                yield _attributes(block)
            if name in METHODS:
                yield _methods(block, METHODS[name])


def words_in(block: object) -> str:
    """Return the words of each parameter that takes one of a few, as sentences; blank for none."""
    words = closed_words(block)
    return " ".join(f"`{name}` is {listed(taken)}." for name, taken in words.items())


def _block(name: str) -> type:
    """Return a block by its name, of the first public module that has it."""
    home = next(module for module in HOMES if name in module.__all__)
    block: type = getattr(home, name)
    return block


def _attributes(block: type) -> str:
    """Return what the body of a class may say of it, beside its fields."""
    rows = []
    for name, meaning in commented(block):
        # Some are set where the object is made: `self.update = False`.
        word = name.removeprefix("self.").partition(" ")[0]
        written = block.__annotations__.get(word, "")
        kind = written.removeprefix("ClassVar[").removesuffix("]") if "ClassVar" in written else ""
        rows.append([f"`{word}`", f"`{plain(_plain_types(kind))}`" if kind else "", plain(meaning)])
    return table(["attribute", "takes", "meaning"], rows)


def _plain_types(written: str) -> str:
    """Return types by the names that authors import."""
    for private, public in {"ScopedBy": "Scope.by(…)", "RecordLife": "Lifecycle"}.items():
        written = written.replace(private, public)
    return re.sub(r"Record(Ledger|Schedule)", r"\1", written)


def _methods(block: type, names: Iterable[str]) -> str:
    """Return the methods of a block, each as it is called."""
    rows = []
    for name in names:
        method = getattr(block, name)
        head = f"{name}{_parameters(method)}"
        rows.append([f"`{plain(head)}`", first_paragraph(inspect.getdoc(method))])
    return table(["method", "what it does"], rows)


def _signature(thing: object) -> str:
    """Return the parameters of a block, without those of classes that are only derived from."""
    if not callable(thing):
        return ""
    words = _unquoted(str(inspect.signature(thing))).replace("mappingproxy({})", "{}")
    return "" if words == "()" else words


def _office() -> Iterator[str]:
    yield "## `Office`\n"
    yield "An open office, as hooks, actions and methods of records are given it. `help(officeops.Office)` has the whole texts.\n"
    rest = offered()
    for title, words in MEMBERS.items():
        chosen = [head for name in words.split() for head in rest if _name(head) == name]
        yield f"### {title}\n"
        yield _members([(head, rest.pop(head)) for head in chosen])
    yield "### Of use to officeops itself\n"
    yield "A plugin hardly ever needs one of these.\n"
    yield _members(sorted(rest.items()))


def _members(rows: Iterable[tuple[str, str]]) -> str:
    return table(["member", "what it does"], [[f"`{plain(head)}`", text] for head, text in rows])


def _name(head: str) -> str:
    return head.partition("(")[0]


def offered() -> dict[str, str]:
    """Return the members of an office, each as it is called, with the beginning of its text."""
    members: dict[str, str] = {}
    for part in Office.__mro__:
        if not part.__module__.startswith("officeops.model.office"):
            continue
        for name, member in vars(part).items():
            if name.startswith("_") or not isinstance(member, (property, *_FUNCTIONS)):
                continue
            text = first_paragraph(inspect.getdoc(member))
            members.setdefault(name + _parameters(member), text)
    return members


_FUNCTIONS = (type(page), staticmethod, classmethod)


def _parameters(member: object) -> str:
    if isinstance(member, property):
        return ""
    words = _unquoted(str(inspect.signature(member)))  # type: ignore[arg-type]
    return words.replace("(self, ", "(").replace("(self)", "()")


def _unquoted(signature: str) -> str:
    """Return a signature without its result, and without the quotes that annotations are kept in."""
    return re.sub(r": '([^']*)'", r": \1", signature.partition(" -> ")[0])
