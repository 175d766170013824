"""The rule of files, notes and tags: which kinds of record they may hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.about import Subject
    from officeops.model.meta import Meta
    from officeops.model.office import Office


def takes_rows(meta: Meta) -> bool:
    """Whether files, notes and tags may hang on a kind of record: never on one another."""
    return not (meta.derived or meta.about)


def subject_problems(office: Office, subject: Subject | None) -> Iterator[Problem]:
    """Yield that a kind of record takes no files, notes or tags; nothing of a blank.

    That the record is there, and within reach, is asked of every row that is about another.
    """
    kind = office.records.get(subject.key) if subject else None
    if kind is not None and not takes_rows(kind.meta):
        why = f"{kind.meta.plural} take no files, notes or tags"
        yield Problem(why, "about_key", code="not-together")
