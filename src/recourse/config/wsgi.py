# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The WSGI application. We stay with WSGI: plain views under ASGI were eight to ten times slower."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from recourse.config.no_decoders import shut_out_decoders
from recourse.webkit.garbage import collect_rarely
from recourse.webkit.reception import Reception

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recourse.config.settings")

# Two pages at once in each process: with three or four on two processors eight people filing waited longer, not less.
# The longest visit is five videos of 50 MB and what goes with them.
AT_ONCE = 2
LONGEST_VISIT = 256 * 1024 * 1024

shut_out_decoders()
pages = get_wsgi_application()
application = Reception(pages, at_once=AT_ONCE, longest=LONGEST_VISIT)

# It has models behind it, which want Django to be set up.
from recourse.config.rules_ahead import read_rules_ahead  # noqa: E402

# The pages, which Django would load for the first visitor, and the rules.
_loaded = get_resolver().url_patterns
read_rules_ahead()
collect_rarely()
