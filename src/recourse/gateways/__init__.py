# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One file for each thing outside: files, mail, clocks, blobs. Nothing here knows a case."""
