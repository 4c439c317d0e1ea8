# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Triage reads what a person wrote and proposes which problem of the playbook it is; the person confirms."""
