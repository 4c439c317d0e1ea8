# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The portal: the public pages and the complainant's own, made for a phone."""
