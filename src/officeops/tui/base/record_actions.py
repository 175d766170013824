"""Actions on records from any screen: their keys, and the question and form that each needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.model.declarations import named
from officeops.tui.base.action_run import ActionRun
from officeops.tui.base.record_forms import edit_key, is_one
from officeops.tui.base.record_verbs import of_action, verbs
from officeops.tui.forms.answer_fields import as_answers, with_answers
from officeops.tui.forms.field_text import starting_texts
from officeops.tui.forms.form import Form
from officeops.tui.forms.role_choices import with_roles
from officeops.tui.terminal.keys import NEVER, Key
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.base.screen import OfficeScreen
    from officeops.tui.base.verb import Verb


#: The rank of an action on the office in the lists that offer it: before adding one record.
_BESIDE = 1


def record_keys(
    screen: OfficeScreen,
    record: type[Record],
    chosen: Callable[[], Sequence[Record]],
    *,
    rank: int = 3,
) -> Iterator[Key]:
    """Yield the keys of the actions on the records that `chosen()` returns."""
    known = list(verbs(screen.office, record))
    # Of records that only actions change, one of those may be what people call editing.
    if not any(verb.means == "edit" for verb in known):
        yield edit_key(screen, record, chosen)
    for verb in known:
        yield Key(
            keys=(f":{verb.word}",),
            means=verb.means,
            label=verb.label.lower(),
            run=partial(_perform_on_chosen, screen, verb, chosen),
            help=verb.help,
            rank=_rank(screen.office, record, verb, rank),
            group=record.meta.label,
            reason=partial(_why_not, screen.office, verb, chosen),
            former=verb.former_words,
        )


def _why_not(
    office: Office,
    verb: Verb,
    chosen: Callable[[], Sequence[Record]],
) -> str | None:
    """Return why the one record that is chosen does not allow it; of several, the action says."""
    records = chosen()
    return verb.why_not(office, records[0]) if len(records) == 1 else None


def _perform_on_chosen(
    screen: OfficeScreen,
    verb: Verb,
    chosen: Callable[[], Sequence[Record]],
) -> None:
    # The records are read when the key is pressed, not when the keys are listed.
    perform(screen, verb, chosen())


def _rank(
    office: Office,
    record: type[Record],
    verb: Verb,
    rank: int,
) -> int:
    """Return an action's rank in the key line.

    Plugins' actions get `rank`; archive and unarchive come later.
    """
    if not verb.means or verb.forbidden(office, record):
        return NEVER
    if verb.name == "unarchive":
        return 8
    return rank if "." in verb.name else 6


def office_keys(screen: OfficeScreen, record: type[Record] | None = None) -> Iterator[Key]:
    """Yield the actions on the office as a whole.

    They run by name, unless the record's actions have the name.
    """
    taken = {verb.word for verb in verbs(screen.office, record)} if record else set()
    for action in screen.office.actions():
        verb = of_action(action)
        if verb.word not in taken:
            run = partial(perform, screen, verb, [None])
            label = verb.label.lower()
            is_beside = record is not None and record.meta.key in action.beside
            is_offered = is_beside and screen.office.may(action.name)
            yield Key(
                keys=(f":{verb.word}",),
                label=label,
                run=run,
                help=verb.help,
                rank=_BESIDE if is_offered else NEVER,
                group="Office",
                former=verb.former_words,
            )


def perform(
    screen: OfficeScreen,
    verb: Verb,
    chosen: Sequence[Record | None],
) -> None:
    """Run an action on the chosen records: say why it cannot run, ask what it needs, then run it.

    `[None]` means the office as a whole. No key changes anything by itself: an action without a
    form asks for a `y`, and so does a form whose action is grave.
    """
    # Most actions need one record's reason and question; only a bulk action takes all marked ones.
    is_bulk = verb.bulk and len(chosen) > 1
    if not is_bulk and not is_one(screen, chosen, verb.label):
        return
    why_not = verb.why_not(screen.office, chosen[0]) if len(chosen) == 1 else None
    if why_not:
        screen.say(safe(f"{verb.label}: {why_not}."))
        return
    if verb.screen and len(chosen) == 1 and chosen[0] is not None:
        _open_screen(screen, verb, chosen[0])
        return
    run = ActionRun(screen.office, verb, chosen)
    fields = _fields(screen.office, run)
    if fields:
        screen.navigator.open_form(_form(screen.office, run, fields), screen.say)
    else:
        screen.ask(run.plain_question, partial(_write, screen, run))


def _open_screen(
    screen: OfficeScreen,
    verb: Verb,
    record: Record,
) -> None:
    """Open the screen that an action has in place of a form."""
    opened: OfficeScreen = named(verb.screen)(screen.office, record)
    # Like a form, it needs the permission of the action for as long as it is open.
    opened.require(verb.permission(type(record)))
    screen.app.push_screen(opened)


def _write(screen: OfficeScreen, run: ActionRun) -> None:
    screen.write(lambda office: run(office, {}), screen.say)


def _fields(office: Office, run: ActionRun) -> Sequence[Field]:
    """Return the fields of an action's form, as they are for the records that were chosen."""
    verb = run.verb
    fields = with_roles(office, verb.name, verb.fields, run.chosen[0])
    return with_answers(office, verb.name, fields, run.chosen)


def _form(
    office: Office,
    run: ActionRun,
    fields: Sequence[Field],
) -> Form:
    verb, first = run.verb, run.chosen[0]
    types = {type(record) for record in run.chosen if record}
    views = [f"{record.meta.key}.view" for record in types]
    return Form(
        title=run.title,
        fields=fields,
        save=lambda office, values: run(office, as_answers(fields, values)),
        texts=starting_texts(office, fields),
        note=run.foreseen,
        question=run.question,
        preview=run.preview if verb.preview else None,
        needs=(verb.permission(type(first)), *views),
        about=first if len(run.chosen) == 1 else None,
        draft=verb.permission(type(first)) if len(run.chosen) == 1 else "",
        draft_of=str(first.id) if first else "",
    )
