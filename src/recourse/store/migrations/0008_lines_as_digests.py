from typing import Any

from django.db import migrations

from recourse.store.entitlements import line_mac


def digest_lines(apps: Any, schema_editor: Any) -> None:
    """Order lines that stood in plain in the remedy lock become digests: they were typed by a person."""
    rows = apps.get_model("store", "Entitlement").objects.exclude(line="")
    for id_, line, subject in list(rows.values_list("id", "line", "subject_mac")):
        rows.filter(id=id_).update(line=line_mac(line, subject=subject))


class Migration(migrations.Migration):
    dependencies = [("store", "0007_drafts_of_refilings")]

    operations = [migrations.RunPython(digest_lines, migrations.RunPython.noop, elidable=True)]
