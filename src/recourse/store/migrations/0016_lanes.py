# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Jobs wait in lanes. Those that are open already are given theirs as the table stood when lanes were made."""

from typing import Any

from django.db import migrations, models

_LANES = {
    "codes": ("code",),
    "post": ("notice", "tell", "remind", "capture"),
    "hooks": ("webhook",),
}


def give_lanes(apps: Any, _editor: Any) -> None:
    """Whatever is not named waits in the last lane, which is the default."""
    open_jobs = apps.get_model("store", "Job").objects.filter(done_at=None, dead_at=None)
    for lane, kinds in _LANES.items():
        open_jobs.filter(kind__in=kinds).update(lane=lane)


class Migration(migrations.Migration):
    """A column with the index by which each lane takes."""

    dependencies = [("store", "0015_previews")]
    operations = [
        migrations.AddField("job", "lane", models.CharField(db_default="slow", max_length=20)),
        migrations.RunPython(give_lanes, migrations.RunPython.noop),
        migrations.RemoveIndex("job", "job_ready"),
        migrations.AddIndex(
            "job",
            models.Index(
                fields=["lane", "ready_at", "id"],
                name="job_lane_ready",
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
            ),
        ),
    ]
