# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The desk of the operator's people: a queue by the clock, a case on one page, decisions, complaints taken by phone."""
