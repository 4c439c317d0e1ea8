-- SPDX-FileCopyrightText: The Recourse authors
-- SPDX-License-Identifier: Apache-2.0
-- The order was signed for, and not more than seven days ago (cpl.25: seven days from receipt).
-- Day numbers count from 1970-01-01; the day of receipt itself is not counted.
SELECT
    asked.case_id AS case_id,
    CASE WHEN record.delivered_day IS NOT NULL AND asked.today - record.delivered_day <= 7 THEN 1 ELSE 0 END AS passed
FROM asked
LEFT JOIN record
    ON record.operator = asked.operator
    AND record.platform = asked.platform
    AND record.kind = 'order'
    AND record.record_id = asked.record_id
ORDER BY asked.case_id;
