#!/usr/bin/env python3
"""Averages adapters of the same shape. With a single GGUF adapter it only changes the format, so that
training can go on from it (train.py --start).

    blend.py --out DIR ADAPTER...

An ADAPTER is a folder in PEFT's format or a GGUF file; DIR is written in PEFT's format. An adapter that was
trained further often does best when it is averaged with the one that it began from, because it then keeps
what that one knew (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
"""
import argparse
import json
from pathlib import Path

import gguf
import numpy as np
import torch
from safetensors.torch import load_file, save_file

import weights


def of_gguf(path):
    """Tensors and settings of a GGUF adapter, by PEFT's names."""
    reader, tensors, modules, rank = gguf.GGUFReader(path), {}, set(), 0
    for t in reader.tensors:
        _, layer, rest = t.name.split(".", 2)
        matrix, which = rest.rsplit(".", 1)
        module = weights.LAYER[matrix].removesuffix(".weight")
        key = f"base_model.model.model.layers.{layer}.{module}.{which.replace('_a', '_A').replace('_b', '_B')}.weight"
        tensors[key] = torch.tensor(np.ascontiguousarray(gguf.quants.dequantize(t.data, t.tensor_type)))
        modules.add(module.rsplit(".", 1)[-1])
        rank = int(t.shape[1]) if which == "lora_a" else rank
    alpha = weights.metadata(reader, "adapter.lora.alpha")
    return tensors, {"r": rank, "lora_alpha": alpha, "target_modules": sorted(modules), "peft_type": "LORA", "task_type": "CAUSAL_LM",
                     "base_model_name_or_path": ""}


def of_folder(path):
    """Tensors and settings of an adapter in PEFT's format."""
    return load_file(path / "adapter_model.safetensors"), json.loads((path / "adapter_config.json").read_text())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", required=True, type=Path)
    p.add_argument("adapters", nargs="+", type=Path)
    a = p.parse_args()
    all_ = [of_folder(path) if path.is_dir() else of_gguf(path) for path in a.adapters]
    (first, settings), *others = all_
    for path, (tensors, other) in zip(a.adapters[1:], others):
        if tensors.keys() != first.keys() or other["lora_alpha"] / other["r"] != settings["lora_alpha"] / settings["r"]:
            raise SystemExit(f"{path} has not the shape of {a.adapters[0]}")
    a.out.mkdir(parents=True, exist_ok=True)
    mean = {key: torch.stack([tensors[key].float() for tensors, _ in all_]).mean(0).contiguous() for key in first}
    save_file(mean, a.out / "adapter_model.safetensors")
    (a.out / "adapter_config.json").write_text(json.dumps(settings, indent=1))
    print(f"{a.out}: {len(mean)} matrices of {len(all_)} adapters")


if __name__ == "__main__":
    main()
