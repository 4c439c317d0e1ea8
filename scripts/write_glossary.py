# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Write the second half of GLOSSARY.md: every public name of the core with what it is for, from the code itself.

Run it after adding a class to the core: `.venv/bin/python scripts/write_glossary.py`. The first half is written by hand.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "src" / "recourse" / "core"
BEGIN, END = "<!-- names: begin -->", "<!-- names: end -->"


def names(path: Path) -> list[tuple[str, str]]:
    """The public classes of a module with the first sentence of their docstring."""
    return [
        (node.name, (ast.get_docstring(node) or "").split("\n")[0].replace("|", "or"))
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]


def table() -> str:
    """One section for each module that has names, in the order of the paths."""
    parts = []
    for path in sorted(CORE.rglob("*.py")):
        found = names(path)
        if found:
            place = path.relative_to(CORE).with_suffix("").as_posix()
            rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in found)
            parts.append(f"### {place}\n\n| In code | Means |\n|---|---|\n{rows}")
    return "\n\n".join(parts)


def main() -> None:
    """Rewrite the part between the marks."""
    page = ROOT / "GLOSSARY.md"
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}")


if __name__ == "__main__":
    main()
