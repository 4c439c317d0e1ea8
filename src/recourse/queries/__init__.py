# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Queries: one file per question. A query changes nothing, and every protected read starts at the store's gate."""
