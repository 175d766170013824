"""Followed merges: what a plugin keeps follows the merges that were made while it was off.

A merge notes the plugins that were off. Once one is on again, the next person who writes, or who
turns it on, has its references follow: one action for each merge, along chains to the record that
stays. The note of it refers to the merge, so that the merge is not undone under it.
One that was undone does not come again by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.core.duplicate_record import KnownDuplicate
from officeops.history.unseen_rows import reaches_everything
from officeops.model.about import Subject
from officeops.model.due import Due
from officeops.model.errors import OfficeError, Refused
from officeops.model.immutable import Value
from officeops.office.merge_steps import CLASH, MergeSteps
from officeops.office.merging import apply, counted, move_balances, refuse_clashes
from officeops.query.merged import record_that_stays
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.model.records import Record
    from officeops.office.merge_steps import MergeStep
    from officeops.store.stored_office import StoredOffice

#: The action, and the permission that it takes.
FOLLOW: Final = "core.merges.follow"
_FOLLOWED: Final = "SELECT follows, plugins FROM core_duplicate WHERE answer = 'followed'"
_MERGES: Final = (
    "SELECT id, about_key, about_id, other FROM core_duplicate "
    "WHERE answer = 'merged' AND archived_at IS NULL ORDER BY id"
)


class WaitingMerge(Value):
    """A merge that plugins did not follow yet which are on now, and were off then."""

    merge: KnownDuplicate
    kind: type[Record]
    plugins: tuple[str, ...]


def waiting_merges(office: StoredOffice) -> list[WaitingMerge]:
    """List the merges that plugins have to follow.

    Of A into B into C, that of B comes first: with the plugin on, what A had met what B had.
    """
    noted = list(office.all(KnownDuplicate, "answer = 'merged' AND plugins IS NOT NULL"))
    if not noted:
        return []
    on = {record.meta.plugin for record in office.records.values()}
    followed: dict[int, set[str]] = {}
    # An archived one counts as well: a person undid it.
    for merge_id, names in office.rows(_FOLLOWED):
        followed.setdefault(merge_id, set()).update(names.split())
    waiting = []
    later = _later_merges(office)
    for merge in sorted(noted, key=lambda merge: _path(later, merge)):
        missing = set((merge.plugins or "").split()) & on - followed.get(merge.id, set())
        subject: Any = merge.about
        kind = office.records.get(subject.key)
        if missing and kind is not None:
            waiting.append(WaitingMerge(merge, kind, tuple(sorted(missing))))
    return waiting


def _later_merges(office: StoredOffice) -> dict[tuple[str, int], tuple[int, int]]:
    """Map each record that was merged to the number of its merge and the record that stayed."""
    rows = office.rows(_MERGES)
    return {(key, gone): (number, kept) for number, key, gone, kept in rows}


def _path(later: Mapping[tuple[str, int], tuple[int, int]], merge: KnownDuplicate) -> list[int]:
    """List the merges from the record that stays to one that went, each by its number."""
    subject: Any = merge.about
    place, numbers = (subject.key, subject.id), []
    while place in later and later[place][0] not in numbers:
        number, kept = later[place]
        numbers.append(number)
        place = (place[0], kept)
    return numbers[::-1]


def follow_merges(office: StoredOffice) -> list[str]:
    """Have plugins follow the merges that wait for them, and return a sentence on each.

    One in which rows clash goes on waiting, with what Today says of it.
    """
    if not office.may(FOLLOW):
        return []
    with office.trusted():
        waiting = waiting_merges(office)
    sentences = []
    for one in waiting:
        try:
            sentences.append(_follow(office, one))
        except OfficeError:
            # The person's own work goes on; Today says what a person has to decide.
            continue
    return sentences


def steps_of(office: StoredOffice, waiting: WaitingMerge) -> list[MergeStep]:
    """List what following a merge would do, to the rows of the plugins that wait."""
    subject: Any = waiting.merge.about
    keep = record_that_stays(office, waiting.kind, subject.id)
    steps = MergeSteps(office, waiting.plugins)
    return list(steps.of(waiting.kind, keep, subject.id))


def due_merges(office: StoredOffice) -> Iterator[Due]:
    """Yield an item for each merge that waits: rows in which a person has to decide, or nothing yet."""
    for one in waiting_merges(office):
        subject: Any = one.merge.about
        clashes = [step for step in steps_of(office, one) if step.what == CLASH]
        said = "the next entry has it follow"
        if clashes:
            rows = [f"{step.record.meta.one} #{step.id} ({step.why})" for step in clashes]
            is_seen = all(_is_seen(office, step) for step in clashes)
            said = f"edit or archive {listing(rows) if is_seen else 'rows that you may not see'}"
        do = "does" if len(one.plugins) == 1 else "do"
        gone = f"{one.kind.meta.one} {office.label(one.kind, subject.id)}"
        yield Due(
            key=f"core.merge:{one.merge.id}",
            on=office.today,
            what=f"{listing(list(one.plugins))} {do} not follow yet: {gone}; {said}",
            owner="manager",
            record=one.kind.meta.key,
            record_id=subject.id,
        )


def _is_seen(office: StoredOffice, step: MergeStep) -> bool:
    return office.may_view(step.record) and not office.out_of_reach(step.record, [step.id])


def _follow(office: StoredOffice, waiting: WaitingMerge) -> str:
    subject: Any = waiting.merge.about
    arguments = {"of": [f"{subject.key}:{subject.id}"], "plugins": list(waiting.plugins)}
    bulk = "following an earlier merge"
    with office.acting(FOLLOW, arguments, bulk=bulk, beyond=True) as outcome:
        # Asked again now that nobody else can write.
        if not any(one.merge.id == waiting.merge.id for one in waiting_merges(office)):
            raise Refused("it was followed already", code="nothing-to-do")
        steps = steps_of(office, waiting)
        gone = office.get(waiting.kind, subject.id)
        refuse_clashes(office, gone, steps)
        move_balances(office, steps)
        apply(office, steps)
        _note(office, waiting, steps)
        plugins = listing(list(waiting.plugins))
        verb = "follows" if len(waiting.plugins) == 1 else "follow"
        said = f"{plugins} {verb} an earlier merge now"
        outcome.append(f"{said}: {counted(steps)}.")
    # How many rows there are would tell of some that the person may not see.
    return outcome[0] if reaches_everything(office) else f"{said}."


def _note(
    office: StoredOffice,
    waiting: WaitingMerge,
    steps: Sequence[MergeStep],
) -> None:
    subject: Any = waiting.merge.about
    about: Any = Subject(subject.key, subject.id)
    keep = steps[0].keep if steps else waiting.merge.other
    office.add(
        KnownDuplicate(
            about=about,
            other=keep,
            answer="followed",
            plugins=" ".join(waiting.plugins),
            follows=waiting.merge.id,
        )
    )
