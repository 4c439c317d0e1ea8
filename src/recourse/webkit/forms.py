# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Django forms drawn our way: label, help, problem and control in one block (`{{ form.name.as_field_group }}`)."""

from django.forms.renderers import TemplatesSetting


class PageForms(TemplatesSetting):
    """The renderer of all forms; its templates live beside the page templates."""

    form_template_name = "webkit/fields/form.html"
    field_template_name = "webkit/fields/field.html"
