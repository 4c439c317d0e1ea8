# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Likeness: which pictures are the same or nearly so, and how screenshots of one chat go on in one another. Hints only."""
