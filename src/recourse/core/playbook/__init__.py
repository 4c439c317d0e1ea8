# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Playbook is one platform's rules as data: problems, evidence, channels, ladder, clocks, remedies, words."""
