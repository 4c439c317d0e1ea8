# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The Django app behind every table of ours."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The app `store`; its label is what AUTH_USER_MODEL names."""

    name = "recourse.store"
    label = "store"
    verbose_name = "Recourse store"
