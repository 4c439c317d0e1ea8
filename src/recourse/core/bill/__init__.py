# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Bills: what Alipay, WeChat and banks let a person export, read into rows of one shape."""
