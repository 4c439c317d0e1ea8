# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What all pages share: base templates, tags, charts, style sheets and middleware."""
