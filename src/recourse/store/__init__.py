# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The only app of ours with tables. Constraints come first here, isolation second.

`access` is the gate every read passes, `commit` the only door into the case tables; records, contacts, keys and
jobs have one door each.
"""
