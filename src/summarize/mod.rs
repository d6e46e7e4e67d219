//! The neutral summary: written by the chat model from the checked translation, passed sentence by sentence by rules, and
//! replaced by sentences of the translation where the model's text does not pass.

pub mod contradictions;
pub mod extract;
pub mod figures;
pub mod sources;
pub mod tables;
pub mod vet;

use crate::dispatch::{Rejected, SummaryKind, SummaryRecord};
use crate::model::{Generator, Job, ModelError, Stop};
use crate::prompt::Prompt;
use crate::translate::typography;

/// The prompt that summarises when the user names no other.
pub const PROMPT: &str = include_str!("../../prompts/summary.md");

/// A summary has at most so many sentences.
pub const MAX_SENTENCES: usize = 6;

/// Words that the summary of an article of `words` words may have.
pub fn limit(words: usize) -> usize {
    (words / 4).max(60)
}

/// What a summary is made from.
pub struct Material<'a> {
    /// The headline's translation.
    pub title: Option<&'a str>,
    /// Translated sentences in paragraphs, without the headline and headings.
    pub paragraphs: &'a [Vec<&'a str>],
    /// Words of the French article.
    pub words: usize,
}

/// Writes the summary.
///
/// # Errors
/// What the model fails with.
pub fn summarize<G: Generator>(
    material: &Material<'_>,
    generator: &mut G,
    prompt: &Prompt,
) -> Result<SummaryRecord, ModelError> {
    let limit = limit(material.words);
    let mut rejected = Vec::new();
    let text = write(material, generator, prompt, limit)?;
    let article = vet::Article::new(material.title.into_iter().chain(material.paragraphs.concat()));
    let mut kept: Vec<String> = Vec::new();
    for sentence in sentences(&text) {
        let words: usize = kept.iter().map(|k| count_words(k)).sum();
        let reason = if kept.len() == MAX_SENTENCES || words + count_words(&sentence) > limit {
            Some("longer than the summary may be".to_string())
        } else if kept.contains(&sentence) {
            Some("stands twice".to_string())
        } else {
            article.objection(&sentence)
        };
        match reason {
            Some(reason) => rejected.push(Rejected { text: sentence, reason }),
            None => kept.push(sentence),
        }
    }
    // A text most of which had to go was not about this article: what is left of it has lost its context.
    let (kind, text) = if kept.is_empty() || rejected.len() > kept.len() {
        (SummaryKind::Extractive, extract::extract(material.paragraphs, limit))
    } else {
        (SummaryKind::Written, kept.join(" "))
    };
    Ok(SummaryRecord { kind, text, limit, rejected })
}

/// The model's own text. An article longer than the context is summarised from its beginning, where news stand.
fn write<G: Generator>(
    material: &Material<'_>,
    generator: &mut G,
    prompt: &Prompt,
    limit: usize,
) -> Result<String, ModelError> {
    let max_tokens = limit * 2 + 32;
    let job = |article: &str| -> Result<Job, ModelError> {
        let messages = prompt.messages(&[("article", article), ("words", &limit.to_string())]);
        Ok(Job { messages: messages.map_err(|e| ModelError::Template(e.to_string()))?, max_tokens })
    };
    let fixed: usize = job("")?.messages.iter().map(|m| generator.count_tokens(&m.content) + 8).sum();
    let room = generator.context_length().saturating_sub(fixed + max_tokens);
    let mut article = material.title.map(|t| format!("{t}\n")).unwrap_or_default();
    let mut used = generator.count_tokens(&article);
    for paragraph in material.paragraphs {
        let paragraph = format!("\n{}\n", paragraph.join(" "));
        used += generator.count_tokens(&paragraph);
        if used > room {
            break;
        }
        article.push_str(&paragraph);
    }
    let done = generator.generate(&[job(article.trim())?], &mut |_, _| true)?;
    let Some(completion) = done.into_iter().next() else { return Ok(String::new()) };
    let text = typography::english(&completion.text, "«» .");
    // A text that ran into the length limit ends in the middle of a sentence.
    Ok(match (completion.stop, text.rfind(['.', '!', '?'])) {
        (Stop::Length, Some(end)) => text[..=end].to_string(),
        _ => text,
    })
}

pub(crate) fn sentences(text: &str) -> Vec<String> {
    crate::article::segment::english(text).into_iter().map(|span| span.of(text).trim().to_string()).collect()
}

pub(crate) fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count()
}
