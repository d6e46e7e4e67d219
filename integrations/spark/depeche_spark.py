"""depeche in a Spark job: articles or pairs in, one row for each of them out, failed ones among them.

    spark-submit integrations/spark/depeche_spark.py translate articles.jsonl out.parquet --model MODEL --workers 4
    spark-submit integrations/spark/depeche_spark.py check pairs.jsonl findings.parquet --workers 4

Every partition is piped through one depeche process (`mapInPandas`): it reads no further ahead than a few articles, so a
slow model holds Spark back, not memory. Partitions are what is worked on at a time and what is repeated when an executor
is lost; loading the model, some seconds, is paid once for each: some hundred articles a partition are a good number. The
executors need the `depeche` program and the model in their caches (`depeche models pull`); the hash of the model's file is
computed once a machine and remembered there.

Every process holds the weights once more. So give it all cores of a machine: `--threads 16` on machines of 16 (Spark is
told the same as `spark.task.cpus`) makes one process on each, with one batch that stays full.
"""

import argparse
import json
import subprocess
import threading

import pandas as pd
from pyspark.sql import SparkSession

TRANSLATED = "id string, title string, translation string, needs_review int, errors int, dispatch string, error string"
CHECKED = "id string, findings string, errors int, error string"


class ProcessFailed(RuntimeError):
    """depeche itself failed, not one of its articles: Spark tries the partition again."""


def piped(command, lines):
    """Writes the lines to a process and yields what it answers, line by line."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = []
    broken = []

    def write():
        try:
            for line in lines:
                process.stdin.write(line.encode() + b"\n")
                process.stdin.flush()
            process.stdin.close()
        except BrokenPipeError:
            pass  # The exit code says why it reads no more.
        except Exception as e:  # What feeds the partition failed.
            broken.append(e)
            process.kill()

    def listen():
        for line in process.stderr:
            said.append(line.decode(errors="replace").rstrip())
            del said[:-20]

    threads = [threading.Thread(target=f, daemon=True) for f in (write, listen)]
    for thread in threads:
        thread.start()
    try:
        for line in process.stdout:
            yield json.loads(line)
        code = process.wait()
        for thread in threads:
            thread.join()
        if broken:
            raise broken[0]
        # 1: findings; 2: some lines failed, which are rows of their own; 3: an empty partition.
        if code not in (0, 1, 2, 3):
            raise ProcessFailed(f"depeche ended with {code}: " + " | ".join(said))
    finally:
        process.kill()
        process.wait()


def text_of(value):
    """An id as text, whatever JSON type it has."""
    return value if value is None or isinstance(value, str) else json.dumps(value)


def dispatch_row(answer):
    if "error" in answer:
        return {"id": text_of(answer.get("id")), "error": answer["error"]}
    sentences = [s["target"] for block in answer["blocks"] for s in block["sentences"]]
    return {
        "id": text_of(answer["source"].get("id")),
        "title": answer["title"],
        "translation": " ".join(sentences),
        "needs_review": len(answer["needs_review"]),
        "errors": sum(f["severity"] == "error" for f in answer["findings"]),
        # The time that it took is the only thing that differs between two runs.
        "dispatch": json.dumps({k: v for k, v in answer.items() if k != "timings"}, ensure_ascii=False, sort_keys=True),
    }


def findings_row(answer):
    if "error" in answer:
        return {"id": text_of(answer.get("id")), "error": answer["error"]}
    found = answer["findings"]
    errors = sum(f["severity"] == "error" for f in found)
    return {"id": text_of(answer["id"]), "findings": json.dumps(found, ensure_ascii=False), "errors": errors}


def mapper(command, row_of, schema):
    """A function for `mapInPandas` that pipes the column `value` of a partition through a command."""
    names = [part.split()[0] for part in schema.split(", ")]

    def run(frames):
        first = next(frames, None)
        if first is None:
            return

        def lines():
            yield from first["value"]
            for frame in frames:
                yield from frame["value"]

        rows = []
        for answer in piped(command, lines()):
            row = row_of(answer)
            rows.append([row.get(name) for name in names])
            if len(rows) == 64:
                yield pd.DataFrame(rows, columns=names)
                rows = []
        if rows:
            yield pd.DataFrame(rows, columns=names)

    return run


def translate(lines, model, program="depeche", threads=1, more=()):
    """Dispatches of a data frame of JSON lines, in a column `value`."""
    command = [program, "translate", "-", "--input-format", "jsonl", "--format", "jsonl", "--offline"]
    command += ["--model", model, "--threads", str(threads), *more]
    return lines.mapInPandas(mapper(command, dispatch_row, TRANSLATED), TRANSLATED)


def check(lines, program="depeche", more=()):
    """Findings of a data frame of pairs as JSON lines, in a column `value`."""
    command = [program, "check", "--pairs", "-", "--format", "jsonl", "--threads", "1", *more]
    return lines.mapInPandas(mapper(command, findings_row, CHECKED), CHECKED)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["translate", "check"])
    parser.add_argument("input", help="JSON lines, whatever Spark can read from")
    parser.add_argument("output", help="Parquet")
    parser.add_argument("--model", default="qwen2.5-coder-1.5b-instruct-q4_k_m")
    parser.add_argument("--program", default="depeche")
    parser.add_argument("--threads", type=int, default=1, help="of each process; cores of an executor's task")
    parser.add_argument("--workers", type=int, default=0, help="partitions that are worked on at a time")
    args = parser.parse_args()
    builder = SparkSession.builder.appName("depeche")
    if args.what == "translate":
        # A task takes as many cores as its process has threads.
        builder = builder.config("spark.task.cpus", args.threads)
    spark = builder.getOrCreate()
    lines = spark.read.text(args.input)
    lines = lines.filter(lines.value.rlike(r"\S"))
    if args.workers:
        lines = lines.repartition(args.workers)
    if args.what == "translate":
        rows = translate(lines, args.model, args.program, args.threads)
    else:
        rows = check(lines, args.program)
    rows.write.mode("overwrite").parquet(args.output)
    spark.stop()


if __name__ == "__main__":
    main()
