"""Scores JSON Lines with Rubrica on Apache Spark: every row comes back as it was, with its scores added.

    spark-submit spark_score.py --rubric rubric.ron INPUT OUTPUT

INPUT and OUTPUT are whatever Spark can read and write. Rubrica and the rubric must be at hand on every machine: under the
same path, or sent along with `spark-submit --files rubrica,rubric.ron` and named `./rubrica` and `rubric.ron` here.
"""

import argparse
import os
import shlex

from pyspark.sql import SparkSession


def arguments():
    parser = argparse.ArgumentParser(description="Scores JSON Lines with Rubrica on Apache Spark.")
    parser.add_argument("input")
    parser.add_argument("output", help="a folder that does not exist yet; its parts in order are the input's rows in order")
    parser.add_argument("--rubric", required=True)
    parser.add_argument("--rubrica", default="rubrica", help="the program, if it is not on the PATH")
    parser.add_argument("--partitions", type=int, default=None, help="at least so many pieces of work")
    parser.add_argument("--master", default=None, help="such as local[2]; left out, what spark-submit says")
    return parser.parse_args()


def main():
    asked = arguments()
    builder = SparkSession.builder.appName("Rubrica")
    spark = (builder.master(asked.master) if asked.master else builder).getOrCreate()
    # One thread a task: Spark runs as many tasks as there are cores.
    command = [asked.rubrica, "score", asked.rubric, "-", "--keep", "--provenance", "--threads", "1"]
    rows = spark.sparkContext.textFile(asked.input, asked.partitions)
    # An empty piece has no rows to score, and is no mistake.
    pieces = rows.mapPartitions(lambda lines: filter(str.strip, lines))
    # checkCode: a task fails where Rubrica does not end with 0, so that no row is lost unnoticed.
    scored = pieces.pipe(shlex.join(command), env=dict(os.environ), checkCode=True)
    scored.saveAsTextFile(asked.output)
    spark.stop()


if __name__ == "__main__":
    main()
