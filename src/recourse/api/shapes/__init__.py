# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The shapes of what is sent and shown. Whoever sends a field that is not there is told so."""
