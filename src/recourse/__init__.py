# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Recourse · 说法: online dispute resolution for digital consumer transactions."""
