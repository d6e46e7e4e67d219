//! The checker as a library uses it: settings once, then pair after pair.

use crate::article::{Document, ReadError};
use crate::checks::Severity;
use crate::checks::catalogue::Rule;
use crate::checks::documents::{Text, check_texts};
use crate::checks::engine::{self, GlossaryRow, Ignore, Level, Settings};
use crate::lang::Lang;
use crate::report::Report;
use jiff::civil::Date;

/// Compares French texts with their English translations, by rules.
///
/// ```
/// use depeche::{Checker, Rule, Severity};
///
/// let checker = Checker::new()
///     .date("2025-03-14".parse().unwrap())
///     .glossary(&["Tsahal"], &["IDF", "Israeli army"])
///     .severity(Rule::find("repetition").unwrap(), Severity::Note);
/// let report = checker.check("Tsahal a tué 12 soldats.", "Tsahal killed 21 soldiers.");
/// let rules: Vec<&str> = report.findings.iter().map(|f| f.rule).collect();
/// assert!(rules.contains(&"number-changed") && rules.contains(&"glossary-form"));
/// ```
#[derive(Debug, Default)]
pub struct Checker {
    settings: Settings,
}

impl Checker {
    /// A checker with the default settings: those of `depeche check` where there is no `depeche.toml`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the day of publication, by which « jeudi » gets its date and « 29 novembre » its year.
    #[must_use]
    pub fn date(mut self, date: Date) -> Self {
        self.settings.date = Some(date);
        self
    }

    /// Whether the translations may be cut or adapted: if so, what they leave out is only a note, unless
    /// [`Self::severity`] sets something else.
    #[must_use]
    pub fn partial(mut self, partial: bool) -> Self {
        self.settings.partial = partial;
        self
    }

    /// Gives all findings of a rule this severity.
    #[must_use]
    pub fn severity(self, rule: Rule, severity: Severity) -> Self {
        self.level(rule, Level::At(severity))
    }

    /// Switches a rule off.
    #[must_use]
    pub fn without(self, rule: Rule) -> Self {
        self.level(rule, Level::Off)
    }

    /// Sets the level of a rule in place of the one that was set before.
    fn level(mut self, rule: Rule, level: Level) -> Self {
        self.settings.levels.retain(|(name, _)| *name != rule.name());
        self.settings.levels.push((rule.name(), level));
        self
    }

    /// Adds French forms of a term, and the English forms that are right for it. A French form that begins with a
    /// capital is found only where the text begins it with a capital as well.
    #[must_use]
    pub fn glossary(mut self, french: &[&str], english: &[&str]) -> Self {
        let strings = |forms: &[&str]| forms.iter().map(|f| f.to_string()).collect::<Vec<_>>();
        self.settings.glossary.push(GlossaryRow::new(&strings(french), &strings(english)));
        self
    }

    /// Leaves out what a rule reports about these words of the French. `reason` says why, for
    /// whoever reads the settings later.
    #[must_use]
    pub fn ignore(mut self, rule: Rule, french: &str, reason: &str) -> Self {
        self.settings.ignores.push(Ignore::new(rule.name(), Some(french), None, reason.to_string()));
        self
    }

    /// Compares a sentence or a paragraph with its translation. Findings are in the order of the text. A pair that
    /// cannot be compared has no findings, and [`Report::unchecked`] says why.
    pub fn check<'a>(&self, source: &'a str, target: &'a str) -> Report<'a> {
        match engine::guarded(source, target, None, &self.settings) {
            Ok(mut findings) => {
                engine::settle(&mut findings, source, target, &self.settings);
                Report { source, target, findings, unchecked: None }
            }
            Err(why) => Report { source, target, findings: Vec::new(), unchecked: Some(why) },
        }
    }

    /// Compares two whole documents. Sentences are aligned before they are compared, and one without a counterpart is
    /// reported, unless it is no part of the article, such as a notice of the page.
    ///
    /// # Errors
    /// When one of them has no text, the source is clearly not French, or a sentence is too much for the rules or makes
    /// one of them fail.
    pub fn check_documents<'a>(&self, source: &'a str, target: &'a str) -> Result<Report<'a>, ReadError> {
        let read = |name, text, lang| Text::read(Document::from_text(name, text), lang, self.settings.date, false);
        let (french, english) = (read("source", source, Lang::Fr)?, read("target", target, Lang::En)?);
        Ok(Report { source, target, findings: check_texts(&french, &english, &self.settings)?, unchecked: None })
    }
}

/// Compares a French text with its English translation with the default settings: [`Checker::check`] of a new
/// [`Checker`].
///
/// ```
/// let report = depeche::check("Les combats ont fait 255 morts.", "The fighting left 225 dead.");
/// assert_eq!(report.findings[0].rule, "number-changed");
/// ```
pub fn check<'a>(source: &'a str, target: &'a str) -> Report<'a> {
    Checker::new().check(source, target)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FR: &str = "Selon la mairie, 12 camions ont franchi le pont de Brenne.";
    const EN: &str = "According to the mayor's office, 21 trucks crossed the Brenne bridge.";

    fn rules(report: &Report<'_>) -> Vec<&'static str> {
        report.findings.iter().map(|f| f.rule).collect()
    }

    #[test]
    fn what_the_user_does_not_want_to_see_is_not_shown() {
        let rule = Rule::find("number-changed").unwrap();
        assert_eq!(rules(&Checker::new().check(FR, EN)), ["number-changed"]);
        assert_eq!(rules(&Checker::new().without(rule).check(FR, EN)), [""; 0]);
        assert_eq!(rules(&Checker::new().ignore(rule, "12 camions", "counted again").check(FR, EN)), [""; 0]);
        assert_eq!(Checker::new().severity(rule, Severity::Note).check(FR, EN).findings[0].severity, Severity::Note);
    }

    #[test]
    fn a_pair_that_is_too_long_is_reported_as_unchecked() {
        let report = Checker::new().check(FR, EN);
        assert_eq!(report.unchecked, None);
        let long = EN.repeat(engine::MAX_TEXT / EN.len() + 1);
        let report = Checker::new().check(FR, &long);
        assert!(report.findings.is_empty());
        assert!(report.unchecked.unwrap().starts_with("the English text has"));
    }

    #[test]
    fn documents_are_aligned() {
        let lost = "Le gouverneur Ilan Terso a promis mardi d’ouvrir deux autres routes avant la fin du mois de mars.";
        let french = format!("{FR} {lost} Le trafic a repris dans la matinée sur la rive droite du fleuve.");
        let english = format!("{EN} Traffic resumed in the morning on the right bank of the river.");
        let report = Checker::new().check_documents(&french, &english).unwrap();
        assert_eq!(rules(&report), ["number-changed", "sentence-dropped"]);
        assert!(Checker::new().check_documents("", &english).is_err());
    }
}
