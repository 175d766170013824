"""Merging: two records are one, and what named the one that goes names the one that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.core.duplicate_record import KnownDuplicate
from officeops.core.legal_holds import why_held
from officeops.history.unseen_rows import reaches_everything
from officeops.model.about import Subject
from officeops.model.errors import Forbidden, Problem, Reason, Refused
from officeops.model.hand_verbs import verbs_of
from officeops.model.records import Record
from officeops.office.merge_steps import CLASH, FOLD, FOLLOW, STAY, MergeSteps
from officeops.office.plugins_off import plugins_off
from officeops.office.scope_check import not_there
from officeops.plugins.blame import Blame
from officeops.plugins.hook_results import sentence_in
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops.office.merge_steps import MergeStep
    from officeops.store.stored_office import StoredOffice

#: Each thing that becomes of records, of one and of several.
_COUNTED: Final = {
    FOLLOW: ("follows", "follow"),
    FOLD: ("is folded", "are folded"),
    STAY: ("stays in its ledger", "stay in their ledger"),
    CLASH: ("clashes", "clash"),
}


def merge_plan(
    office: StoredOffice,
    keep: Record,
    gone: Record,
) -> list[MergeStep]:
    """List what a merge would do, row by row, of the rows that the acting person may see.

    Raises NotFound for a record out of reach, Refused where the two cannot be merged, and Forbidden
    where rows out of reach would have to follow.
    """
    _refuse_pair(office, keep, gone)
    if not reaches_everything(office):
        # A preview sees as much as the merge itself, to refuse alike; it shows no more.
        with office.trusted():
            steps = list(MergeSteps(office).of(type(keep), keep.id, gone.id))
        _refuse_beyond(office, gone, steps)
    return list(MergeSteps(office).of(type(keep), keep.id, gone.id))


def merge(
    office: StoredOffice,
    keep: Record,
    gone: Record,
    take: Iterable[str] = (),
) -> str:
    """Merge two records inside an action that is open, and return a sentence on it.

    `take` names the fields whose values count as the one that goes has them; blanks of the one
    that stays are filled from it anyway. Raises Refused with every clash; nothing is written then.
    """
    taken = _fields_to_take(office, keep, take)
    steps = merge_plan(office, keep, gone)
    refuse_clashes(office, gone, steps)
    _refuse_typed(office, gone)
    # Before it is archived: a booking names no archived record.
    move_balances(office, steps)
    names = f"{office.describe(gone)} (#{gone.id})", f"{office.describe(keep)} (#{keep.id})"
    office.retire(gone)
    _fill(office, keep, gone, taken)
    apply(office, steps)
    # References have moved by now, so what still keeps it is no record that merely names it.
    office.refuse_kept(gone)
    _took_in(office, keep, gone)
    about: Any = Subject(gone.meta.key, gone.id)
    # What these keep follows once they are on again.
    off = plugins_off(office) or None
    office.add(KnownDuplicate(about=about, other=keep.id, answer="merged", plugins=off))
    if left := _sealed_left(keep, gone):
        office.remarks.append(left)
    if off:
        absent = off.split()
        once = "keeps follows once it is" if len(absent) == 1 else "keep follows once they are"
        office.remarks.append(f"What {listing(absent)} {once} on again.")
    return f"{gone.meta.label} {names[0]} is merged into {names[1]}: {counted(steps)}."


def _took_in(
    office: StoredOffice,
    keep: Record,
    gone: Record,
) -> None:
    """Have the code of the record that stays keep what the other one had."""
    meta = keep.meta
    if type(keep).after_merge is not Record.after_merge:
        with Blame(meta.plugin, f"after_merge() of the record {meta.key}"):
            office.remarks += [sentence_in(remark) for remark in keep.after_merge(office, gone)]


def _refuse_beyond(
    office: StoredOffice,
    gone: Record,
    steps: Sequence[MergeStep],
) -> None:
    """Raise Forbidden where a row out of the person's reach names the record that goes.

    It would have to follow, and its number is not for them to know.
    """
    rows: dict[type[Record], list[int]] = {}
    for step in steps:
        rows.setdefault(step.record, []).append(step.id)
    if any(office.out_of_reach(kind, ids) for kind, ids in rows.items()):
        why = f"records that you may not see name {office.about(gone)}"
        cure = "Somebody who sees them can merge the two."
        problem = Problem(why, code="beyond-reach", is_whole=True)
        raise Forbidden(f"{why[:1].upper()}{why[1:]}. {cure}", [problem])


def _refuse_typed(office: StoredOffice, gone: Record) -> None:
    """Raise Refused where somebody typed rows of it that are not booked: nobody would find them."""
    from officeops.store.draft_removal import people_with_rows_of

    with office.lifted():
        people = people_with_rows_of(office.store.db, gone.meta.key, gone.id)
    if people:
        why = (
            f"{listing(people)} typed rows of it and did not book them; book or discard them first"
        )
        raise Refused(why, office.about(gone), code="in-use")


def refuse_clashes(
    office: StoredOffice,
    gone: Record,
    steps: Sequence[MergeStep],
) -> None:
    """Raise Refused with every row of which a person has to decide."""
    problems = []
    for step in steps:
        if step.what == CLASH:
            name = f"{step.record.meta.label} #{step.id}"
            code = step.why.code if isinstance(step.why, Reason) else "not-together"
            facts = {"kind": step.record.meta.noun, "id": step.id, "into": step.into}
            problems.append(Problem(f"{name}: {step.why}", code=code, facts=facts))
    if problems:
        raise Refused(problems, office.about(gone))


def counted(steps: Sequence[MergeStep]) -> str:
    """Count in words what a merge does."""
    parts = []
    for what, (one, several) in _COUNTED.items():
        count = sum(step.what == what for step in steps)
        # That nothing follows is worth saying: the person may have named the wrong record.
        if count or what == FOLLOW:
            parts.append(f"1 record {one}" if count == 1 else f"{count:,} records {several}")
    return listing(parts)


def why_not_merged(kind: type[Record]) -> str:
    """Say that records of a kind are not merged, and what to do in place of it where it says so."""
    verb = "is" if kind.meta.has_no_singular else "are"
    return kind.not_merged or f"{kind.meta.plural} {verb} not merged."


# -- before anything is written ------------------------------------------------------------------


def _refuse_pair(
    office: StoredOffice,
    keep: Record,
    gone: Record,
) -> None:
    """Raise NotFound for one out of reach, Refused for a pair that is no two live records."""
    kind, meta = type(keep), keep.meta
    office.allow_view(kind)
    for record in (gone, keep):
        if not office.in_reach(type(record), record.id):
            raise not_there(record.meta, record.id)
    if type(gone) is not kind or "merge" not in verbs_of(kind):
        raise Refused(why_not_merged(kind).rstrip("."), meta.label, code="not-together")
    if keep.id == gone.id:
        raise Refused("it is the same record", office.about(keep), code="nothing-to-do")
    for record in (gone, keep):
        if record.archived_at:
            raise Refused("it is archived", office.about(record), code="archived")
    # Before the hold would follow to the record that stays.
    if held := why_held(office, gone):
        raise Refused(held, office.about(gone), code="on-hold")


def _fields_to_take(
    office: StoredOffice,
    keep: Record,
    take: Iterable[str],
) -> list[str]:
    """Return the columns of the fields to take. Raises Refused for one that no person fills."""
    meta = keep.meta
    by_word: dict[str, str] = {}
    for known in meta.fields:
        if not (known.managed or known.sealed):
            by_word.update({known.name: known.name, known.public_name: known.name})
    problems, names = [], []
    for word in take:
        # People write a field as its option, with a dash.
        name = by_word.get(word.replace("-", "_"))
        if name is None:
            choices = listing(sorted(set(by_word.values())))
            problems.append(Problem(f"{word!r} is none of {choices}", "take", code="not-found"))
            continue
        if name in meta.guarded:
            office.allow(f"{meta.guarded[name]}.edit")
        names.append(name)
    if problems:
        raise Refused(problems, meta.label)
    return names


# -- writing -------------------------------------------------------------------------------------


def _fill(
    office: StoredOffice,
    keep: Record,
    gone: Record,
    taken: Sequence[str],
) -> None:
    """Fill the blanks of the record that stays, and take the values that the person chose."""
    meta = keep.meta
    values: dict[str, Any] = {name: getattr(gone, name) for name in taken}
    for known in meta.fields:
        theirs = getattr(gone, known.name)
        if known.managed or known.sealed or theirs is None or getattr(keep, known.name) is not None:
            continue
        stem = meta.guarded.get(known.name)
        # A person who may not change a field does not change it by a merge either.
        if stem is None or office.may(f"{stem}.edit"):
            values.setdefault(known.name, theirs)
    # Of a reference to the record itself nothing is taken: it would name itself.
    own = {known.name for known in meta.fields if known.target == meta.key}
    fresh = {name: value for name, value in values.items() if name not in own}
    if fresh:
        office.edit(keep, **fresh)


def apply(office: StoredOffice, steps: Sequence[MergeStep]) -> None:
    """Have rows name the record that stays, one statement for each column; archive the twins."""
    columns: dict[tuple[Any, ...], list[int]] = {}
    for step in steps:
        if step.what == FOLLOW:
            moved = (step.record, step.column, step.gone, step.keep, step.keys)
            columns.setdefault(moved, []).append(step.id)
    # Twins go first: two live rows of one identity are refused by the file.
    for step in steps:
        if step.what == FOLD:
            _fold(office, step)
    for (record, column, gone, keep, keys), ids in columns.items():
        before: dict[str, int | str] = {column: gone}
        after: dict[str, int | str] = {column: keep}
        if keys:
            key = record.meta.about[0]
            # Both halves at once: half of it names a record that is not there.
            before[key], after[key] = keys
        office.follow(record.meta, ids, before, after)


def _fold(office: StoredOffice, step: MergeStep) -> None:
    twin, row = office.get(step.record, step.into), office.get(step.record, step.id)
    if row.archived_at is None:
        office.retire(row)
        if row.meta.editable:
            _fill_twin(office, twin, row, step.column)


def _fill_twin(
    office: StoredOffice,
    twin: Record,
    row: Record,
    column: str,
) -> None:
    if any(
        getattr(twin, known.name) is None and getattr(row, known.name) is not None
        for known in twin.meta.fields
        if known.name != column
    ):
        _fill(office, twin, row, ())


def move_balances(office: StoredOffice, steps: Sequence[MergeStep]) -> None:
    """Move what a ledger has of the record that goes by pairs of entries; its entries stay."""
    moved: set[tuple[type[Record], str, int]] = set()
    for step in steps:
        place = (step.record, step.column, step.gone)
        ledger = step.record.ledger
        if step.what != STAY or ledger is None or place in moved:
            continue
        moved.add(place)
        ledger.move_balances(office, step.column, step.gone, step.keep)


def _sealed_left(keep: Record, gone: Record) -> str:
    """Say which sealed values stay with the archived record; blank for none."""
    labels = [known.words for known in gone.meta.sealed if getattr(gone, known.name) is not None]
    if not labels:
        return ""
    return (
        f"Sealed values are not copied: the {listing(labels)} of #{gone.id} stays with it; "
        f"enter it at #{keep.id} where it belongs."
    )
