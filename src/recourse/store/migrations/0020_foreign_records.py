# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Foreign records: cases of other installations, to read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables beside the cases, which nothing refers to."""

    dependencies = [('store', '0019_refiled_once')]

    operations = [
        migrations.CreateModel(
            name='ForeignEvent',
            fields=[
                ('pk', models.CompositePrimaryKey('record_id', 'version', blank=True, editable=False, primary_key=True, serialize=False)),
                ('record_id', models.CharField(max_length=32)),
                ('version', models.PositiveIntegerField()),
                ('type', models.CharField(max_length=80)),
                ('at', models.CharField(max_length=40)),
                ('actor', models.TextField()),
                ('body', models.TextField()),
                ('commitments', models.TextField()),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('private', models.BinaryField(null=True)),
            ],
            options={
                'db_table': 'store_foreign_event',
            },
        ),
        migrations.CreateModel(
            name='ForeignFile',
            fields=[
                ('pk', models.CompositePrimaryKey('record_id', 'no', 'form', 'page', blank=True, editable=False, primary_key=True, serialize=False)),
                ('record_id', models.CharField(max_length=32)),
                ('no', models.PositiveIntegerField()),
                ('form', models.CharField(max_length=10)),
                ('page', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=80)),
                ('media_type', models.CharField(max_length=80)),
                ('size', models.BigIntegerField()),
                ('blob', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'db_table': 'store_foreign_file',
            },
        ),
        migrations.CreateModel(
            name='ForeignRecord',
            fields=[
                ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('operator', models.CharField(max_length=40)),
                ('case_id', models.CharField(max_length=80)),
                ('number', models.CharField(max_length=80)),
                ('origin', models.CharField(max_length=200)),
                ('from_operator', models.CharField(max_length=80)),
                ('platform', models.CharField(max_length=80)),
                ('seat', models.CharField(max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('head', models.CharField(max_length=64)),
                ('rulebook', models.TextField()),
                ('verdict', models.TextField()),
                ('file_digest', models.CharField(max_length=64)),
                ('made_at', models.CharField(max_length=40)),
                ('software', models.CharField(max_length=200)),
                ('wrapped', models.BinaryField()),
                ('imported_at', models.DateTimeField()),
                ('imported_by', models.CharField(max_length=40)),
            ],
            options={
                'db_table': 'store_foreign_record',
                'indexes': [models.Index(fields=['operator', 'number'], name='foreign_record_number')],
                'constraints': [models.UniqueConstraint(fields=('operator', 'case_id', 'head', 'seat'), name='foreign_record_once')],
            },
        ),
    ]
