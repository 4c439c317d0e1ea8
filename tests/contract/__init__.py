# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One suite, two stores: what the simulator's fakes promise, the database keeps."""
