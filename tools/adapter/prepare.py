#!/usr/bin/env python3
"""Makes training examples of parallel sentences: puts the English into the house style, leaves out bad pairs,
weighs the others, and writes token ids.

    prepare.py --model MODEL.gguf --prompt ../../prompts/translate-adapter.md --out train.jsonl SET...

A SET is FILE.tsv:COLUMN[,key=value...]: a table with a header, in which `fr` is the French and COLUMN the English. Keys:
  french=FILE.tsv    the French stands in another table, joined by `id`
  ref=COLUMN         keep a pair only where COLUMN of the table (or of the joined one) agrees with the target (see --agree)
  times=N            how often the pair is seen in an epoch
  unchecked=1        also keep pairs in which the checker has an error or a warning, which are left out of other sets
  context=1          the lines stand in the order of their articles: a sentence that leans on the one before it is
                     learned together with that one. In a table without a header a blank line ends an article. Where
                     there is a second English (ref), both must have the same pronouns
In a FILE without a header the columns are called 1, 2, ...: the French is the first, so COLUMN is `2`.

A pair with an error or a warning of `depeche check` would teach what the product must not do. With --focus N,
sentences with a figure, a quotation, an attribution or words of conflict are seen N times.
"""
import argparse
import collections
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TOP = HERE.parent.parent
# Sentences that --focus repeats: those with a figure, a quotation mark or the beginning of one of
# these words.
FOCUS = re.compile(
    r"\d|[«“\"]|\b(?:selon|d'après|déclar|affirm|annonc|accus|revendiqu|armée|guerre|attaqu|attentat|tué|bless|mort|rebelle|insurg|police|milit|"
    r"soldat|otage|bombard|frapp|offensiv|combat|terror|djihad|jihad|siège|cessez|trêve|réfugi|déplac|arrêt|condamn|conflit|paix|missile|roquette|"
    r"explos|victim|manifest|aurai(?:t|ent)\b)", re.I)


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True, help="GGUF file whose tokenizer and chat template count")
    p.add_argument("--prompt", default=TOP / "prompts/translate-adapter.md", type=Path)
    p.add_argument("--depeche", default=TOP / "target/release/depeche", help="the program, for its checks")
    p.add_argument("--house-style", nargs="+", default=["cargo", "bench", "-q", "--bench", "house_style", "--"], metavar="WORD",
                   help="command that puts targets into the house style")
    p.add_argument("--out", required=True, type=Path)
    p.add_argument("--agree", type=float, default=40, help="least chrF between target and ref")
    p.add_argument("--focus", type=int, default=1)
    p.add_argument("--words", type=int, nargs=2, default=(4, 60), help="least and most words of the French")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--sample", type=int, metavar="COUNT", help="write COUNT rows to translate and score, instead of examples to learn: those that the "
                   "steer bench draws of the same file with --seed")
    p.add_argument("sets", nargs="+", metavar="SET")
    return p.parse_args()


def table(path):
    """Rows of a tab-separated file as dictionaries; columns of a file without a header are called 1, 2, ..."""
    with open(path, encoding="utf8", newline="") as f:
        rows = [line.rstrip("\r\n").split("\t") for line in f]
    if "id" in rows[0]:
        return [dict(zip(rows[0], r)) for r in rows[1:]]
    return [{"id": f"{Path(path).stem}-{i}", "fr": r[0], **{str(k + 1): c for k, c in enumerate(r)}} for i, r in enumerate(rows)]


def read_set(text):
    """The pairs of one SET as dictionaries: `id`, `source`, `target`, `before` (the French sentence before
    it, where context=1 gives it), `ref` (the second English), `times`, `checked`, and `set` (the name under
    which pairs are counted)."""
    file, _, rest = text.rpartition(":")
    column, *options = rest.split(",")
    options = dict(o.split("=", 1) for o in options)
    rows = table(file)
    if "french" in options:
        french = {r["id"]: r for r in table(options["french"])}
        rows = [{**french[r["id"]], **r} for r in rows if r["id"] in french]
    before = ""
    for r in rows:
        if not r["fr"] or column not in r:
            before = ""
            continue
        ref = r[options["ref"]] if "ref" in options else None
        leans = "context" in options and (ref is None or pronouns(ref) == pronouns(r[column]))
        yield {"id": f"{r['id']}/{column}", "source": r["fr"].strip(), "target": r[column].strip(), "before": before if leans else "", "ref": ref,
               "times": int(options.get("times", 1)), "checked": "unchecked" not in options, "set": f"{Path(file).name}:{column}"}
        before = r["fr"].strip()


def pronouns(english):
    """The pronouns and possessives of the third person."""
    return sorted(re.findall(r"\b(?:he|him|his|she|hers?|its?)\b", english.lower()))


def in_house_style(rows, a):
    """The rows with targets, sources and contexts in the form in which the program itself would have them, by
    its own code (benches/house_style.rs)."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as t:
        t.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
        t.flush()
        out = subprocess.run([*a.house_style, t.name], cwd=TOP, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in out.stdout.splitlines() if line.startswith("{")]


def findings(rows, program):
    """For each row, whether the checker has an error or a warning."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as t:
        t.writelines(json.dumps({"id": i, "source": r["source"], "target": r["target"]}, ensure_ascii=False) + "\n" for i, r in enumerate(rows))
        t.flush()
        out = subprocess.run([program, "check", "--no-config", "--pairs", t.name, "--format", "jsonl"], capture_output=True, text=True)
    if out.returncode not in (0, 1):
        sys.exit(f"{program}: {out.stderr}")
    return [any(f["severity"] != "note" for f in json.loads(line)["findings"]) for line in out.stdout.splitlines()]


def prompt_text(path, tokenizer, row):
    """The chat prompt of a row, from the program's own prompt file."""
    from jinja2 import Template
    parts = re.split(r"^<!-- (\w+) -->$", path.read_text(encoding="utf8"), flags=re.M)
    fill = lambda text: Template(text.strip()).render(sentence=row["source"], before=row["before"])
    messages = [{"role": role, "content": fill(text)} for role, text in zip(parts[1::2], parts[2::2])]
    return tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)


def keep(rows, a):
    """The rows from which something right is learned. Prints how many were left out and why."""
    from sacrebleu.metrics import CHRF
    chrf, why = CHRF(), collections.Counter()
    plain = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
    kept = []
    for row, is_bad in zip(rows, findings(rows, a.depeche)):
        words, ratio = len(row["source"].split()), len(row["target"]) / max(1, len(row["source"]))
        if not a.words[0] <= words <= a.words[1]:
            why["length"] += 1
        # English that is so much shorter or longer than the French leaves something out or adds
        # something.
        elif not 0.5 < ratio < 1.6:
            why["ratio"] += 1
        elif row["checked"] and is_bad:
            why["findings"] += 1
        elif row["ref"] and chrf.sentence_score(row["target"].translate(plain), [row["ref"].translate(plain)]).score < a.agree:
            why["disagrees"] += 1
        else:
            kept.append(row)
    print(f"{len(kept)} of {len(rows)} kept; left out: {dict(why)}; by set: {dict(collections.Counter(r['set'] for r in kept))}", file=sys.stderr)
    return kept


def is_wanted(text):
    """Whether the steer bench would draw this sentence."""
    words = ("selon", "déclaré", "affirmé", "annoncé", "armée", "guerre", "attaque", "attentat", "tués", "blessés", "morts", "rebelles", "police", "militaire")
    return bool(re.search(r"[0-9«\"“]", text)) or any(w in text.lower() for w in words)


def drawn(rows, count, seed):
    """`count` of the rows, as benches/sample draws them (Knuth's MMIX linear congruential generator)."""
    rows, state = [r for r in rows if is_wanted(r["source"])], seed
    for i in range(len(rows) - 1, 0, -1):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        j = (state >> 33) % (i + 1)
        rows[i], rows[j] = rows[j], rows[i]
    return rows[:count]


def write(path, rows):
    """Writes rows as lines of JSON."""
    with open(path, "w", encoding="utf8") as f:
        f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)


def main():
    import weights
    a = arguments()
    all_rows = [r for s in a.sets for r in read_set(s)]
    if any(r["before"] for r in all_rows) and "{{ before }}" not in a.prompt.read_text(encoding="utf8"):
        sys.exit(f"{a.prompt} has no place for the sentence before, which context=1 gives: take prompts/translate-adapter-context.md")
    if a.sample:
        tokenizer = weights.tokenizer(a.model)
        rows = drawn(all_rows, a.sample, a.seed)
        refs = [r["target"] for r in rows]
        write(a.out, [{"id": r["id"], "source": r["source"], "ref": ref, "prompt": tokenizer(prompt_text(a.prompt, tokenizer, r), add_special_tokens=False)["input_ids"]}
                      for r, ref in zip(in_house_style(rows, a), refs)])
        return
    rows = keep(in_house_style(all_rows, a), a)
    tokenizer = weights.tokenizer(a.model)
    encode = lambda text: tokenizer(text, add_special_tokens=False)["input_ids"]
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    out = []
    for row in rows:
        example = {"id": row["id"], "source": row["source"], "prompt": encode(prompt_text(a.prompt, tokenizer, row)),
                   "answer": encode(row["target"]) + [end]}
        out += [example] * (row["times"] * (a.focus if FOCUS.search(row["source"]) else 1))
    random.Random(a.seed).shuffle(out)
    write(a.out, out)
    print(f"{a.out}: {len(out)} examples, {sum(len(e['prompt']) + len(e['answer']) for e in out)} tokens", file=sys.stderr)


if __name__ == "__main__":
    main()
