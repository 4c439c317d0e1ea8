# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The WSGI application. We stay with WSGI: plain views under ASGI were eight to ten times slower."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recourse.config.settings")

application = get_wsgi_application()

# Playbooks and templates are a large heap that never becomes garbage, and a page makes tens of thousands of values
# that are freed by counting. Collecting as often as Python does by default took a fifth of every page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 50, 100)
