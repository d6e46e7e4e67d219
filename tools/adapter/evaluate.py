#!/usr/bin/env python3
"""Translates held-out examples greedily in torch, with an adapter or without one.

    evaluate.py --model MODEL.gguf --data eval.jsonl [--adapter DIR] --out OUT.jsonl

The data are lines of token ids (`prompt`) with `id`, `source` and `ref`, as prepare.py --sample writes them.
OUT has `target` beside them, for benches/chrf.py and `depeche check --pairs`. What depeche itself makes of
the adapter is measured with `cargo bench --bench steer`.
"""
import argparse
import json

import torch
import weights


def greedy(model, prompts, end, device, longest=160):
    """Token ids of the answers, without the token `end`: the likeliest token at each step, `longest` at most,
    for all prompts at once. The prompts are padded on the left, so that all answers begin in the same
    column."""
    width = max(map(len, prompts))
    ids = torch.zeros(len(prompts), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, prompt in enumerate(prompts):
        ids[row, width - len(prompt):] = torch.tensor(prompt)
        mask[row, width - len(prompt):] = 1
    with torch.no_grad(), torch.autocast(device.split(":")[0], torch.bfloat16):
        out = model.generate(input_ids=ids.to(device), attention_mask=mask.to(device), max_new_tokens=longest,
                             do_sample=False, eos_token_id=end, pad_token_id=end)
    answers = out[:, width:].tolist()
    return [answer[:answer.index(end)] if end in answer else answer for answer in answers]


def translate(model, rows, end, device, size=100):
    """Token ids of the answers, in the rows' order. Up to `size` rows of similar length are answered at once,
    which needs little padding."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["prompt"]))
    out = [None] * len(rows)
    for at in range(0, len(order), size):
        part = order[at:at + size]
        for i, answer in zip(part, greedy(model, [rows[i]["prompt"] for i in part], end, device)):
            out[i] = answer
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--adapter")
    p.add_argument("--out", required=True)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = p.parse_args()
    rows = [json.loads(line) for line in open(a.data, encoding="utf8")]
    model = weights.load(a.model, a.device)
    if a.adapter:
        from peft import PeftModel
        model = PeftModel.from_pretrained(model, a.adapter)
    tokens = weights.tokenizer(a.model)
    answers = translate(model, rows, tokens.convert_tokens_to_ids("<|im_end|>"), a.device)
    with open(a.out, "w", encoding="utf8") as out:
        for row, answer in zip(rows, answers):
            row = {k: row[k] for k in ("id", "source", "ref")} | {"target": tokens.decode(answer).strip()}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
