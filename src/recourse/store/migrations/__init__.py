# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How the tables came to be. Events are never rewritten by a migration."""
