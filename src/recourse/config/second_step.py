# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the second step of the staff sign-in is checked against is sealed: a copy of the database opens no desk."""

from base64 import b64decode, b64encode

from recourse.store.sealing import purpose_key, seal, unseal
from recourse.webkit.accounts import StaffSecondStep

_SEALED = "sealed:"
_ABOUT = "second-step"


class SealedSecondStep(StaffSecondStep):
    """Secrets of authenticator apps and recovery codes, as the table holds them."""

    def encrypt(self, text: str) -> str:
        """The sealed secret, as text."""
        return _SEALED + b64encode(seal(text.encode(), key=purpose_key("field"), about=_ABOUT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; one that was written before they were sealed is returned as it is."""
        if not encrypted_text.startswith(_SEALED):
            return encrypted_text
        sealed = b64decode(encrypted_text.removeprefix(_SEALED))
        return unseal(sealed, key=purpose_key("field"), about=_ABOUT).decode()
