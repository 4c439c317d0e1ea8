# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse verify`: what a dossier proves, what it does not, and the first bad byte. Needs no installation."""

from argparse import Namespace
from pathlib import Path

from recourse.cli.telling import DONE, REFUSED, show_json
from recourse.core.dossier.reading import read_policy_file
from recourse.core.dossier.verdict import Finding, Verdict
from recourse.queries.verify_file import digest_of, is_whole_inside, verify_file


def verify(given: Namespace) -> int:
    """Verify one file: 0 without a fault, 1 with one; a file that cannot be opened is a wrong call."""
    data, policy = _bytes(given, given.file), None
    if given.policy is not None:
        policy = read_policy_file(_bytes(given, given.policy))
        if policy is None:
            given.wrong_call(f"这不是政策文件 · this is no policy file: {given.policy}")
    verdict = verify_file(data, policy=policy)
    if given.json:
        show_json(verdict.plain())
    else:
        _tell(verdict, data, given)
    return DONE if verdict.ok else REFUSED


def _bytes(given: Namespace, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        given.wrong_call(f"打不开 · cannot be read: {path}: {error.strerror}")
        raise


def _tell(verdict: Verdict, data: bytes, given: Namespace) -> None:
    zh = given.lang == "zh"
    print(f"{given.file}  SHA-256 {digest_of(data)}")
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
