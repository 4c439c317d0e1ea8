# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deadlines 期限: lengths, counting regimes, the three dates of a clock and what may move them."""
