# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Django's SQLite engine, with writers that wait for their turn instead of asking again and again."""
