"""FieldFacts: everything that a field may say of itself, whatever it is declared with.

`field`, `param`, `choice`, `ref` and `computed` take the same facts. Nothing loads this at the start
of a command: type checkers read it, and `help()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping


class FieldFacts(TypedDict, total=False):
    """The facts of a field."""

    #: Its value where none is given, or a function that an office is given and that returns it;
    #: without a default the field is required.
    default: Any
    #: What lists, forms and heads of files call it; without one it follows from the name.
    #: Options, filters and JSON go by the name.
    label: str
    #: What it is for, in a sentence without its period.
    help: str
    #: A value as people type it, for the example at the end of a command's help.
    example: str
    #: Other names that it has in people's files.
    also: tuple[str, ...]
    #: Whether no two live records may be alike in it.
    unique: bool
    #: Whether the search looks in it.
    search: bool
    #: Whether it is encrypted in the file.
    sealed: bool
    #: Whether a sealed field can be found by its exact value.
    lookup: bool
    #: The permissions that it needs beside the record's own.
    guard: str
    #: Whether only actions set it, never a form.
    managed: bool
    #: Whether lists leave it out.
    hidden: bool
    #: Whether it is for code alone: pages leave it out as well; `show --json` and exports have it.
    internal: bool
    #: The order in which narrow lists drop their columns: the highest first.
    list_rank: int
    #: Whether a list says the sum of its values: of an amount, and not of a price.
    total: bool
    #: The unit of a value: forms, texts and refusals name it; lists and files have the number alone.
    unit: str
    #: The least value, as the file keeps it: money in minor units, 5.3 with one decimal as 53.
    minimum: int | None
    #: The greatest value, as the file keeps it.
    maximum: int | None
    #: How many decimals a decimal has.
    scale: int
    #: The words that a choice takes.
    choices: tuple[str, ...]
    #: Of a choice: words of other programs, each with the choice that it means: `{"medium": "normal"}`.
    synonyms: Mapping[str, str]
    #: Whether a month without a day is its last day, as it is in what expires.
    month_end: bool
    #: The part of a scanned code that fills it: `lot`, `expires_on`, `serial`, `quantity`, `made_on`;
    #: or `code`, for the field that keeps the whole code.
    scan: str
    #: The key of the record that a reference points to.
    target: str
    #: The reference beside it inside whose record it is looked up, or `id` for the record that an
    #: action is about.
    within: str
    #: A filter: a new reference is to a record that it finds.
    where: str
    #: Of a reference to a file: the transitions of the record that it is needed for.
    required_for: tuple[str, ...]
    #: Whether a reference stays as it is once other records refer to the record.
    fixed: bool
    #: Whether a new reference may be to an archived record, or SQL over the new row `NEW` for it.
    archived: bool | str
    #: Whether SQLite has an index of a reference.
    indexed: bool
    #: What a computed field is computed from: an SQL expression over the record's row `t`.
    sql: str
    #: What people read where a computed value is not known; elsewhere a blank says that there is
    #: none.
    unknown: str
    #: SQL for how many parts of a computed sum are not known: people read 6.20 + 1 unpriced.
    doubt: str
    #: The word for such a part.
    doubtful: str
