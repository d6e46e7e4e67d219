//! Reads and validates `depeche.toml`, which holds a project's settings for checks and summaries.
//!
//! An unknown key or rule name is an error that shows the line, with a caret under the name.

use crate::checks::Severity;
use crate::checks::catalogue;
use crate::checks::engine::{GlossaryRow, Ignore, Level, Settings};
use crate::dispatch::SummaryStyle;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name of the file that is looked for in the current folder and those above it.
pub const FILE_NAME: &str = "depeche.toml";

/// A configuration file, as read. Checks use what [`Config::settings`] makes of it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The folder to which paths in the file are relative.
    #[serde(skip)]
    pub folder: PathBuf,
    /// The lowest severity of a finding that makes the exit code 1.
    pub fail_on: Option<FailOn>,
    /// Whether the translations may be cut or adapted. A finding about what they leave out is only a note then, unless
    /// `[rules]` gives its rule another severity.
    #[serde(default)]
    pub partial: bool,
    /// A file of known findings, which are not reported again.
    pub baseline: Option<PathBuf>,
    /// `[[pairs]]`: the files that are compared when none are named on the command line.
    #[serde(default)]
    pub pairs: Vec<PairPattern>,
    /// `[rules]`: rules whose severity the user has changed, or that the user has switched off.
    #[serde(default)]
    rules: BTreeMap<RuleName, LevelName>,
    /// `[[ignore]]`: findings that are not reported.
    #[serde(default)]
    ignore: Vec<IgnoreTable>,
    /// `[[glossary]]`: names, and the English forms that are right for them.
    #[serde(default)]
    glossary: Vec<GlossaryTable>,
    /// `[summary]`: how summaries should be written.
    #[serde(default)]
    pub summary: SummaryTable,
}

/// `[summary]`: how `run` and `summarize` should write summaries.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SummaryTable {
    /// What a summary looks like.
    pub style: Option<SummaryStyle>,
    /// The most words that a summary may have, without its headline.
    pub length: Option<Length>,
    /// A file of loaded words (words that judge) and the neutral words to use instead of them. Its path is relative to
    /// the configuration's folder.
    pub loaded_words: Option<PathBuf>,
}

/// Length of a summary in words: 10 or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length(pub u16);

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = u16::deserialize(deserializer)?;
        if words < 10 { Err(D::Error::custom("a summary needs room for 10 words or more")) } else { Ok(Length(words)) }
    }
}

/// The lowest severity of a finding that makes the exit code 1; with `Never`, no finding does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// The severity that this stands for; `None` for `Never`.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Note => Some(Severity::Note),
            FailOn::Never => None,
        }
    }
}

/// A row of `[[pairs]]`, which says where sources and their targets are: paths with placeholders
/// such as `{name}`, relative to the folder of the configuration file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairPattern {
    pub source: String,
    pub target: String,
}

/// The name of an existing rule. Any other name is an error when the file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct RuleName(&'static str);

impl<'de> Deserialize<'de> for RuleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let rule = catalogue::find(&name).ok_or_else(|| {
            let hint = catalogue::nearest(&name).map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
            D::Error::custom(format!("unknown rule `{name}`{hint}"))
        })?;
        Ok(RuleName(rule.name()))
    }
}

/// What a row of `[rules]` can set a rule to: one of the severities, or off.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum LevelName {
    Error,
    Warning,
    Note,
    Off,
}

/// `[[ignore]]`: hides the findings of one rule that are about these words of the source, of the target, or of both.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IgnoreTable {
    rule: RuleName,
    source: Option<NonBlank>,
    target: Option<NonBlank>,
    reason: NonBlank,
}

/// `[[glossary]]`: French forms of a name, and the English forms that are right for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GlossaryTable {
    fr: Forms,
    en: Forms,
}

/// Text that is more than white space.
#[derive(Debug)]
struct NonBlank(String);

impl<'de> Deserialize<'de> for NonBlank {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = String::deserialize(deserializer)?;
        if words.trim().is_empty() {
            return Err(D::Error::custom("this must not be empty"));
        }
        Ok(NonBlank(words))
    }
}

/// One form of a name, or a list of forms.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a form of the name, or a list of them")]
enum Forms {
    One(String),
    Many(Vec<String>),
}

impl Forms {
    fn list(&self) -> &[String] {
        match self {
            Forms::One(form) => std::slice::from_ref(form),
            Forms::Many(forms) => forms,
        }
    }
}

impl Config {
    /// Reads the text of a configuration. Its paths are relative to `folder`.
    ///
    /// # Errors
    /// When the text is no TOML, a key is unknown or missing, or a value cannot be right. The error is a text for the
    /// user, which shows the place if the parser knows it, and does not name the file.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        let mut config: Config = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_string())?;
        config.folder = folder.to_path_buf();
        config.check_glossary()?;
        config.check_pairs()?;
        if let Some(n) = config.ignore.iter().position(|i| i.source.is_none() && i.target.is_none()) {
            let rule = config.ignore[n].rule.0;
            return Err(format!(
                "[[ignore]] number {} ({rule}) needs `source` or `target`: the words that the finding is about; to switch \
                 a rule off, write `{rule} = \"off\"` under [rules]",
                n + 1
            ));
        }
        Ok(config)
    }

    /// Refuses a glossary row with an empty list of forms, or with a form that has neither a letter nor a digit.
    fn check_glossary(&self) -> Result<(), String> {
        let says_nothing = |forms: &Forms| {
            forms.list().is_empty() || forms.list().iter().any(|form| !form.contains(char::is_alphanumeric))
        };
        let empty = self.glossary.iter().position(|row| says_nothing(&row.fr) || says_nothing(&row.en));
        empty.map_or(Ok(()), |n| Err(format!("[[glossary]] number {} has a form without a letter or digit", n + 1)))
    }

    /// Refuses absolute paths in `[[pairs]]`.
    fn check_pairs(&self) -> Result<(), String> {
        let patterns = self.pairs.iter().flat_map(|p| [&p.source, &p.target]);
        for pattern in patterns {
            if Path::new(pattern).is_absolute() || pattern.starts_with('/') {
                return Err(format!("[[pairs]]: \"{pattern}\" must be relative to the folder of this file"));
            }
        }
        Ok(())
    }

    /// The `depeche.toml` of the current folder, or else of the nearest folder above it that has one. The path is
    /// relative, so that the paths in findings are relative, too: CI servers match them with the files of the
    /// repository.
    pub fn discover() -> Option<PathBuf> {
        let folder = std::env::current_dir().ok()?;
        let above = folder.ancestors().position(|f| f.join(FILE_NAME).is_file())?;
        Some(std::iter::repeat_n("..", above).chain([FILE_NAME]).collect())
    }

    /// The settings of the checks: those of the file, and the command line's `date` and `partial`. `partial` is on if
    /// the file or the command line switches it on.
    pub fn settings(&self, partial: bool, date: Option<Date>) -> Settings {
        let level = |l: LevelName| match l {
            LevelName::Error => Level::At(Severity::Error),
            LevelName::Warning => Level::At(Severity::Warning),
            LevelName::Note => Level::At(Severity::Note),
            LevelName::Off => Level::Off,
        };
        let ignore = |i: &IgnoreTable| {
            let words = |w: &Option<NonBlank>| w.as_ref().map(|w| w.0.clone());
            Ignore::new(i.rule.0, words(&i.source).as_deref(), words(&i.target).as_deref(), i.reason.0.clone())
        };
        Settings {
            date,
            partial: partial || self.partial,
            levels: self.rules.iter().map(|(rule, l)| (rule.0, level(*l))).collect(),
            ignores: self.ignore.iter().map(ignore).collect(),
            glossary: self.glossary.iter().map(|g| GlossaryRow::new(g.fr.list(), g.en.list())).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Config::parse(text, Path::new(".")).unwrap_err()
    }

    #[test]
    fn an_empty_form_and_an_absolute_pattern_are_refused() {
        for glossary in ["fr = \"\"\nen = \"x\"", "fr = \"x\"\nen = []", "fr = [\"x\", \" \"]\nen = \"y\""] {
            assert!(error(&format!("[[glossary]]\n{glossary}")).contains("[[glossary]] number 1"), "{glossary}");
        }
        assert!(error("[[pairs]]\nsource = \"/etc/{n}\"\ntarget = \"en/{n}\"").contains("relative"));
    }

    #[test]
    fn every_setting_is_read() {
        let text = r#"
            fail-on = "warning"
            partial = true
            baseline = "known.json"
            [[pairs]]
            source = "fr/{name}.txt"
            target = "en/{name}.md"
            [rules]
            sentence-added = "off"
            sentence-dropped = "warning"
            [[ignore]]
            rule = "sentence-dropped"
            source = "Lire aussi"
            reason = "a link, not part of the article"
            [[glossary]]
            fr = "Tsahal"
            en = ["IDF", "Israeli army"]
            [summary]
            style = "bullets"
            length = 80
            loaded-words = "loaded.tsv"
        "#;
        let config = Config::parse(text, Path::new("/p")).unwrap();
        let settings = config.settings(false, None);
        assert_eq!(config.fail_on, Some(FailOn::Warning));
        assert!(settings.partial);
        assert_eq!(config.summary.style, Some(SummaryStyle::Bullets));
        assert_eq!(config.summary.length, Some(Length(80)));
        assert_eq!(config.summary.loaded_words.as_deref(), Some(Path::new("loaded.tsv")));
        assert_eq!(
            settings.levels,
            [("sentence-added", Level::Off), ("sentence-dropped", Level::At(Severity::Warning))]
        );
        assert_eq!(settings.ignores[0].reason, "a link, not part of the article");
        assert_eq!(settings.glossary, [GlossaryRow::new(&["Tsahal".into()], &["IDF".into(), "Israeli army".into()])]);
    }

    #[test]
    fn an_unknown_key_is_shown_with_a_caret() {
        let e = error("partial = true\nfail_on = \"error\"\n");
        assert!(e.contains("line 2") && e.contains("^^^^^^^") && e.contains("unknown field `fail_on`"), "{e}");
    }

    #[test]
    fn an_unknown_rule_is_shown_with_a_caret_and_a_guess() {
        let e = error("[rules]\nsentence-droped = \"off\"\n");
        assert!(e.contains('^') && e.contains("did you mean `sentence-dropped`?"), "{e}");
        let e = error("[[ignore]]\nrule = \"nonsense-entirely-unlike\"\nsource = \"x\"\nreason = \"y\"\n");
        assert!(e.contains("line 2") && e.contains("unknown rule"), "{e}");
    }

    #[test]
    fn an_ignore_needs_words_and_a_reason() {
        assert!(error("[[ignore]]\nrule = \"sentence-added\"\nsource = \"x\"\n").contains("missing field `reason`"));
        assert!(error("[[ignore]]\nrule = \"sentence-added\"\nsource = \"x\"\nreason = \" \"\n").contains("empty"));
        let e = error("[[ignore]]\nrule = \"sentence-added\"\nreason = \"style\"\n");
        assert!(e.contains("needs `source` or `target`"), "{e}");
    }
}
