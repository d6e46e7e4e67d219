//! The settings of the checks in a project's `depeche.toml`, as a dispatch records them. They are recorded because they
//! may change the translation: the rules choose among candidates.

use crate::checks::engine::{Level, Settings};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The settings of the checks that are not the default ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChecksRecord {
    /// Severities of rules, or `off`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<IgnoreRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub glossary: Vec<GlossaryRecord>,
}

/// A finding that the user does not want to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IgnoreRecord {
    pub rule: String,
    pub source: Option<String>,
    pub target: Option<String>,
    pub reason: String,
}

/// French forms of a term, and the English ones that will do; both in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GlossaryRecord {
    pub fr: Vec<String>,
    pub en: Vec<String>,
}

impl ChecksRecord {
    /// The record of settings; `None` where they name no rule, ignore no finding and have no glossary.
    pub fn of(settings: &Settings) -> Option<Self> {
        let level = |l: Level| match l {
            Level::Off => "off".to_string(),
            Level::At(severity) => severity.to_string(),
        };
        let record = ChecksRecord {
            rules: settings.levels.iter().map(|(rule, l)| (rule.to_string(), level(*l))).collect(),
            ignore: settings
                .ignores
                .iter()
                .map(|i| IgnoreRecord {
                    rule: i.rule.into(),
                    source: i.source.clone(),
                    target: i.target.clone(),
                    reason: i.reason.clone(),
                })
                .collect(),
            glossary: settings
                .glossary
                .iter()
                .map(|g| GlossaryRecord { fr: g.fr().to_vec(), en: g.en().to_vec() })
                .collect(),
        };
        (record != ChecksRecord::default()).then_some(record)
    }
}
