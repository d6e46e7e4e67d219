//! # glossary-form
//!
//! ## What it does
//! Reports a French term of a `[[glossary]]` row of `depeche.toml` where the English has none of the row's forms.
//!
//! A French form that begins with a capital in the row must begin with one in the text; an English plural in -s or -es
//! counts as the form. Write `glossary-form = "error"` under `[rules]` to make it fail a job.
//!
//! ## Why is this bad?
//! A newsroom's glossary fixes the names by which its readers know a body or a weapon. Another name, even a correct
//! one, looks like another thing.
//!
//! ## Example
//! With `fr = "Tsahal"` and `en = ["IDF", "Israeli army"]`: « Tsahal a bombardé le port » → “Tsahal bombed the port”

use super::context::{contains_words, find_words};
use super::engine::GlossaryRow;
use super::{By, Confidence, Finding, Severity};

/// The rule's name, as it stands in findings and in the settings.
pub const NAME: &str = "glossary-form";
/// The text of this file, whose leading `//!` lines are the rule's documentation.
pub(super) const FILE: &str = include_str!("glossary_form.rs");

/// Adds a finding for each row whose French stands in `source` and whose English does not stand in `target`. `target`
/// must be normalised (see [`super::context::normalise`]).
pub fn check(source: &str, target: &str, glossary: &[GlossaryRow], out: &mut Vec<Finding>) {
    for row in glossary {
        if row.en.iter().any(|form| stands(target, form)) {
            continue;
        }
        let found = row.fr.iter().zip(&row.cased).filter_map(|(form, &cased)| find_words(source, form, cased));
        if let Some(span) = found.min_by_key(|s| s.start) {
            out.push(Finding {
                rule: NAME,
                severity: Severity::Warning,
                confidence: Confidence::High,
                message: format!("French says “{}”; the glossary wants “{}” in English", span.of(source), row.shown),
                source: Some(span),
                target: None,
                by: By::Rule,
            });
        }
    }
}

/// Whether the target has the form or its plural.
fn stands(target: &str, form: &str) -> bool {
    contains_words(target, form) || ["s", "es"].iter().any(|plural| contains_words(target, &format!("{form}{plural}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::engine::{Settings, check_pair};

    fn found(source: &str, target: &str) -> Vec<String> {
        let row = |fr: &[&str], en: &[&str]| {
            let strings = |list: &[&str]| list.iter().map(|s| s.to_string()).collect::<Vec<_>>();
            GlossaryRow::new(&strings(fr), &strings(en))
        };
        let glossary = vec![
            row(&["Tsahal"], &["IDF", "Israeli army"]),
            row(&["munition rôdeuse", "munitions rôdeuses"], &["loitering munition"]),
        ];
        let settings = Settings { glossary, ..Settings::default() };
        let findings = check_pair(source, target, &settings);
        let mine = findings.iter().filter(|f| f.rule == NAME);
        mine.map(|f| f.source.map_or("", |s| s.of(source)).to_string()).collect()
    }

    #[test]
    fn the_users_form_is_wanted() {
        assert_eq!(found("Tsahal a bombardé le port.", "Tsahal bombed the port."), ["Tsahal"]);
        assert_eq!(found("Des munitions rôdeuses sont tombées.", "Drones fell."), ["munitions rôdeuses"]);
    }

    #[test]
    fn any_of_its_forms_will_do() {
        assert_eq!(found("Tsahal a bombardé le port.", "The Israeli army bombed the port."), [""; 0]);
        assert_eq!(found("Des munitions rôdeuses sont tombées.", "Loitering munitions fell."), [""; 0]);
        assert_eq!(found("Le port est calme.", "The port is calm."), [""; 0]);
    }
}
