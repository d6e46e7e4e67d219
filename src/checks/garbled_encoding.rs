//! # garbled-encoding
//!
//! ## What it does
//! Reports a text that was read in a wrong encoding on its way here: “lâ€™armÃ©e” for « l’armée », or replacement
//! characters (�). Other findings about the broken words are dropped, and a text that is full of broken characters is
//! not compared at all.
//!
//! ## Why is this bad?
//! Names, quotation marks and figures are no longer what was written, and every rule would report the damage as the
//! translator's.
//!
//! ## Example
//! « Lâ€™armÃ©e a pris Kelba » → “The army has taken Kelba”

use super::engine::{Level, Settings};
use super::{By, Confidence, Finding, Pair, Severity};
use crate::span::Span;

crate::rule!("garbled-encoding", Warning, "garbled_encoding.rs", check);

/// A text is unreadable if it has at least this many broken characters, and one in every [`DENSE`] bytes.
const MANY: usize = 3;
/// See [`MANY`].
const DENSE: usize = 200;

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    out.extend(finding(pair.source.text, pair.target.text));
}

/// The one finding about texts of which one is too broken to be compared; `None` if neither is, or if the user has
/// switched the rule off.
pub(super) fn of_unreadable(source: &str, target: &str, settings: &Settings) -> Option<Finding> {
    let is_off = settings.levels.iter().any(|(rule, level)| *rule == RULE.name && *level == Level::Off);
    if is_off || !is_unreadable(source) && !is_unreadable(target) {
        return None;
    }
    finding(source, target)
}

/// Removes what other rules found in broken words.
pub(super) fn forgive(findings: &mut Vec<Finding>, source: &str, target: &str) {
    if !findings.iter().any(|f| f.rule == RULE.name) {
        return;
    }
    let broken = |text: &str, span: Option<Span>| {
        span.is_some_and(|s| spots(text).any(|at| s.start <= at.start && at.start < s.end))
    };
    findings.retain(|f| f.rule == RULE.name || !broken(source, f.source) && !broken(target, f.target));
}

fn is_unreadable(text: &str) -> bool {
    let n = spots(text).count();
    n >= MANY && n * DENSE >= text.len()
}

fn finding(source: &str, target: &str) -> Option<Finding> {
    let (french, english) = (spots(source).next(), spots(target).next());
    let (language, text, at) = match (french, english) {
        (Some(at), _) => ("French", source, at),
        (None, Some(at)) => ("English", target, at),
        (None, None) => return None,
    };
    Some(Finding {
        rule: RULE.name,
        severity: Severity::Warning,
        confidence: Confidence::High,
        message: format!(
            "The {language} was read in a wrong encoding on its way here (“{}”): save it as UTF-8",
            at.of(text)
        ),
        source: french,
        target: english,
        by: By::Rule,
    })
}

/// The places where UTF-8 was read as Windows-1252 or Latin-1, and replacement characters.
fn spots(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    // A quick test of the bytes, since most texts have none of these characters. The first byte alone does not tell:
    // French accented letters begin with 0xc3 as well.
    let may_begin = |i: usize| match bytes[i] {
        0xc3 => matches!(bytes.get(i + 1), Some(0x82 | 0x83 | 0x85 | 0xa2)),
        0xef => matches!(bytes.get(i + 1..i + 3), Some([0xbf, 0xbd])),
        _ => false,
    };
    (0..bytes.len()).filter(move |&i| may_begin(i)).filter_map(move |i| {
        let mut chars = text[i..].chars();
        let (first, second, third) = (chars.next()?, chars.next(), chars.next());
        // A Portuguese word in capitals may end in “Ã” (“AMANHÃ”), and a space or a mark may follow
        // it. In broken French, “Ã” and a space do not follow two capitals (“dÃ©jÃ ”, “LÃ ”), and
        // where a mark follows “Ã”, a letter follows the mark.
        let ends_capitals = || {
            let is_end = match second {
                Some(' ' | '\u{a0}') => true,
                Some('»' | '”' | '’' | '…' | '–' | '—') => third.is_none_or(|c| !c.is_alphabetic()),
                _ => false,
            };
            is_end && text[..i].chars().rev().take(2).filter(|c| c.is_uppercase()).count() == 2
        };
        let is_broken = match first {
            '\u{fffd}' => return Some(Span::new(i, i + first.len_utf8())),
            // é, è, ç, à …: “Ã” with a second character. None of these is a letter that follows “Ã” in Portuguese. For
            // à it is a no-break space, of which a plain space is often left.
            'Ã' => second.is_some_and(|c| matches!(c, ' ' | '\u{80}'..='\u{bf}') || is_high(c)) && !ends_capitals(),
            // «, », ° and the no-break space: “Â” with a second character.
            'Â' => second.is_some_and(|c| matches!(c, '\u{a0}'..='\u{bf}')),
            // ’ “ ” – … €: “â” with a second character, which is “€” for most of them.
            'â' => second.is_some_and(|c| matches!(c, '€' | '\u{80}' | '‚' | '„')),
            // œ and Œ: “Å” with a second character.
            'Å' => second.is_some_and(|c| matches!(c, '“' | '’' | '\u{92}' | '\u{93}')),
            _ => false,
        };
        let end = i + first.len_utf8() + second.map_or(0, char::len_utf8);
        is_broken.then(|| Span::new(i, end))
    })
}

/// Whether Windows-1252 has the character between 0x80 and 0x9f.
fn is_high(c: char) -> bool {
    "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as a program shows it that takes UTF-8 for Windows-1252.
    fn garbled(text: &str) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn text_that_was_read_in_a_wrong_encoding_is_seen() {
        for text in ["L’armée avance.", "Le cœur de la ville", "Il dit : « Oui »", "À l’aube", "12 °C, 40 €"]
        {
            assert!(spots(&garbled(text)).next().is_some(), "{}", garbled(text));
            assert!(spots(text).next().is_none(), "{text}");
        }
        assert_eq!(spots("l\u{fffd}arm\u{fffd}e").count(), 2);
        for text in ["São Paulo", "SÃO PAULO", "Âge et pâté", "La Ãgua", "Ångström", "Ņemiro"] {
            assert!(spots(text).next().is_none(), "{text}");
        }
    }

    #[test]
    fn a_portuguese_word_in_capitals_may_end_in_a_with_tilde() {
        for text in ["Elle a dit AMANHÃ aux amis.", "« AMANHÃ\u{a0}»", "“AMANHÃ”, she said", "AMANHÃ…", "«IRMÃ»"]
        {
            assert!(spots(text).next().is_none(), "{text}");
        }
        for text in [
            "dÃ©jÃ hier",
            "vers les collines Ã pied",
            "Ã\u{a0}pied",
            "CÃ”TE D’OR",
            "SÃ»r de lui",
            "LÃ encore",
            "DÃ» au gel",
        ] {
            assert!(spots(text).next().is_some(), "{text}");
        }
    }
}
