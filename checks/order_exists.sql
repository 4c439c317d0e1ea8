-- SPDX-FileCopyrightText: The Recourse authors
-- SPDX-License-Identifier: Apache-2.0
-- The operator's own records hold the order that the complaint names.
SELECT
    asked.case_id AS case_id,
    CASE WHEN record.record_id IS NOT NULL THEN 1 ELSE 0 END AS passed
FROM asked
LEFT JOIN record
    ON record.operator = asked.operator
    AND record.platform = asked.platform
    AND record.kind = 'order'
    AND record.record_id = asked.record_id
ORDER BY asked.case_id;
