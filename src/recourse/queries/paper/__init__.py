# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The words of a dossier's pages: a case file written for somebody who has nothing else before them."""
