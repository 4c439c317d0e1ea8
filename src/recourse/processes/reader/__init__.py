# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The reader: a warm process that reads the lines of pictures, locked in like the inspector. Needs the extra `ocr`.

It takes pictures that we made ourselves, one at a time, by standard input (8 bytes of length, then the JPEG), and answers
each by standard output (4 bytes of length, then JSON, `core/reading.py`). The first answer says what holds it.
"""
