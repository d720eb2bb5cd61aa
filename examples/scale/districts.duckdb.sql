-- The values of all districts in DuckDB. Run it in the folder of the packs: duckdb < districts.duckdb.sql
CREATE VIEW district_values AS
    SELECT * FROM read_parquet('portfolio/data/*/*/*.parquet', hive_partitioning = true,
                               hive_types = { 'state': VARCHAR, 'school_year': INTEGER });
CREATE VIEW districts AS
    SELECT unnest(districts, recursive := true) FROM read_json('portfolio/manifest.json');

-- How many values are shown, masked by their publishers, and withheld, by year.
SELECT school_year, status, count(*) AS n
FROM district_values GROUP BY ALL ORDER BY ALL;

-- The quartiles of each measure in its latest year, for all students, with the number of districts that they are based on.
WITH yearly AS (
    SELECT measure, unit, school_year, count(value) AS districts,
           quantile_cont(value, [0.25, 0.5, 0.75]) AS quartiles
    FROM district_values
    WHERE "group" = 'all' AND grade = 'all' AND subject = 'all'
    GROUP BY measure, unit, school_year
    HAVING count(value) >= 10
)
SELECT * FROM yearly QUALIFY school_year = max(school_year) OVER (PARTITION BY measure) ORDER BY measure;

-- Districts whose packs leave data out, or that have no pack.
SELECT id, name, outcome, errors, not_built IS NOT NULL AS has_no_pack FROM districts WHERE outcome <> 'complete' ORDER BY id LIMIT 20;
