# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The routes, one module a topic. A route parses, calls one action or query, and answers."""
