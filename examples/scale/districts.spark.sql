-- The values of all districts in Spark SQL. Run it in the folder of the packs: spark-sql -f districts.spark.sql
CREATE TEMPORARY VIEW district_values
    USING parquet OPTIONS (path 'portfolio/data');

-- How many values are shown, masked by their publishers, and withheld, by year.
SELECT school_year, status, count(*) AS n
FROM district_values GROUP BY school_year, status ORDER BY school_year, status;

-- The quartiles of each measure in its latest year, for all students, with the number of districts that they are based on.
SELECT measure, unit, school_year, districts, quartiles
FROM (
    SELECT measure, unit, school_year, count(value) AS districts,
           percentile(value, array(0.25, 0.5, 0.75)) AS quartiles,
           max(school_year) OVER (PARTITION BY measure) AS latest
    FROM district_values
    WHERE `group` = 'all' AND grade = 'all' AND subject = 'all'
    GROUP BY measure, unit, school_year
    HAVING count(value) >= 10
)
WHERE school_year = latest ORDER BY measure;
