# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A dossier: one file with which a case can be checked by anybody, without us.

The formats are described for strangers in docs/rules/evidence-chain.md; this package writes and verifies them.
"""
