# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Template tags; recourse_ui is loaded into every template by the settings."""
