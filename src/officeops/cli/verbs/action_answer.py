"""The answer of an action on the command line: now, or again for a repeated request id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from officeops.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.actions import Action
    from officeops.model.errors import Already, OfficeError
    from officeops.model.records import Record
    from officeops.office.office import Office

#: The records that an action changed, in the order of its changes.
_CHANGED = """
SELECT record, record_id FROM core_change WHERE action_id = ? GROUP BY 1, 2 ORDER BY min(id)
"""


def print_answer(
    answer: object,
    action: Action[..., Any],
    remarks: Sequence[str],
    *,
    as_json: bool,
    repeated: bool = False,
) -> None:
    """Print the answer of an action, and the office's remarks on it.

    As JSON, an answer that a request had before says that it is `repeated`.
    """
    if as_json:
        import json

        plain = _plain(answer)
        if repeated:
            plain["repeated"] = True
        click.echo(json.dumps(plain, ensure_ascii=False))
    else:
        say(sentence_of(answer, action))
    for remark in remarks:
        say(remark)


def sentence_of(answer: object, action: Action[..., Any]) -> str:
    """Write the answer of an action as a sentence."""
    from officeops.model.records import Record

    if isinstance(answer, Record):
        return f"{action.label}: {answer.meta.label} {answer.human_key}."
    return str(answer or "Done.")


def _plain(answer: object) -> dict[str, object]:
    """Return an answer for scripts: the record it is or names, and its sentence if it has one."""
    from officeops.model.actions import Outcome
    from officeops.model.records import Record

    about = answer.record if isinstance(answer, Outcome) else answer
    plain: dict[str, object] = {}
    if isinstance(about, Record):
        plain = {"id": about.id, "key": about.human_key}
    if not isinstance(answer, Record):
        plain["outcome"] = str(answer or "")
    return plain


def print_refusal(error: OfficeError, record: Record) -> None:
    """Print as JSON that one record of several was refused, among the answers of the others."""
    import json

    plain = {"id": record.id, "key": record.human_key, "refused": str(error)}
    click.echo(json.dumps(plain, ensure_ascii=False))


def answer_of(
    office: Office,
    action: Action[..., Any],
    done: Already,
) -> object:
    """Return the first answer of an action that a repeated request asks for again.

    The history has only the sentence of the outcome. An action that returns a record has the name
    of the record for it; one that returns an Outcome changed the record of the Outcome first.
    """
    tables = {}
    for kind in office.records.values():
        if office.may_view(kind):
            tables[kind.meta.table] = kind
    # Without the limits of the person: only records that they may view are looked at below.
    with office.lifted():
        changed = office.rows(_CHANGED, done.action)
    if _returns_outcome(action) and changed and changed[0][0] in tables:
        from officeops.model.actions import Outcome

        table, id_ = changed[0]
        return Outcome(office.get(tables[table], id_), done.outcome)
    for table, id_ in changed:
        if table in tables:
            record = office.get(tables[table], id_)
            if office.name(record) == done.outcome:
                return record
    return done.outcome


def _returns_outcome(action: Action[..., Any]) -> bool:
    # Annotations are texts here, with or without the module's name.
    return str(action.run.__annotations__.get("return")).endswith("Outcome")
