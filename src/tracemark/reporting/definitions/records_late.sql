-- id: records.late
-- question: How many entries were made more than 30 days after what they tell of?
-- unit: entries
-- paragraph: ITI 11
-- by: year, authority, kind
-- views: described, happenings
SELECT
    position AS counted,
    happened_first,
    year,
    authority,
    kind
FROM happenings
WHERE weapon > 0 AND DATE_DIFF('day', happened_last, CAST(recorded_at AS DATE)) > 30
