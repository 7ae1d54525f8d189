"""Writes the generated parts of the documentation, so that they always say what the code does.

A generated part stands between `<!-- generated: NAME -->` and `<!-- end of generated part -->`.
`make docs` writes them all again; a test fails while one of them is out of date.
"""

import ast
import inspect
import json
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterable
from itertools import groupby, pairwise
from pathlib import Path, PurePath
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import typer
from pydantic import BaseModel

from likeforlike.cli.app import app
from likeforlike.labs import Lab, installed_labs, load_lab
from likeforlike.labs.read import OPTIONAL, PARTS
from likeforlike.report.languages import ENGLISH, missing
from likeforlike.report.read import languages
from likeforlike.report.results import results_schema
from likeforlike.settings import Settings
from likeforlike_web.audit.kinds import CATEGORY
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.moves import MOVES
from likeforlike_web.cases.permissions import PERMISSIONS
from likeforlike_web.cases.roles import WORDS as ROLE_WORDS
from likeforlike_web.cases.roles import Role
from likeforlike_web.cases.states import OWNER, SENTENCE, State
from likeforlike_web.settings.environment import Desk, Front, Vault

ROOT = Path(__file__).parents[1]
PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end of generated part -->)", re.DOTALL)
SCHEMA = ROOT / "docs" / "reference" / "results.schema.json"
WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false", object: "anything"}


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in line) + " |" for line in lines) + "\n"


def attribute_words(cls: type) -> dict[str, str]:
    """The docstring under each attribute of a class."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0].body  # type: ignore[attr-defined]
    words = {}
    for attribute, after in pairwise(body):
        if isinstance(attribute, ast.AnnAssign) and isinstance(after, ast.Expr):
            words[attribute.target.id] = " ".join(inspect.cleandoc(after.value.value).split())
    return words


# --- commands -----------------------------------------------------------------------------------------------


def commands() -> str:
    """Every command with its arguments and options."""
    return "\n".join(_command(path, command) for path, command in all_commands())


def all_commands() -> list[tuple[str, Any]]:
    """Every command with the words that call it, in the order of `likeforlike --help`."""
    found: list[tuple[str, Any]] = []

    def walk(path: str, command: Any) -> None:
        if not hasattr(command, "commands"):
            found.append((path, command))
            return
        for name, below in command.commands.items():
            walk(f"{path} {name}", below)

    walk("likeforlike", typer.main.get_command(app))
    return found


def _command(path: str, command: Any) -> str:
    rows = [_parameter(p) for p in command.params if p.name != "help"]
    words = re.sub(r"(?m)^Example: (.+)$", r"Example: `\1`", inspect.cleandoc(command.help or ""))
    return f"## `{path}`\n\n{words}\n\n" + table(("argument or option", "default", "meaning"), rows)


def _parameter(parameter: Any) -> tuple[str, ...]:
    is_option = parameter.opts[0].startswith("-")
    written = " ".join(f"`{o}`" for o in (*parameter.opts, *parameter.secondary_opts))
    given = parameter.default if not callable(parameter.default) else None
    default = "required" if parameter.required else "" if given in (None, False, ()) else f"`{given}`"
    return (
        written if is_option else f"`{(parameter.metavar or parameter.name).upper()}`",
        default,
        parameter.help or "",
    )


# --- settings -----------------------------------------------------------------------------------------------


def settings() -> str:
    """Every environment variable that the product reads."""
    words = attribute_words(Settings)
    rows = [re.fullmatch(r"(LIKEFORLIKE_\w+): (.+)", text).groups() for text in words.values()]  # type: ignore[union-attr]
    return table(("variable", "meaning"), [(f"`{name}`", meaning) for name, meaning in rows])


# --- lab keys -----------------------------------------------------------------------------------------------


def lab() -> str:
    """Every key of every file of a lab."""
    return "\n".join(f"## `{file}`\n\n" + _model(model) for file, model in (PARTS | OPTIONAL).items())


def _model(model: type[BaseModel], path: str = "", repeated: bool = False) -> str:
    words = attribute_words(model)
    nested, rows = [], []
    for name, field in model.model_fields.items():
        key = f"{path}.{name}".lstrip(".")
        inner, many = _inner_model(field.annotation)
        if inner:
            nested.append(_model(inner, key, many))
        else:
            default = (
                "required"
                if field.is_required()
                else f"`{_toml(field.get_default(call_default_factory=True))}`"
            )
            rows.append((f"`{name}`", _kind(field.annotation), default, words.get(name, "")))
    title = f"### `{'[[' * repeated or '['}{path}{']]' * repeated or ']'}`\n\n" if path else ""
    about = f"{inspect.getdoc(model)}\n\n" if path else ""
    own = table(("key", "kind", "default", "meaning"), rows) if rows else ""
    return "\n".join(x for x in (f"{title}{about}{own}", *nested) if x)


def _inner_model(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    if get_origin(annotation) is tuple:
        inner, _ = _inner_model(get_args(annotation)[0])
        return inner, True
    is_model = inspect.isclass(annotation) and issubclass(annotation, BaseModel)
    return (annotation if is_model else None), False


def _kind(annotation: Any) -> str:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "one of " + ", ".join(f"`{x}`" for x in inside)
    if origin in (Union, UnionType):
        return " or ".join(_kind(x) for x in inside if x is not type(None))
    if origin is tuple:
        return "list of " + _kind(inside[0]) if Ellipsis in inside else "pair of " + _kind(inside[0])
    if origin is dict:
        return f"table of {_kind(inside[1])} by {_kind(inside[0])}"
    if hasattr(annotation, "__metadata__"):
        return _kind(inside[0])
    return WORDS.get(annotation, annotation.__name__)


def _toml(value: Any) -> str:
    return "none" if value is None else json.dumps(value)


# --- the labs themselves ------------------------------------------------------------------------------------


def records() -> str:
    """The tables that each lab wants from its department."""
    return "\n".join(_records(load_lab(name)) for name in installed_labs())


def _records(definition: Lab) -> str:
    parts = [f"## {definition.head.title} (`{definition.name}`)\n"]
    for part in definition.records.table:
        head = ("column", "type", "meaning")
        rows = [
            (f"`{c.name}`" + " (required)" * c.required, c.type, _meaning(c.meaning, c.codes))
            for c in part.column
        ]
        key = ", ".join(f"`{k}`" for k in part.key)
        parts.append(f"### `{part.name}`\n\n{part.meaning} Unique by {key}.\n\n{table(head, rows)}")
    return "\n".join(parts)


def columns() -> str:
    """The columns of each lab's list."""
    return "\n".join(_columns(load_lab(name)) for name in installed_labs())


def _columns(definition: Lab) -> str:
    head = ("column", "example", "what to write")
    rows = [
        (f"{c.label}" + " (required)" * c.required, c.example, _meaning(c.guidance, tuple(c.choices)))
        for c in definition.columns.column
    ]
    needs = "".join(f"\nEach row {rule.message}.\n" for rule in definition.columns.any_of)
    return f"## {definition.head.title} (`{definition.name}`)\n\n{table(head, rows)}{needs}"


def _meaning(sentence: str, codes: tuple[str, ...]) -> str:
    return sentence + (" One of: " + ", ".join(codes) + "." if codes else "")


def translations() -> str:
    """What each language lacks, by lab."""
    return "\n".join(
        _gaps(code, load_lab(name)) for code in languages() if code != ENGLISH for name in installed_labs()
    )


def _gaps(code: str, definition: Lab) -> str:
    gaps = missing(code, definition)
    sections = groupby(gaps, key=lambda gap: gap.rpartition(": ")[0] or gap.split(".")[0])
    named = "\n".join(f"- {section}: {', '.join(f'`{gap}`' for gap in of)}" for section, of in sections)
    return f"## {code}, with the {definition.name} lab: {len(gaps)} texts are missing\n\n{named}\n"


# --- the service --------------------------------------------------------------------------------------------


def service_settings() -> str:
    """Every environment variable of the website, and of the worker besides."""
    return "\n".join(
        f"## {title}\n\n{_variables(cls)}"
        for title, cls in (("Website", Front), ("Desk", Desk), ("Worker", Vault))
    )


def _variables(cls: type) -> str:
    rows = [re.fullmatch(r"(LIKEFORLIKE_\w+): (.+)", text).groups() for text in attribute_words(cls).values()]  # type: ignore[union-attr]
    return table(("variable", "meaning"), [(f"`{name}`", meaning) for name, meaning in rows])


def states() -> str:
    """Where a request can be, who must act, and the way between, as a diagram."""
    rows = [(f"`{s}`", str(OWNER[s] or "nobody: it is final"), SENTENCE[s]) for s in State]
    ways = [(str(a), str(b), str(action)) for (a, action), b in MOVES.items() if a is not b]
    lines = [
        "stateDiagram-v2",
        f"    [*] --> {State.DRAFT}",
        *(f"    {a} --> {b}: {word}" for a, b, word in ways),
    ]
    lines += [f"    {state} --> [*]" for state in State if OWNER[state] is None]
    diagram = "\n".join(["```mermaid", *lines, "```"])
    return table(("state", "who must act", "what the provider reads"), rows) + f"\n{diagram}\n"


def permissions() -> str:
    """Who may do what, and in which states."""
    roles = [role for role in Role if role is not Role.OUTSIDER]
    head = ("action", *(str(role) for role in roles), "in the states")
    rows = [
        (
            str(action),
            *("yes" if role in PERMISSIONS[action] else "" for role in roles),
            "all" if len(where) == len(State) else ", ".join(where),
        )
        for action in Action
        for where in [[str(state) for state, done in MOVES if done is action]]
    ]
    words = table(("part", "who that is"), [(str(role), ROLE_WORDS[role]) for role in Role])
    return f"{words}\n{table(head, rows)}"


def events() -> str:
    """Every kind of event, under what the law calls it."""
    return table(("event", "category"), [(str(kind), category) for kind, category in CATEGORY.items()])


def asvs() -> str:
    """Items of OWASP ASVS, and the tests that hold each."""
    items = tomllib.loads((ROOT / "docs" / "security" / "asvs.toml").read_text(encoding="utf-8"))["item"]
    return table(
        ("item", "what it asks", "held by"), [(i["number"], i["says"], _tests(i["tests"])) for i in items]
    )


def _tests(nodes: list[str]) -> str:
    parts = [node.partition("::") for node in nodes]
    return ", ".join(f"[`{name or PurePath(path).stem}`](../../{path})" for path, _, name in parts)


# --- writing ------------------------------------------------------------------------------------------------

PARTS_OF_PAGES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "settings": settings,
    "lab": lab,
    "records": records,
    "columns": columns,
    "languages": translations,
    "service_settings": service_settings,
    "states": states,
    "permissions": permissions,
    "events": events,
    "asvs": asvs,
}


def up_to_date(text: str) -> str:
    """A page with its generated parts written again."""
    return PART.sub(lambda m: f"{m[1]}\n{PARTS_OF_PAGES[m[2]]()}\n{m[3]}", text)


def pages() -> list[Path]:
    """Every page that may hold a generated part."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def main() -> None:
    """Write every page that is out of date again."""
    for page in pages():
        before = page.read_text(encoding="utf-8")
        after = up_to_date(before)
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(f"wrote {page.relative_to(ROOT)}")
    if not SCHEMA.is_file() or SCHEMA.read_text(encoding="utf-8") != schema():
        SCHEMA.write_text(schema(), encoding="utf-8")
        print(f"wrote {SCHEMA.relative_to(ROOT)}")


def schema() -> str:
    """The schema of `results.json` as it is published."""
    return json.dumps(results_schema(), indent=1) + "\n"


if __name__ == "__main__":
    main()
