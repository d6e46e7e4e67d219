//! The rows of the tables, as they stand in the JSON of a dispatch. Spans are those of the cleaned sentence and its
//! translation, in Unicode scalar values.

use crate::checks::Confidence;
use crate::span::CharSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a source is, as far as the French shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// Somebody with a name: « Rami Abdel Rahmane ».
    Person,
    /// An office-holder without a name: « un responsable du port », « le procureur ».
    Official,
    /// A state, a government, a public body: « le Kremlin », « le ministère de l'Intérieur », « Ankara ».
    Government,
    /// Armed forces and police: « l'armée », « la police ».
    Forces,
    /// A body with a name, or one of several kinds: an NGO, a party, an armed group.
    Organisation,
    /// « l'agence Sana », « la télévision », « le quotidien ».
    Media,
    /// « des témoins », « un habitant », « une survivante ».
    Witness,
    /// « une source policière », « des sources concordantes ».
    Anonymous,
    /// A study, a statement, a tally without an author.
    Document,
    Other,
}

/// One source of the who-says-what table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceRow {
    /// English form.
    pub source: String,
    /// The forms that the French uses, in the order of the article.
    pub french: Vec<String>,
    pub kind: SourceKind,
    pub claims: Vec<Claim>,
}

/// What a source says in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    pub sentence: usize,
    /// What the verb does: `say`, `deny`, `admit`, `support` …
    pub verb: String,
    /// The verb is denied: « n'a pas confirmé » is a `confirm` that did not happen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub negated: bool,
    /// The French does not vouch for it: « aurait », « présumé ».
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conditional: bool,
    /// The sentence names nobody; its quotation goes on with what the source before it says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub implied: bool,
    /// Who passes it on: « a déclaré à l'AFP », « cité par Reuters ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// The English sentence; none where the article is not translated.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The part of the cleaned sentence that is claimed.
    pub french: CharSpan,
    /// Figures in that part.
    pub figures: Vec<Rendering>,
    /// Quotations in that part, without their marks.
    pub quotations: Vec<Rendering>,
}

/// A piece of a French sentence and what is equal to it in the translation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rendering {
    /// Span of the cleaned sentence.
    pub french: CharSpan,
    /// Span of the translation; `None` where nothing equal was found there.
    pub english: Option<CharSpan>,
}

/// Claims of different sources that cannot all be true, found in the French by rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contradiction {
    pub reason: Conflict,
    pub confidence: Confidence,
    /// The two sides, in the order of the article.
    pub sides: [Side; 2],
    /// French words on which both sides speak: names, nouns, verbs.
    pub about: Vec<String>,
}

/// How two claims exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// One side denies what the other claims: « une information démentie par », « nie toute implication ».
    Denial,
    /// The same is told with a negation and without: « n'ont pas atteint la ville », « sont entrés dans la ville ».
    Negation,
    /// What both tell cannot hold together: « tient la ville », « a pris la ville ».
    Opposite,
    /// Figures for the same thing that exclude each other.
    Figures,
}

/// One side of a contradiction: the claims of one or more sources that say the same in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    pub claims: Vec<ClaimRef>,
}

/// A claim of the who-says-what table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimRef {
    /// Index into `who_says_what`.
    pub row: usize,
    /// Index into the row's `claims`.
    pub claim: usize,
    /// The row's English source.
    pub source: String,
    pub sentence: usize,
    /// The words of the French on which the contradiction turns.
    pub words: CharSpan,
}

/// One figure of the article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureRow {
    pub sentence: usize,
    /// As the French writes it.
    pub french: String,
    /// As the English writes it; `None` where no equal figure was found there.
    pub english: Option<String>,
    /// Span of the cleaned sentence; its text is `french`.
    pub span: CharSpan,
    /// What it counts, in English: `civilians killed`, `people wounded`, `villages`, `kilometre`; `None` where that is
    /// not known.
    pub what: Option<String>,
    /// The number as written, scale applied; of a range its lower end.
    pub value: f64,
    /// Upper end of a range: « entre 10 et 15 ».
    pub high: Option<f64>,
    /// `more-than`, `at-least`, `less-than`, `at-most`, `about`, `nearly`, `barely`; `None` for an exact figure.
    pub qualifier: Option<String>,
    /// What the true value can be, qualifier and rounding counted in.
    pub bounds: Bounds,
    /// Who it comes from in English, as the French says it.
    pub source: Option<String>,
    /// The day that the sentence gives it for, ISO 8601 where the text or the day of publication settles it, else as
    /// the French writes it.
    pub date: Option<String>,
    /// It is a part of the figure at this index: « dont douze ».
    pub part_of: Option<usize>,
}

/// The least and the greatest value that a figure allows; `None` where there is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bounds {
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// Figures of one article for the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureGroup {
    pub what: String,
    pub verdict: Verdict,
    /// Indices into `figures`.
    pub figures: Vec<usize>,
}

/// Whether figures for the same thing can all be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All their bounds overlap: more than 140, more than 146.
    Compatible,
    /// Two of them exclude each other.
    Conflicting,
}
