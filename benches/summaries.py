#!/usr/bin/env python3
"""Lets readers judge summaries against the French: makes a sheet with a form for each article, and counts
the answers of filled sheets.

    summaries.py sample FILE.jsonl --count 20 --seed 3 [--without DIR]   articles ({"id", "text"}) drawn by a seed, on stdout
    summaries.py sheet DIR > sheet.md             a form for each dispatch (*.json) of a folder, the French before it
    summaries.py count FILLED.md [FILLED.md ...]  what the readers found, a column for each

A reader fills in what stands behind each colon: y or n, - where the article has nothing of the kind, or a number. Words
behind the answer are the reader's remark.
"""
import argparse, glob, json, os, random, re, sys

# The key of a question, the question, and the answers that it may have.
FORM = [
    ("lead", "lead complete: what, where, when, to whom, by whose account", "y/n"),
    ("toll", "toll of the main event with bounds and source", "y/n/-"),
    ("sides", "contested claims with both sides", "y/n/-"),
    ("cut", "lists cut, figures without their limits", "number"),
    ("pronoun", "somebody or something called he, this, the suspect before it is named", "number"),
    ("broken", "not a sentence", "number"),
    ("taken", "wrong meanings taken over from the translation", "number"),
    ("made", "wrong meanings made by the summary", "number"),
    ("missing", "something important missing", "y/n"),
    ("loaded", "loaded words in its own voice", "number"),
    ("send", "I would send this as it is", "y/n"),
]


def dispatches(folder):
    """Names and contents of the dispatches of a folder."""
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        yield os.path.splitext(os.path.basename(path))[0], json.load(open(path, encoding="utf8"))


def sample(args):
    """Draws articles that are long enough and that no dispatch of another folder was made from."""
    known = {name for name, _ in dispatches(args.without)} if args.without else set()
    articles = [json.loads(line) for line in open(args.file, encoding="utf8")]
    long = [a for a in articles if len(a["text"].split()) >= args.words and not any(a["id"] in k for k in known)]
    for article in random.Random(args.seed).sample(sorted(long, key=lambda a: a["id"]), args.count):
        print(json.dumps({"id": article["id"], "text": article["text"]}, ensure_ascii=False))


def sheet(args):
    """Prints for each dispatch the French, the summary and the form."""
    for name, d in dispatches(args.folder):
        print(f"# {name}\n")
        for block in d["blocks"]:
            for s in block["sentences"]:
                print(f"{s['number']}. {s['source']['text']}")
            print()
        summary = d["summary"]
        print(f"## {summary['headline']}\n")
        for s in summary["sentences"]:
            numbers = ", ".join(map(str, s["sentences"]))
            print(f"- [{numbers}] {s['text']}")
        print()
        for key, question, answers in FORM:
            print(f"{key} ({question}; {answers}): ")
        print()


def count(args):
    """Prints a table of what the readers answered, with a column for each file."""
    answer = re.compile(r"^(\w+) \(.*\): *(\S+)?")
    columns = []
    for path in args.files:
        total = {key: [] for key, _, _ in FORM}
        for line in open(path, encoding="utf8"):
            found = answer.match(line)
            if found and found[1] in total:
                if not found[2]:
                    sys.exit(f"{path}: “{line.strip()}” is not filled in")
                total[found[1]].append(found[2].strip(".,;").lower())
        columns.append(total)
    for key, question, answers in FORM:
        cells = []
        for total in columns:
            given = total[key]
            if answers == "number":
                numbers = [int(g) if g.isdigit() else 0 for g in given]
                cells.append(f"{sum(numbers)} in {sum(n > 0 for n in numbers)}")
            else:
                asked = [g for g in given if g != "-"]
                cells.append(f"{sum(g == 'y' for g in asked)} of {len(asked)}")
        print(f"| {question} | " + " | ".join(cells) + " |")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
commands = parser.add_subparsers(required=True)
drawn = commands.add_parser("sample")
drawn.add_argument("file")
drawn.add_argument("--count", type=int, default=20)
drawn.add_argument("--seed", type=int, default=3)
drawn.add_argument("--words", type=int, default=150)
drawn.add_argument("--without", help="a folder of dispatches whose articles are not drawn")
drawn.set_defaults(run=sample)
written = commands.add_parser("sheet")
written.add_argument("folder")
written.set_defaults(run=sheet)
counted = commands.add_parser("count")
counted.add_argument("files", nargs="+")
counted.set_defaults(run=count)
args = parser.parse_args()
args.run(args)
