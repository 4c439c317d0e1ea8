# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Small programs with their own main, beside the web server: each does one thing over and over until it is told to stop."""
