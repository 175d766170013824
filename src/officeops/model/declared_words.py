"""Declared words: each word of a record's class line and body is of the type that it takes.

Read only where a declaration failed already, and of the records of other authors' plugins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from officeops.model.error_words import repr_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Question = Callable[[Any], bool]

#: The public class behind the type of a declaration, where that is another.
_PUBLIC: Final = {
    "RecordLedger": "Ledger",
    "RecordLife": "Lifecycle",
    "RecordSchedule": "Schedule",
}
#: How an author writes a value of each class.
_WRITTEN: Final = {
    "Child": 'Child("keys.copy", by="key_id", option="copy")',
    "DateOrder": 'DateOrder(("given_on", "taken_back_on"))',
    "Expiry": 'Expiry("expires_on")',
    "Field": 'computed("copies", "(SELECT …)", kind="number")',
    "Frozen": 'Frozen(("read_on",), rule="module:function")',
    "Ledger": 'Ledger(amount="amount", of=("key_id",))',
    "Lifecycle": 'Lifecycle(("in", "out"), Transition(…))',
    "Part": 'Part("keys.copy", "key_id", ("number",))',
    "Promise": 'Promise("module:function", rests_on={…})',
    "Retention": "Retention(years=6)",
    "Schedule": 'Schedule(anchor="first_on")',
    "Upheld": 'Upheld("state", ("out",), needs="keys.key.return")',
    "ScopedBy": 'PEOPLE.by("person_id") of a Scope',
}


def misdeclared(
    name: str,
    declared: object,
    types: Mapping[str, str],
) -> str:
    """Return which attribute is of another type than it takes; blank for none.

    `name` is that of the record's class. `types` are annotations by attribute; a type that nothing
    here knows may be anything.
    """
    for word, written in types.items():
        value = getattr(declared, word, None)
        if value is None:
            continue
        takes, fits = _form(written)
        if not fits(value):
            return f"{name}: its {word} is {repr_of(value)}; it takes {takes}"
    return ""


def _form(written: str) -> tuple[str, Question]:
    """Return the words for a type, and the question whether a value is of it."""
    kind = written.removeprefix("ClassVar[")
    if kind != written:
        kind = kind.removesuffix("]")
    kind = kind.removesuffix(" | None")
    if kind in _FORMS:
        return _FORMS[kind]
    return _form_of_class(kind)


def _form_of_class(kind: str) -> tuple[str, Question]:
    """Return the form of a class that is named in a text, or of a tuple of its objects."""
    several = re.fullmatch(r"tuple\[(\w+), \.\.\.\]", kind)
    word = several.group(1) if several else kind
    public = _PUBLIC.get(word, word)
    if public not in _WRITTEN:
        return "", lambda _: True
    example = _WRITTEN[public]
    if several is None:
        return example, lambda value: _is_a(value, public)
    takes = f"a tuple, such as ({example},)"
    return takes, lambda value: _is_list(value, lambda item: _is_a(item, public))


def _is_a(value: object, public: str) -> bool:
    # By the name: the classes are on higher floors, or import what few records need.
    return any(kind.__name__ == public for kind in type(value).__mro__)


def _is_list(value: object, fits: Question) -> bool:
    if isinstance(value, (tuple, list)):
        return all(map(fits, value))
    return False


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_yes_no(value: object) -> bool:
    return isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return _is_list(value, _is_text)


def _are_lists(value: object) -> bool:
    return _is_list(value, _are_texts)


def _is_pair(value: Any) -> bool:  # noqa: ANN401 - whatever the author wrote
    return _are_texts(value) and len(value) == 2


def _is_dictionary(value: object) -> bool:
    if isinstance(value, Mapping):
        return _are_texts([*value, *value.values()])
    return False


#: The types of Python's own, each with its words and its question.
_FORMS: Final[dict[str, tuple[str, Question]]] = {
    "str": ("a text", _is_text),
    "bool": ("True or False", _is_yes_no),
    "int": ("a whole number", _is_whole),
    "tuple[str, ...]": (
        'a tuple of texts, such as ("tag", "opens")',
        _are_texts,
    ),
    "tuple[tuple[str, ...], ...]": (
        'a tuple of tuples, such as (("tag", "opens"),)',
        _are_lists,
    ),
    "tuple[str, str]": (
        'a pair of texts, such as ("keys.loss", "key_id")',
        _is_pair,
    ),
    "Mapping[str, str]": (
        'a dictionary of texts, such as {"what": "title"}',
        _is_dictionary,
    ),
}
