"""Action: a thing a person does, declared once as a typed function.

    @action("inventory.item.use", means="use")
    def use(office: Office, item: Item, quantity: int = param(kind="quantity")) -> str:
        "Take stock for use."

It becomes `officeops item use SKU --quantity 5`, a key and a form, a permission, and one audited
transaction. A name of three parts belongs to a record; of two, to the office as a whole.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, Literal, ParamSpec, TypeVar

from officeops.model.errors import (
    OutsideAction,
    PluginFault,
    Problem,
    Reason,
    Refused,
    TimeUp,
)
from officeops.model.fields import MISSING, Field, field
from officeops.model.immutable import Value
from officeops.model.particular_facts import shows_facts
from officeops.model.sealed_value import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Unpack

    from officeops.model.field_facts import FieldFacts
    from officeops.model.kinds.kind import Kind
    from officeops.model.office import Office
    from officeops.model.records import Record

P = ParamSpec("P")
R = TypeVar("R")


@shows_facts(Field)
def param(*, kind: str | Kind | None = None, **facts: Unpack[FieldFacts]) -> Any:  # noqa: ANN401 - type checkers take the annotation's type
    """Declare a parameter of an action: its facts are those of a record's `field`.

    With `target` it names a record, and with `archived=True` an archived one too: a place that
    something is taken from. What the action writes is still held to the references of its records.
    """
    return field(kind=kind, **facts)


class Consent(Value):
    """A doubt that a person has to overrule on purpose before the action is done.

    `doubt(office, record)` returns the reason against it, or None; then `param`, a yes/no parameter
    of the action, must be given. The terminal interface asks instead, with the doubt in its
    question. With `by_given`, the doubt gets the other parameters too, as `given`; it is empty while
    nobody has given any.
    """

    param: str
    doubt: Callable[..., str | None]
    by_given: bool = False


class Outcome(Value):
    """The answer of an action that wrote a record and has something to say of it."""

    record: Record
    words: str

    def __str__(self) -> str:
        return self.words


class Action(Generic[P, R]):
    """A declared action. Call it inside another action; `Office.do` runs it as its own transaction.

    - `means` is its meaning, such as `"approve"`, by which the terminal interface gives it a
      letter (`officeops.tui.terminal.meanings`); `danger`: screens ask before it is done,
      while a command line does it at once
    - `label` is the verb in words, where those of the name are not the field's own
    - `word` is the command, where it is not the last part of the name; that one still works then
    - `unless(office, record)` returns why it cannot be done now
    - `archived`: it may be done to an archived record too; any other is refused there
    - `bulk`: several marked records may have it done to them at once
    - `long`: it has no time limit, and its name is shown to people who wait for it
    - `consent`: a doubt that the person has to overrule
    - `fields`: its parameters, where they are not those of the function's signature
    - `beside`: kinds of record whose lists offer it, of an action on the office as a whole
    - `reach="all"`: it may write rows that the person does not reach (`officeops.Scope`)
    - `witness`: a second person signs for it, by name and PIN, at any login; `office.witness` names
      them. Not together with `bulk`: one signature is for one record
    - `screen`: `module:function` of the office and the record, whose screen the terminal interface
      opens in place of a form: a sheet of everything that was ordered
    """

    def __init__(
        self,
        run: Callable[Concatenate[Office, P], R],
        name: str,
        *,
        help: str = "",  # noqa: A002 - the command line's own word
        means: str = "",
        label: str = "",
        word: str = "",
        danger: bool = False,
        bulk: bool = False,
        long: bool = False,
        unless: Callable[[Office, Any], str | None] | None = None,
        archived: bool = False,
        consent: Consent | None = None,
        fields: tuple[Field, ...] | None = None,
        beside: tuple[str, ...] = (),
        reach: Literal["", "all"] = "",
        screen: str = "",
        witness: bool = False,
    ) -> None:
        if witness and bulk:
            raise TypeError(f"{name}: a witness signs for one record, so bulk=True is not possible")
        self.run = run
        self.name = name
        self.help = help or (run.__doc__ or "").strip().partition("\n")[0]
        self.means = means
        self._label = label
        self.danger = danger
        self.bulk = bulk
        self.long = long
        self.unless, self.archived = unless, archived
        self.consent = consent
        self.beside = beside
        self.reach = reach
        self.screen, self.witness = screen, witness
        #: The plugin whose code it is. One that acts on another's record takes that one's name in
        #: front, so the plugin that registers it counts.
        self.plugin = name.partition(".")[0]
        owner, _, self.verb = name.rpartition(".")
        #: Its command. The name itself is in the history and in grants, so it never changes.
        self.word = word or self.verb
        #: Key of the record it acts on; empty for the office as a whole.
        self.record = owner if "." in owner else ""
        self._fields = fields

    @property
    def label(self) -> str:
        """The verb in words: those declared, or else those of the name."""
        return self._label or self.word.replace("-", " ").capitalize()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The parameters a person fills in, from the function's signature."""
        if self._fields is None:
            import inspect

            parameters = list(inspect.signature(self.run).parameters.values())
            # The first is the office, the second the record it acts on.
            asked = parameters[2 if self.record else 1 :]
            try:
                self._fields = tuple(_as_field(parameter) for parameter in asked)
            except Exception as fault:
                # Any error of a declaration is its plugin's to repair.
                place = f"the parameters of the action {self.name}"
                raise PluginFault(self.plugin, place, fault) from fault
        return self._fields

    def wrapped(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments as the action takes them.

        Those of sealed parameters are wrapped, so that no log or error repeats them, and texts are
        as readers would read them; one with nothing in it that can be seen is blank.
        """
        first = 1 if self.record else 0
        positional = args[first:]
        names = [parameter.name for parameter in self.fields][: len(positional)]
        by_name = dict(zip(names, positional, strict=True))
        values = wrapped(self.fields, {**by_name, **kwargs})
        for parameter in self.fields:
            value = values.get(parameter.name)
            if value and isinstance(value, parameter.kind.tidied_types):
                values[parameter.name] = parameter.kind.tidied(value) or ""
        in_order = [values.pop(name) for name in names]
        return (*args[:first], *in_order), values

    def reason(self, office: Office, record: Any) -> str | None:  # noqa: ANN401 - a record
        """Return why it cannot be done now, or None.

        An archived record is refused first: it is in no list, so nobody would see what became of it.
        An action on the whole office has no record.
        """
        if self.archived or record is None or record.archived_at is None:
            return self._own_reason(office, record)
        from officeops.model.archived_record import why_archived

        # Where no command brings it back, the action's own words may say what happened to it.
        own = None if record.meta.editable else self._own_reason(office, record)
        return own or why_archived(record)

    def _own_reason(self, office: Office, record: Any) -> str | None:  # noqa: ANN401 - a record
        if self.unless is None:
            return None
        try:
            place = f"`unless` of the action {self.name}"
            return office.ask(self.plugin, place, self.unless, record, then="So it is not done.")
        except (OutsideAction, PluginFault, TimeUp) as fault:
            # Whether it may be done is not known, so it is not done; keys and footers say why, as
            # for any reason.
            return Reason(str(fault), code=fault.code)

    def doubt(
        self,
        office: Office,
        record: Any,  # noqa: ANN401 - a record
        given: Mapping[str, object] = MappingProxyType({}),
    ) -> str | None:
        """Return the doubt that a person has to overrule, or None."""
        if self.consent is None:
            return None
        place = f"`doubt` of the action {self.name}"
        ask = self.consent.doubt
        if self.consent.by_given:
            ask = partial(ask, given=given)
        return office.ask(self.plugin, place, ask, record)

    def agreed(
        self,
        office: Office,
        record: Any,  # noqa: ANN401 - a record
        given: Mapping[str, object],
    ) -> None:
        """Raise Refused where there is a doubt that no parameter overrules."""
        if self.consent is None or given.get(self.consent.param):
            return
        if doubt := self.doubt(office, record, given):
            option = "--" + self.consent.param.replace("_", "-")
            problem = Problem(
                f"{doubt}; say {option} to do it all the same",
                code="needs-consent",
            )
            raise Refused([problem], record.human_key)

    def __call__(self, office: Office, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it inside the action that is open. Parameters not given take their declared default.

        Raises Refused for a required parameter that was not given.
        """
        given: dict[str, Any] = dict(kwargs)
        about = 1 if self.record else 0
        positional = max(0, len(args) - about)
        absent = [
            parameter for parameter in self.fields[positional:] if parameter.name not in given
        ]
        missing = []
        for parameter in absent:
            given[parameter.name] = parameter.default
            if parameter.default_of is not None:
                with office.answering(self.plugin, f"the default of {parameter.name}"):
                    given[parameter.name] = parameter.default_of(office)
            elif parameter.default is MISSING:
                missing.append(Problem("is needed", parameter.public_name, code="needed"))
        if missing:
            raise Refused(missing, self.label)
        taken, given = self.wrapped(args, given)
        self.in_order(office, taken[about:], given)
        taken, given = self._as_annotated(taken, given)
        with office.blame(self.plugin, f"the action {self.name}"):
            return self.run(office, *taken, **given)

    def _as_annotated(
        self, args: tuple[Any, ...], given: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments with a path for each parameter that is annotated `Path`.

        All others read text: the history, limits and JSON.
        """
        if not any(parameter.is_path for parameter in self.fields):
            return args, given
        about = 1 if self.record else 0
        in_order, by_name = list(args), dict(given)
        for place, parameter in enumerate(self.fields, about):
            if not parameter.is_path:
                continue
            if parameter.name in by_name:
                by_name[parameter.name] = _as_path(by_name[parameter.name])
            elif place < len(args):
                in_order[place] = _as_path(args[place])
        return tuple(in_order), by_name

    def in_order(
        self,
        office: Office,
        args: Sequence[object],
        given: Mapping[str, object],
    ) -> None:
        """Raise Refused for parameters of another kind, beyond a limit, or none of the choices.

        `args` are those without a name, after the record.
        """
        from officeops.values.field_rules import all_wrong

        names = [parameter.name for parameter in self.fields]
        values = {**dict(zip(names, args, strict=False)), **given}
        problems = list(all_wrong(self.fields, values, lambda: office.ways))
        if problems:
            raise Refused(problems, self.label)

    def __repr__(self) -> str:
        return f"<action {self.name}>"


def action(
    name: str,
    *,
    means: str = "",
    label: str = "",
    word: str = "",
    danger: bool = False,
    bulk: bool = False,
    long: bool = False,
    unless: Callable[[Office, Any], str | None] | None = None,
    archived: bool = False,
    consent: Consent | None = None,
    key: str = "",
    beside: tuple[str, ...] = (),
    reach: Literal["", "all"] = "",
    screen: str = "",
    witness: bool = False,
) -> Callable[[Callable[Concatenate[Office, P], R]], Action[P, R]]:
    """Declare a function as an action. The first line of its docstring is its help.

    Raises TypeError for a `key`, which was its letter before actions had meanings.
    """
    if key:
        raise TypeError(f'{name}: key={key!r} is a letter; name the meaning, as in means="use"')
    return lambda run: Action(
        run,
        name,
        means=means,
        label=label,
        word=word,
        danger=danger,
        bulk=bulk,
        long=long,
        unless=unless,
        archived=archived,
        consent=consent,
        beside=beside,
        reach=reach,
        screen=screen,
        witness=witness,
    )


def _as_path(text: str | None) -> Path | None:
    from pathlib import Path  # only here: few actions take a file

    return Path(text) if text else None


#: Words that a parameter cannot have: options of every command, and of `office.do`.
_TAKEN: Final = frozenset({"action", "as_json", "help", "json", "request", "self", "which"})


def _as_field(parameter: Any) -> Field:  # noqa: ANN401 - inspect.Parameter
    import inspect

    if parameter.annotation is inspect.Parameter.empty:
        raise TypeError(
            f"{parameter.name} has no annotation; write its type, such as {parameter.name}: int"
        )
    if parameter.name in _TAKEN:
        raise TypeError(
            f"{parameter.name} cannot be a parameter: a command or `office.do` has the word already; "
            "call it something else"
        )
    declared = parameter.default
    if declared is inspect.Parameter.empty:
        declared = Field(default=MISSING)
    elif not isinstance(declared, Field):
        declared = Field(default=declared)
    named: Field = declared.named(parameter.name, parameter.annotation)
    if isinstance(named.archived, str):
        raise TypeError(
            f"{named.name}: archived of a parameter is True or False; it has no row for SQL to read"
        )
    if named.default_of is not None and "None" in str(parameter.annotation):
        # Taken out of a form, such a default is no value, and not asked for again.
        named.required = False
    return named


def called(actions: Iterable[Action[..., Any]], word: str) -> Action[..., Any] | None:
    """Return the action that a command means; a present command counts before a former one."""
    former = None
    for declared in actions:
        if declared.word == word:
            return declared
        if declared.verb == word:
            former = former or declared
    return former
