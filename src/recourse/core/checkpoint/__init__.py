# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The log's words: what a leaf, a promise, a checkpoint, a cosignature and a policy say, byte for byte."""
