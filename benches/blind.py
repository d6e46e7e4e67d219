#!/usr/bin/env python3
"""Lets a reader judge blind what steering changed. The sheet has the greedy and the steered text of sentences
from the output of benches/steer.rs, as A and B in an order that only the seed tells. `count` needs the same
seed.

    blind.py sheet OUT.jsonl SHEET.txt [--count 50] [--seed 1]      write what a reader is given
    blind.py count OUT.jsonl VERDICTS.txt [--count 50] [--seed 1]   count what the reader wrote

The reader writes one line a pair: its number, and A or B for the text whose meaning is closer to the French,
or =.
"""
import argparse, json, random
from collections import Counter

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("action", choices=["sheet", "count"])
parser.add_argument("outputs")
parser.add_argument("file")
parser.add_argument("--count", type=int, default=50)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()

rows = [json.loads(line) for line in open(args.outputs, encoding="utf8")]
changed = [r for r in rows if r["greedy"] != r["target"]]
rng = random.Random(args.seed)
rng.shuffle(changed)
# Each row, and whether its texts are swapped: A is then the steered one.
pairs = [(r, rng.random() < 0.5) for r in changed[: args.count]]

if args.action == "sheet":
    with open(args.file, "w", encoding="utf8") as f:
        for number, (row, swapped) in enumerate(pairs, 1):
            a, b = (row["target"], row["greedy"]) if swapped else (row["greedy"], row["target"])
            f.write(f"{number}\nFR: {row['source']}\nA:  {a}\nB:  {b}\n\n")
    print(f"{len(pairs)} of {len(changed)} changed sentences (of {len(rows)})")
else:
    verdicts = dict(line.split()[:2] for line in open(args.file, encoding="utf8") if line.strip())
    missing = [n for n in range(1, len(pairs) + 1) if verdicts.get(str(n)) not in ("A", "B", "=")]
    if missing:
        raise SystemExit(f"{args.file}: no verdict A, B or = for {', '.join(map(str, missing))}")
    # What the verdict says of the steered text.
    result = lambda verdict, swapped: "equal" if verdict == "=" else "better" if (verdict == "A") == swapped else "worse"
    judged = [(result(verdicts[str(n)], swapped), n, row) for n, (row, swapped) in enumerate(pairs, 1)]
    counts = Counter(j for j, _, _ in judged)
    print(", ".join(f"{counts[k]} {k}" for k in ("better", "equal", "worse")), f"of {len(judged)}")
    for _, number, row in (j for j in judged if j[0] == "worse"):
        print(f"\n{number} ({row['id']})\nFR:      {row['source']}\ngreedy:  {row['greedy']}\nsteered: {row['target']}")
