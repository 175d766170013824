"""Answers of web services: records with what the service says of them, an error, or a page for people."""

from __future__ import annotations

import re
from typing import Any, Final

from officeops.exchange.formats.unreadable import Unreadable

_RESULTS: Final = "results"
_KEYS: Final = frozenset({"meta", _RESULTS})
_TITLE: Final = re.compile(r"<title[^>]*>\s*(.*?)\s*</title>", re.IGNORECASE | re.DOTALL)
#: How much of a page, or of a service's own words, a message has.
_MOST: Final = 80


def records_of(value: Any) -> list[Any] | None:  # noqa: ANN401 - whatever the file has
    """Return the records in an answer, `{"meta": …, "results": […]}`; None of any other value.

    Somebody who saved the results alone may have left `meta` out.
    """
    if not isinstance(value, dict) or value.keys() | _KEYS != _KEYS or _RESULTS not in value:
        return None
    results = value[_RESULTS]
    return results if isinstance(results, list) else None


def refuse_error(value: Any, name: str) -> None:  # noqa: ANN401 - whatever the file has
    """Raise Unreadable for an answer that says that there was an error."""
    if not isinstance(value, dict) or "error" not in value or _RESULTS in value:
        return
    error = value["error"]
    words = error if isinstance(error, str) else ""
    if isinstance(error, dict):
        code, message = error.get("code"), error.get("message")
        words = f"{code}: {message}" if code else str(message)
    raise _no_data(name, words)


def refuse_page(text: str, name: str) -> None:
    """Raise Unreadable for a page of a web server, such as that of too many requests."""
    if not text.lstrip().startswith("<"):
        return
    title = _TITLE.search(text)
    raise _no_data(name, title[1] if title else "a web page")


def missing_from(value: Any) -> str:  # noqa: ANN401 - whatever the file has
    """Say which records an answer leaves out by its own count; blank where it has all of them."""
    counts = _inner(_inner(value, "meta"), _RESULTS)
    total = counts.get("total")
    skipped = counts.get("skip") or 0
    if not isinstance(total, int) or not isinstance(skipped, int):
        return ""
    records = records_of(value) or []
    if len(records) >= total:
        return ""
    # Each further answer begins where this one ends.
    after = skipped + len(records)
    return (
        f"The service counts {total:,} records, and this file has {len(records):,} of them, after "
        f"the first {skipped:,}: ask it for the others (skip={after}), and import each answer."
    )


def _inner(value: Any, key: str) -> dict[str, Any]:  # noqa: ANN401 - whatever the file has
    """Return the object under a key; an empty one where there is none."""
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def _no_data(name: str, words: str) -> Unreadable:
    # A page has its title on several lines.
    said = " ".join(words.split())[:_MOST].rstrip(".!") or "an error"
    cure = "Ask it again later, and save its answer."
    return Unreadable(f'{name} has no records: the service answered "{said}". {cure}')
