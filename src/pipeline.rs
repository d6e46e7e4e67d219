//! Makes the dispatch of an article: translates it, checks the translation, summarises it with a
//! summary that is checked as well, and records everything.

use crate::article::{Article, BlockKind, Removed, Sentence};
use crate::checks::engine::{self, Settings as CheckSettings};
use crate::checks::{Finding, Severity};
use crate::dispatch::*;
use crate::facts::{self, Fact};
use crate::lang::Lang;
use crate::model::{Generator, ModelError, Stop};
use crate::prompt::Prompt;
use crate::span::CharIndex;
use crate::summarize;
use crate::summarize::material::Material;
use crate::tables;
use crate::tables::sentence_pair::SentencePair;
use crate::translate::{self, Translation, doubt, steer, word_doubt};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::time::Instant;

/// The settings of a run, which are the same for all its articles.
pub struct RunSettings<'a> {
    /// The model that translates or summarises.
    pub model: &'a ModelRecord,
    /// The settings that dispatches record.
    pub settings: &'a SettingsRecord,
    /// The settings of the rules.
    pub checks: &'a CheckSettings,
}

/// The prompts of a run.
pub struct Prompts {
    /// Those for translating and for choosing among translations.
    pub steer: steer::Prompts,
    /// Those for summaries.
    pub summary: summarize::Prompts,
}

impl Prompts {
    /// The project's own prompts.
    pub fn standard() -> Self {
        Prompts { steer: steer::Prompts::standard(), summary: summarize::Prompts::standard() }
    }

    /// The project's own prompts, for a model that has an adapter for translation. `reads_context` says whether the
    /// adapter has learned to use the sentence before the one that it translates.
    pub fn adapted(reads_context: bool) -> Self {
        Prompts { steer: steer::Prompts::adapted(reads_context), ..Prompts::standard() }
    }

    /// What a dispatch records of the prompts; those of the summary only if `summary` is set.
    fn records(&self, summary: bool) -> Vec<PromptRecord> {
        let mut records: Vec<PromptRecord> = self.steer.all().into_iter().map(Prompt::record).collect();
        if summary {
            add_records(&mut records, self.summary.records());
        }
        records
    }
}

/// Adds to `records` those of `more` that are not there yet.
fn add_records(records: &mut Vec<PromptRecord>, more: impl IntoIterator<Item = PromptRecord>) {
    for record in more {
        if !records.contains(&record) {
            records.push(record);
        }
    }
}

/// A sentence and its translation, with the facts of both and what the rules found.
pub struct CheckedSentence<'a> {
    /// Counted from 1 through the article.
    pub number: usize,
    /// Kind of the block in which the sentence stands.
    pub kind: BlockKind,
    /// The French sentence.
    pub sentence: &'a Sentence,
    /// Its translation.
    pub target: &'a str,
    pub source_facts: Vec<Fact>,
    pub target_facts: Vec<Fact>,
    pub findings: Vec<Finding>,
}

/// Hash of everything that decides what the dispatch of an article says. On one machine, two runs with the same
/// fingerprint write the same dispatch, except for the name of the file and the timings.
pub fn fingerprint(article: &Article, run: &RunSettings<'_>, prompts: &Prompts) -> String {
    let parts = serde_json::json!([
        SCHEMA_VERSION,
        env!("CARGO_PKG_VERSION"),
        article.original.sha256,
        article.id,
        article.date.map(|d| d.to_string()),
        run.model,
        run.settings,
        prompts.records(run.settings.summary),
    ]);
    hash(&parts)
}

/// Makes the dispatch of one article. `progress` is called with the number of sentences translated so far, and returns
/// whether to go on.
///
/// # Errors
/// When the model fails; [`ModelError::Cancelled`] when `progress` returned `false`.
pub fn dispatch<G: Generator>(
    article: &Article,
    generator: &mut G,
    run: &RunSettings<'_>,
    prompts: &Prompts,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Result<Dispatch, ModelError> {
    let start = Instant::now();
    let fingerprint = fingerprint(article, run, prompts);
    let records = prompts.records(run.settings.summary);

    let source_facts = facts::of_article(article);
    let options = translate::article::TranslateOptions {
        prompts: &prompts.steer,
        decoding: run.settings.decoding,
        checks: run.checks,
    };
    let (translations, targets) = translate::article::translate(article, &source_facts, generator, &options, progress)?;
    let translated = start.elapsed();

    let rows = rows(article, &targets, source_facts, run.checks);

    let tables = tables::of_sentences(&sentence_pairs(article, &rows));
    let title = joined(&rows, |r| r.kind == BlockKind::Title);
    let checked = start.elapsed();

    let index = CharIndex::new(&article.original.text);
    let mut dispatch = Dispatch {
        schema_version: SCHEMA_VERSION,
        fingerprint,
        tool: tool(),
        source: source(article),
        model: run.model.clone(),
        prompts: records,
        settings: run.settings.clone(),
        title,
        blocks: blocks(article, &rows, &translations, &index),
        summary: None,
        tables,
        findings: rows.iter().flat_map(|r| r.findings.iter().map(|f| finding(r, f))).collect(),
        needs_review: rows.iter().zip(&translations).filter_map(|(r, t)| review(r, t)).collect(),
        credits: article.credits.iter().map(|&s| index.char_span(s)).collect(),
        removed: removed(article, &index),
        timings: Timings {
            translate: translated.as_secs_f64(),
            check: (checked - translated).as_secs_f64(),
            summarize: 0.0,
            total: checked.as_secs_f64(),
            tokens: translations.iter().map(|t| t.tokens).sum(),
        },
    };
    if let Some(settings) = &run.settings.summarize {
        summarise(&mut dispatch, generator, settings, prompts, run.checks)?;
    }
    Ok(dispatch)
}

/// Gives a translated dispatch its summary, unless there is nothing to summarise, and records how long that took.
fn summarise<G: Generator>(
    dispatch: &mut Dispatch,
    generator: &mut G,
    settings: &SummarySettings,
    prompts: &Prompts,
    checks: &CheckSettings,
) -> Result<(), ModelError> {
    let start = Instant::now();
    let material = Material::of(dispatch);
    if !material.is_empty() {
        let options = summarize::Options::of(settings);
        let summary = summarize::summarize(&material, generator, &prompts.summary, &options, checks)?;
        dispatch.summary = Some(summary);
    }
    dispatch.timings.summarize = start.elapsed().as_secs_f64();
    dispatch.timings.total += dispatch.timings.summarize;
    Ok(())
}

/// Summarises an article that was translated before. Its translation and findings stay as they are.
/// Its tables are made anew, and the dispatch records the prompts and settings of the new summary,
/// and the model if it is not the one that translated.
///
/// # Errors
/// When the model fails.
pub fn resummarise<G: Generator>(
    translated: &Dispatch,
    generator: &mut G,
    run: &RunSettings<'_>,
    prompts: &Prompts,
) -> Result<Dispatch, ModelError> {
    let mut dispatch = translated.clone();
    dispatch.fingerprint = resummary_fingerprint(translated, run, prompts);
    dispatch.summary = None;
    // Tables need no model, and those of the dispatch may have been made by an older depeche.
    dispatch.tables = tables_of(translated);
    dispatch.tool = tool();
    dispatch.prompts.retain(|p| !p.id.starts_with("summary"));
    add_records(&mut dispatch.prompts, prompts.summary.records());
    dispatch.timings.total -= dispatch.timings.summarize;
    let mut settings = run.settings.summarize.clone().unwrap_or_default();
    settings.model = (*run.model != dispatch.model).then(|| run.model.clone());
    summarise(&mut dispatch, generator, &settings, prompts, run.checks)?;
    dispatch.settings.summary = true;
    dispatch.settings.summarize = Some(settings);
    Ok(dispatch)
}

/// The fingerprint of [`resummarise`]: a hash of the source, the translation and the findings as they stand in the
/// dispatch, and of the version, model, settings and prompts of the new summary.
pub fn resummary_fingerprint(translated: &Dispatch, run: &RunSettings<'_>, prompts: &Prompts) -> String {
    let texts: Vec<[&str; 2]> = translated.sentences().map(|s| [s.cleaned.as_str(), s.target.as_str()]).collect();
    hash(&serde_json::json!([
        "summarize",
        SCHEMA_VERSION,
        env!("CARGO_PKG_VERSION"),
        translated.source,
        texts,
        translated.findings,
        run.model,
        run.settings.summarize,
        run.settings.checks,
        prompts.summary.records(),
    ]))
}

/// The SHA-256 of the JSON, in hexadecimal.
fn hash(parts: &Value) -> String {
    let hash = Sha256::digest(parts.to_string());
    hash.iter().map(|b| format!("{b:02x}")).collect()
}

/// The record of this program and its version.
fn tool() -> ToolRecord {
    ToolRecord { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").into() }
}

fn extract(text: &str, lang: Lang, article: &Article) -> Vec<Fact> {
    facts::extract(text, &facts::Context { lang, date: article.date })
}

/// Every sentence of the article with its translation (`targets`), checked.
fn rows<'a>(
    article: &'a Article,
    targets: &'a [String],
    facts: Vec<Vec<Fact>>,
    checks: &CheckSettings,
) -> Vec<CheckedSentence<'a>> {
    let sentences = article.blocks.iter().flat_map(|b| b.sentences.iter().map(|s| (b.kind, s)));
    let both = sentences.zip(targets).zip(facts).enumerate();
    both.map(|(i, (((kind, sentence), target), source_facts))| {
        let mut findings = engine::check_pair(&sentence.text, target, checks);
        engine::settle(&mut findings, &sentence.text, target, checks);
        let target_facts = extract(target, Lang::En, article);
        CheckedSentence { number: i + 1, kind, sentence, target, source_facts, target_facts, findings }
    })
    .collect()
}

/// The sentences in the form from which tables are made.
fn sentence_pairs<'a>(article: &Article, rows: &'a [CheckedSentence<'_>]) -> Vec<SentencePair<'a>> {
    let blocks = article.blocks.iter().enumerate().flat_map(|(i, b)| b.sentences.iter().map(move |_| i));
    let pair = |(r, block): (&'a CheckedSentence<'_>, usize)| SentencePair {
        number: r.number,
        kind: r.kind,
        block,
        source: &r.sentence.text,
        target: r.target,
        source_facts: &r.source_facts,
        target_facts: &r.target_facts,
    };
    rows.iter().zip(blocks).map(pair).collect()
}

fn source(article: &Article) -> SourceRecord {
    SourceRecord {
        file: article.original.name.clone(),
        id: article.id.clone(),
        sha256: article.original.sha256.clone(),
        encoding: article.original.encoding.into(),
        title: article.title(),
        date: article.date.map(|d| d.to_string()),
        words: article.sentences().map(|s| summarize::count_words(&s.text)).sum(),
    }
}

fn removed(article: &Article, index: &CharIndex) -> Vec<RemovedRecord> {
    let record = |r: &Removed| RemovedRecord { reason: r.reason.to_string(), source: index.char_span(r.span) };
    article.removed.iter().map(record).collect()
}

/// The translations of the sentences that `keep` accepts, as one text; `None` if there are none.
fn joined(rows: &[CheckedSentence<'_>], keep: impl Fn(&CheckedSentence<'_>) -> bool) -> Option<String> {
    let texts: Vec<&str> = rows.iter().filter(|r| keep(r)).map(|r| r.target).collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

fn blocks(
    article: &Article,
    rows: &[CheckedSentence<'_>],
    translations: &[Translation],
    index: &CharIndex,
) -> Vec<BlockRecord> {
    let mut rest = rows.iter().zip(translations);
    let record = |(row, translation): (&CheckedSentence<'_>, &Translation)| SentenceRecord {
        number: row.number,
        source: index.char_span(row.sentence.span),
        cleaned: row.sentence.text.clone(),
        target: row.target.to_string(),
        mean_log_prob: translation.mean_log_prob,
        doubt: doubt::doubt(translation.mean_log_prob, translation.tokens),
        words: word_doubt::doubts(row.target, &translation.words),
        parts: translation.parts,
        cut_off: translation.stop == Stop::Length,
        source_facts: fact_records(&row.sentence.text, &row.source_facts),
        target_facts: fact_records(row.target, &row.target_facts),
    };
    let blocks = article.blocks.iter();
    blocks
        .map(|b| BlockRecord { kind: b.kind, sentences: rest.by_ref().take(b.sentences.len()).map(record).collect() })
        .collect()
}

/// Facts as `depeche facts` writes them.
fn fact_records(text: &str, facts: &[Fact]) -> Vec<Value> {
    let index = CharIndex::new(text);
    facts.iter().map(|f| f.to_json(&index)).collect()
}

fn finding(row: &CheckedSentence<'_>, f: &Finding) -> FindingRecord {
    FindingRecord {
        sentence: row.number,
        rule: f.rule.to_string(),
        severity: f.severity,
        confidence: f.confidence,
        message: f.message.clone(),
        source: f.source.map(|s| CharIndex::new(&row.sentence.text).char_span(s)),
        target: f.target.map(|s| CharIndex::new(row.target).char_span(s)),
    }
}

/// Why an editor must look at a sentence: it has findings of severity error, or its translation may
/// be cut off or is empty. `None` if none of these is true.
fn review(row: &CheckedSentence<'_>, translation: &Translation) -> Option<Review> {
    let errors = row.findings.iter().filter(|f| f.severity == Severity::Error);
    let mut reasons: Vec<String> = errors.map(|f| format!("{}: {}", f.rule, f.message)).collect();
    if translation.stop == Stop::Length {
        reasons.push("the model did not come to an end: the translation may be cut off or repeat itself".into());
    }
    if translation.text.trim().is_empty() {
        reasons.push("the model gave no translation".into());
    }
    (!reasons.is_empty()).then_some(Review { sentence: row.number, reasons })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ReadOptions;
    use crate::model::scripted::Scripted;
    use crate::tables::Tables;

    #[test]
    fn a_new_summary_comes_with_new_tables() {
        let text = "Combats à Tarsal\n\nUne tempête a fait plus de 140 morts à Tarsal. La tempête a fait plus de 146 morts, \
                    selon l’ONG Rivages.\n";
        let article = Article::from_text("tarsal.txt", text, &ReadOptions::default()).unwrap();
        let model = ModelRecord {
            id: "scripted".into(),
            sha256: String::new(),
            architecture: String::new(),
            device: "cpu".into(),
            adapter: None,
        };
        let settings = SettingsRecord {
            seed: 0,
            decoding: Decoding::Greedy,
            batch: 1,
            context: 4096,
            keep_boilerplate: false,
            date: None,
            summary: false,
            summarize: None,
            checks: None,
        };
        let checks = CheckSettings::default();
        let run = RunSettings { model: &model, settings: &settings, checks: &checks };
        let mut scripted = Scripted::new(|job| match job.messages.last().map_or("", |m| &m.content) {
            t if t.starts_with("Une") => "A storm has killed more than 140 people in Tarsal.".into(),
            t if t.starts_with("La temp") => "The storm has killed more than 146, according to the NGO Rivages.".into(),
            _ => "Fighting in Tarsal".into(),
        });
        let prompts = Prompts::standard();
        let whole = dispatch(&article, &mut scripted, &run, &prompts, &mut |_| true).unwrap();
        assert_eq!(whole.tables.figure_groups.len(), 1, "both count the same dead");
        // An older version of depeche, which made no tables, would have written the dispatch like
        // this.
        let mut older = whole.clone();
        older.tables = Tables::default();
        let anew = resummarise(&older, &mut scripted, &run, &prompts).unwrap();
        assert!(anew.summary.is_some());
        assert_eq!(anew.tables, whole.tables);
    }
}
