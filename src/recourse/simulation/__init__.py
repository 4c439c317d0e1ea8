# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The world in memory: fake ports, actor programs, faults, an oracle outside the system, and planted bugs.

Everything is drawn from one seed, so that a run can be told again step by step. See docs/simulation.md.
"""
