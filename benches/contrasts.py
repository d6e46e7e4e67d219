#!/usr/bin/env python3
"""Calibrates the margins of `check --deep`: takes right translations, breaks each in one place, and finds the
margins that tell the broken ones from the right ones.

    contrasts.py pairs  FILE.tsv… [--count 1000] [--seed 1] >pairs.jsonl   right pairs, each with a broken one
    contrasts.py lost   pairs.jsonl contrasts.jsonl                        how broken pairs escape, by kind of break
    contrasts.py fit    pairs.jsonl contrasts.jsonl >contrast-margins.tsv  the margins
    contrasts.py check  pairs.jsonl contrasts.jsonl contrast-margins.tsv   what the margins find in other pairs

The files have a header with the columns `id`, `fr`, `google`, `microsoft` and `ref`; of each line one of the
three English texts, which the seed draws, makes the right pair. A break puts one word of benches/breaks.tsv
in another's place, puts a "not" in or takes one out, or exchanges two names, figures or parties. Between
`pairs` and the rest, `cargo bench --bench contrasts` makes and scores the contrasts.

There are as many right pairs as broken ones, so that the precision is the share of broken ones among those
that are reported. `fit` takes for each kind the lowest margin at which the precision is PRECISION or more,
and raises the precision that it asks of all kinds alike until no more than the share FALSE of the right pairs
is reported.
"""
import argparse, csv, json, pathlib, random, re, sys
from collections import Counter, defaultdict

# The precision of a finding, the precision of one of high confidence, and the share of right pairs
# that may be reported.
PRECISION, SURE, FALSE = 0.95, 0.985, 0.01
# A few hundred pairs do not show what happens to one in a thousand. So no margin is lower than
# FLOOR (nats), and a kind of which fewer than FEW broken pairs were seen has no margin of its own:
# it gets that of all kinds together.
FLOOR, FEW = 3.0, 5
HERE = pathlib.Path(__file__).parent
AUXILIARY = r"(is|are|was|were|has|have|had|will|would|can|could|should|must|may|might)"


def words():
    """(kind, pattern, replacement) of benches/breaks.tsv."""
    for line in open(HERE / "breaks.tsv", encoding="utf8"):
        if line.strip() and not line.startswith("#"):
            kind, a, b, *one_way = line.rstrip("\n").split("\t")
            yield kind, a, b
            if not one_way:
                yield kind, b, a


def in_case(stands, words):
    """`words` with a capital if `stands`, in whose place they go, has one."""
    return words[0].upper() + words[1:] if stands[0].isupper() else words


def exchanged(text, first, second):
    """The text with two places, given by begin and end, in each other's place."""
    (a, b), (c, d) = first, second
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def breaks(text, table):
    """All breaks of a text: (kind, place, broken text)."""
    for kind, pattern, words in table:
        for m in pattern.finditer(text):
            yield kind, m.span(), text[: m.start()] + in_case(m[0], words) + text[m.end() :]
    for m in re.finditer(rf"\b{AUXILIARY}\b(?! not\b|n't)", text):
        yield "negation", m.span(), f"{text[:m.end()]} not{text[m.end():]}"
    for m in re.finditer(rf"\b{AUXILIARY}( not|n't)\b", text):
        yield "negation", m.span(), text[: m.end(1)] + text[m.end() :]
    for m in re.finditer(r"\bwithout\b", text):
        yield "negation", m.span(), f"{text[:m.start()]}with{text[m.end():]}"
    numbers = [m.span() for m in re.finditer(r"(?<![\w.,])\d[\d.,]*\d\b(?! ?[%\w])|(?<![\w.,])\d{2,}\b", text)]
    for first, second in zip(numbers, numbers[1:]):
        if text[slice(*first)] != text[slice(*second)]:
            yield "figures", (first[0], second[1]), exchanged(text, first, second)
    names = [m.span() for m in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*\b(?!['-])", text)]
    for first, second in zip(names, names[1:]):
        between = text[first[1] : second[0]]
        if text[slice(*first)] != text[slice(*second)] and len(between) > 8 and not re.fullmatch(r",? (and )?|[^a-z]*", between):
            yield "names", (first[0], second[1]), exchanged(text, first, second)
    m = re.match(r"(The [a-z]+(?: [a-z]+)?) ((?:has |have |had )?[a-z]+ed) (the [a-z]+(?: [a-z]+)?)(?=[,.]| in | on | to | for )", text)
    if m:
        a, b = m[1], m[3]
        yield "parties", m.span(), f"{b[0].upper()}{b[1:]} {m[2]} {a[0].lower()}{a[1:]}{text[m.end():]}"
    m = re.search(r"(\b[Tt]he [a-z]+) ((?:is|was|are|were|been) [a-z]+ed) by (the [a-z]+)(?=[,.]| in | on )", text)
    if m:
        yield "parties", m.span(), f"{text[:m.start()]}{in_case(m[1], m[3])} {m[2]} by {m[1].lower()}{text[m.end():]}"


def make(args):
    """Writes right pairs, each followed by the same pair with one break."""
    table = [(kind, re.compile(rf"\b(?:{re.escape(a)}|{re.escape(a[0].upper() + a[1:])})\b"), b) for kind, a, b in words()]
    order = random.Random(args.seed)
    rows = [row for file in args.files for row in csv.DictReader(open(file, encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE)]
    order.shuffle(rows)
    made, made_of = 0, Counter()
    for row in rows:
        system = order.choice(["google", "microsoft", "ref"])
        french, english = row["fr"], row[system]
        if made == args.count:
            break
        if not 30 <= len(french) <= 220 or not english:
            continue
        found = defaultdict(list)
        for kind, place, text in breaks(english, table):
            found[kind].append((place, text))
        if not found:
            continue
        # The kind that was made least often so far is taken, so that there is enough of each.
        kind = min(found, key=lambda k: (made_of[k], order.random()))
        made_of[kind] += 1
        place, text = order.choice(found[kind])
        made += 1
        for what, target in (("right", english), ("broken", text)):
            print(json.dumps({"id": f"{row['id']}-{what}", "source": french, "target": target, "break": kind,
                              "system": system, "place": place}, ensure_ascii=False))
    print(dict(made_of), file=sys.stderr)


def read(args):
    """Pairs with their contrasts, right and broken ones apart."""
    contrasts = {}
    for line in open(args.contrasts, encoding="utf8"):
        one = json.loads(line)
        contrasts[one["id"]] = one
    right, broken = [], []
    for line in open(args.pairs, encoding="utf8"):
        pair = json.loads(line)
        if pair["id"] in contrasts:
            pair |= contrasts[pair["id"]]
            (right if pair["id"].endswith("-right") else broken).append(pair)
    return right, broken


def best(pair):
    """The margin of the likeliest contrast of each kind."""
    found = {}
    for c in pair["contrasts"]:
        if c["margin"] is not None:
            found[c["kind"]] = max(c["margin"], found.get(c["kind"], -1e9))
    return found


def lost(args):
    """Prints for each kind of break how many broken pairs are reported by rules, how many have no contrast,
    and by how much the likeliest contrast of the others wins or loses."""
    right, broken = read(args)
    by_text = {p["id"].removesuffix("-right"): p["target"] for p in right}
    rows = defaultdict(Counter)
    for pair in broken:
        row = rows[pair["break"]]
        row["all"] += 1
        margins = [c["margin"] for c in pair["contrasts"] if c["margin"] is not None]
        back = by_text.get(pair["id"].removesuffix("-broken")) in [c["text"] for c in pair["contrasts"]]
        if pair["loud"]:
            row["by rules"] += 1
        elif not pair["contrasts"]:
            row["no contrast"] += 1
        elif margins:
            row["wins by 3" if max(margins) >= 3 else "loses" if max(margins) < 0 else "wins by less"] += 1
        else:
            row["contrast"] += 1
        row["of these the right text"] += back and not pair["loud"]
    columns = ["all", "by rules", "no contrast", "contrast", "loses", "wins by less", "wins by 3", "of these the right text"]
    print("break".ljust(10), *(c.rjust(12) for c in columns))
    for kind, row in sorted(rows.items()) + [("all", sum(rows.values(), Counter()))]:
        print(kind.ljust(10), *(str(row[c]).rjust(max(12, len(c))) for c in columns))
    loud, asked = sum(bool(p["loud"]) for p in right), sum(bool(p["contrasts"]) for p in right)
    print(f"right pairs: {len(right)}, by rules {loud}, with contrasts {asked}, contrasts {sum(len(p['contrasts']) for p in right)}")


def margins_for(right, broken, precision):
    """For each kind, and for "all", the lowest margin that gives the precision. A kind of which few broken
    pairs were seen, or for which no margin does, gets that of "all"."""
    of = defaultdict(lambda: {"right": [], "broken": []})
    for label, pairs in (("right", right), ("broken", broken)):
        for pair in pairs:
            for kind, margin in best(pair).items() if not pair["loud"] else ():
                of[kind][label].append(margin)
                of["all"][label].append(margin)
    margins = {kind: lowest(both, precision) for kind, both in of.items()}
    few = [kind for kind, both in of.items() if len([m for m in both["broken"] if m > 0]) < FEW]
    return {kind: margins["all"] if kind in few or margin is None else margin for kind, margin in margins.items()}


def lowest(both, precision):
    """The lowest margin that gives this precision, None where none does."""
    for margin in (FLOOR + step / 2 for step in range(40)):
        wrong, false = (sum(m >= margin for m in both[which]) for which in ("broken", "right"))
        # Half a false alarm is added to those that were seen, so that a margin which only few pairs
        # reach is not trusted.
        if wrong and wrong / (wrong + false + 0.5) >= precision:
            return margin
    return None


def reported(pair, margins):
    """The kinds by which a pair is reported with these margins."""
    return [k for k, m in best(pair).items() if margins.get(k) is not None and k != "all" and m >= margins[k]]


def fit(args):
    """Writes the margins, in the columns of src/lexicon/data/contrast-margins.tsv."""
    right, broken = read(args)
    quiet = [p for p in right if not p["loud"]]
    precision = PRECISION
    while True:
        margins = margins_for(right, broken, precision)
        false = sum(bool(reported(p, margins)) for p in quiet)
        if false <= FALSE * len(right) or precision > 0.995:
            break
        precision += 0.0025
    # The margin of high confidence is at least twice that of a finding: where no false alarm was
    # seen, both precisions may give the same margin.
    sure = margins_for(right, broken, max(SURE, precision))
    sure = {kind: margin and max(margin, 2 * margins[kind]) for kind, margin in sure.items()}
    print(f"precision asked {precision:.4f}, false alarms {false} of {len(right)}", file=sys.stderr)
    for kind in sorted(margins):
        count = lambda pairs: sum(kind in reported(p, margins) for p in pairs if not p["loud"])
        if kind == "all":
            continue
        asked = lambda pairs: sum(kind in best(p) for p in pairs if not p["loud"])
        show = lambda m: "-" if m is None else f"{m:g}"
        print(kind, show(margins[kind]), show(sure[kind]), f"{count(broken)}/{asked(broken)}", f"{count(right)}/{asked(right)}", sep="\t")


def check(args):
    """Prints what margins that were fitted on some pairs find in others."""
    right, broken = read(args)
    margins = {}
    for line in open(args.margins, encoding="utf8"):
        if line.strip() and not line.startswith("#"):
            kind, margin, *_ = line.rstrip("\n").split("\t")
            margins[kind] = None if margin == "-" else float(margin)
    rules = lambda pairs: sum(bool(p["loud"]) for p in pairs)
    deep = lambda pairs: sum(bool(reported(p, margins)) for p in pairs if not p["loud"])
    for name, pairs in (("right", right), ("broken", broken)):
        print(f"{name}: {len(pairs)}, reported by rules {rules(pairs)}, by contrasts alone {deep(pairs)}")
    for kind in sorted({p["break"] for p in broken}):
        pairs = [p for p in broken if p["break"] == kind]
        print(f"  {kind:<10} {len(pairs):>4} rules {rules(pairs):>4} contrasts {deep(pairs):>4}")
    for kind in sorted(margins):
        count = lambda pairs: sum(kind in reported(p, margins) for p in pairs if not p["loud"])
        print(f"  {kind:<10} broken {count(broken):>4} right {count(right):>4}")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
actions = parser.add_subparsers(dest="action", required=True)
pairs = actions.add_parser("pairs")
pairs.add_argument("files", nargs="+")
pairs.add_argument("--count", type=int, default=1000)
pairs.add_argument("--seed", type=int, default=1)
for name in ("lost", "fit", "check"):
    action = actions.add_parser(name)
    action.add_argument("pairs")
    action.add_argument("contrasts")
    if name == "check":
        action.add_argument("margins")
args = parser.parse_args()
{"pairs": make, "lost": lost, "fit": fit, "check": check}[args.action](args)
