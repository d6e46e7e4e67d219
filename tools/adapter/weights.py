"""Reads a GGUF file into a transformers model, with the very weights that depeche runs: dequantised, not the published
16-bit ones, so that the adapter also learns to make up for what quantisation took.

The block formats are those of ggml (ggml-common.h, ggml-quants.c). Q4_K, Q6_K and Q8_0 are dequantised on the device,
all others by the gguf package.
"""
import gguf
import numpy as np
import torch

# The names of a layer's tensors in transformers, by their names in GGUF files.
LAYER = {
    "attn_norm.weight": "input_layernorm.weight",
    "ffn_norm.weight": "post_attention_layernorm.weight",
    "attn_q.weight": "self_attn.q_proj.weight", "attn_q.bias": "self_attn.q_proj.bias",
    "attn_k.weight": "self_attn.k_proj.weight", "attn_k.bias": "self_attn.k_proj.bias",
    "attn_v.weight": "self_attn.v_proj.weight", "attn_v.bias": "self_attn.v_proj.bias",
    "attn_q_norm.weight": "self_attn.q_norm.weight", "attn_k_norm.weight": "self_attn.k_norm.weight",
    "attn_output.weight": "self_attn.o_proj.weight",
    "ffn_gate.weight": "mlp.gate_proj.weight",
    "ffn_up.weight": "mlp.up_proj.weight",
    "ffn_down.weight": "mlp.down_proj.weight",
}
# Architectures whose matrices have their rows in the same order in the file as in transformers;
# for llama, the file has those of queries and keys in another order.
ARCHITECTURES = ("qwen2", "qwen3")


def metadata(reader, key, default=None):
    """The value of a key of the file's metadata, or `default` where the file lacks it."""
    field = reader.get_field(key)
    return default if field is None else field.contents()


def architecture(reader):
    """The architecture of the file's model; ends the program where it is none of ARCHITECTURES."""
    name = metadata(reader, "general.architecture")
    if name not in ARCHITECTURES:
        raise SystemExit(f"the kit trains adapters for {' and '.join(ARCHITECTURES)}, not for {name}")
    return name


def tokenizer(path):
    """The tokenizer that stands in the file, as a transformers tokenizer."""
    from pathlib import Path
    from transformers import AutoTokenizer
    path = Path(path)
    return AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)


def config(reader):
    """The transformers configuration that the file's metadata describe."""
    from transformers import Qwen2Config, Qwen3Config
    name = architecture(reader)
    get = lambda key, default=None: metadata(reader, f"{name}.{key}", default)
    embedding = next(t for t in reader.tensors if t.name == "token_embd.weight")
    heads = get("attention.head_count")
    values = dict(
        vocab_size=int(embedding.shape[1]), hidden_size=get("embedding_length"),
        intermediate_size=get("feed_forward_length"), num_hidden_layers=get("block_count"),
        num_attention_heads=heads, num_key_value_heads=get("attention.head_count_kv"),
        max_position_embeddings=get("context_length"), rms_norm_eps=get("attention.layer_norm_rms_epsilon"),
        rope_theta=get("rope.freq_base", 10000.0), rope_parameters={"rope_type": "default", "rope_theta": get("rope.freq_base", 10000.0)},
        tie_word_embeddings=not any(t.name == "output.weight" for t in reader.tensors),
        bos_token_id=None, eos_token_id=None, pad_token_id=None,
    )
    if name == "qwen3":
        values["head_dim"] = get("attention.key_length", get("embedding_length") // heads)
    return (Qwen3Config if name == "qwen3" else Qwen2Config)(**values)


def half(pairs):
    """The values of pairs of bytes that are 16-bit floats."""
    return pairs.contiguous().view(torch.float16).float()


def q4_k(blocks):
    """Values of blocks of 144 bytes: the 16-bit floats d and dmin, 12 bytes of 6-bit scales and minima, and
    128 bytes of 4-bit numbers."""
    d, least = half(blocks[:, 0:2]), half(blocks[:, 2:4])
    s = blocks[:, 4:16]
    scale = torch.cat([s[:, 0:4] & 63, (s[:, 8:12] & 15) | (s[:, 0:4] >> 6 << 4)], 1)
    minimum = torch.cat([s[:, 4:8] & 63, (s[:, 8:12] >> 4) | (s[:, 4:8] >> 6 << 4)], 1)
    q = blocks[:, 16:].view(-1, 4, 1, 32)
    q = torch.cat([q & 15, q >> 4], 2).view(-1, 8, 32)
    return ((d * scale)[:, :, None] * q - (least * minimum)[:, :, None]).view(-1, 256)


def q6_k(blocks):
    """Values of blocks of 210 bytes: 128 bytes with the lower four bits of the numbers, 64 with their upper
    two bits, 16 signed scales, and the 16-bit float d."""
    low, high = blocks[:, 0:128].view(-1, 2, 2, 32), blocks[:, 128:192].view(-1, 2, 1, 32)
    nibbles = torch.cat([low & 15, low >> 4], 2)
    pairs = torch.cat([high >> shift & 3 for shift in (0, 2, 4, 6)], 2)
    q = (nibbles | pairs << 4).to(torch.int8) - 32
    scale = half(blocks[:, 208:210]) * blocks[:, 192:208].contiguous().view(torch.int8)
    return (scale[:, :, None] * q.view(-1, 16, 16)).view(-1, 256)


def q8_0(blocks):
    """Values of blocks of 34 bytes: the 16-bit float d and 32 signed numbers."""
    return half(blocks[:, 0:2]) * blocks[:, 2:].contiguous().view(torch.int8)


# For each format that is dequantised on the device, what reads its blocks, and their size in bytes.
BLOCKS = {"Q4_K": (q4_k, 144), "Q6_K": (q6_k, 210), "Q8_0": (q8_0, 34)}


def dequantize(tensor, device, dtype):
    """A tensor of the file, in `dtype` on `device`, rows first."""
    shape = [int(n) for n in reversed(tensor.shape)]
    kind = tensor.tensor_type.name
    if kind in BLOCKS:
        read, size = BLOCKS[kind]
        raw = torch.from_numpy(np.ascontiguousarray(tensor.data)).to(device).view(-1, size)
        # This is done in slices, because the 32-bit floats in between take about eight times the
        # room of the file's four bits.
        return torch.cat([read(part).to(dtype) for part in raw.split(1 << 16)]).view(shape)
    return torch.from_numpy(gguf.quants.dequantize(tensor.data, tensor.tensor_type)).to(device, dtype).view(shape)


def load(path, device="cpu", dtype=torch.bfloat16):
    """The model of a GGUF file, in evaluation mode. It is built on the meta device, where its own weights
    take no memory, and then gets those of the file."""
    from transformers import Qwen2ForCausalLM, Qwen3ForCausalLM
    reader = gguf.GGUFReader(path)
    kind = Qwen3ForCausalLM if architecture(reader) == "qwen3" else Qwen2ForCausalLM
    torch.set_default_dtype(dtype)
    with torch.device("meta"):
        model = kind(config(reader))
    torch.set_default_dtype(torch.float32)
    names = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight", "output.weight": "lm_head.weight"}
    state = {}
    for tensor in reader.tensors:
        if tensor.name.startswith("blk."):
            _, layer, rest = tensor.name.split(".", 2)
            name = f"model.layers.{layer}.{LAYER[rest]}"
        elif tensor.name in names:
            name = names[tensor.name]
        else:
            continue
        state[name] = dequantize(tensor, device, dtype)
    missing, unexpected = model.load_state_dict(state, strict=False, assign=True)
    tied = {"lm_head.weight"} if model.config.tie_word_embeddings else set()
    if set(missing) - tied or unexpected:
        raise SystemExit(f"{path}: tensors missing {sorted(set(missing) - tied)}, unknown {unexpected}")
    if tied:
        model.tie_weights()
    # The frequencies of the rotary embedding do not stand in the file, and on the meta device they
    # got no values.
    rotary = model.model.rotary_emb
    model.model.rotary_emb = type(rotary)(model.config).to(device)
    return model.eval()
