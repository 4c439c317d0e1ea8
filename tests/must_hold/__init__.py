# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What must hold, whatever it costs to show: `RECOURSE_TEST_LONG=1 pytest tests/must_hold` is the long form."""
