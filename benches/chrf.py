#!/usr/bin/env python3
"""Prints chrF and BLEU (sacrebleu) of the output of benches/translate.rs. Needs: pip install sacrebleu

    chrf.py OUT.jsonl [MORE.jsonl ...]

Typographic marks of both sides are made plain first: references use straight quotation marks, depeche curly ones.
"""
import json, sys
import sacrebleu

PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
for path in sys.argv[1:]:
    rows = [json.loads(line) for line in open(path, encoding="utf8")]
    out = [r["target"].translate(PLAIN) for r in rows]
    ref = [[r["ref"].translate(PLAIN) for r in rows]]
    print(f"{path}: {len(rows)} sentences  chrF {sacrebleu.corpus_chrf(out, ref).score:.2f}  BLEU {sacrebleu.corpus_bleu(out, ref).score:.2f}")
