# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""YAML read with line numbers: plain values beside the line of each path, so that a Problem can point at it.

The parser's nodes are walked instead of its constructors: duplicate keys become Problems, nothing but plain
values can come out, and every path (`articles[3].id`) knows its line. The subset is what a data file needs: text,
whole numbers, true/false, lists and groups. Dates stay text; decimals, anchors and custom tags are refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text

T = TypeVar("T")
_TAG = "tag:yaml.org,2002:"
# Deeper than any data file needs, and far below the depth at which a reader would give up.
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file says: its plain values and, for every path in them, the line where it stands."""

    file: str
    plain: object
    lines: Mapping[str, int]

    def place(self, problem: Problem) -> Problem:
        """The same problem with `file:LINE path` as its field; a missing key stands where its holder begins."""
        holder = problem.field
        while holder and holder not in self.lines:
            holder = holder[: max(holder.rfind("."), holder.rfind("["), 0)]
        return replace(problem, field=f"{self.file}:{self.lines[holder]} {problem.field}".rstrip())


def read_text(path: Path, *, file: str) -> str | Problems:
    """The text of a UTF-8 file; `file` is the name that its problem uses."""
    try:
        return path.read_text(encoding="utf-8").removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        return refuse(
            "unreadable_file",
            field=file,
            zh=f"读不了这个文件：{file}（{type(error).__name__}）",
            en=f"This file cannot be read: {file} ({type(error).__name__})",
            do_zh="确认文件在，并且是UTF-8编码",
            do_en="Make sure that it is there and in UTF-8",
        )


def read_yaml(text: str, *, file: str, first_line: int = 1) -> Tree | Problems:
    """Read YAML. `file` is the name that problems use; `first_line` is the line of the file where `text` begins."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError, ValueError) as error:
        return Problems((_syntax(file, error, first_line),))
    reading = _Reading(file, first_line)
    plain = None if root is None else _plain(root, "", reading, 0)
    reading.lines.setdefault("", first_line)
    return gather(reading.problems) or Tree(file, plain, reading.lines)


def read_file(path: Path, reader: Callable[[object], tuple[T | None, Sequence[Problem]]]) -> T | Problems:
    """What `reader` makes of a YAML file, or everything that is wrong with it: each Problem's field is `FILE:LINE path`."""
    text = read_text(path, file=path.name)
    tree = text if isinstance(text, Problems) else read_yaml(text, file=path.name)
    if isinstance(tree, Problems):
        return tree
    found, problems = reader(tree.plain)
    refused = gather(tree.place(problem) for problem in problems)
    if refused is not None:
        return refused
    if found is None:
        raise AssertionError("a file without problems is there")
    return found


def shipped(found: T | Problems) -> T:
    """What came with the program. Raises RuntimeError when it is not to be read: then nothing works."""
    if isinstance(found, Problems):
        first = found.items[0]
        raise RuntimeError(f"{first.field}: {first.message.en}")
    return found


@dataclass(slots=True)
class _Reading:
    """What is gathered while the nodes are walked."""

    file: str
    first_line: int
    lines: dict[str, int] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def line(self, node: Node) -> int:
        return self.first_line + int(node.start_mark.line)

    def refuse(self, line: int, path: str, key: str, message: tuple[str, str], do: tuple[str, str]) -> None:
        where = f"{self.file}:{line} {path}".rstrip()
        self.problems.append(Problem(key, where, Text(*message), Text(*do)))


def _plain(node: Node, path: str, reading: _Reading, depth: int) -> object:
    reading.lines.setdefault(path, reading.line(node))
    # A node met twice is an alias, and aliases can blow a small file up without end.
    if id(node) in reading.met or depth > _DEEPEST:
        reading.refuse(
            reading.lines[path],
            path,
            "no_alias",
            (
                "这里不能用别名（*），层数也不能太深",
                "Aliases (*) and very deep nesting are not taken here",
            ),
            ("把内容直接写出来", "Write the content out"),
        )
        return None
    reading.met.add(id(node))
    if isinstance(node, MappingNode):
        return _mapping(node, path, reading, depth)
    if isinstance(node, SequenceNode):
        items = enumerate(node.value)
        return [_plain(item, f"{path}[{index}]", reading, depth + 1) for index, item in items]
    return _scalar(node, path, reading)


def _mapping(node: MappingNode, path: str, reading: _Reading, depth: int) -> dict[str, object]:
    values: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, ScalarNode) else "?"
        under = f"{path}.{key}" if path else key
        if key in values:
            reading.refuse(
                reading.line(key_node),
                under,
                "duplicate_key",
                (
                    f"同一个键写了两次：{key}（前一处在第{reading.lines[under]}行）",
                    f"The same key is written twice: {key} (first on line {reading.lines[under]})",
                ),
                ("只留一个", "Keep only one"),
            )
            continue
        reading.lines[under] = reading.line(key_node)
        values[key] = _plain(value_node, under, reading, depth + 1)
    return values


def _scalar(node: Node, path: str, reading: _Reading) -> object:
    kind, text = str(node.tag).removeprefix(_TAG), str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int" and text.isdigit() and (text == "0" or not text.startswith("0")) and len(text) < 16:
        return int(text)
    if kind in ("int", "float"):
        # 2026.10 would lose its last digit, 010 mean eight: nothing of ours is such a number, so it was meant as text.
        reading.refuse(
            reading.line(node),
            path,
            "quote_it",
            (f"{text} 会被当成数字", f"{text} reads as a number"),
            (f'写成 "{text}"', f'Write "{text}"'),
        )
        return text
    if kind not in ("str", "timestamp"):
        reading.refuse(
            reading.line(node),
            path,
            "odd_tag",
            (f"不支持 {kind}", f"{kind} is not taken"),
            ("写成文字", "Write plain text"),
        )
    return text


def _syntax(name: str, error: Exception, first_line: int) -> Problem:
    mark = (error.problem_mark or error.context_mark) if isinstance(error, MarkedYAMLError) else None
    line = first_line + (mark.line if mark else 0)
    said = (error.problem if isinstance(error, MarkedYAMLError) else "") or str(error).partition("\n")[0]
    return Problem(
        "yaml_syntax",
        f"{name}:{line}",
        Text(
            f"第{line}行不是正确的 YAML：{said}",
            f"Line {line} is not correct YAML: {said}",
        ),
        Text(
            "检查缩进、冒号和引号；含冒号的文字请加引号",
            "Check indentation, colons and quotes; quote any text that contains a colon",
        ),
    )
