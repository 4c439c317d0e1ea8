-- SPDX-FileCopyrightText: The Recourse authors
-- SPDX-License-Identifier: Apache-2.0
-- The sum that the complaint names is not more than what the record says was paid.
SELECT
    asked.case_id AS case_id,
    CASE WHEN record.amount_fen IS NOT NULL AND asked.amount_fen IS NOT NULL AND asked.amount_fen <= record.amount_fen THEN 1 ELSE 0 END AS passed
FROM asked
LEFT JOIN record
    ON record.operator = asked.operator
    AND record.platform = asked.platform
    AND record.kind = asked.kind
    AND record.record_id = asked.record_id
ORDER BY asked.case_id;
