#!/usr/bin/env python3
"""Trains a LoRA adapter on the dequantised weights of a GGUF file, on the CPU or on one CUDA GPU.

    train.py --model MODEL.gguf --data train.jsonl --held-out held-out.jsonl --out DIR [--seconds N]

The data are lines of token ids (`prompt`, `answer`), as prepare.py writes them. Only answers are learned, and
the output head is computed only where an answer token is to be predicted. A line that has a worse answer as
well (`rejected`) is learned by contrastive preference optimisation (Xu et al., ICML 2024): the answer is to
become likelier than the worse one. Examples share rows of a batch (see `likelihoods`). Rows are padded on the
right to multiples of 64, because torch keeps one set of kernels and buffers for each shape that it meets. A
checkpoint is written every few minutes, and the same command goes on from it. At the end DIR holds the
adapter in PEFT's format.
"""
import argparse
import json
import math
import os
import random
import re
import time
from pathlib import Path

# oneDNN keeps compiled kernels for each shape of batch; without a cap they fill the memory.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64")

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict

import weights

# How many texts share a row of a batch.
TEXTS_A_ROW = 16
# The matrices that get an adapter unless --modules names others, by their names in transformers.
MODULES = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True)
    p.add_argument("--data", required=True, nargs="+")
    p.add_argument("--held-out")
    p.add_argument("--out", required=True, type=Path)
    p.add_argument("--start", type=Path, help="adapter (PEFT folder) to go on from")
    p.add_argument("--rank", type=int, default=16)
    p.add_argument("--alpha", type=int, default=32)
    p.add_argument("--dropout", type=float, default=0.0)
    p.add_argument("--modules", nargs="+", default=MODULES)
    p.add_argument("--from-layer", type=int, default=0, metavar="N", help="learn in the layers from N on alone: nothing is traced back further")
    p.add_argument("--epochs", type=float, default=2)
    p.add_argument("--batch", type=int, default=16, help="examples a step")
    p.add_argument("--micro", type=int, default=0, help="examples at a time, if a whole batch is too much memory")
    p.add_argument("--rate", type=float, default=2e-4)
    p.add_argument("--beta", type=float, default=0.1, help="how much a nat between an answer and the worse one weighs")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--seconds", type=float, help="end the schedule at the step that fits this time, measured on the first steps")
    p.add_argument("--save-every", type=float, default=300, help="seconds between checkpoints")
    return p.parse_args()


def read(paths):
    """All examples of some files."""
    return [json.loads(line) for path in paths for line in open(path, encoding="utf8")]


def batches(examples, size, epochs, seed):
    """Batches of indices of examples, `size` in each, for so many epochs. Every epoch has an order of its
    own."""
    rng, out = random.Random(seed), []
    wanted = math.ceil(len(examples) * epochs / size)
    while len(out) < wanted:
        order = list(range(len(examples)))
        rng.shuffle(order)
        out += [order[k:k + size] for k in range(0, len(order), size)]
    return out[:wanted]


def shared_length(prompts):
    """How many tokens all prompts have in common at their beginning; at least one token of each is left
    over."""
    first, longest = prompts[0], min(map(len, prompts)) - 1
    return next((k for k in range(longest) if any(p[k] != first[k] for p in prompts)), longest)


def likelihoods(model, texts, device):
    """The log likelihood of each answer, summed over its tokens. A text is a pair of a prompt and its answer.

    Several texts stand one after the other in a row, and what all prompts begin with stands once in front of
    them. A token sees only this and its own text. Compared with a row for each text this saves the padding
    and the repeated instruction, which are a third of the tokens."""
    shared = shared_length([prompt for prompt, _ in texts])
    rows = [texts[k:k + TEXTS_A_ROW] for k in range(0, len(texts), TEXTS_A_ROW)]
    length = max(shared + sum(len(prompt) - shared + len(answer) for prompt, answer in row) for row in rows)
    width = (length + 63) // 64 * 64
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    position = torch.zeros(len(rows), width, dtype=torch.long)
    # What a token belongs to: 0 is the shared beginning, 1 the first text of the row, and so on; -1
    # is padding.
    part = torch.full((len(rows), width), -1)
    target = torch.zeros(len(rows), width, dtype=torch.bool)
    for r, row in enumerate(rows):
        ids[r, :shared] = torch.tensor(row[0][0][:shared], dtype=torch.long)
        position[r, :shared] = torch.arange(shared)
        part[r, :shared] = 0
        at = shared
        for n, (prompt, answer) in enumerate(row):
            own = prompt[shared:] + answer
            end = at + len(own)
            ids[r, at:end] = torch.tensor(own)
            position[r, at:end] = torch.arange(shared, shared + len(own))
            part[r, at:end] = n + 1
            target[r, end - len(answer):end] = True
            at = end
    ids, position, part, target = (t.to(device) for t in (ids, position, part, target))
    before = torch.ones(width, width, dtype=torch.bool, device=device).tril()
    seen = before & ((part[:, None, :] == part[:, :, None]) | (part[:, None, :] == 0))
    core = model.get_base_model() if hasattr(model, "get_base_model") else model
    hidden = core.model(input_ids=ids, position_ids=position, attention_mask=seen[:, None], use_cache=False).last_hidden_state
    logits = core.lm_head(hidden[:, :-1][target[:, 1:]]).float()
    each = -torch.nn.functional.cross_entropy(logits, ids[:, 1:][target[:, 1:]], reduction="none")
    owner = torch.arange(len(texts), device=device).repeat_interleave(torch.tensor([len(a) for _, a in texts], device=device))
    return torch.zeros(len(texts), device=device).index_add(0, owner, each)


def loss_of(model, examples, device, beta=0.1):
    """The negative log likelihood of all answers, summed, and what examples with a worse answer add to it:
    the negative log probability that the answer is preferred, times the number of its tokens. So both parts
    weigh alike."""
    compared = [e for e in examples if "rejected" in e]
    texts = [(e["prompt"], e["answer"]) for e in examples] + [(e["prompt"], e["rejected"]) for e in compared]
    values = likelihoods(model, texts, device)
    loss = -values[:len(examples)].sum()
    if compared:
        answers = values[[i for i, e in enumerate(examples) if "rejected" in e]]
        share = torch.tensor([float(len(e["answer"])) for e in compared], device=device)
        loss = loss - (share * torch.nn.functional.logsigmoid(beta * (answers - values[len(examples):]))).sum()
    return loss


def held_out_loss(model, examples, device, size):
    """The mean negative log likelihood of the answers, in nats a token."""
    total = count = 0
    with torch.no_grad():
        for batch in batches(examples, size, 1, 0):
            texts = [(examples[i]["prompt"], examples[i]["answer"]) for i in batch]
            total -= likelihoods(model, texts, device).sum().item()
            count += sum(len(answer) for _, answer in texts)
    return total / max(count, 1)


def layer_of(name):
    """The number of the layer to which a parameter belongs; -1 if it belongs to none."""
    found = re.search(r"\.layers\.(\d+)\.", name)
    return int(found.group(1)) if found else -1


class Run:
    """Model, optimiser and the step that has been reached: what a checkpoint holds, so that training can go
    on."""

    def __init__(self, a, examples):
        torch.manual_seed(a.seed)
        self.a = a
        model = weights.load(a.model, a.device)
        config = LoraConfig(r=a.rank, lora_alpha=a.alpha, lora_dropout=a.dropout, target_modules=a.modules, task_type="CAUSAL_LM")
        # The adapter is kept in 32 bits: AdamW's steps are too small for bf16.
        self.model = get_peft_model(model, config)
        for p in self.model.parameters():
            if p.requires_grad:
                p.data = p.data.float().to(a.device)
        if a.start:
            from safetensors.torch import load_file
            set_peft_model_state_dict(self.model, load_file(a.start / "adapter_model.safetensors"))
        for name, p in self.model.named_parameters():
            if layer_of(name) < a.from_layer:
                p.requires_grad = False
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=a.rate, betas=(0.9, 0.99), weight_decay=0.0)
        self.batches = batches(examples, a.batch, a.epochs, a.seed)
        self.steps, self.step = len(self.batches), 0
        self.file = a.out / "checkpoint.pt"
        if self.file.exists():
            saved = torch.load(self.file, map_location=a.device, weights_only=True)
            set_peft_model_state_dict(self.model, saved["adapter"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.step, self.steps = saved["step"], saved["steps"]
            torch.set_rng_state(saved["random"].cpu())
            print(f"going on at step {self.step} of {self.steps}", flush=True)

    def save(self):
        """Writes a checkpoint. It is written under another name and then renamed, so that a process that is
        killed meanwhile leaves the last checkpoint as it was."""
        part = self.file.with_suffix(".part")
        torch.save({"adapter": get_peft_model_state_dict(self.model), "optimizer": self.optimizer.state_dict(),
                    "step": self.step, "steps": self.steps, "random": torch.get_rng_state()}, part)
        part.replace(self.file)

    def rate(self):
        """The learning rate of this step: it rises over the first 3 % of the steps, then falls to 0 along a
        cosine."""
        warm_up = max(1, self.steps * 3 // 100)
        if self.step < warm_up:
            return self.a.rate * (self.step + 1) / warm_up
        return self.a.rate * 0.5 * (1 + math.cos(math.pi * (self.step - warm_up) / max(1, self.steps - warm_up)))

    def learn(self, examples):
        """Makes one step with these examples; returns the mean loss of their answer tokens."""
        size = self.a.micro or len(examples)
        tokens = sum(len(e["answer"]) for e in examples)
        total = 0.0
        for at in range(0, len(examples), size):
            with torch.autocast(self.a.device.split(":")[0], torch.bfloat16):
                loss = loss_of(self.model, examples[at:at + size], self.a.device, self.a.beta)
            (loss / tokens).backward()
            total += loss.detach()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        return total / tokens


def train(a):
    """Trains, or goes on training; returns the trained model."""
    a.out.mkdir(parents=True, exist_ok=True)
    examples = read(a.data)
    run = Run(a, examples)
    run.model.train()
    start = saved = time.time()
    first, seen = run.step, []
    while run.step < run.steps:
        seen.append(run.learn([examples[i] for i in run.batches[run.step]]))
        now = time.time()
        # The first 20 steps are slow, because kernels are chosen and memory is taken. The next 40
        # tell how long a step takes.
        if a.seconds and run.step == first + 20:
            measured_from = time.time()
        if a.seconds and run.step == first + 60:
            each = (time.time() - measured_from) / 40
            run.steps = max(run.step, min(run.steps, run.step + int((a.seconds - (time.time() - start)) / each)))
        if run.step % 20 == 0 or run.step == run.steps:
            mean = torch.stack(seen).mean().item()
            print(f"step {run.step}/{run.steps}  loss {mean:.3f}  {now - start:.0f} s", flush=True)
            seen = []
        if now - saved > a.save_every:
            run.save()
            saved = time.time()
    run.model.eval()
    if a.held_out:
        with torch.autocast(a.device.split(":")[0], torch.bfloat16):
            print(f"held out: {held_out_loss(run.model, read([a.held_out]), a.device, a.batch):.4f} nats a token", flush=True)
    run.model.save_pretrained(a.out)
    run.file.unlink(missing_ok=True)
    return run.model


if __name__ == "__main__":
    train(arguments())
