# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reads law/: one YAML file per instrument, every problem at once with file and line."""

from functools import lru_cache
from pathlib import Path

from recourse.core.law import Article, Instrument, LawBook, articles_of, bind
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.shape import read
from recourse.gateways.rule_cache import remember
from recourse.gateways.yaml_lines import read_text, read_yaml

LAW_FOLDER = Path(__file__).resolve().parents[3] / "law"


def load_law(root: Path | None = None, *, cache: Path | None = None) -> LawBook | Problems:
    """The whole law book, read once per process as long as no file changes.

    With `cache` a book that was read before comes from that folder, because reading YAML takes a third of a second.
    """
    folder = root or LAW_FOLDER
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        return refuse(
            "no_law_files",
            zh=f"{folder} 里没有法规文件",
            en=f"No law files in {folder}",
            do_zh="检查安装是否完整，law/ 目录要和程序放在一起",
            do_en="Check that the installation is complete: law/ belongs beside the program",
            field=str(folder),
        )
    return _load(tuple((path, path.stat().st_mtime_ns) for path in paths), cache)


@lru_cache(maxsize=4)
def _load(stamps: tuple[tuple[Path, int], ...], cache: Path | None) -> LawBook | Problems:
    paths = [path for path, _ in stamps]
    return remember(
        "law",
        of=paths,
        shape=dict[str, tuple[Article, ...]],
        make=lambda: _read_book(paths),
        folder=cache,
    )


def _read_book(paths: list[Path]) -> dict[str, tuple[Article, ...]] | Problems:
    articles: list[Article] = []
    problems: list[Problem] = []
    for path in paths:
        found = _read_instrument(path)
        if isinstance(found, Problems):
            problems.extend(found.items)
        else:
            articles.extend(found)
    book, overlaps = bind(articles)
    return gather((*problems, *overlaps)) or dict(book)


def _read_instrument(path: Path) -> tuple[Article, ...] | Problems:
    name = f"law/{path.name}"
    text = read_text(path, file=name)
    if isinstance(text, Problems):
        return text
    tree = read_yaml(text, file=name)
    if isinstance(tree, Problems):
        return tree
    instrument, wrong = read(Instrument, tree.plain)
    return articles_of(instrument) if instrument else Problems(tuple(tree.place(item) for item in wrong))
