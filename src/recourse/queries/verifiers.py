# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What somebody needs who verifies a dossier without us: the two verifiers, and whose keys are ours."""

from dataclasses import dataclass

from recourse.core.checkpoint.policy import Policy
from recourse.core.dossier.verify import fingerprint
from recourse.core.port import World
from recourse.gateways.verifier_files import verifier_page, verifier_script

__all__ = ["OwnKeys", "own_keys", "verifier_page", "verifier_script"]


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """Whose signature is under our dossiers: the policy to verify by, and the fingerprints of the keys that seal."""

    policy: Policy
    fingerprints: tuple[str, ...]


def own_keys(world: World) -> OwnKeys | None:
    """The keys of this installation; None before its log was started."""
    policy = None if world.notary is None else world.notary.policy(world.log.origin())
    return policy and OwnKeys(policy, tuple(fingerprint(item.key) for item in policy.receipt))
