"""Tags: words by which people group records of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.subject_rule import subject_problems
from officeops.model.about import About  # noqa: TC001 - two columns
from officeops.model.errors import Problem
from officeops.model.fields import field
from officeops.model.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.office import Office


class Tag(
    Record,
    key="core.tag",
    group="Office",
    also=("label",),
    display="word",
    sort="word,id",
    unique_together=(("about_key", "about_id", "word"),),
):
    """A word on a record, by which lists find it.

    People who see the record see it, and `tag=WORD` is its filter.
    """

    about: About
    # A list of tags heads the column with their kind.
    word: str = field(search=True, list_rank=1, also=("tag",), example="urgent")

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a word that a filter could not say, and a tag on what takes none."""
        if "," in self.word or '"' in self.word:
            yield Problem("has a comma or a quote in it", "word", code="malformed")
        yield from subject_problems(office, self.about)
