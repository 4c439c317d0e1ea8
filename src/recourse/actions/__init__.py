# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Actions: one file per deed. Whatever can happen here is a name in this folder."""
