# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The inspector: a process for one file, locked in before it reads a byte of it. It alone decodes what strangers sent.

The file comes by standard input, with the media type that its arrival found as the only argument; what it makes goes
out by standard output as frames (`core/inspection.py`): raw pixels and plain text, nothing that has to be decoded.
"""
