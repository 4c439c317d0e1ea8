# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse verify`: what a dossier proves, what it does not, and the first bad byte. Needs no installation."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from recourse.cli.telling import DONE, REFUSED, show_json
from recourse.core.dossier.reading import read_policy_file
from recourse.core.dossier.verdict import Finding, Verdict
from recourse.core.problem import Problem, plain_problem
from recourse.queries.verify_file import digest_of, is_whole_inside, not_together, verify_file


def verify(given: Namespace) -> int:
    """Verify a file, or all parts of one: 0 without a fault, 1 with one; what cannot be opened is a wrong call.

    Each part verifies by itself; of several it is said, too, whether they are all the parts of one dossier.
    """
    parts, policy = [_bytes(given, path) for path in given.files], None
    if given.policy is not None:
        policy = read_policy_file(_bytes(given, given.policy))
        if policy is None:
            given.wrong_call(f"这不是政策文件 · this is no policy file: {given.policy}")
    verdicts = [verify_file(data, policy=policy) for data in parts]
    sound = all(verdict.ok for verdict in verdicts)
    apart = not_together(parts) if sound and len(parts) > 1 else ()
    if given.json and len(parts) == 1:
        show_json(verdicts[0].plain())
    elif given.json:
        files = [
            {"file": str(path), **verdict.plain()}
            for path, verdict in zip(given.files, verdicts, strict=True)
        ]
        show_json({"ok": sound and not apart, "files": files, "problems": [plain_problem(x) for x in apart]})
    else:
        for path, verdict, data in zip(given.files, verdicts, parts, strict=True):
            _tell(verdict, data, given, path=path)
        if sound and len(parts) > 1:
            _tell_together(apart, len(parts), zh=given.lang == "zh")
    return DONE if sound and not apart else REFUSED


def _tell_together(apart: Sequence[Problem], count: int, *, zh: bool) -> None:
    if not apart:
        print(
            f"\n✓ 这{count}个文件是同一份材料的全部{count}卷"
            if zh
            else f"\n✓ these {count} files are all {count} parts of one dossier"
        )
    for item in apart:
        words = (item.message.zh + item.do.zh) if zh else f"{item.message.en} {item.do.en}"
        print(f"\n✗ {words}")


def _bytes(given: Namespace, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        given.wrong_call(f"打不开 · cannot be read: {path}: {error.strerror}")
        raise


def _tell(verdict: Verdict, data: bytes, given: Namespace, *, path: Path) -> None:
    zh = given.lang == "zh"
    print(f"{path}  SHA-256 {digest_of(data)}")
    if verdict.ok:
        print("✓ 没有发现问题" if zh else "✓ no fault found")
        _list("证明了" if zh else "Proven", verdict.proven, zh=zh)
        _list("没有证明" if zh else "Not proven", verdict.unproven, zh=zh)
        return
    print("✗ 有问题，不要采信" if zh else "✗ there are faults: do not rely on it")
    _list(
        "问题（第一条是最先出错的地方）" if zh else "Faults (the first is where it first went wrong)",
        verdict.faults,
        zh=zh,
    )
    if verdict.faults[0].code == "container" and is_whole_inside(data):
        print(
            "里面的文件和清单一致，但是被别的程序重新打包过。请找出原来那个文件再核验。"
            if zh
            else "The files inside match the manifest, but another program packed them again. Look for the file as it was."
        )


def _list(title: str, findings: tuple[Finding, ...], *, zh: bool) -> None:
    print(f"\n{title}")
    for item in findings:
        print(f"- {item.text.zh if zh else item.text.en}")
