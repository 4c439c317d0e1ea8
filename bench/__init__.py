# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How fast it is: `python -m bench` measures this machine and writes docs/benchmarks.md."""
