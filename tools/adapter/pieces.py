#!/usr/bin/env python3
"""Makes a model small enough to carry to a machine that takes only small files, and joins it there.

    pieces.py cut MODEL.gguf CUT.gguf --data A.jsonl B.jsonl ...   keep only the tokens that occur in the data, and
                                                                   write A.cut.jsonl beside A.jsonl
    pieces.py split CUT.gguf DIR [--size BYTES]                    write DIR/piece.00 ...
    pieces.py join DIR CUT.gguf                                    put the pieces together

An adapter trained on the cut model works with the whole model: the layers are the same, and the head lacks
only tokens that no answer has. The cut file is a model like any other: the tokens from which a kept token is
merged are kept as well, so that any text can be written in it. tokens.json beside CUT.gguf says which token
of the whole model each one is.
"""
import argparse
import itertools
import json
from pathlib import Path

import gguf
import numpy as np


# The keys of a line of data whose values are token ids.
TEXTS = ("prompt", "answer", "rejected")
CONTROL = 3  # llama.cpp's LLAMA_TOKEN_TYPE_CONTROL


def occurring(paths):
    """All tokens of the data."""
    seen = set()
    for path in paths:
        for line in open(path, encoding="utf8"):
            row = json.loads(line)
            seen.update(*(row.get(key, ()) for key in TEXTS))
    return seen


def vocabulary(reader, seen):
    """The tokens to keep, sorted, and the merges among them. Kept are those of `seen`, single bytes (tokens 0
    to 255), control tokens, and all that these are merged from."""
    contents = lambda field: reader.get_field(field).contents()
    tokens, kinds = contents("tokenizer.ggml.tokens"), contents("tokenizer.ggml.token_type")
    merges = contents("tokenizer.ggml.merges")
    number = {t: i for i, t in enumerate(tokens)}
    made_of = {}
    for merge in merges:
        left, right = merge.split(" ")
        made_of.setdefault(number[left + right], (number[left], number[right]))
    kept, open_ = set(), [*seen, *range(256), *(i for i, kind in enumerate(kinds) if kind == CONTROL)]
    while open_:
        token = open_.pop()
        if token not in kept:
            kept.add(token)
            open_ += made_of.get(token, ())
    among = lambda merge: all(number[part] in kept for part in (*merge.split(" "), merge.replace(" ", "", 1)))
    return sorted(kept), [m for m in merges if among(m)]


def cut(model, out, data):
    """Writes the model with only the tokens that occur, tokens.json, and the data with the new token ids."""
    reader = gguf.GGUFReader(model)
    kept, merges = vocabulary(reader, occurring(data))
    new = {t: i for i, t in enumerate(kept)}
    architecture = reader.get_field("general.architecture").contents()
    writer = gguf.GGUFWriter(out, architecture)
    for key, field in reader.fields.items():
        if key.startswith("GGUF.") or key == "general.architecture" or not field.types:
            continue
        kind, value = field.types[0], field.contents()
        if key in ("tokenizer.ggml.tokens", "tokenizer.ggml.token_type", "tokenizer.ggml.scores"):
            writer.add_array(key, [value[t] for t in kept])
        elif key == "tokenizer.ggml.merges":
            writer.add_array(key, merges)
        elif key.startswith("tokenizer.ggml.") and key.endswith("_token_id"):
            writer.add_key_value(key, new[value], kind)
        elif kind != gguf.GGUFValueType.ARRAY:
            writer.add_key_value(key, value, kind)
    for t in reader.tensors:
        rows = t.data[np.array(kept)] if t.name in ("token_embd.weight", "output.weight") else t.data
        writer.add_tensor(t.name, np.ascontiguousarray(rows), raw_dtype=t.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    Path(out).with_name("tokens.json").write_text(json.dumps(kept))
    for path in data:
        with open(Path(path).with_suffix(".cut.jsonl"), "w", encoding="utf8") as f:
            for line in open(path, encoding="utf8"):
                row = json.loads(line)
                for key in TEXTS:
                    if key in row:
                        row[key] = [new[t] for t in row[key]]
                f.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{out}: {len(kept)} tokens, {Path(out).stat().st_size} bytes")


def split(file, folder, size):
    """Writes a file as pieces of `size` bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(file, "rb") as f:
        for n in itertools.count():
            piece = f.read(size)
            if not piece:
                print(f"{n} pieces")
                return
            (folder / f"piece.{n:02}").write_bytes(piece)


def join(folder, file):
    """Writes the file whose pieces lie in a folder."""
    with open(file, "wb") as out:
        for piece in sorted(folder.glob("piece.*")):
            out.write(piece.read_bytes())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = p.add_subparsers(dest="what", required=True)
    c = sub.add_parser("cut")
    c.add_argument("model"), c.add_argument("out"), c.add_argument("--data", nargs="+", required=True)
    s = sub.add_parser("split")
    s.add_argument("file"), s.add_argument("folder", type=Path), s.add_argument("--size", type=int, default=60_000_000)
    j = sub.add_parser("join")
    j.add_argument("folder", type=Path), j.add_argument("file")
    a = p.parse_args()
    if a.what == "cut":
        cut(a.model, a.out, a.data)
    elif a.what == "split":
        split(a.file, a.folder, a.size)
    else:
        join(a.folder, a.file)


if __name__ == "__main__":
    main()
