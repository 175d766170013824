"""Deeds: doing things to records from any screen: new, edit, and every verb, with its reason, question and form."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from officeops.model.errors import OfficeError
from officeops.tui.base.record_verbs import Verb, of_action, verbs
from officeops.tui.forms.form_state import Form, starting_texts, text_of
from officeops.tui.forms.role_choices import with_roles
from officeops.tui.terminal.keys import Key
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.base.screen import OfficeScreen


def record_keys(
    screen: OfficeScreen,
    record: type[Record],
    chosen: Callable[[], Sequence[Record]],
    *,
    rank: int = 3,
) -> Iterator[Key]:
    """Yield the keys for what can be done to the records `chosen()` returns."""
    meta, group = record.meta, record.meta.label
    why = _by_hand(screen.office, record, "edit")
    rank_of_edit = 9 if why() else 2
    yield Key(
        ("e",),
        "edit",
        lambda: edit(screen, chosen()),
        f"Edit the {meta.label.lower()}",
        rank_of_edit,
        group,
        why,
    )
    for verb in verbs(screen.office, record):
        generic = "." not in verb.name
        letter = (verb.key,) if verb.key else ()
        yield Key(
            (*letter, f":{verb.word}"),
            verb.label.lower(),
            partial(_on, screen, verb, chosen),
            verb.help,
            9
            if not letter or verb.forbidden(screen.office, record)
            else 8
            if verb.name == "unarchive"
            else 6
            if generic
            else rank,
            group,
        )


def office_keys(screen: OfficeScreen, record: type[Record] | None = None) -> Iterator[Key]:
    """Yield the actions on the office as a whole; they are done by name, unless a verb of the records shown has it."""
    taken = {verb.word for verb in verbs(screen.office, record)} if record else set()
    for action in screen.office.actions():
        verb = of_action(action)
        if verb.word in taken:
            continue
        yield Key(
            (f":{verb.word}",),
            verb.label.lower(),
            partial(perform, screen, verb, [None]),
            verb.help,
            9,
            "Office",
        )


def _on(screen: OfficeScreen, verb: Verb, chosen: Callable[[], Sequence[Record]]) -> None:
    perform(screen, verb, chosen())


def _by_hand(office: Office, record: type[Record], verb: str) -> Callable[[], str | None]:
    meta = record.meta
    if not meta.editable:
        return lambda: f"{meta.plural.lower()} are written by actions alone, never by hand"
    return lambda: office.why_not(f"{meta.key}.{verb}") or None


def _theirs(office: Office, record: type[Record]) -> list[Field]:
    """Return the fields that the acting person may fill in."""
    guarded = record.meta.guarded
    fields = (f for f in record.meta.fields if not f.managed)
    return [f for f in fields if f.name not in guarded or office.may(f"{guarded[f.name]}.edit")]


# -- new and edit ---------------------------------------------------------------------------------------


def new_key(
    screen: OfficeScreen, record: type[Record], given: Callable[[], Mapping[str, int]]
) -> Key:
    """Return the key that adds a record; `given()` returns the references it is to begin with."""
    word, run = record.meta.label.lower(), lambda: add(screen, record, given())
    why = _by_hand(screen.office, record, "add")
    rank = 9 if why() else 2
    return Key(("n",), "new", run, f"Add a new {word}", rank, record.meta.label, why)


def add(
    screen: OfficeScreen, record: type[Record], given: Mapping[str, int] = MappingProxyType({})
) -> None:
    """Open the form of a new record, its references filled in with the ids `given` by column."""
    from officeops.office.crud import add_record

    fields = _theirs(screen.office, record)

    def save(office: Office, values: Mapping[str, Any]) -> str:
        made = add_record(office, record, values)
        return safe(f"{record.meta.label} {made} is added.")

    texts = starting_texts(screen.office, fields)
    texts |= {f.name: text_of(screen.office, f, given[f.name]) for f in fields if f.name in given}
    needs = (f"{record.meta.key}.add",)
    form = Form(
        f"New {record.meta.label.lower()}",
        fields,
        save,
        texts,
        needs=needs,
        guarded=record.meta.guarded,
    )
    screen.desk.open_form(form, screen.say)


def edit(screen: OfficeScreen, chosen: Sequence[Record]) -> None:
    """Open the form of a record as it is now."""
    from officeops.office.crud import edit_record

    if not _one(screen, chosen, "edit"):
        return
    held = [chosen[0]]
    meta = held[0].meta
    fields = _theirs(screen.office, type(held[0]))

    def save(office: Office, values: Mapping[str, Any]) -> str:
        before = held[0].version
        made = edit_record(office, held[0], values)
        beside = ", beside someone else's changes" if made.version > before + 1 else ""
        return safe(" ".join([f"{meta.label} {made} is saved{beside}.", *office.remarks]))

    def rebase(office: Office) -> dict[str, str]:
        held[0] = office.get(type(held[0]), held[0].id)
        return starting_texts(office, fields, held[0])

    texts = starting_texts(screen.office, fields, held[0])
    needs = (f"{meta.key}.view", f"{meta.key}.edit")
    form = Form(
        f"Edit {held[0]}",
        fields,
        save,
        texts,
        only_changed=True,
        rebase=rebase,
        needs=needs,
        guarded=meta.guarded,
    )
    screen.desk.open_form(form, screen.say)


def _one(screen: OfficeScreen, chosen: Sequence[Record | None], word: str) -> bool:
    if len(chosen) > 1:
        screen.say(
            f"{word.capitalize()} is done to one at a time; {len(chosen)} are marked. Space takes a mark away."
        )
    elif not chosen:
        screen.say("There is nothing here to act on.")
    return len(chosen) == 1


# -- verbs ----------------------------------------------------------------------------------------------


def perform(screen: OfficeScreen, verb: Verb, chosen: Sequence[Record | None]) -> None:
    """Do a verb to the chosen records: say why not, ask what it needs, then do it.

    No key changes anything by itself: what opens no form asks for a `y`, and so does a form whose action is grave.

    `[None]` stands for the office as a whole.
    """
    if not (verb.bulk and len(chosen) > 1) and not _one(screen, chosen, verb.label):
        return
    if len(chosen) == 1 and (why := verb.why_not(screen.office, chosen[0])):
        screen.say(safe(f"{verb.label}: {why}."))
        return
    title = safe(f"{verb.label} {_whom(screen.office, chosen)}").strip()
    doubts = [
        doubt for record in chosen if verb.consent and (doubt := verb.doubt(screen.office, record))
    ]
    asks = verb.danger or doubts or len(chosen) > 1 or not verb.fields
    question = f"{title}?" if asks else ""
    agreed: dict[str, object] = {}
    if verb.consent and doubts:
        agreed[verb.consent.param] = True
        question += safe(f" {doubts[0][:1].upper()}{doubts[0][1:]}.")
        question += f" So have {len(doubts) - 1} more." if len(doubts) > 1 else ""
    if verb.fields:
        save = partial(_all, verb, chosen, agreed)
        about = {type(each) for each in chosen if each}
        needs = (verb.permission(type(chosen[0])), *(f"{kind.meta.key}.view" for kind in about))
        fields = with_roles(screen.office, verb.name, verb.fields, chosen[0])
        texts = starting_texts(screen.office, fields)
        one = chosen[0] if len(chosen) == 1 else None
        form = Form(title, fields, save, texts, question=question, needs=needs, about=one)
        screen.desk.open_form(form, screen.say)
    else:
        screen.ask(question, partial(_do, screen, verb, chosen, agreed))


def _whom(office: Office, chosen: Sequence[Record | None]) -> str:
    if len(chosen) > 1:
        return f"{len(chosen)} marked"
    return f"{chosen[0].meta.label.lower()} {office.name(chosen[0])}" if chosen[0] else ""


def _do(
    screen: OfficeScreen,
    verb: Verb,
    chosen: Sequence[Record | None],
    agreed: Mapping[str, object] = MappingProxyType({}),
) -> None:
    screen.write(lambda office: _all(verb, chosen, agreed, office, {}), screen.say)


def _all(
    verb: Verb,
    chosen: Sequence[Record | None],
    agreed: Mapping[str, object],
    office: Office,
    values: Mapping[str, object],
) -> str:
    """Do a verb to each record in turn. Of several, those that are refused do not keep the others from it."""
    values = {**values, **agreed}
    if len(chosen) == 1:
        return verb.run(office, chosen[0], values)
    done, refused = 0, ""
    for record in chosen:
        try:
            verb.run(office, record, values)
            done += 1
        except OfficeError as error:
            refused = refused or safe(str(error))
    return f"{verb.label}: {done} of {len(chosen)} done." + (f" {refused}" if refused else "")
