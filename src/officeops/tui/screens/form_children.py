"""FormChildren: the sections of children in a form, and the keys of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from officeops.tui.forms.child_section import ChildSection
from officeops.tui.forms.form import Form
from officeops.tui.terminal.keys import Key
from officeops.values.wording import article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from officeops.model.errors import Conflict
    from officeops.office.office import Office
    from officeops.tui.base.navigator import Navigator
    from officeops.tui.forms.child_entries import ChildEntries, ChildEntry
    from officeops.tui.forms.form_row import FormRow
    from officeops.tui.widgets.prompt import PromptLine


class FormOfChildren(Protocol):
    """The parts of a form's screen that its sections use."""

    office: Office
    prompt: PromptLine

    @property
    def navigator(self) -> Navigator:
        """The ways to other screens."""

    def enter(self, row: FormRow) -> None:
        """Go to a row."""

    def lay_out(self) -> None:
        """Draw all rows again."""

    def show_bars(self) -> None:
        """Bring the breadcrumb and the key line up to date."""


class FormChildren:
    """The children in one form. Each row is typed in a form of its own; all are saved at once."""

    def __init__(self, screen: FormOfChildren, children: Sequence[ChildEntries]) -> None:
        self._screen = screen
        self.sections = [ChildSection(entries) for entries in children]

    @property
    def unsaved(self) -> list[str]:
        """The unsaved rows, a word for each."""
        words = []
        for section in self.sections:
            words += [section.entries.child.option for _ in section.entries.changed]
        return words

    def keys(self, here: FormRow | None) -> Iterator[Key]:
        """Yield the keys of the rows, where the person is in a section."""
        section = here
        if not isinstance(section, ChildSection):
            return
        one = section.entries.child.option.replace("-", " ")
        yield Key((), "new", lambda: self._new(section), f"Add {article(one)}", 1, means="new")
        if section.here is None:
            return
        yield Key((), "edit", lambda: self._edit(section), f"Edit the {one}", 1, means="edit")
        removal = f"Take the {one} away, or keep it after all"
        yield Key((), "remove", lambda: self._remove(section), removal, 1, means="remove")
        if section.here.theirs:
            taking = "Take what somebody else saved"
            yield Key(("=",), "theirs", lambda: self._take_theirs(section), taking, 1)

    # -- one row -----------------------------------------------------------------------------------

    def _new(self, section: ChildSection) -> None:
        self._open(section, f"New {section.entries.child.option}", None)

    def _edit(self, section: ChildSection) -> None:
        entry = section.here
        if entry is not None:
            self._open(section, f"Edit {section.entries.child.option}", entry)

    def _open(
        self,
        section: ChildSection,
        title: str,
        entry: ChildEntry | None,
    ) -> None:
        """Open the form of one row; it writes nothing, but hands its values back."""
        typed: dict[str, Any] = {}

        def keep(office: Office, values: Mapping[str, Any]) -> str:  # noqa: ARG001 - as forms save
            typed.update(values)
            return ""

        def put(_: str) -> None:
            kept = section.entries.put(self._screen.office, typed, entry)
            section.place = section.entries.rows.index(kept)
            self._draw()

        form = _form(self._screen.office, section.entries, title, entry, keep)
        self._screen.navigator.open_form(form, put)

    def _remove(self, section: ChildSection) -> None:
        if section.here is not None:
            section.entries.remove(section.here)
        self._draw()

    def _take_theirs(self, section: ChildSection) -> None:
        if section.here is not None:
            section.entries.take_theirs(self._screen.office, section.here)
        self._draw()

    def _draw(self) -> None:
        self._screen.lay_out()
        self._screen.show_bars()

    # -- someone else's changes --------------------------------------------------------------------

    def clash(self, error: Conflict) -> bool:
        """Show a conflict on the row that it is about; return whether it is about one."""
        for section in self.sections:
            entry = section.entries.clash(self._screen.office, error)
            if entry is not None:
                section.place = section.entries.rows.index(entry)
                self._screen.enter(section)
                self._draw()
                self._screen.prompt.say(
                    "Somebody else changed this row. ctrl+s saves yours, = takes theirs.",
                    alarm=True,
                )
                return True
        return False

    def refresh(self) -> None:
        """Show the rows that others added since."""
        for section in self.sections:
            section.entries.refresh(self._screen.office)
        self._screen.lay_out()


def _form(
    office: Office,
    entries: ChildEntries,
    title: str,
    entry: ChildEntry | None,
    keep: Callable[[Office, dict[str, Any]], str],
) -> Form:
    from officeops.tui.forms.field_text import starting_texts

    kind = entries.kind
    texts = starting_texts(office, entries.fields) if entry is None else dict(entry.texts)
    for field in entries.fields:
        if field.sealed:
            # A form never shows a sealed value; left blank, the field keeps it.
            texts[field.name] = ""
    return Form(
        title=title,
        fields=entries.fields,
        save=keep,
        texts=texts,
        only_changed=entry is not None,
        about=entry.record if entry else None,
        needs=(f"{kind.meta.key}.view",),
        guarded=kind.meta.guarded,
    )
