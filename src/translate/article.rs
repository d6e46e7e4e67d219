//! An article's sentences in English: translated, steered by the rules, with one form for each name.

use super::chat::ChatTranslator;
use super::terms::Settler;
use super::{SentenceTask, Translation, Translator, antecedent, consistency, steer};
use crate::article::{Article, Block, BlockKind};
use crate::checks::engine::{self, Settings};
use crate::checks::word_added;
use crate::dispatch::Decoding;
use crate::facts::Fact;
use crate::model::{Generator, ModelError};

/// How to translate.
pub struct TranslateOptions<'a> {
    /// The prompts for translating, and for translating back.
    pub prompts: &'a steer::Prompts,
    /// Whether the drafts are steered by the rules.
    pub decoding: Decoding,
    /// The settings of the rules that judge the drafts when they are steered.
    pub checks: &'a Settings,
}

/// Translates all sentences. Returns two lists: the translations as they came out of the model and of steering, and the
/// final texts, in which names that the lexicon knows have their English form and other names, as far as possible, one
/// spelling. `facts` are those of the French sentences; `progress` is told how many sentences are translated and
/// returns whether to go on. While translations are being steered it is called with the same number, only to ask
/// whether to go on.
///
/// # Errors
/// Any error of the model; [`ModelError::Cancelled`] when `progress` returned `false`.
pub fn translate<G: Generator>(
    article: &Article,
    facts: &[Vec<Fact>],
    generator: &mut G,
    options: &TranslateOptions<'_>,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Result<(Vec<Translation>, Vec<String>), ModelError> {
    let mut done = 0;
    let mut translator = ChatTranslator::new(generator, &options.prompts.translate);
    let units = units(article);
    let mut translations = translator.translate(&units, &mut |_| {
        done += 1;
        progress(done)
    })?;
    if options.decoding == Decoding::Steered {
        steer_by_rules(article, &units, facts, generator, options, &mut translations, &mut || progress(done))?;
    }
    let mut targets = settle_names(article, &translations, facts);
    let sentences: Vec<&str> = article.sentences().map(|s| s.text.as_str()).collect();
    consistency::unify(&mut targets, &sentences, &slices(facts));
    Ok((translations, targets))
}

fn slices(facts: &[Vec<Fact>]) -> Vec<&[Fact]> {
    facts.iter().map(Vec::as_slice).collect()
}

/// The sentences to translate, in the order of the article. Each comes with the sentence before it
/// if it leans on that one (see [`antecedent`]).
pub fn units(article: &Article) -> Vec<SentenceTask> {
    let mut before = None;
    let mut units = Vec::new();
    for block in &article.blocks {
        for sentence in &block.sentences {
            let text = sentence.text.as_str();
            let context = before.replace(text).filter(|before| antecedent::may_stand_in(before, text));
            units.push(SentenceTask { text: text.into(), before: context.map(str::to_string), kind: block.kind });
        }
    }
    units
}

/// The translations with the names that the lexicon knows in their English form.
fn settle_names(article: &Article, translations: &[Translation], facts: &[Vec<Fact>]) -> Vec<String> {
    settlers(article, translations, facts).into_iter().map(|(_, text)| text).collect()
}

/// For each sentence the state of the settler before that sentence, and the translation with
/// settled names. The settler remembers which organisations were already given in full, so another
/// translation of the same sentence must be settled with a copy of that earlier state.
fn settlers(article: &Article, translations: &[Translation], facts: &[Vec<Fact>]) -> Vec<(Settler, String)> {
    let mut settler = Settler::new(facts.iter().map(Vec::as_slice));
    let settled = |((translation, facts), is_body): ((&Translation, &Vec<Fact>), bool)| {
        let before = settler.clone();
        let mut text = translation.text.clone();
        settler.settle(&mut text, facts, is_body);
        (before, text)
    };
    translations.iter().zip(facts).zip(is_running_text(article)).map(settled).collect()
}

/// For each sentence of the article, whether it is running text.
fn is_running_text(article: &Article) -> impl Iterator<Item = bool> {
    let running = |b: &Block| matches!(b.kind, BlockKind::Paragraph | BlockKind::ListItem);
    article.blocks.iter().flat_map(move |b| b.sentences.iter().map(move |_| running(b)))
}

/// Steers the drafts: corrects them in place, tries other translations where the rules find something or the model was
/// unsure, and keeps the best of each.
fn steer_by_rules<G: Generator>(
    article: &Article,
    units: &[SentenceTask],
    facts: &[Vec<Fact>],
    generator: &mut G,
    options: &TranslateOptions<'_>,
    translations: &mut [Translation],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(), ModelError> {
    // A translation is judged with the lexicon's names in their English form already, as they will be printed.
    // (Spellings of other names are unified later.)
    let settlers = settlers(article, translations, facts);
    let is_body: Vec<bool> = is_running_text(article).collect();
    let judge = |i: usize, text: &str| {
        let mut text = text.to_string();
        settlers[i].0.clone().settle(&mut text, &facts[i], is_body[i]);
        let sentence = &units[i].text;
        let mut findings = engine::check_pair(sentence, &text, options.checks);
        engine::settle(&mut findings, sentence, &text, options.checks);
        // A word that nothing in the French says is for a reader to judge. The model, forbidden to write it, writes a
        // worse one as often as a better one.
        findings.retain(|f| f.rule != word_added::RULE.name);
        steer::Judged { text, findings }
    };
    steer::steer(generator, options.prompts, units, translations, &judge, go_on)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ReadOptions;

    #[test]
    fn a_sentence_comes_with_the_one_before_it_where_a_pronoun_leans_on_that_one() {
        let text = "Un avion de transport s’est écrasé mardi à Brenne.\n\nIl avait décollé de Selm. Onze soldats sont morts.\n";
        let article = Article::from_text("avion.txt", text, &ReadOptions::default()).unwrap();
        let before: Vec<Option<String>> = units(&article).into_iter().map(|unit| unit.before).collect();
        assert_eq!(before, [None, Some("Un avion de transport s’est écrasé mardi à Brenne.".into()), None]);
    }
}
