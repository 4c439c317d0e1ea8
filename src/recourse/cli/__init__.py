# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The command line: each command parses its arguments, runs one action or query, and tells what came of it."""
