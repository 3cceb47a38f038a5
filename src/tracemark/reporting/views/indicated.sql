-- about: Every weapon that was seized, found or surrendered in the period, as SDG 16.4.2 asks of it: one thing of each.
--  `in_all` and `in_traceable` are the weapons of the two denominators that the metadata has, `known_in_all` and
--  `known_in_traceable` those of their numerators.
-- views: examined
-- uses: kinds
-- over: apart
-- laid: made
WITH recovered AS (
    -- Each weapon once a year, as it came to hand last; found to be another weapon of the register, as that one.
    SELECT
        e.weapon, COALESCE(e.recovered_as, e.weapon) AS provisional, e.position, e.kind AS manner, e.happened_first,
        e.recorded_at AS placed_at, JSON_EXTRACT_STRING(e.details, '$.breach') AS breach,
        JSON_EXTRACT_STRING(e.details, '$.taken_from') AS taken_from,
        JSON_EXTRACT_STRING(e.details, '$.unmarked') AS unmarked
    FROM events AS e
    CROSS JOIN period AS p
    WHERE e.kind IN ('seized', 'found', 'surrendered') AND e.happened_first BETWEEN p.first AND p.last
        AND e.weapon NOT IN (SELECT weapon FROM events WHERE kind = 'identified')
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY e.weapon, YEAR(e.happened_first) ORDER BY e.happened_first DESC, e.position DESC
    ) = 1
),
first_told AS (
    SELECT r.position, MIN(e.recorded_at) AS known_at
    FROM recovered AS r
    JOIN events AS e ON e.weapon = r.provisional AND e.kind IN ('seized', 'found', 'surrendered')
        AND (r.provisional <> r.weapon OR e.position = r.position)
    GROUP BY r.position
),
on_record AS (
    -- Those of which the register holds a lawful event before they came to hand: it names the last lawful holder.
    SELECT DISTINCT r.position
    FROM recovered AS r
    JOIN events AS e ON e.weapon = r.weapon
        AND (e.happened_first < r.happened_first OR (e.happened_first = r.happened_first AND e.position < r.position))
    JOIN kinds AS k ON k.kind = e.kind AND k.in_hands
),
known_as AS (
    -- Each under either of its identities.
    SELECT position, weapon, provisional <> weapon AS merged FROM recovered
    UNION ALL
    SELECT position, provisional AS weapon, TRUE AS merged FROM recovered WHERE provisional <> weapon
),
about AS (
    -- What was done to trace each since it came to hand.
    SELECT r.position, e.kind, e.position AS step, e.recorded_at, e.trace_case,
        JSON_EXTRACT_STRING(e.details, '$.outcome') AS outcome,
        COALESCE(JSON_EXTRACT_STRING(e.details, '$.diverted_at'), 'unknown') <> 'unknown'
            OR COALESCE(JSON_EXTRACT_STRING(e.details, '$.diverted_how'), 'unknown') <> 'unknown' AS point_known,
        CAST(JSON_EXTRACT(e.details, '$.other_weapon') AS BIGINT) AS other_weapon
    FROM known_as AS r
    JOIN events AS e ON e.weapon = r.weapon
    WHERE e.kind IN ('diversion_established', 'trace_requested', 'trace_answered')
        AND (e.kind = 'diversion_established' OR r.merged OR e.position > r.position)
),
standing AS (
    -- An answer that rests on an identification falls with it; that another State be asked is not yet an end.
    SELECT a.*
    FROM about AS a
    JOIN recovered AS r ON r.position = a.position
    WHERE a.kind <> 'trace_answered' OR (
        a.outcome <> 'ask_another_state' AND (a.other_weapon IS NULL OR a.other_weapon = r.weapon)
    )
),
steps AS (
    SELECT
        position,
        COUNT(*) FILTER (WHERE kind = 'trace_requested') AS requested,
        COUNT(DISTINCT trace_case) FILTER (WHERE kind = 'trace_answered') AS answered,
        ARG_MAX(outcome, step) FILTER (WHERE kind = 'trace_answered') AS outcome,
        MIN(recorded_at) FILTER (WHERE kind = 'trace_answered' AND outcome = 'traced') AS traced_at,
        MIN(recorded_at) FILTER (WHERE kind = 'diversion_established' AND point_known AND trace_case IS NOT NULL
            AND trace_case <> '') AS point_traced_at,
        MIN(recorded_at) FILTER (WHERE kind = 'diversion_established' AND point_known) AS established_at
    FROM standing
    GROUP BY position
),
settled AS (
    SELECT
        r.*, f.known_at, s.requested, s.answered, s.established_at, o.position IS NOT NULL AS on_record,
        COALESCE(NULLIF(r.unmarked, ''), NULLIF(x.unmarked_because, ''), '') AS unmarked_because,
        s.outcome, COALESCE(x.bears_marks, FALSE) AS bears_marks,
        CASE
            WHEN s.traced_at IS NOT NULL OR s.point_traced_at IS NOT NULL
                THEN LEAST(COALESCE(s.traced_at, s.point_traced_at), COALESCE(s.point_traced_at, s.traced_at))
            WHEN o.position IS NOT NULL AND s.outcome IS NULL THEN r.placed_at
        END AS traced_at
    FROM recovered AS r
    JOIN first_told AS f ON f.position = r.position
    LEFT JOIN steps AS s ON s.position = r.position
    LEFT JOIN on_record AS o ON o.position = r.position
    LEFT JOIN examined AS x ON x.weapon = r.provisional
),
told AS (
    SELECT
        weapon AS counted,
        happened_first,
        CAST(YEAR(happened_first) AS VARCHAR) AS year,
        manner,
        CASE WHEN manner = 'seized' THEN COALESCE(breach, '') ELSE '' END AS legal_basis,
        CASE
            WHEN taken_from = 'lawful_holder' THEN 'lawful_holder'
            WHEN traced_at IS NOT NULL THEN 'traced'
            WHEN established_at IS NOT NULL THEN 'established'
            WHEN requested > answered THEN 'pending'
            WHEN answered > 0 THEN 'insufficient'
            ELSE 'not_attempted'
        END AS result,
        CASE
            WHEN on_record OR traced_at IS NOT NULL THEN 'marked'
            WHEN outcome = 'unmarked' OR unmarked_because NOT IN ('', 'not_examined') THEN 'unmarked'
            WHEN bears_marks THEN 'marked'
            ELSE ''
        END AS marking,
        CAST(YEAR(known_at) AS VARCHAR) AS known,
        CASE
            WHEN taken_from = 'lawful_holder' THEN CAST(YEAR(known_at) AS VARCHAR)
            ELSE COALESCE(CAST(YEAR(GREATEST(known_at, COALESCE(traced_at, established_at))) AS VARCHAR), '')
        END AS settled
    FROM settled
),
counts AS (
    SELECT
        *,
        manner <> 'seized' OR legal_basis <> 'administrative' AS in_all,
        result <> 'lawful_holder' AND marking <> 'unmarked' AS traceable,
        result IN ('traced', 'established', 'lawful_holder') AS origin_known
    FROM told
)
SELECT
    * EXCLUDE (traceable, origin_known),
    in_all AND origin_known AS known_in_all,
    in_all AND traceable AS in_traceable,
    in_all AND traceable AND origin_known AS known_in_traceable
FROM counts
