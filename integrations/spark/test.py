"""Spark in local mode against one machine: 40 short articles and 40 pairs, some of them broken; the rows must be equal.

    python3 integrations/spark/test.py --program target/release/depeche --model MODEL

Needs PySpark, pandas and PyArrow, and a Java runtime; without Java it says so and succeeds.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def articles():
    for n in range(40):
        if n % 10 == 9:
            yield '{"id": "broken-%d", "text": ' % n
        else:
            text = f"La ville de Sarcy a accueilli {n + 2} familles jeudi, selon la mairie."
            yield json.dumps({"id": n if n % 2 else f"a{n}", "text": text}, ensure_ascii=False)


def pairs():
    for n in range(40):
        french, english = f"La mairie compte {n + 12} blessés.", f"City hall counts {n + 12 + n % 2} injured."
        yield json.dumps({"id": n, "source": french, "target": english}) if n % 10 != 9 else "{"


def alone(command, lines):
    started = time.time()
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True)
    assert done.returncode in (0, 1, 2), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], time.time() - started


def same(name, spark_rows, own_rows, columns):
    key = lambda row: json.dumps([row.get(c) for c in columns], ensure_ascii=False, default=str)
    left, right = sorted(map(key, spark_rows)), sorted(map(key, own_rows))
    assert len(left) == len(right) == 40, (name, len(left), len(right))
    for a, b in zip(left, right):
        assert a == b, f"{name} differ:\n{a}\n{b}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        print("skipped: Spark needs a Java runtime, and there is none")
        return
    # The workers are the Python that has the packages.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    import depeche_spark as job
    from pyspark.sql import SparkSession

    program, model = os.path.abspath(args.program), args.model
    if os.path.exists(model):
        model = os.path.abspath(model)
    # Paths, lines and errors name the place in a stream, which is another one in each partition.
    place = lambda row: {k: (v.rsplit(":", 1)[-1] if k == "error" and v else v) for k, v in row.items() if v == v}
    flags = ["--input-format", "jsonl", "--format", "jsonl", "--offline", "--model", model, "--threads", "1"]
    answers, seconds = alone([program, "translate", "-", *flags], articles())
    found, _ = alone([program, "check", "--pairs", "-", "--format", "jsonl"], pairs())
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    # As spark-submit does it for a file that is given with --py-files.
    spark.sparkContext.addPyFile(job.__file__)
    frame = lambda lines: spark.createDataFrame([(line,) for line in lines], "value string").repartition(2)

    started = time.time()
    rows = [row.asDict() for row in job.translate(frame(articles()), model, program).collect()]
    in_spark = time.time() - started

    def without_place(row):
        row = place(row)
        if row.get("dispatch"):
            dispatch = json.loads(row["dispatch"])
            dispatch["source"].pop("file")
            row["dispatch"] = json.dumps(dispatch, ensure_ascii=False, sort_keys=True)
        return row

    columns = [part.split()[0] for part in job.TRANSLATED.split(", ")]
    same("dispatches", map(without_place, rows), [without_place(job.dispatch_row(a)) for a in answers], columns)
    rows = [row.asDict() for row in job.check(frame(pairs()), program).collect()]
    columns = [part.split()[0] for part in job.CHECKED.split(", ")]
    same("findings", map(place, rows), [place(job.findings_row(a)) for a in found], columns)
    failed = sum("error" in a for a in answers)
    print(f"equal: 40 articles ({failed} failed) and 40 pairs; alone {seconds:.1f} s, two workers {in_spark:.1f} s")
    spark.stop()


if __name__ == "__main__":
    main()
