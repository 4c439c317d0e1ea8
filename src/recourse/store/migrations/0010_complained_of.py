# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a complaint is about, as a keyed digest by which a respondent's complaints are counted."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

from recourse.store.access import fold_case, read_events
from recourse.store.projection import complained_of
from recourse.store.sealing import purpose_key, unseal


def forwards(apps: Any, _editor: Any) -> None:
    """Say it of the cases that are here already. Their subjects are sealed: each is opened with its own key."""
    cases, keys = apps.get_model("store", "CaseRow"), apps.get_model("store", "CaseKey")
    wrapped = keys.objects.filter(case__erased=False).values_list("case_id", "wrapped")
    for id_, sealed in wrapped.iterator(chunk_size=500):
        key = unseal(sealed, key=purpose_key("field"), about=f"case-key/{id_}")
        case = fold_case(id_, (item.event for item in read_events({id_: key})[id_]))
        cases.objects.filter(pk=id_).update(complained_of=complained_of(case))


class Migration(migrations.Migration):
    dependencies = [("store", "0009_requests_as_keyed_digests")]

    operations = [
        migrations.AddField(
            model_name="caserow",
            name="complained_of",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(
                condition=Q(complained_of__gt=""),
                fields=["respondent_registered", "complained_of"],
                name="case_complained_of",
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["operator", "respondent", "kind"], name="record_respondent"),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True),
    ]
