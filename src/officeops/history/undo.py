"""Undo: the inverse of a recorded action, checked against the records of now, and itself recorded.

All of an action's changes are undone or none. New records are archived, changed values restored,
ledger entries balanced by new ones. It is refused, with the reason, where something later depends
on what would go.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from officeops.access.permissions import changes_access
from officeops.history.action_words import in_words, name_in_words
from officeops.history.done import REDO, TAKEN_BACK, TAKES_BACK, UNDO, Done, Undone, newest
from officeops.history.entry import signed_at
from officeops.history.in_the_way import in_the_way
from officeops.history.inversion import Inversion
from officeops.history.unseen_rows import is_reached
from officeops.model.errors import Forbidden, NotFound, Problem, Reason, Refused
from officeops.store.signed_mark import SIGNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.store.stored_office import StoredOffice


def undo(
    office: StoredOffice,
    action_id: int | None = None,
    *,
    request: str | None = None,
) -> str:
    """Undo an action, by default the acting person's last one, and say which.

    Raises NotFound where there is none, Refused with the reason where it cannot be taken back, and
    Already for a request id that was carried out before.
    """
    office.sign_first()
    office.once(request, UNDO, lambda _, given: action_id is None or given.get("of") == action_id)
    with office.lifted():
        chosen = _chosen(office, action_id)
    try:
        return _take_back(office, chosen, UNDO, request)
    except Refused as why:
        with office.lifted():
            first = in_the_way(office, chosen)
        if first is None:
            raise
        raise Refused([*why.problems, first], why.about) from why


def redo(
    office: StoredOffice,
    action_id: int | None = None,
    *,
    request: str | None = None,
) -> str:
    """Redo an undone action, by default the acting person's last, by either number.

    Raises as `undo` does; where it cannot be taken back, the reason names the one before it, which
    may be.
    """
    office.sign_first()
    office.once(request, REDO, lambda _, given: _is_named(office, action_id, given.get("of")))
    with office.lifted():
        undone = Undone(office)
        if action_id is None:
            again = next(_own_undos(office, undone), None)
        else:
            again = _named_undo(office, action_id, undone)
    if again is None:
        raise NotFound("There is nothing of yours to redo.", code="nothing-to-do")
    try:
        return _take_back(office, again, REDO, request)
    except Refused as why:
        with office.lifted():
            own = _own_undos(office, undone)
            before = next((done for done in own if done.id < again.id), None)
        if before is None:
            raise
        why_other = f"`officeops redo {before.id}` does again what you undid before that"
        other = Problem(why_other, code="redo-another", facts={"action": before.id})
        raise Refused([*why.problems, other], why.about) from why


def _named_undo(
    office: StoredOffice,
    action_id: int,
    undone: Undone,
) -> Done:
    """Return the undo that a number means: its own, or that of what it took back."""
    named = _numbered(office, action_id)
    if named.verb == UNDO and named.id in undone:
        raise Refused(f"action {action_id} was done again already", code="undone-since")
    undos: Iterable[Done] = [named]
    if named.verb != UNDO:
        taken_back = f"{TAKES_BACK} AND {TAKEN_BACK} = ? AND verb = ?"
        undos = newest(office, taken_back, action_id, UNDO)
    named_undo = next(
        (done for done in undos if done.id not in undone and action_id in {done.id, done.of}),
        None,
    )
    if named_undo is None:
        raise Refused(
            f"action {action_id} ({_name(office, named)}) is not undone", code="undone-since"
        )
    return named_undo


def next_to_undo(office: StoredOffice) -> Done:
    """Return the action that `undo` would take back. Raises NotFound where there is none."""
    with office.lifted():
        return _chosen(office, None)


def open_to_undo(office: StoredOffice, most: int) -> list[Done]:
    """Return the actions that the acting person may undo, the last one first."""
    with office.lifted():
        return list(islice(_open(office, Undone(office)), most))


def next_to_redo(office: StoredOffice) -> tuple[int, Done]:
    """Return the number of the undo that `redo` would take back, and the action it would do again.

    Raises NotFound.
    """
    with office.lifted():
        again = next(_own_undos(office, Undone(office)), None)
        if again is None:
            raise NotFound("There is nothing of yours to redo.", code="nothing-to-do")
        return again.id, next(newest(office, "id = ?", again.of), again)


def _own_undos(office: StoredOffice, undone: Undone) -> Iterator[Done]:
    """Yield the acting person's undos that still count, the newest first."""
    for done in _own(office, f"{TAKES_BACK} AND verb = ?", UNDO):
        if done.id not in undone and is_reached(office, done):
            yield done


def _own(office: StoredOffice, where: str, *values: object) -> Iterator[Done]:
    """Yield the acting person's actions, the newest first.

    At a shared login where nobody signed yet, they are those that people signed there.
    """
    if not office.who.is_shared:
        yield from newest(office, f"actor = ? AND {where}", office.actor, *values)
        return
    for done in newest(office, f"instr(arguments, ?) AND {where}", SIGNED, *values):
        if _is_own(office, done):
            yield done


def _is_own(office: StoredOffice, done: Done) -> bool:
    if office.who.is_shared:
        return signed_at(done.arguments).get("login") == office.login
    return done.actor == office.actor


def _chosen(office: StoredOffice, action_id: int | None) -> Done:
    undone = Undone(office)
    if action_id is not None:
        action = _numbered(office, action_id)
        if why := _why_not(office, action, undone):
            raise Refused(why.within(f"action {action_id} {why}"))
        return action
    for done in _open(office, undone):
        return done
    raise NotFound("There is nothing of yours to undo.", code="nothing-to-do")


def _open(office: StoredOffice, undone: Undone) -> Iterator[Done]:
    """Yield the acting person's actions that an undo may take back, the last one first."""
    for done in _own_effects(office, undone):
        is_open = done.id not in undone and not done.lasting
        if is_open and _changed_something(office, done) and is_reached(office, done):
            yield done


def _own_effects(office: StoredOffice, undone: Undone) -> Iterator[Done]:
    """Yield the acting person's actions, the one that took effect last first.

    One that was done again took effect when it was: what a person did or redid last goes first.
    """
    for done in _own(office, "verb <> ?", UNDO):
        if done.verb != REDO:
            yield done
        elif done.id not in undone:
            again = next(newest(office, "id = ?", _undone_by(office, done)), None)
            if again is not None and _is_own(office, again):
                yield again


def _undone_by(office: StoredOffice, redone: Done) -> int:
    """Return the action that a redo did again: that of the undo which it took back."""
    undo_of_it = next(newest(office, "id = ?", redone.of), None)
    return undo_of_it.of if undo_of_it is not None else 0


def _is_hidden(office: StoredOffice, action: Done) -> bool:
    """Whether an action of somebody else changed only what the acting person may not see."""
    if office.who.everything or action.actor == office.actor:
        return False
    from officeops.history.log import shows_nothing

    return shows_nothing(office, action.first, action.last)


def _numbered(office: StoredOffice, action_id: int) -> Done:
    action = next(newest(office, "id = ?", action_id), None)
    if action is None or not is_reached(office, action) or _is_hidden(office, action):
        raise NotFound(
            f"There is no action {action_id}. `officeops history` lists them.",
            code="not-found",
            facts={"kind": "action", "text": str(action_id)},
        )
    return action


def _why_not(
    office: StoredOffice,
    done: Done,
    undone: Undone,
) -> Reason | None:
    if done.verb == UNDO:
        why = f"took back action {done.of}; the person who undid it can `officeops redo` it"
        return Reason(why, code="cannot-undo")
    if done.verb == REDO:
        why = "redid an action; `officeops undo` with the number of that action undoes it"
        return Reason(why, code="cannot-undo")
    if done.id in undone:
        return Reason(f"({_name(office, done)}) was taken back already", code="undone-since")
    if done.lasting:
        return Reason(f"({_name(office, done)}) cannot be undone", code="cannot-undo")
    return None


def _is_named(
    office: StoredOffice,
    action_id: int | None,
    undone_by: int | None,
) -> bool:
    """Whether a number names an undo that was undone: its own, or its action's."""
    if action_id in {None, undone_by}:
        return True
    return any(done.of == action_id for done in newest(office, "id = ?", undone_by))


def _changed_something(office: StoredOffice, done: Done) -> bool:
    return bool(
        office.value(
            "SELECT 1 FROM core_change WHERE id BETWEEN ? AND ? LIMIT 1", done.first, done.last
        )
    )


def _take_back(
    office: StoredOffice,
    done: Done,
    verb: str,
    request: str | None,
) -> str:
    with office.lifted():
        what = done if verb == UNDO else next(newest(office, "id = ?", done.of), done)
    # To do again needs what it took to do: the permission may be gone since.
    office.allow(office.store.former.verb(what.verb, what.id))
    if done.actor != office.actor:
        office.allow("core.undo-others")
    if changes_access(what.verb):
        _allow_access(office)
    sentence = _told(office, what, verb, in_words(office, what, kept=True))
    bulk = f"undoing: {_name(office, done)}"
    # Else one person alone would take back what needed two.
    witness = signed_at(what.arguments).get("witness") or ""
    undoing = office.acting(
        verb, {"of": done.id}, request=request, bulk=bulk, witness=bool(witness)
    )
    with undoing as outcome, office.lifted():
        if witness:
            _refuse_other_signers(office, what.actor, witness)
        # Asked again now that nobody else can write; the open action says already that it takes
        # this one back.
        if done.id in Undone(office, but=office.store.action_id):
            raise Refused(
                f"action {done.id} ({_name(office, done)}) was taken back already",
                code="undone-since",
            )
        Inversion(office, done, again=verb == REDO).run()
        outcome.append(sentence)
    # The facts of the office may be among the records that went back.
    office.forget_facts()
    return sentence


def _refuse_other_signers(
    office: StoredOffice,
    actor: str,
    witness: str,
) -> None:
    """Raise Refused unless the person who signed as the witness signs again.

    Where that person takes it back, the one who acted signs beside. Or a signature would go without
    the person who gave it.
    """
    wanted = actor if office.actor == witness else witness
    if office.witness != wanted:
        why = f"{witness} signed for it, so this needs the PIN of {wanted} as well"
        raise Refused(why, office.actor, code="same-person")


def _allow_access(office: StoredOffice) -> None:
    """Raise Forbidden unless the acting person may undo changes to access."""
    office.allow("core.undo-access")
    if not office.who.reaches_pattern("sensitive"):
        raise Forbidden(
            "Only a person who may do everything can undo changes to access (core.undo-access)."
        )


def _told(
    office: StoredOffice,
    what: Done,
    verb: str,
    words: str,
) -> str:
    """Say which action is undone or redone, with its time by the office's clock."""
    from officeops.values.instants import as_instant, show_instant

    at = show_instant(as_instant(what.at).replace(second=0, microsecond=0), office.ways)
    return f"{'Undone' if verb == UNDO else 'Redone'}: {words}, of {at} by {what.actor}."


def _name(office: StoredOffice, done: Done) -> str:
    return name_in_words(office, done.verb, done.id)
