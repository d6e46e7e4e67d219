//! Runs the rules over a pair of texts, and applies the user's settings to what they found.

use super::context;
use super::{Finding, Pair, Severity};
use super::{garbled_encoding, glossary_form, sentence_added, sentence_dropped};
use crate::article::Sentence;
use crate::article::plain::plain;
use crate::span::Span;
use jiff::civil::Date;
use std::sync::atomic::{AtomicBool, Ordering};

/// The settings of a check. [`Settings::default`] is what `depeche check` does without any configuration.
#[derive(Debug, Default)]
pub struct Settings {
    /// Day of publication, from which « jeudi » and « 29 novembre » are counted. A document's own date takes
    /// precedence.
    pub date: Option<Date>,
    /// The translation may be shortened or adapted, so that whatever it lacks is only a note.
    pub partial: bool,
    /// Rules that the user has switched off or given another severity.
    pub levels: Vec<(&'static str, Level)>,
    /// Findings that the user does not want to see again.
    pub ignores: Vec<Ignore>,
    /// The user's own names with the English forms to accept for them. Where the target has such a form, findings of
    /// the rules about names, sources and speakers are dropped if they concern the name in the source. Where the source
    /// has the name and the target none of the forms, `glossary-form` reports that.
    pub glossary: Vec<GlossaryRow>,
}

/// What the user wants of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Its findings are dropped.
    Off,
    /// Its findings are kept, with this severity.
    At(Severity),
}

/// A finding that the user has looked at and does not want to see again.
#[derive(Debug)]
pub struct Ignore {
    pub rule: &'static str,
    /// Words of the source text around the finding, normalised by [`context::normalise`]; `None` if any will do.
    pub source: Option<String>,
    /// Words of the target text around the finding, likewise.
    pub target: Option<String>,
    /// Why the user ignores it, in the user's own words.
    pub reason: String,
    used: AtomicBool,
}

impl Ignore {
    /// An ignore of findings of `rule` that stand at these words of the source text and of the
    /// target text, as the user wrote them; `None` stands for any words.
    pub fn new(rule: &'static str, source: Option<&str>, target: Option<&str>, reason: String) -> Self {
        let normalise = |s: Option<&str>| s.map(context::normalise);
        Ignore { rule, source: normalise(source), target: normalise(target), reason, used: AtomicBool::new(false) }
    }

    /// Whether this has hidden a finding so far.
    pub fn is_used(&self) -> bool {
        self.used.load(Ordering::Relaxed)
    }

    /// Whether this hides the finding. If so, [`Self::is_used`] is true from then on.
    fn covers(&self, finding: &Finding, source: &str, target: &str) -> bool {
        let fits = |wanted: &Option<String>, text, span: Option<Span>| match (wanted, span) {
            (None, _) => true,
            (Some(words), Some(span)) => context::is_about(text, span, words),
            (Some(_), None) => false,
        };
        let covers = self.rule == finding.rule
            && fits(&self.source, source, finding.source)
            && fits(&self.target, target, finding.target);
        if covers {
            self.used.store(true, Ordering::Relaxed);
        }
        covers
    }
}

/// French forms of a name, and the English forms that the user accepts for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryRow {
    /// Normalised French forms.
    pub(super) fr: Vec<String>,
    /// Normalised English forms.
    pub(super) en: Vec<String>,
    /// The first English form as the user wrote it, for messages.
    pub(super) shown: String,
    /// For each French form, whether it begins with a capital, which the text must then have as well.
    pub(super) cased: Vec<bool>,
}

impl GlossaryRow {
    /// A row with these French and English forms, as the user wrote them.
    pub fn new(fr: &[String], en: &[String]) -> Self {
        let normalise = |forms: &[String]| forms.iter().map(|f| context::normalise(f)).collect();
        let cased = fr.iter().map(|f| f.trim().starts_with(char::is_uppercase)).collect();
        GlossaryRow { fr: normalise(fr), en: normalise(en), shown: en.first().cloned().unwrap_or_default(), cased }
    }

    /// French forms, in lower case and with single spaces.
    pub fn fr(&self) -> &[String] {
        &self.fr
    }

    /// English forms, in lower case and with single spaces.
    pub fn en(&self) -> &[String] {
        &self.en
    }
}

/// The most bytes that one text of a pair may have: forty times a long press paragraph.
pub const MAX_TEXT: usize = 128 << 10;
/// The most capitalised words and figures, together, that one text of a pair may have. Each is compared with all those
/// of the other text.
pub const MAX_NAMES: usize = 2000;

/// Why a pair is too long for the rules, if it is. They compare everything on one side with everything on the other,
/// which would take too long; the pair is refused with this reason, so that nobody takes the missing findings for a
/// good translation.
pub fn excess(source: &str, target: &str) -> Option<String> {
    for (language, text) in [("French", source), ("English", target)] {
        if text.len() > MAX_TEXT {
            return Some(format!(
                "the {language} text has {} kB, and one pair may have {} kB: cut it into shorter texts",
                text.len() >> 10,
                MAX_TEXT >> 10
            ));
        }
        let names = text.split(|c: char| !c.is_alphanumeric());
        let names = names.filter(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric())).count();
        if names > MAX_NAMES {
            return Some(format!(
                "the {language} text has {names} names and figures, and one pair may have {MAX_NAMES}: cut it into shorter \
                 texts"
            ));
        }
    }
    None
}

/// The findings of one pair that the user gave, or the reason why it cannot be checked. A panic of
/// a rule is caught, so that the other pairs are still checked.
///
/// # Errors
/// When the pair is too long for the rules (see [`excess`]), or a rule panics on it.
pub fn guarded(source: &str, target: &str, date: Option<Date>, settings: &Settings) -> Result<Vec<Finding>, String> {
    if let Some(excess) = excess(source, target) {
        return Err(excess);
    }
    let check = || check_pair_of(source, target, date.or(settings.date), settings);
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(check));
    caught.map_err(|_| "a rule failed on this pair, which is a bug in depeche: please report it".into())
}

/// The findings of one pair in the order of the text. Glossary rows are applied; `partial`, levels and ignores are not
/// (see [`settle`]). The only level that counts here is that of `garbled-encoding`: where the rule is off, even a text
/// that is full of broken characters is compared.
pub fn check_pair(source: &str, target: &str, settings: &Settings) -> Vec<Finding> {
    check_pair_of(source, target, settings.date, settings)
}

/// As [`check_pair`], of texts with a day of publication of their own.
pub fn check_pair_of(source: &str, target: &str, date: Option<Date>, settings: &Settings) -> Vec<Finding> {
    let (plain_source, plain_target) = (plain(source), plain(target));
    if plain_source.is_some() || plain_target.is_some() {
        let text = |given, plain: &Option<Sentence>| plain.as_ref().map_or(given, |s| s.text.as_str()).to_string();
        let mut findings = check_plain(&text(source, &plain_source), &text(target, &plain_target), date, settings);
        for finding in &mut findings {
            let back = |span: Option<Span>, plain: &Option<Sentence>| {
                span.map(|s| plain.as_ref().map_or(s, |sentence| sentence.to_original(s)))
            };
            finding.source = back(finding.source, &plain_source);
            finding.target = back(finding.target, &plain_target);
        }
        return findings;
    }
    check_plain(source, target, date, settings)
}

/// The findings of two texts that have gone through [`plain`], which leaves only what an editor sees.
fn check_plain(source: &str, target: &str, date: Option<Date>, settings: &Settings) -> Vec<Finding> {
    if let Some(finding) = garbled_encoding::of_unreadable(source, target, settings) {
        return vec![finding];
    }
    let mut findings = Pair::new(source, target, date).check();
    garbled_encoding::forgive(&mut findings, source, target);
    // A target that is no translation also lacks the rest of the source. One finding is enough.
    if !findings.iter().any(|f| f.rule == "not-a-translation") {
        findings.extend(sentence_dropped::of_pair(source, target));
    }
    findings.extend(sentence_added::of_pair(source, target));
    if !settings.glossary.is_empty() {
        let normalised = context::normalise(target);
        findings.retain(|f| !in_glossary(f, source, &normalised, &settings.glossary));
        glossary_form::check(source, &normalised, &settings.glossary, &mut findings);
    }
    findings.sort_by_key(|f| (f.source.or(f.target).map(|s| s.start), f.target.map(|s| s.start)));
    findings
}

/// Whether the finding is about a name that the target gives in a form of the user's glossary.
fn in_glossary(finding: &Finding, source: &str, target: &str, glossary: &[GlossaryRow]) -> bool {
    let about_names = ["name-", "source-", "speaker-"].iter().any(|family| finding.rule.starts_with(family));
    let Some(span) = finding.source.filter(|_| about_names) else { return false };
    let name = context::normalise(span.of(source));
    glossary.iter().any(|row| {
        row.fr.iter().any(|fr| context::contains_words(&name, fr) || context::contains_words(fr, &name))
            && row.en.iter().any(|en| context::contains_words(target, en))
    })
}

/// Applies the user's settings (`partial`, levels and ignores) to findings, whose spans are of these two texts.
pub fn settle(findings: &mut Vec<Finding>, source: &str, target: &str, settings: &Settings) {
    if findings.is_empty() {
        return;
    }
    if settings.partial {
        for f in findings.iter_mut().filter(|f| is_omission(f.rule)) {
            f.severity = Severity::Note;
        }
    }
    findings.retain_mut(|f| match settings.levels.iter().find(|(rule, _)| *rule == f.rule) {
        Some((_, Level::Off)) => false,
        Some((_, Level::At(severity))) => {
            f.severity = *severity;
            true
        }
        None => true,
    });
    if !settings.ignores.is_empty() {
        findings.retain(|f| !settings.ignores.iter().any(|i| i.covers(f, source, target)));
    }
}

/// Whether the rule reports what the target lacks. A translation that is meant to be shorter may lack such things.
fn is_omission(rule: &str) -> bool {
    rule.ends_with("-missing") || rule.ends_with("-dropped") || rule.ends_with("-lost") || rule == glossary_form::NAME
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Confidence;

    const FR: &str = "Selon l’OSDH, plus de 255 personnes sont mortes.";
    const EN: &str = "The Observatory says 225 people died.";

    fn finding(rule: &'static str, source: &str, target: Option<&str>) -> Finding {
        let at = |text: &str, part: &str| {
            let start = text.find(part).unwrap();
            Span::new(start, start + part.len())
        };
        Finding {
            rule,
            severity: Severity::Error,
            confidence: Confidence::High,
            message: String::new(),
            source: Some(at(FR, source)),
            target: target.map(|t| at(EN, t)),
            by: crate::checks::By::Rule,
        }
    }

    fn settled(settings: &Settings, mut findings: Vec<Finding>) -> Vec<Finding> {
        settle(&mut findings, FR, EN, settings);
        findings
    }

    #[test]
    fn an_ignore_is_bound_to_its_words() {
        let settings = Settings {
            ignores: vec![Ignore::new(
                "number-changed",
                Some("Plus de  255 personnes"),
                None,
                "corrected later".into(),
            )],
            ..Settings::default()
        };
        let other = finding("number-changed", "OSDH", None);
        assert_eq!(settled(&settings, vec![other.clone()]), [other]);
        assert!(!settings.ignores[0].is_used());
        assert!(settled(&settings, vec![finding("number-changed", "255", Some("225"))]).is_empty());
        assert!(settings.ignores[0].is_used());
    }

    #[test]
    fn levels_change_and_silence_rules() {
        let levels = vec![("number-changed", Level::At(Severity::Note)), ("name-missing", Level::Off)];
        let settings = Settings { levels, ..Settings::default() };
        let left =
            settled(&settings, vec![finding("number-changed", "255", None), finding("name-missing", "OSDH", None)]);
        assert_eq!(left.iter().map(|f| (f.rule, f.severity)).collect::<Vec<_>>(), [("number-changed", Severity::Note)]);
    }

    #[test]
    fn a_partial_translation_may_leave_out_but_not_change() {
        let settings = Settings { partial: true, ..Settings::default() };
        let left = settled(
            &settings,
            vec![finding("source-missing", "OSDH", None), finding("number-changed", "255", Some("225"))],
        );
        assert_eq!(left.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Note, Severity::Error]);
    }

    #[test]
    fn the_glossary_accepts_the_users_own_name() {
        let row = GlossaryRow::new(&["OSDH".into()], &["the Observatory".into()]);
        let target = context::normalise(EN);
        assert!(in_glossary(&finding("name-missing", "OSDH", None), FR, &target, std::slice::from_ref(&row)));
        assert!(!in_glossary(&finding("number-missing", "OSDH", None), FR, &target, std::slice::from_ref(&row)));
        let elsewhere = context::normalise("Nobody says that.");
        assert!(!in_glossary(&finding("name-missing", "OSDH", None), FR, &elsewhere, &[row]));
    }
}
