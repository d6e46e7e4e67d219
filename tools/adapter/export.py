#!/usr/bin/env python3
"""Writes an adapter in PEFT's format as a GGUF adapter, the format that llama.cpp's --lora reads.

    export.py --adapter DIR --model MODEL.gguf --name NAME --out ADAPTER.gguf [--type q8_0|f16|f32]

Keys and tensor names are those of llama.cpp's convert_lora_to_gguf.py: `general.type` = adapter,
`adapter.type` = lora, `adapter.lora.alpha`, and for each matrix `*.lora_a` [rank, inner] and `*.lora_b`
[columns, rank]. The blocks of q8_0 have 32 values, so rows of another length are written as 16-bit floats:
those of B where the rank is no multiple of 32.
"""
import argparse
import json
from pathlib import Path

import gguf
from safetensors.torch import load_file

import weights

# Names of a layer's tensors in GGUF files, by their names in transformers; and the tensor types of
# --type.
NAMES = {theirs: ours for ours, theirs in weights.LAYER.items()}
TYPES = {"q8_0": gguf.GGMLQuantizationType.Q8_0, "f16": gguf.GGMLQuantizationType.F16, "f32": gguf.GGMLQuantizationType.F32}


def tensor_name(key):
    """`base_model.model.model.layers.3.mlp.up_proj.lora_A.weight` -> `blk.3.ffn_up.weight.lora_a`"""
    parts = key.removeprefix("base_model.model.model.layers.").split(".")
    layer, module, which = parts[0], ".".join(parts[1:-2]), parts[-2]
    return f"blk.{layer}.{NAMES[module + '.weight']}.{which.lower()}"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--adapter", required=True, type=Path)
    p.add_argument("--model", required=True, help="the GGUF file that it was trained for")
    p.add_argument("--name", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--type", choices=TYPES, default="q8_0")
    p.add_argument("--context", action="store_true", help="it has learned to use the sentence before (prompts/translate-adapter-context.md)")
    p.add_argument("--license", default="MIT OR Apache-2.0")
    a = p.parse_args()
    settings = json.loads((a.adapter / "adapter_config.json").read_text())
    reader = gguf.GGUFReader(a.model)
    writer = gguf.GGUFWriter(a.out, weights.architecture(reader))
    writer.add_type("adapter")
    writer.add_name(a.name)
    writer.add_license(a.license)
    base = weights.metadata(reader, "general.name")
    if base:
        writer.add_base_model_count(1)
        writer.add_base_model_name(0, base)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(settings["lora_alpha"]))
    if a.context:
        writer.add_bool("depeche.context", True)
    wanted = TYPES[a.type]
    tensors = load_file(a.adapter / "adapter_model.safetensors")
    # The factors of a matrix that was not trained (train.py --from-layer) add nothing, since B is
    # still zero as it was at first. They are left out.
    idle = {key.rpartition(".lora_B")[0] for key, value in tensors.items() if ".lora_B" in key and not value.any()}
    for key, value in sorted(tensors.items()):
        if key.rpartition(".lora_")[0] in idle:
            continue
        value = value.float().numpy()
        kind = wanted
        if kind == TYPES["q8_0"] and value.shape[1] % 32:
            kind = TYPES["f16"]
        writer.add_tensor(tensor_name(key), gguf.quants.quantize(value, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{a.out}: rank {settings['r']}, {Path(a.out).stat().st_size} bytes")


if __name__ == "__main__":
    main()
