-- SPDX-FileCopyrightText: The Recourse authors
-- SPDX-License-Identifier: Apache-2.0
-- The record promises a day for delivery or shipping, that day is over, and nothing has arrived.
SELECT
    asked.case_id AS case_id,
    CASE WHEN record.promised_day IS NOT NULL AND record.promised_day < asked.today AND record.delivered_day IS NULL THEN 1 ELSE 0 END AS passed
FROM asked
LEFT JOIN record
    ON record.operator = asked.operator
    AND record.platform = asked.platform
    AND record.kind = asked.kind
    AND record.record_id = asked.record_id
ORDER BY asked.case_id;
