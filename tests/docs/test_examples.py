"""What the documentation shows can be typed: commands, make verbs, study files, Python."""

import ast
import re
import shlex
import tomllib

import pytest
from doc_pages import ROOT, blocks, code_words, generator, name, pages, table_after, text

import likeforlike
from likeforlike import errors
from likeforlike.study import Programme, StudyFile

INLINE_COMMAND = re.compile(r"`(likeforlike [^`]+)`")


def shell_lines(page):
    for block in blocks(page, "sh"):
        yield from (line.split("#")[0].strip() for line in block.splitlines() if line.split("#")[0].strip())


def shown_commands():
    for page in pages():
        typed = [line for line in shell_lines(page) if line.startswith("likeforlike ")]
        for line in [*typed, *INLINE_COMMAND.findall(text(page))]:
            yield pytest.param(line, id=f"{name(page)}: {line}")


def fault(line: str) -> str:
    """What is wrong with a command as shown; nothing for a right one."""
    words = shlex.split(line)
    if words[1].startswith("--"):
        return "" if words[1] in {"--help", "--version"} else f"no option {words[1]}"
    found = [
        (path, c) for path, c in generator().all_commands() if f"{' '.join(words)} ".startswith(f"{path} ")
    ]
    if not found:
        return "no such command"
    path, command = found[0]
    known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    unknown = [w for w in words[len(path.split()) :] if w.startswith("-") and w.split("=")[0] not in known]
    return f"no option {unknown[0]}" if unknown else ""


@pytest.mark.parametrize("line", list(shown_commands()))
def test_commands_shown_exist(line):
    assert fault(line) == ""


def test_make_verbs_shown_exist():
    verbs = set(re.findall(r"^([a-z]+):.*## ", text("Makefile"), re.MULTILINE))
    shown = {v for page in pages() for v in re.findall(r"(?:^|`)make ([a-z]+)", text(page), re.MULTILINE)}
    assert shown - verbs == set()


@pytest.mark.parametrize(
    "block",
    [pytest.param(b, id=f"{name(p)} {i}") for p in pages() for i, b in enumerate(blocks(p, "python"))],
)
def test_python_shown_uses_what_there_is(block):
    used = {
        node.attr
        for node in ast.walk(ast.parse(block))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "lfl"
    }
    assert used - set(likeforlike.__all__) == set()


def test_every_public_verb_is_there():
    assert [n for n in likeforlike.__all__ if not hasattr(likeforlike, n)] == []


def test_study_files_shown_are_valid():
    shown = blocks("docs/reference/study.md", "toml")
    assert shown
    for block in shown:
        StudyFile.model_validate(tomllib.loads(block))


def test_every_key_of_a_study_file_is_described():
    rows = table_after("docs/reference/study.md", "# Study files")
    keys = {field.alias or name for name, field in StudyFile.model_fields.items()}
    assert {row[0].strip("`") for row in rows} == keys
    assert code_words(rows[-1][1]) == list(Programme.model_fields)


def test_exit_codes_are_those_of_the_errors():
    codes = {row[0] for row in table_after("docs/reference/commands.md", "# Commands")}
    kinds = [e for e in vars(errors).values() if isinstance(e, type)]
    assert {str(e.exit_code) for e in kinds} | {"0", "130"} == codes


def test_ci_runs_what_people_run():
    assert "exec make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
