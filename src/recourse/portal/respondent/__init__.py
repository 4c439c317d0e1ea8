# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The respondent's pages: in by a code to a registered contact, one list of all its cases, one page a case."""
