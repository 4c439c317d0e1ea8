# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The WSGI application. We stay with WSGI: plain views under ASGI were eight to ten times slower."""

import os

from django.core.wsgi import get_wsgi_application

from recourse.webkit.garbage import collect_rarely

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recourse.config.settings")

application = get_wsgi_application()

collect_rarely()
