"""JSON arrays of flat objects, and JSON Lines, as a table."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Any, TextIO

from officeops.exchange.formats.decoding import doubt, label, settle
from officeops.exchange.formats.nested_rows import flat
from officeops.exchange.formats.service_answer import (
    missing_from,
    records_of,
    refuse_error,
    refuse_page,
)
from officeops.exchange.formats.source import CHUNK, Source
from officeops.exchange.formats.table import COLUMN_LIMIT, Cell, Table, all_blank, header
from officeops.exchange.formats.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

FILE_LIMIT = 256 << 20
RECORD_LIMIT = 16 << 20
_SPACE = re.compile(r"[ \t\r\n]*")
#: Escapes can spell them, but no file or database keeps them.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class JsonTable(Table):
    """Objects of a JSON file, streamed; the columns are all keys in the order they first appear."""

    format = "json"
    place = "record"

    def __init__(
        self,
        source: Source,
        encoding: str | None,
        nested: Collection[str] = (),
    ) -> None:
        """Check every record and collect the columns. Lists under `nested` keys become columns."""
        super().__init__(source)
        self._nested = frozenset(nested)
        if source.size > FILE_LIMIT:
            raise Unreadable(
                f"{source.name} is larger than {FILE_LIMIT >> 20} MiB. Split it, or save it as CSV."
            )
        self._codec = settle(source, encoding)
        #: Keys of a web service's answer that have values within values, which no column has.
        self._inner: set[str] = set()
        #: Which records each answer of a service leaves out; blank for none.
        self._answered: set[str] = set()
        self._keys = self._all_keys()
        self.columns = header(self._keys, source.name)
        #: An array without records is an export of nothing; an empty file is a failed one.
        is_empty = self._is_empty_list() or bool(self._answered)
        self.is_empty_list = not self._keys and is_empty
        self.left += filter(None, self._answered)
        if self._codec != "utf-8":
            self.notes += [f"Read as {label(self._codec)}.", *doubt(self._codec, encoding)]
        if self._inner:
            names = ", ".join(map(_safe, sorted(self._inner)))
            self.notes.append(f"Not read, since it has values within values: {names}.")

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """See `Table.rows`; the number is the record's place, from 1."""
        for number, record in self._records():
            row = [record.get(key) for key in self._keys]
            if not all_blank(row):
                yield number, row

    def _all_keys(self) -> list[str]:
        keys: dict[str, None] = {}
        for number, record in self._records():
            for key, value in record.items():
                fault = _fault(key) or _fault(value)
                if fault:
                    raise Unreadable(
                        f'Record {number} of {self._source.name} has {fault} under "{_safe(key)}".',
                        number,
                    )
            keys |= dict.fromkeys(record)
            if len(keys) > COLUMN_LIMIT:
                raise Unreadable(
                    f"{self._source.name} has more than {COLUMN_LIMIT:,} different keys.", number
                )
        return list(keys)

    def _is_empty_list(self) -> bool:
        with self._source.text(self._codec) as text:
            is_list = text.read(CHUNK).lstrip().startswith("[")
        return is_list and next(self._records(), None) is None

    def _records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        name = self._source.name
        with self._source.text(self._codec) as text:
            for number, record in enumerate(self._results(_Objects(text, name)), 1):
                if not isinstance(record, dict):
                    raise Unreadable(
                        f"Record {number} of {name} is not an object with named values.", number
                    )
                yield number, flat(record, self._nested)
        self._source.check()

    def _results(self, values: Iterable[Any]) -> Iterator[Any]:
        """Yield values, and those in the answer of a web service. Raises Unreadable for its errors."""
        for value in values:
            refuse_error(value, self._source.name)
            records = records_of(value)
            if records is None:
                yield value
                continue
            self._answered.add(missing_from(value))
            yield from map(self._outer, records)

    def _outer(self, record: Any) -> Any:  # noqa: ANN401 - whatever the answer has
        """Return a record of an answer without what nobody asked the service for: its inner values."""
        if not isinstance(record, dict):
            return record
        inner = {
            key
            for key, value in record.items()
            if isinstance(value, (dict, list)) and key not in self._nested
        }
        self._inner |= inner
        return {key: value for key, value in record.items() if key not in inner}


class _Objects:
    """The values of an array, or of a file of one value after the other, decoded one at a time."""

    def __init__(self, text: TextIO, name: str) -> None:
        self._text = text
        self._name = name
        self._buffer = ""
        self._at = 0
        self._number = 0
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant
        )

    def __iter__(self) -> Iterator[Any]:
        self._peek()
        refuse_page(self._buffer, self._name)
        if self._take("["):
            yield from self._array()
        else:
            while self._peek():
                yield self._value()

    def _array(self) -> Iterator[Any]:
        more = not self._take("]")
        while more:
            yield self._value()
            more = self._take(",")
            if not more and not self._take("]"):
                raise self._broken("a comma or the closing bracket is missing after it")
        if self._peek():
            raise Unreadable(
                f"{self._name} goes on after the closing bracket of its array.", self._number
            )

    def _peek(self) -> str:
        """The next character that is not space; "" at the end."""
        while True:
            # It always matches, if nothing.
            space = _SPACE.match(self._buffer, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._fill():
                return ""

    def _take(self, wanted: str) -> bool:
        found = self._peek() == wanted
        self._at += found
        return found

    def _fill(self) -> bool:
        """Read on, twice as far each time the same record does not end; False at the end."""
        rest = self._buffer[self._at :]
        more = self._text.read(max(CHUNK, len(rest)))
        self._buffer = rest + more
        self._at = 0
        return bool(more)

    def _value(self) -> Any:  # noqa: ANN401 - whatever the file holds
        self._number += 1
        self._peek()
        while True:
            try:
                value, self._at = self._decoder.raw_decode(self._buffer, self._at)
            except RecursionError:
                raise self._broken("it is nested too deeply; values must be plain") from None
            except ValueError as error:
                # Most likely the record goes on beyond what has been read of the file.
                if len(self._buffer) - self._at > RECORD_LIMIT or not self._fill():
                    raise self._broken(getattr(error, "msg", "a number is too long")) from None
            else:
                return value

    def _broken(self, reason: str) -> Unreadable:
        return Unreadable(
            f"Record {self._number} of {self._name} is not valid JSON: {reason}.", self._number
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) < len(pairs):
            raise self._broken(f'it has "{_safe(_twice(pairs))}" twice')
        return record

    def _constant(self, word: str) -> None:
        raise self._broken(f"{word} is not a value")


def _twice(pairs: list[tuple[str, Any]]) -> str:
    """Return the first key that repeats an earlier one."""
    keys: set[str] = set()
    for key, _ in pairs:
        if key in keys:
            break
        keys.add(key)
    return key


def _fault(value: object) -> str:
    """What keeps a value out of a table, in words; "" for a good one."""
    if isinstance(value, (dict, list)):
        return "a nested value, where only text, numbers, true, false and null can be read,"
    if isinstance(value, float):
        return "" if isfinite(value) else "a number that is too large"
    if isinstance(value, str) and _NO_TEXT.search(value):
        return "a character that is no text"
    return ""


def _safe(text: str) -> str:
    return text[:60].encode("utf-8", "replace").decode().replace("\0", "?")
