#!/usr/bin/env python3
"""Writes what the fuzz targets begin with, from the tests and the examples: fuzz/corpus/TARGET/ and TARGET.dict."""

import collections
import hashlib
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "fuzz" / "corpus"

# Pieces of the formats, one a line. The words of the test cases join those of every target but `settings`.
PIECES = {
    "pages": """<article>\n</article>\n<p>\n</p>\n<div>\n</div>\n<table>\n<tr>\n<td>\n<li>\n<dd>\n<b>\n<figcaption>\n<script>\n</script>
<style>\n<textarea>\n<title>\n<template>\n<svg>\n<math>\n<select>\n<object>\n<!--\n-->\n<![CDATA[\n]]>\n&nbsp;\n&eacute;\n&#8217;
<time datetime="\n<script type="application/ld+json">\n<meta charset="\n<meta property="article:published_time" content="
<noscript><img>\n# \n* \n> \n```\n](http\n![\n---\ndate: \n| --- |\n\ufeff\n\xa0\n\u202f\n\xad\n\0""",
    "json_lines": '''"id":\n"title":\n"date":\n"text":\n\\u0000\n\\ud800\n\\n\\n\nnull\n1e999\n\ufeff''',
    "settings": '''[rules]\n[[ignore]]\n[[glossary]]\n[[pairs]]\n[summary]\nfr = \nen = \nsource = \ntarget = \n"off"\n"error"\n"warning"
"schema_version":\n"findings":\n"rule":\n\'\'\'\n"""\n1979-05-27\ninf''',
    "pairs": """«\xa0\n\xa0»\n“\n”\n’\n\u202f\n\xa0%\n\u0301\nÉ\n—\n999999999999999999999\n0.000001\n1er \n24h00\n-31 """,
    "documents": """%\n# \n- \n«\xa0\n\xa0»\n“\n”\n’\n\u202f\n—""",
}
# Characters that separate the parts of an input.
BREAKS = ["\n", "\n\n", "%\n", "\r\n"]


def seed(target, data):
    """Stores an input under its hash, as the fuzzer does."""
    data = data if isinstance(data, bytes) else data.encode()
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def cases():
    """The pairs of sentences of tests/cases."""
    files = sorted((ROOT / "tests" / "cases").glob("*.md"))
    return [p for f in files for p in re.findall(r"^- French: (.*)\n- English: (.*)$", f.read_text("utf-8"), re.M)]


def seed_from_cases(pairs):
    for french, english in pairs:
        seed("pairs", f"{french}\n{english}")
    for start in range(0, len(pairs), 6):
        french, english = map("\n\n".join, zip(*pairs[start : start + 6]))
        seed("documents", f"{french}\n%\n{english}\n")
        line = {"id": start, "date": "2025-03-14", "text": french}
        seed("json_lines", json.dumps(line, ensure_ascii=False) + "\n")
        body = "".join(f"<p>{p}</p>\n" for p in french.split("\n\n"))
        seed("pages", f"<html><head><title>Sarcy</title></head><body><article>{body}</article></body></html>")


def seed_from_files():
    """Whole files by their format, and the strings of the tests that are odd on purpose."""
    targets = {".toml": "settings", ".json": "settings", ".jsonl": "json_lines", ".md": "pages", ".txt": "pages", ".html": "pages"}
    for path in sorted(p for top in ("tests", "examples") for p in (ROOT / top).rglob("*") if p.is_file()):
        if path.suffix in targets and path.parent.name != "cases":
            seed(targets[path.suffix], path.read_bytes())
    for name in ("hostile.rs", "formats.rs"):
        for text in re.findall(r'"((?:[^"\\\n]|\\.){12,})"', (ROOT / "tests" / name).read_text("utf-8")):
            text = text.replace('\\"', '"').replace("\\n", "\n")
            seed("pages" if "<" in text else "json_lines" if "{" in text else "pairs", text)


def dictionary(target, pairs):
    pieces = PIECES[target].split("\n") + BREAKS
    if target != "settings":
        for side in zip(*pairs):
            words = collections.Counter(re.findall(r"[\w’'-]+", " ".join(side)))
            pieces += [f" {word}" for word, times in words.most_common(700) if times > 2]
    quoted = ["".join(f"\\x{b:02x}" if b < 32 or b > 126 or b in b'"\\' else chr(b) for b in p.encode()) for p in pieces]
    (CORPUS / f"{target}.dict").write_text("".join(f'"{q}"\n' for q in dict.fromkeys(quoted)))


def main():
    pairs = cases()
    seed_from_cases(pairs)
    seed_from_files()
    for target in PIECES:
        dictionary(target, pairs)


if __name__ == "__main__":
    main()
