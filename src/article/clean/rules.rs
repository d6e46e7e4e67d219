//! Takes out lines that are boilerplate by what they say: those of the [`table`]; bylines,
//! templates and consent banners, which have patterns of their own here; and lines without a letter
//! or digit. A byline that only the pattern here finds must also stand in a certain place; for all
//! other lines the place does not matter.

mod table;

use super::line::{ScreenedLine, Verdict};
use crate::article::segment;
use regex::{Regex, RegexSet};
use std::sync::LazyLock;
use table::{COOKIES, TABLE};

pub(super) use table::RELATED;

/// How much of a line a pattern must cover.
#[derive(Clone, Copy, PartialEq)]
enum Coverage {
    /// The whole line.
    Whole,
    /// The whole line, unless it reads like running text: « Pour mémoire : le siège en dates » is a link, but a
    /// sentence may begin with the same words.
    Line,
    /// The beginning of the line, if it is a label and not the beginning of a sentence (see [`is_label`]).
    Label,
}

use Coverage::{Label, Line, Whole};

/// The rows of the table, one for each pattern: (reason, coverage, pattern).
fn rows() -> impl Iterator<Item = (&'static str, Coverage, &'static str)> {
    TABLE
        .iter()
        .flat_map(|&(reason, coverage, patterns)| patterns.iter().map(move |pattern| (reason, coverage, *pattern)))
}

/// All patterns, in the order of [`rows`].
static SET: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = rows().map(|(_, coverage, pattern)| match coverage {
        Whole | Line => format!("^(?:{pattern})$"),
        Label => format!("^(?:{pattern})"),
    });
    RegexSet::new(patterns).expect("the patterns of the table")
});

/// The patterns of labels, which a line can begin with.
static LABEL: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let labels = rows().filter(|row| row.1 == Label);
    labels.map(|(_, _, pattern)| Regex::new(&format!("^(?:{pattern})")).expect("a pattern of the table")).collect()
});

/// A byline, such as « Par Jeanne Morel, envoyée spéciale à Goma, avec AFP »: after its first words, it has only
/// capitalised words, numbers and the usual words of bylines.
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:Par|PAR|By|Propos\ recueillis\ par|Rédigé\ par|Écrit\ par|Publié\ par|Recueilli\ par|Texte(?:\ et\ photos)?\ ?:|Reportage\ de
        |De\ (?:notre|nos)\ (?:correspondante?s?|envoyée?s?\ spéciale?s?|envoyés\ spéciaux)(?:\ permanente?)?)
        (?:[\ ,()]+(?:[A-ZÀ-Ý][A-Za-zÀ-ſ’'.-]*|de|du|des|d['’][A-Za-zÀ-ſ]+|la|le|les|et|avec|el|al|ben|bin|van|von|à|au|aux|en|pour|l['’]AFP
        |notre|nos|son|correspondante?s?|envoyée?s?|spéciale?s?|spéciaux|journalistes?|reporters?|régionale?|permanente?|agences?|rédaction|web|[0-9]+))*[).]*$",
    )
    .expect("a pattern of this file")
});

/// Placeholders that the site's software should have filled in or taken out: "{{ title }}", "{% include %}", "${name}",
/// "[caption id=3]".
static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\{\{.*\}\}|\{%.*%\}|\$\{.*\}|<%.*%>|%%.*%%|\[\[.*\]\]|\[/?[a-z_-]+(?: [a-z_-]+=.*)?\])$")
        .expect("a pattern of this file")
});

/// How many lines at the beginning can be bylines. Further down, only a line after the last running
/// text can be one.
const BYLINE_HEAD: usize = 10;

/// Words of consent banners. A sentence with one of them belongs to a banner only if it also has a word of [`ADDRESS`].
static COOKIE_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"cookies?\b|\btraceurs?\b|opérateur tiers|contenu tiers|\bconsentement\b|données personnelles|technologies similaires").expect("a pattern")
});
/// Words with which a site addresses the reader or speaks of itself.
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:vous|votre|vos|nous|nos|en cliquant|ce contenu|ce site)\b").expect("a pattern"));

/// Marks the lines that are boilerplate as removed.
pub(super) fn apply(lines: &mut [ScreenedLine]) {
    // A byline stands near the headline or after the text; « Par Karsa et Hama » further down is a heading.
    let last_prose = lines.iter().rposition(ScreenedLine::is_prose).unwrap_or(0);
    for (i, line) in lines.iter_mut().enumerate().filter(|(_, l)| l.keeps()) {
        let byline = (i < BYLINE_HEAD || i > last_prose) && is_byline(line);
        if let Some(reason) = judge(line).or(byline.then_some("byline")) {
            line.verdict = Verdict::Remove(reason);
        }
    }
}

/// Whether a line reads like a byline, wherever it stands.
fn is_byline(line: &ScreenedLine) -> bool {
    line.text.len() <= 160 && line.words() >= 2 && BYLINE.is_match(&line.text)
}

/// Whether a line is nothing but the label of a list of other articles, or matches one of the table's patterns for
/// whole lines of related news, such as « Mots-clés : trêve ».
pub(super) fn is_related_label(key: &str) -> bool {
    SET.matches(key).into_iter().any(|i| {
        let (reason, coverage, _) = rows().nth(i).expect("a row of the set");
        reason == RELATED && (coverage == Whole || label_end(key) == Some(key.len()))
    })
}

/// Where the longest label with which the line begins ends; `None` if the line begins with no
/// label.
fn label_end(key: &str) -> Option<usize> {
    LABEL.iter().filter_map(|r| r.find(key)).map(|m| m.end()).max()
}

/// The reason why a line is boilerplate; `None` if it is not.
fn judge(line: &ScreenedLine) -> Option<&'static str> {
    if !line.text.contains(char::is_alphanumeric) {
        return Some("line without a word");
    }
    if TEMPLATE.is_match(&line.text) {
        return Some("template");
    }
    // The repetitions in the patterns have no bound, so only lines of bounded length are matched.
    if line.key.len() <= 250 {
        let hits = SET.matches(&line.key);
        let mut hits = hits.into_iter().map(|i| rows().nth(i).expect("a row of the set"));
        let holds = |coverage: Coverage| match coverage {
            Whole => true,
            Line => !line.is_prose(),
            Label => is_label(line),
        };
        if let Some((reason, _, _)) = hits.find(|(_, coverage, _)| holds(*coverage)) {
            return Some(reason);
        }
    }
    is_cookie_notice(line).then_some(COOKIES)
}

/// Whether a line begins with a label, and not with a sentence that has the words of a label. This
/// is so if after these words nothing follows, or a mark such as a colon or ">", or a capital in a
/// line without a final stop; or if the line begins in capitals and does not read like running
/// text. « Voir aussi dans ce geste une menace serait excessif. » is a sentence.
fn is_label(line: &ScreenedLine) -> bool {
    let key = &line.key;
    let Some(end) = label_end(key) else { return false };
    let rest = key[end..].trim_start();
    let start_upper = line.shown_after(end).find(|c| !c.is_whitespace()).is_some_and(char::is_uppercase);
    let capitals = line.text.chars().take(8).filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    rest.is_empty()
        || rest.starts_with([':', '>', '|', '–', '—', '-', '→', '»', '«', '▶', '/'])
        || (capitals && !line.is_prose())
        || (start_upper && !line.ends_sentence())
}

/// Whether the paragraph names cookies or « traceurs », and at least half of its sentences belong to a consent banner.
/// A paragraph with the mark “ is never taken for a banner, because it quotes somebody.
fn is_cookie_notice(line: &ScreenedLine) -> bool {
    if !COOKIE_WORDS.is_match(&line.key) || line.text.contains('“') {
        return false;
    }
    let spans = segment::french(&line.text);
    let hits: Vec<bool> = spans
        .iter()
        .map(|s| {
            let sentence = s.of(&line.text).to_lowercase();
            COOKIE_WORDS.is_match(&sentence) && ADDRESS.is_match(&sentence)
        })
        .collect();
    let count = hits.iter().filter(|h| **h).count();
    let named = line.key.contains("cookie") || line.key.contains("traceurs");
    named && count * 2 >= hits.len() && hits.contains(&true)
}

#[cfg(test)]
mod tests;
