# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The complainant's case page: where it stands, what can be done now, and everything that was said and shown."""
