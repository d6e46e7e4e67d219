#!/usr/bin/env python3
"""Prints chrF and BLEU (sacrebleu) of the greedy and the steered texts in the output of benches/steer.rs, and
the paired bootstrap interval of the difference in chrF (Koehn, "Statistical Significance Tests for Machine
Translation Evaluation", EMNLP 2004). Needs: pip install sacrebleu

    bootstrap.py OUT.jsonl [SAMPLES]
"""
import json, random, sys
import sacrebleu
from sacrebleu.metrics import CHRF

# References use straight quotation marks, depeche curly ones; both are compared with straight ones.
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf8")]
samples = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
refs = [r["ref"].translate(PLAIN) for r in rows]
out = {name: [r[name].translate(PLAIN) for r in rows] for name in ("greedy", "target")}
for name, texts in out.items():
    print(f"{name:7} chrF {sacrebleu.corpus_chrf(texts, [refs]).score:.2f}  BLEU {sacrebleu.corpus_bleu(texts, [refs]).score:.2f}")
# chrF is computed from counts that add up over sentences, so a resample is scored without its
# texts.
metric = CHRF()
stats = {n: metric._extract_corpus_statistics(out[n], [refs]) for n in ("greedy", "target")}
add = lambda name, picked: [sum(c) for c in zip(*(stats[name][i] for i in picked))]
score = lambda name, picked: metric._compute_score_from_stats(add(name, picked)).score
random.seed(1)
gains = []
for _ in range(samples):
    picked = random.choices(range(len(rows)), k=len(rows))
    gains.append(score("target", picked) - score("greedy", picked))
gains.sort()
print(f"gain in chrF: 95 % interval {gains[int(samples * .025)]:+.2f} to {gains[int(samples * .975) - 1]:+.2f}")
