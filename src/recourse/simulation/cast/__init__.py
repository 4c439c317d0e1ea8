# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The people of the world, one module for each side: honest ones, and one for each threat."""
