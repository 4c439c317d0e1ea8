from typing import Any

from django.db import migrations

from recourse.store.sealing import blind


def key_digests(apps: Any, schema_editor: Any) -> None:
    """Digests of requests become keyed: from a plain one somebody could find a phone number by trying all of them."""
    rows = apps.get_model("store", "IdempotencyKey").objects.all()
    for id_, fingerprint in list(rows.values_list("id", "fingerprint")):
        rows.filter(id=id_).update(fingerprint=blind(fingerprint, about="request"))


class Migration(migrations.Migration):
    dependencies = [("store", "0008_lines_as_digests")]

    operations = [migrations.RunPython(key_digests, migrations.RunPython.noop, elidable=True)]
