"""Usage errors: what click finds wrong with a command line, in the words of the other messages."""

from __future__ import annotations

import click

from officeops.model.errors import Problem
from officeops.values.suggestions import did_you_mean, nearest

#: The ends of click's messages for an option without its value, or with one too many.
_NEEDS_VALUE = "requires an argument."
_TAKES_NONE = "does not take a value."
#: The beginning of click's message for words that are left over; they follow in brackets.
_TOO_MANY = "Got unexpected extra argument"


class UnknownCommand(click.UsageError):
    """A word is where a command belongs, and no command has that name."""


def sentence(error: click.ClickException) -> str:
    """Return the sentence of an error that click raised."""
    message = error.format_message()
    if isinstance(error, click.NoSuchOption):
        return _no_option(error)
    if isinstance(error, click.BadOptionUsage):
        return _option_used_badly(error, message)
    if isinstance(error, click.BadParameter) and error.param and error.ctx:
        return _bad_value(error, error.param, error.ctx)
    if message.startswith(_TOO_MANY):
        words = message.partition("(")[2].rstrip(").")
        return f"There are too many words: {words}."
    return message


def problem_of(error: click.ClickException, text: str) -> list[Problem]:
    """Return the problem of an error that click raised, with `text` for people; none of the rest.

    Its field is the parameter that the error is about.
    """
    if isinstance(error, click.NoSuchOption):
        return [Problem(text, error.option_name, code="unknown-option")]
    if isinstance(error, click.BadOptionUsage):
        is_needed = error.format_message().endswith(_NEEDS_VALUE)
        return [Problem(text, error.option_name, code="needed" if is_needed else "too-many")]
    if isinstance(error, click.BadParameter) and error.param:
        return [Problem(text, error.param.name or "", code=_code_of_value(error, error.param))]
    if isinstance(error, UnknownCommand):
        return [Problem(text, code="unknown-command")]
    if error.format_message().startswith(_TOO_MANY):
        return [Problem(text, code="too-many")]
    return []


def _code_of_value(error: click.BadParameter, param: click.Parameter) -> str:
    """Return the code of a parameter that is missing or has a bad value."""
    if isinstance(error, click.MissingParameter):
        return "needed"
    if isinstance(param.type, click.Choice):
        return "unknown-choice"
    if error.message.startswith("must be"):
        return "out-of-range"
    return "not-a-number" if error.message.endswith("whole number") else "malformed"


# -- sentences -----------------------------------------------------------------------------------


def _no_option(error: click.NoSuchOption) -> str:
    """Return the sentence for an unknown option, with the options that look like it."""
    near = [f"--{word}" for word in nearest(error.option_name.lstrip("-"), _long_options(error))]
    return f"There is no option {error.option_name}. {did_you_mean(near)}".rstrip()


def _long_options(error: click.NoSuchOption) -> list[str]:
    """List the long options of the command, without the dashes.

    The dashes would make any two of them alike. Options that help does not show are left out.
    """
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    words: list[str] = []
    for param in params:
        if getattr(param, "hidden", False):
            continue
        names = (*param.opts, *param.secondary_opts)
        words += [name.removeprefix("--") for name in names if name.startswith("--")]
    return words


def _option_used_badly(error: click.BadOptionUsage, message: str) -> str:
    """Return the sentence for an option without its value, or with one that it does not take."""
    if message.endswith(_NEEDS_VALUE):
        return f"{error.option_name} needs a value."
    if message.endswith(_TAKES_NONE):
        return f"{error.option_name} takes no value."
    return message


def _bad_value(
    error: click.BadParameter,
    param: click.Parameter,
    ctx: click.Context,
) -> str:
    """Return the sentence for a parameter that is missing or has a bad value."""
    name = _name(param, ctx)
    if isinstance(error, click.MissingParameter):
        return f"{name} is missing."
    message = error.message.replace("is not a valid integer", "is not a whole number")
    return f"{name} {message}." if message.startswith("must ") else f"{name}: {message}"


def _name(param: click.Parameter, ctx: click.Context) -> str:
    """Return the longest name of an option, or the name of an argument as help writes it."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(ctx).strip("[].")
