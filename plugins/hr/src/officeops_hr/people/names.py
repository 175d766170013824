"""Names of people: by which one lists go, and how files write them."""

from __future__ import annotations

from typing import Final

#: The last word of a name, for the person `t`.
_LAST_WORD: Final = "replace(t.name, rtrim(t.name, replace(t.name, ' ', '')), '')"
#: The SQL of the text that lists of people go by: the family name first.
SORTED_AS: Final = f"(ifnull(t.family_name, {_LAST_WORD}) || ', ' || t.name)"


def in_order(name: str) -> tuple[str, str | None]:
    """Return a name as people say it, and the family name where a file puts it first.

    `Alvarez, Ana M.` is `Ana M. Alvarez`, of the family Alvarez.
    """
    family, comma, given = (part.strip() for part in name.partition(","))
    # A name that merely ends in a comma has no family name in front.
    if not (comma and given):
        return name.strip(), None
    return f"{given} {family}", family
