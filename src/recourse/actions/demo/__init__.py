# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The demonstration: sample operators, people and stories, played through the real deeds on a clock of their own."""
