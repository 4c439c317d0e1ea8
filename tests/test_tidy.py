# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The rules of the house that a linter cannot hold. Exceptions stand in one list that may only shrink."""

import ast
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "recourse"
CORE = PACKAGE / "core"

MODULE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
BANNED_NAMES = {"utils", "helpers", "helper", "common", "misc", "manager", "base", "util"}
CORE_IMPORTS = {
    # CRC-32 of the members of a container: arithmetic on bytes, as hashlib is.
    "binascii",
    "base64", "bisect", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "hashlib",
    "hmac", "itertools", "json", "math", "re", "typing", "unicodedata",
}  # fmt: skip
# The clock, the disk and chance come in as arguments.
CORE_CALLS = {"now", "today", "utcnow", "open", "print", "input", "exec", "eval", "float", "__import__"}
MAY_REACH_THE_STORE = {"actions", "queries", "simulation", "processes", "config"}
# Django looks for a database engine under this name and no other.
ENGINES = {PACKAGE / "store" / name / "base.py" for name in ("sqlite", "postgresql")}
HEADER = "# SPDX-FileCopyrightText: The Recourse authors\n# SPDX-License-Identifier: Apache-2.0\n"
# Paths of somebody's own machine mean nothing to whoever reads them; a page that is named must exist.
MACHINE_PATH = re.compile(r"(?<![\w.:])/(?:home|root|work|tmp|Users)/\w")
NAMED_PAGE = re.compile(r"\b[A-Z]{4,}\.md\b")

# Exceptions: (rule, path or path::name). Take lines out, never put lines in.
EXCEPTIONS: set[tuple[str, str]] = set()


@cache
def sources() -> dict[Path, ast.Module]:
    """Every module of the package, parsed."""
    return {path: ast.parse(path.read_text()) for path in sorted(PACKAGE.rglob("*.py"))}


def name_of(path: Path) -> str:
    """The path inside the repository, for messages and exceptions."""
    return path.relative_to(ROOT).as_posix()


def allowed(rule: str, what: str) -> bool:
    """Whether the exception list names this case."""
    return (rule, what) in EXCEPTIONS


def core_nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node of the core with the name of its file."""
    for path, tree in sources().items():
        if path.is_relative_to(CORE):
            for node in ast.walk(tree):
                yield name_of(path), node


def imported_modules(tree: ast.Module) -> Iterator[str]:
    """The dotted names a module imports; `from a import b` gives both a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_core_imports_only_what_is_pure() -> None:
    wrong = [
        f"{file}:{node.lineno} {name}"
        for file, node in core_nodes()
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or "."]
        )
        if name.split(".")[0] not in CORE_IMPORTS and not name.startswith("recourse.core")
    ]
    assert wrong == []


def test_core_has_no_clock_no_file_and_no_float() -> None:
    wrong = []
    for file, node in core_nodes():
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in CORE_CALLS:
                wrong.append(f"{file}:{node.lineno} calls {called}")
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            wrong.append(f"{file}:{node.lineno} has the float {node.value}")
        if (
            isinstance(node, ast.arg | ast.AnnAssign)
            and node.annotation
            and "float" in ast.unparse(node.annotation)
        ):
            wrong.append(f"{file}:{node.lineno} is typed as float")
    assert wrong == []


def test_modules_are_short() -> None:
    long = {name_of(p): len(p.read_text().splitlines()) for p in sources() if not is_migration(p)}
    assert {n: c for n, c in long.items() if c > MODULE_LINES_MAX and not allowed("module", n)} == {}


def test_functions_are_short() -> None:
    long = {}
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                what = f"{name_of(path)}::{node.name}"
                if lines > FUNCTION_LINES_MAX and not allowed("function", what):
                    long[what] = lines
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [
        name_of(p)
        for p in PACKAGE.rglob("*")
        if p.stem in BANNED_NAMES and p.suffix in {".py", ""} and p not in ENGINES
    ] == []


def test_every_file_says_whose_it_is() -> None:
    files = [
        *PACKAGE.rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "scripts").rglob("*.py"),
        *(ROOT / "bench").rglob("*.py"),
    ]
    written = [p for p in files if p.read_text().strip() and not is_migration(p)]
    assert [name_of(p) for p in written if not p.read_text().startswith(HEADER)] == []


def is_migration(path: Path) -> bool:
    """Migrations are written by Django."""
    return path.parent.name == "migrations"


def test_every_public_part_says_what_it_is_for() -> None:
    silent = []
    for path, tree in sources().items():
        if is_migration(path):
            continue
        if not ast.get_docstring(tree):
            silent.append(name_of(path))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{name_of(path)}::{node.name}")
    assert [what for what in silent if not allowed("docstring", what)] == []


def test_only_verbs_and_questions_reach_the_store_and_the_gateways() -> None:
    wrong = []
    for path, tree in sources().items():
        part = path.relative_to(PACKAGE).parts[0]
        if part in MAY_REACH_THE_STORE:
            continue
        for name in imported_modules(tree):
            for inner in ("store", "gateways"):
                if part != inner and (name == f"recourse.{inner}" or name.startswith(f"recourse.{inner}.")):
                    wrong.append(f"{name_of(path)} imports {name}")
    assert wrong == []


def test_no_module_is_dead() -> None:
    """A module is alive when another module imports it, or when a string names it (settings, URLs, entry points)."""
    used: set[str] = set()
    for path, tree in sources().items():
        own = dotted(path)
        found = set(imported_modules(tree))
        found |= {
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value.startswith("recourse.")
        }
        used |= {part for name in found for part in prefixes(name) if part != own}
    for extra in [*(ROOT / "bench").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")]:
        used |= {part for name in imported_modules(ast.parse(extra.read_text())) for part in prefixes(name)}
    used |= set(
        re.findall(
            r"recourse(?:\.\w+)+", (ROOT / "pyproject.toml").read_text() + (ROOT / "Makefile").read_text()
        )
    )
    dead = [name_of(p) for p in sources() if dotted(p) not in used and not found_by_convention(p)]
    assert [what for what in dead if not allowed("dead", what)] == []


def dotted(path: Path) -> str:
    """recourse.core.money for src/recourse/core/money.py."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def prefixes(name: str) -> Iterator[str]:
    """a.b.c, a.b and a."""
    parts = name.split(".")
    return (".".join(parts[:n]) for n in range(1, len(parts) + 1))


def found_by_convention(path: Path) -> bool:
    """What Django or Python finds by its place."""
    fronts = path.parent.parent == PACKAGE and path.stem in {"urls", "wiring", "wsgi", "apps", "models"}
    return (
        path in ENGINES
        or path.stem in {"__init__", "__main__", "apps"}
        or fronts
        or path.parent.name in {"migrations", "templatetags", "commands"}
    )


def test_every_public_noun_of_the_core_is_in_the_glossary() -> None:
    glossary = set(re.findall(r"`(\w+)`", (ROOT / "GLOSSARY.md").read_text()))
    missing = [
        f"{node.name} ({name_of(path)})"
        for path, tree in sources().items()
        if path.is_relative_to(CORE)
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in glossary
    ]
    assert missing == []


def test_no_template_breaks_the_content_policy() -> None:
    broken = re.compile(
        r"<style|\sstyle=|\son\w+=[\"']|javascript:|<script(?![^>]*\b(?:src|type=\"application/json\"))|\|safe\b|https?://(?!www\.w3\.org)",
        re.I,
    )
    wrong = [
        f"{name_of(path)}: {match.group(0).strip()}"
        for path in PACKAGE.rglob("templates/**/*.html")
        for match in broken.finditer(path.read_text())
    ]
    assert wrong == []


def test_files_of_others_are_what_notice_says() -> None:
    lines = (ROOT / "NOTICE").read_text().splitlines()
    listed = {
        lines[i - 3].strip(): line.split()[1]
        for i, line in enumerate(lines)
        if line.strip().startswith("sha256 ")
    }
    assert listed, "NOTICE lists the vendored files"
    found = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in listed}
    assert found == listed
    kept = {
        name_of(p)
        for folder in (PACKAGE / "webkit" / "static" / "vendor", ROOT / "tests" / "vendor")
        for p in folder.iterdir()
    } | {
        name_of(p)
        for p in (PACKAGE / "gateways" / "typst").iterdir()
        if p.suffix == ".otf" or p.name == "OFL.txt"
    }
    assert kept == set(listed)


TEXT_FILES = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".sql",
    ".json",
    ".txt",
    ".cfg",
    "",
}


def test_files_speak_of_the_project_alone() -> None:
    own = Path(__file__)
    skipped = {".git", ".venv", ".tools", ".recourse", "node_modules", "__pycache__", "vendor", "_screens"}
    pages = {page.name for page in ROOT.glob("*.md")} | {
        "CHANGELOG.md",
        "LICENSE.md",
        "NOTICE.md",
        "SOURCE.md",
    }
    wrong = []
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        if skipped & set(inside) or (inside[0].startswith(".") and inside[0] not in {".ci", ".importlinter"}):
            continue
        if path.is_file() and path != own and path.suffix in TEXT_FILES and path.name != "uv.lock":
            text = path.read_text(errors="replace")
            found = [m.group(0) for m in MACHINE_PATH.finditer(text)]
            found += [m.group(0) for m in NAMED_PAGE.finditer(text) if m.group(0) not in pages]
            wrong += [f"{name_of(path)}: {what}" for what in found]
    assert wrong == []


def test_the_exception_list_only_shrinks() -> None:
    """An exception whose reason is gone must leave the list."""
    stale = [what for _, what in EXCEPTIONS if not (ROOT / what.split("::")[0]).exists()]
    if stale:
        pytest.fail(f"take out of EXCEPTIONS: {stale}")
