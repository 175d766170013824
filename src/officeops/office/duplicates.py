"""Duplicates: pairs of records that may be one, as plugins find them and people have not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.core.duplicate_record import KnownDuplicate
from officeops.model.about import Subject
from officeops.model.errors import Refused
from officeops.office.scope_check import not_there
from officeops.values.wording import listing

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.office.office import Office

    #: The key of a kind, and two ids, the lower one first.
    Pair = tuple[str, int, int]

#: The permission to say that two records are different.
DIFFERENT = "core.duplicates.different"


def duplicates(office: Office, kind: type[Record] | None = None) -> dict[Pair, str]:
    """Map the pairs that may be one record to the reasons, in the plugins' order.

    Left out are pairs that a person said are different, archived records, and what the acting
    person may not see.
    """
    reasons: dict[Pair, list[str]] = {}
    # A plugin compares all records; what the person may not see is dropped below.
    with office.trusted():
        answers = list(office.plugins.collect("duplicates", office=office))
    for _, found in answers:
        if kind is None or found.record == kind.meta.key:
            pair = (found.record, *sorted((found.one, found.other)))
            reasons.setdefault(pair, []).append(found.why)
    settled = _settled(office)
    pairs = {}
    for pair, words in reasons.items():
        if pair not in settled and _is_shown(office, pair):
            pairs[pair] = listing(list(dict.fromkeys(words)))
    return pairs


def say_different(
    office: Office,
    one: Record,
    other: Record,
    request: str | None = None,
) -> None:
    """Note that two records are not the same, so that nobody is asked again.

    Raises NotFound for one out of reach, Refused for one and the same record.
    """
    meta = one.meta
    for record in (one, other):
        if not office.in_reach(type(record), record.id):
            raise not_there(record.meta, record.id)
    if one.id == other.id or other.meta.key != meta.key:
        raise Refused("name two records of one kind", office.about(one), code="nothing-to-do")
    first, second = sorted((one.id, other.id))
    arguments = {"of": [f"{meta.key}:{first}"], "other": second}
    about: Any = Subject(meta.key, first)
    with office.acting(DIFFERENT, arguments, request=request):
        if (meta.key, first, second) in _settled(office):
            raise Refused("somebody said so already", office.about(one), code="nothing-to-do")
        office.add(KnownDuplicate(about=about, other=second, answer="different"))


def _settled(office: Office) -> set[Pair]:
    """Return the pairs that a person said are different."""
    sql = "SELECT about_key, about_id, other FROM core_duplicate "
    with office.lifted():
        rows = office.rows(f"{sql}WHERE archived_at IS NULL AND answer = 'different'")
    return {(key, *sorted((one, other))) for key, one, other in rows}


def _is_shown(office: Office, pair: Pair) -> bool:
    """Whether both are live records that the acting person may see."""
    key, *ids = pair
    kind = office.records.get(key)
    if kind is None or not office.may_view(kind) or office.out_of_reach(kind, ids):
        return False
    live = [record for record in office.some(kind, ids) if record.archived_at is None]
    return len(live) == len(set(ids)) > 1
