# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Static files: hashed and compressed once collected, served from where they lie before that."""

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedWhenCollected(CompressedManifestStaticFilesStorage):
    """Addresses with a digest, so that a browser may keep them for ever; plain addresses before `collectstatic`."""

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file."""
        try:
            return super().url(name, force)
        except ValueError:
            return StaticFilesStorage.url(self, name)
