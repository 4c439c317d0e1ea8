# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The public keys of promises that this installation had, each with the log's name at the time, in a file of its data folder.

Keys of promises are derived from the root secret, and so is the log's name where no setting gives one: after another
secret was put in, promises and seals that were given must still verify. Only public keys are kept. They stand in no
table, so that whoever writes to the database cannot add one. Settings read this before there is any database.
"""

import json
import os
import secrets
from functools import lru_cache
from pathlib import Path

from recourse.core.checkpoint.note import KEY_SIZE, NoteKey, decode, encode

_FILE = "receipt-keys.json"


def kept_keys(data: Path) -> tuple[NoteKey, ...]:
    """The keys that were kept, oldest first. Raises ValueError when the file is no such list."""
    try:
        found = json.loads((data / _FILE).read_bytes())
        return tuple(NoteKey(item["name"], decode(item["key"], size=KEY_SIZE)) for item in found)
    except FileNotFoundError:
        return ()
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{_FILE} in the data folder must be a list of name and key: {error}") from None


def kept_name(data: Path) -> str:
    """The name that the log had first; empty when no key was kept yet. Raises ValueError."""
    return next((key.name for key in kept_keys(data)), "")


@lru_cache(maxsize=4)
def with_kept(data: Path, present: NoteKey) -> tuple[NoteKey, ...]:
    """The present key, and after it those that were kept. One that was not kept yet is, for good. Raises ValueError."""
    kept = kept_keys(data)
    if present not in kept:
        shown = [{"name": key.name, "key": encode(key.key)} for key in (*kept, present)]
        draft = data / f".{_FILE}.{os.getpid()}.{secrets.token_hex(4)}"
        draft.write_text(json.dumps(shown, indent=1))
        draft.replace(data / _FILE)
    return (present, *(key for key in kept if key != present))
