# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The pure core: rules as values and functions, with no clock, file, network or randomness."""
