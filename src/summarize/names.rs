//! Names over a summary: in full with the acronym where they stand first, by the acronym after that.

use crate::checks::context::find_whole;
use crate::lexicon::en;

/// An acronym that the translation explains: "Norava Liberation Movement (NLM)".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acronym {
    pub full: String,
    pub short: String,
}

/// The acronyms that texts explain in brackets behind the full name.
pub fn acronyms<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Acronym> {
    let mut out: Vec<Acronym> = Vec::new();
    for text in texts {
        for (open, _) in text.match_indices(" (") {
            let Some(close) = text[open..].find(')').map(|n| open + n) else { continue };
            let short = &text[open + 2..close];
            let upper = short.chars().filter(|c| c.is_uppercase()).count();
            if upper < 2 || short.contains(' ') || short.chars().count() > 8 {
                continue;
            }
            let Some(full) = full_name(&text[..open], short) else { continue };
            if !out.iter().any(|a| a.short == short) {
                out.push(Acronym { full: full.to_string(), short: short.to_string() });
            }
        }
    }
    out
}

/// The words before the bracket that the acronym stands for: as many capitalised ones as it has letters.
fn full_name<'t>(before: &'t str, short: &str) -> Option<&'t str> {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    let mut left = letters.len();
    let mut start = before.len();
    for word in before.rsplit(' ') {
        start -= word.len();
        let first = word.chars().next()?;
        if first.is_uppercase() {
            left -= 1;
        } else if !en::INSIDE_NAMES.has(word) {
            return None;
        }
        if left == 0 {
            return letters.iter().any(|l| l.eq_ignore_ascii_case(&first)).then(|| &before[start..]);
        }
        start = start.checked_sub(1)?;
    }
    None
}

/// The sentences with the first mention of each known name in full and the others by the acronym.
pub fn settle(sentences: &mut [String], known: &[Acronym]) {
    for acronym in known {
        let explained = format!("{} ({})", acronym.full, acronym.short);
        let mut seen = false;
        for sentence in sentences.iter_mut() {
            // Everything by its short form, then the first one in full.
            let mut text = sentence.replace(&explained, &acronym.short).replace(&acronym.full, &acronym.short);
            if !seen && let Some(at) = find_whole(&text, &acronym.short) {
                text.replace_range(at..at + acronym.short.len(), &explained);
                seen = true;
            }
            *sentence = text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_explained_where_it_stands_first() {
        let known = acronyms(["Ten died, said the Norava Monitoring Network (NMN), which is based in Lisbon."]);
        assert_eq!(known, [Acronym { full: "Norava Monitoring Network".into(), short: "NMN".into() }]);
        let mut sentences = [
            "The NMN counted ten dead.".to_string(),
            "The Norava Monitoring Network (NMN) spoke of shells.".to_string(),
        ];
        settle(&mut sentences, &known);
        assert_eq!(sentences, ["The Norava Monitoring Network (NMN) counted ten dead.", "The NMN spoke of shells."]);
    }

    #[test]
    fn brackets_that_explain_nothing_are_left_alone() {
        assert_eq!(acronyms(["He voted (twice) in Paris (FRANCE).", "The town (7 km away)."]), []);
    }
}
