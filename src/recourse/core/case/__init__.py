# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Case is our file for one complaint, from filing to closing: a fold of events.

`decide` turns a command into events or a refusal, `evolve` folds one event into the case. Both are pure.
"""
