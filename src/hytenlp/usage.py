"""Wrong usage in one Finnish line: what the library that parses the command line says is English and several lines long."""

from __future__ import annotations

from typing import Any


def usage_line(error: Any) -> str:
    """What is wrong with a command line, and what to do.

    Args:
        error: the parser's usage error. Its parts are looked up by name, as typer has brought along its own copies of click's classes.
    """
    context = error.ctx
    command = context.command_path if context else "hytenlp"
    return f"{_what(error)} Ohje: {command} --help"


def _what(error: Any) -> str:
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = "/".join(param.opts) if param is not None and param.param_type_name == "option" else _metavar(param)
    option = getattr(error, "option_name", None)
    if kind == "NoSuchOption":
        near = f" Tarkoititko: {', '.join(sorted(error.possibilities))}?" if error.possibilities else ""
        if error.ctx and error.ctx.info_name == "explain" and not near:
            near = ' Jos selitettävä teksti alkaa viivalla, kirjoita sen eteen kaksi: hytenlp explain -- "- teksti".'
        return f"tuntematon valitsin {option}.{near}"
    if kind == "BadOptionUsage":
        wordy = "requires an argument" in error.message
        return f"valitsimelta {option} puuttuu arvo." if wordy else f"valitsimelle {option} ei anneta arvoa."
    if kind == "MissingParameter":
        return f"pakollinen {name} puuttuu."
    if kind == "BadParameter" and param is not None:
        form = getattr(param, "type_descriptor", None) or param.type  # newer typer, older typer
        choices = getattr(form, "choices", None)
        if choices:
            return f"valitsimen {name} arvo ei kelpaa. Vaihtoehdot: {', '.join(str(getattr(c, 'value', c)) for c in choices)}."
        low, high = (getattr(param, limit, getattr(form, limit, None)) for limit in ("min", "max"))
        bounds = f" väliltä {low}–{high}" if high is not None else f", vähintään {low}" if low is not None else ""
        number = getattr(form, "annotation", None) is int or getattr(form, "name", "").startswith("integer")
        return f"valitsimen {name} arvo ei kelpaa." + (f" Anna kokonaisluku{bounds}." if number else "")
    commands = getattr(error.cmd, "commands", None)
    if commands:
        return f"tuntematon komento. Komennot: {', '.join(commands)}."
    return "komennolle annettiin liikaa tietoja."


def _metavar(param: Any) -> str:
    return str(param.metavar or param.name.upper()) if param is not None else "tieto"
