# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The API under /api/v1: everything that people do on the pages, done by programs of the operator."""
