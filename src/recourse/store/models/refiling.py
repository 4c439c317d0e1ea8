# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How often a matter was filed again, by constraint and not by care."""

from django.db import models


class Refiled(models.Model):
    """One case that was filed again. A global table: it looks across the cases of a matter.

    `ordinal` counts the filings of the matter that came before. Whoever files again has counted them; of two who
    counted at the same moment one finds the number taken, and counts anew. It is kept as long as the case: a filing
    that was withdrawn or erased was a filing.
    """

    operator = models.CharField(max_length=40)
    matter = models.CharField(max_length=24)  # the number of the first filing
    ordinal = models.PositiveIntegerField()
    case_id = models.CharField(max_length=32)

    class Meta:
        db_table = "store_refiled"
        constraints = [
            models.UniqueConstraint(fields=["operator", "matter", "ordinal"], name="refiled_ordinal_once")
        ]
