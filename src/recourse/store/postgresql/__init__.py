# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Django's PostgreSQL engine, with hot statements that the server reads and plans once."""
