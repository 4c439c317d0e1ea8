# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The log: leaves, tiles, checkpoints, cosignatures and time stamps, with the triggers that keep them."""

from typing import Any

from django.db import migrations, models

from recourse.store.append_only import LOG_INSTALL, LOG_REMOVE


def forwards(_apps: Any, editor: Any) -> None:
    """Put the triggers on."""
    for statement in LOG_INSTALL[editor.connection.vendor]:
        editor.execute(statement)


def backwards(_apps: Any, editor: Any) -> None:
    """Take them off."""
    for statement in LOG_REMOVE[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Tables and triggers."""

    dependencies = [
        ('store', '0012_lists_of_a_million'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogCosignature',
            fields=[
                ('pk', models.CompositePrimaryKey('checkpoint_id', 'witness', blank=True, editable=False, primary_key=True, serialize=False)),
                ('checkpoint_id', models.BigIntegerField()),
                ('witness', models.CharField(max_length=200)),
                ('line', models.TextField()),
            ],
            options={
                'db_table': 'store_log_cosignature',
            },
        ),
        migrations.CreateModel(
            name='LogTile',
            fields=[
                ('pk', models.CompositePrimaryKey('level', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.SmallIntegerField()),
                ('number', models.BigIntegerField()),
                ('root', models.BinaryField()),
                ('hashes', models.BinaryField()),
            ],
            options={
                'db_table': 'store_log_tile',
            },
        ),
        migrations.CreateModel(
            name='LogTimestamp',
            fields=[
                ('pk', models.CompositePrimaryKey('checkpoint_id', 'authority', blank=True, editable=False, primary_key=True, serialize=False)),
                ('checkpoint_id', models.BigIntegerField()),
                ('authority', models.CharField(max_length=200)),
                ('token', models.BinaryField()),
                ('chain', models.TextField()),
                ('stamped_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'store_log_timestamp',
            },
        ),
        migrations.CreateModel(
            name='LogCheckpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=200)),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField()),
                ('note', models.TextField()),
                ('signed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'store_log_checkpoint',
                'constraints': [models.UniqueConstraint(fields=('origin', 'size'), name='log_checkpoint_once')],
            },
        ),
        migrations.CreateModel(
            name='LogLeaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField(null=True, unique=True)),
                ('kind', models.CharField(max_length=10)),
                ('case_id', models.CharField(blank=True, default='', max_length=32)),
                ('version', models.PositiveIntegerField(default=0)),
                ('at', models.CharField(max_length=40)),
                ('data', models.TextField()),
                ('salt', models.BinaryField(null=True)),
                ('hash', models.BinaryField()),
                ('promise', models.BinaryField()),
            ],
            options={
                'db_table': 'store_log_leaf',
                'indexes': [models.Index(condition=models.Q(('position__isnull', True)), fields=['id'], name='log_leaf_waiting'), models.Index(fields=['case_id', 'version'], name='log_leaf_of_case')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
