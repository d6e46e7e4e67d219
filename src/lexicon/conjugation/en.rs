//! English inflection: -s, -ed, -ing with their spelling, and the irregular verbs.

use crate::lexicon::key::{KeyMap, exact};
use crate::lexicon::table;
use std::sync::OnceLock;

/// What a form of a verb is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerbForm {
    /// "take"
    Base,
    /// "takes"
    ThirdPerson,
    /// "took"
    Past,
    /// The past participle: "taken".
    Participle,
    /// The form in -ing, also as a present participle.
    Gerund,
}

/// Calls `emit` with each form of a verb and with what the form is. Of a form that may have two spellings ("cancelled",
/// "canceled"), both are given. "Am" and "are" are not given.
pub fn each_form(base: &str, mut emit: impl FnMut(&str, VerbForm)) {
    emit(base, VerbForm::Base);
    emit(&third_person(base), VerbForm::ThirdPerson);
    match irregular(base) {
        Some((prefix, row)) => {
            for (list, form) in [(row.past, VerbForm::Past), (row.participle, VerbForm::Participle)] {
                list.split('|').for_each(|f| emit(&format!("{prefix}{f}"), form));
            }
        }
        None => {
            for past in regular(base, "ed") {
                emit(&past, VerbForm::Past);
                emit(&past, VerbForm::Participle);
            }
        }
    }
    regular(base, "ing").iter().for_each(|g| emit(g, VerbForm::Gerund));
}

/// One form of a verb, in the usual spelling.
pub fn inflect(base: &str, form: VerbForm) -> String {
    let first = |list: &'static str| list.split('|').next().unwrap_or(list);
    match (form, irregular(base)) {
        (VerbForm::Base, _) => base.to_string(),
        (VerbForm::ThirdPerson, _) => third_person(base),
        (VerbForm::Past, Some((prefix, row))) => format!("{prefix}{}", first(row.past)),
        (VerbForm::Participle, Some((prefix, row))) => format!("{prefix}{}", first(row.participle)),
        (VerbForm::Past | VerbForm::Participle, None) => regular(base, "ed").swap_remove(0),
        (VerbForm::Gerund, _) => regular(base, "ing").swap_remove(0),
    }
}

/// A row of the table: forms separated by `|`, the usual one first.
#[derive(Clone, Copy)]
struct Row {
    past: &'static str,
    participle: &'static str,
}

/// The verbs that no rule inflects.
struct Table {
    /// The irregular verbs, by the key of the base form.
    irregular: KeyMap<Row>,
    /// Regular verbs whose last consonant is doubled, most of which [`doubles`] does not know.
    doubled: Vec<&'static str>,
}

/// The table that is built in.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let (mut irregular, mut doubled) = (KeyMap::default(), Vec::new());
        for row in table::CONJUGATION_EN.rows() {
            match (row.cell(0), row.cell(1), row.cell(2)) {
                (base, "+", "") => doubled.push(base),
                (base, past, participle) => drop(irregular.insert(exact(base), Row { past, participle })),
            }
        }
        Table { irregular, doubled }
    })
}

/// The row of a verb, and the prefix that was taken off to find it: "retake" has "re" and the row of "take".
fn irregular(base: &str) -> Option<(&'static str, Row)> {
    let rows = &table().irregular;
    let of = |verb: &str| rows.get(&exact(verb)).copied();
    const PREFIXES: [&str; 9] = ["re", "up", "over", "under", "out", "with", "for", "mis", "un"];
    let prefixed = |prefix: &&'static str| Some((*prefix, of(base.strip_prefix(*prefix)?)?));
    of(base).map(|row| ("", row)).or_else(|| PREFIXES.iter().find_map(prefixed))
}

/// The third person singular of the present.
fn third_person(base: &str) -> String {
    match base {
        "be" => return "is".into(),
        "have" => return "has".into(),
        _ => {}
    }
    if base.ends_with('y') && !ends_in_vowel_y(base) {
        format!("{}ies", &base[..base.len() - 1])
    } else if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| base.ends_with(e)) {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

/// Whether a verb ends in a vowel and y, as "destroy" does: its y stays before an ending.
fn ends_in_vowel_y(base: &str) -> bool {
    ["ay", "ey", "oy", "uy"].iter().any(|e| base.ends_with(e))
}

/// The regular form that ends in "ed" or "ing", as `end` says; two spellings where English may have two, the usual one
/// first.
fn regular(base: &str, end: &str) -> Vec<String> {
    let stem = &base[..base.len() - 1];
    if base.ends_with("ie") && end == "ing" {
        return vec![format!("{}ying", &base[..base.len() - 2])];
    }
    // A final e is dropped before the ending ("seizing"), but not before "ing" in "freeing",
    // "hoeing" and "dyeing", nor in "being".
    if base.ends_with('e')
        && !(end == "ing" && (base.ends_with("ee") || base.ends_with("oe") || base.ends_with("ye")))
        && base.len() > 2
    {
        return vec![format!("{stem}{end}")];
    }
    if base.ends_with('y') && end == "ed" && !ends_in_vowel_y(base) {
        return vec![format!("{stem}ied")];
    }
    let last = base.chars().last().unwrap_or(' ');
    if table().doubled.contains(&base) {
        let mut both = vec![format!("{base}{last}{end}")];
        // Some of these verbs in l, p or m have a second spelling with a single consonant: American "canceled" beside
        // "cancelled". The second spelling is given for all of them that have more than three letters, even for
        // "expel", which has only one.
        if matches!(last, 'l' | 'p' | 'm') && base.len() > 3 {
            both.push(format!("{base}{end}"));
        }
        return both;
    }
    if doubles(base) { vec![format!("{base}{last}{end}")] } else { vec![format!("{base}{end}")] }
}

/// Whether a verb doubles its last consonant by rule: it has one syllable, and ends in one vowel and one consonant
/// other than w, x or y ("stop", "ban"). A verb of two letters does not.
fn doubles(base: &str) -> bool {
    let letters: Vec<char> = base.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    let [.., before, inner, last] = letters[..] else { return false };
    // In "quit" the u belongs to the q and is no second vowel.
    let before_vowel = vowel(before) && !(before == 'u' && letters.len() > 3 && letters[letters.len() - 4] == 'q');
    let one_syllable =
        letters[..letters.len() - 2].iter().filter(|&&c| vowel(c) || c == 'y').count() <= usize::from(before == 'u');
    vowel(inner) && !vowel(last) && !"wxy".contains(last) && !before_vowel && one_syllable
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(base: &str) -> String {
        [VerbForm::ThirdPerson, VerbForm::Past, VerbForm::Participle, VerbForm::Gerund]
            .map(|f| inflect(base, f))
            .join(" ")
    }

    #[test]
    fn regular_verbs_are_spelt() {
        for (base, forms) in [
            ("attack", "attacks attacked attacked attacking"),
            ("seize", "seizes seized seized seizing"),
            ("deny", "denies denied denied denying"),
            ("destroy", "destroys destroyed destroyed destroying"),
            ("stop", "stops stopped stopped stopping"),
            ("free", "frees freed freed freeing"),
            ("launch", "launches launched launched launching"),
            ("bomb", "bombs bombed bombed bombing"),
            ("acquit", "acquits acquitted acquitted acquitting"),
            ("die", "dies died died dying"),
            ("raid", "raids raided raided raiding"),
            ("rescue", "rescues rescued rescued rescuing"),
            ("abandon", "abandons abandoned abandoned abandoning"),
            ("fail", "fails failed failed failing"),
        ] {
            assert_eq!(all(base), forms);
        }
    }

    #[test]
    fn irregular_verbs_stand_in_the_table_and_take_prefixes() {
        for (base, forms) in [
            ("strike", "strikes struck struck striking"),
            ("retake", "retakes retook retaken retaking"),
            ("withdraw", "withdraws withdrew withdrawn withdrawing"),
            ("overthrow", "overthrows overthrew overthrown overthrowing"),
            ("shoot", "shoots shot shot shooting"),
            ("flee", "flees fled fled fleeing"),
            ("quit", "quits quit quit quitting"),
            ("rebuild", "rebuilds rebuilt rebuilt rebuilding"),
            ("be", "is was been being"),
        ] {
            assert_eq!(all(base), forms);
        }
    }

    #[test]
    fn both_spellings_are_known() {
        let mut forms = Vec::new();
        each_form("cancel", |f, form| forms.push((f.to_string(), form)));
        assert!(
            forms.contains(&("canceled".into(), VerbForm::Past))
                && forms.contains(&("cancelled".into(), VerbForm::Past))
        );
    }
}
