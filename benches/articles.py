#!/usr/bin/env python3
"""Measures what steering changes in whole articles. From a JSON lines file ({"id", "text"}) the first COUNT
articles, by id, with at least WORDS words are translated greedily and steered, by the program as a user
would run it.

    articles.py --bin target/release/depeche FILE.jsonl --out DIR [--count 15] [--words 240] [--summaries]

Writes the dispatches to DIR/greedy and DIR/steered, and prints for both how many sentences have findings,
and the seconds.
"""
import argparse, json, os, subprocess, time

parser = argparse.ArgumentParser()
parser.add_argument("file")
parser.add_argument("--bin", required=True)
parser.add_argument("--out", required=True)
parser.add_argument("--count", type=int, default=15)
parser.add_argument("--words", type=int, default=240)
parser.add_argument("--summaries", action="store_true", help="write summaries, too (steered only)")
args = parser.parse_args()

articles = [json.loads(line) for line in open(args.file, encoding="utf8")]
articles = sorted((a for a in articles if len(a["text"].split()) >= args.words), key=lambda a: a["id"])[: args.count]
os.makedirs(args.out, exist_ok=True)
sample = os.path.join(args.out, "sample.jsonl")
with open(sample, "w", encoding="utf8") as f:
    f.writelines(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)

for name, options in [("greedy", ["translate", "--greedy"]), ("steered", ["run" if args.summaries else "translate"])]:
    folder = os.path.join(args.out, name)
    start = time.time()
    subprocess.run([args.bin, *options, sample, "-o", folder], check=True, stderr=subprocess.DEVNULL)
    seconds = time.time() - start
    # Sentences in all, with an error, with an error or a warning, and with an error that the
    # dispatch does not mark.
    sentences = errors = findings = unmarked = 0
    translate = 0.0
    for file in sorted(os.listdir(folder)):
        if not file.endswith(".json"):
            continue
        dispatch = json.load(open(os.path.join(folder, file), encoding="utf8"))
        translate += dispatch["timings"]["translate"]
        sentences += sum(len(b["sentences"]) for b in dispatch["blocks"])
        # The sentences with findings of these severities.
        found = lambda *severities: {f["sentence"] for f in dispatch["findings"] if f["severity"] in severities}
        errors += len(found("error"))
        findings += len(found("error", "warning"))
        unmarked += len(found("error") - {r["sentence"] for r in dispatch["needs_review"]})
    print(f"{name}: {sentences} sentences, with errors {errors} (unmarked {unmarked}), "
          f"with errors or warnings {findings}, {seconds:.1f} s")
