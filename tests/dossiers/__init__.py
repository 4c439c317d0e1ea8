# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Dossiers made for tests: sound ones with real chains, trees and signatures, and what can be done to them."""
