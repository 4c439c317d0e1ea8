# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The verifiers side by side: the core's, verify.py's, and (in a browser) verify.html's, each giving its JSON."""

import base64
import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from recourse.core.checkpoint.policy import read_policy
from recourse.core.dossier.verify import verify_dossier

VERIFIER = Path(__file__).resolve().parent.parent.parent / "verifier"


def ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def by_core(data: bytes, policy: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The verdict of `recourse verify`."""
    trusted = read_policy(policy) if policy is not None else None
    return verify_dossier(data, verify=ed25519, policy=trusted).plain()


def load_script() -> ModuleType:
    """verifier/verify.py as a module; it stands alone, so that nothing of it is found by import."""
    spec = importlib.util.spec_from_file_location("independent_verify", VERIFIER / "verify.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_SCRIPT = load_script()


def by_script(data: bytes, policy: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The verdict of `verifier/verify.py`."""
    verdict: dict[str, Any] = _SCRIPT.verify(data, _SCRIPT.find_ed25519(), policy)
    return verdict


def gist(verdict: Mapping[str, Any]) -> tuple[bool, str, str]:
    """What verifiers must agree on: ok, and code and place of the first fault."""
    first = verdict["faults"][0] if verdict["faults"] else {"code": "", "where": ""}
    return verdict["ok"], first["code"], first["where"]


class BrowserVerifier:
    """The verdict of `verifier/verify.html`, opened from its file in a browser page."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.goto((VERIFIER / "verify.html").as_uri())
        page.wait_for_function("document.getElementById('title').textContent !== ''")

    def verify(self, batch: list[bytes], policy: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The verdicts on a batch of dossiers, in one call."""
        given = [base64.b64encode(data).decode() for data in batch]
        return self.page.evaluate(  # type: ignore[no-any-return]
            """async ([batch, policy]) => {
                const verdicts = [];
                for (const text of batch) {
                    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
                    verdicts.push(await verifyDossier(bytes, policy));
                }
                return verdicts;
            }""",
            [given, policy],
        )
