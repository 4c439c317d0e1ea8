# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Settings, root URLs and the wiring of ports: the only place that knows every other part."""
