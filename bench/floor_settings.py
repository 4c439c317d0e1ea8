# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The floors run on the product's settings and database, with no middleware and only their own addresses."""

from recourse.config.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
INSTALLED_APPS = ["recourse.store", "django.contrib.auth", "django.contrib.contenttypes"]
ROOT_URLCONF = "bench.floors"
