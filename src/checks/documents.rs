//! Checks a document against its translation: aligns their sentences, runs the rules about pairs over the sentences
//! that belong together, and the rules about documents over the whole alignment.

use super::engine::{self, Settings};
use super::garbled_encoding;
use super::{DOCUMENT_RULES, Finding};
use crate::article::align::{Bead, align};
use crate::article::read::Document as Raw;
use crate::article::{Article, ReadError, ReadErrorKind, ReadOptions, Sentence};
use crate::contrasts::{Asked, SecondLook};
use crate::lang::Lang;
use crate::span::Span;
use jiff::civil::Date;
use std::ops::Range;

/// One document: the text as given and its sentences.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The original text, into which the findings' spans point.
    pub text: &'a str,
    pub sentences: &'a [&'a Sentence],
    /// Parts that a translation may keep or leave out, in the order of the text: the site's frame, notices, credits, a
    /// caption that stands twice.
    pub optional: &'a [Span],
    /// Day of publication, if known; that of the source is used for both documents.
    pub date: Option<Date>,
}

impl<'a> Document<'a> {
    /// Whether no word of the sentence stands outside the optional parts, so that the other side need not have it. The
    /// mark of a footnote, the date before the first sentence or the address of a link is only a part of its sentence,
    /// which must be on both sides.
    pub fn is_optional(&self, sentence: &Sentence) -> bool {
        let Span { start, end } = sentence.span;
        let has_word = |from: usize, to: usize| from < to && self.text[from..to].contains(char::is_alphanumeric);
        let mut from = start;
        for part in self.optional.iter().filter(|o| o.overlaps(sentence.span)) {
            if has_word(from, part.start) {
                return false;
            }
            from = from.max(part.end);
        }
        !has_word(from, end)
    }

    fn texts(&self) -> Vec<&'a str> {
        self.sentences.iter().map(|s| s.text.as_str()).collect()
    }
}

/// A document that was read: all its sentences, and what cleaning would take out.
///
/// A translation may have kept the notices of the page or not. So everything is compared, and what cleaning would take
/// out may be on one side only.
#[derive(Debug)]
pub struct Text {
    pub article: Article,
    /// What cleaning would take out, in the order of the text.
    optional: Vec<Span>,
}

impl Text {
    /// Cuts a document into sentences. With `keep_boilerplate`, notices and the site's frame must be on both sides,
    /// too.
    ///
    /// # Errors
    /// When there is no text in it, or the source is clearly in another language than French.
    pub fn read(document: Raw, lang: Lang, date: Option<Date>, keep_boilerplate: bool) -> Result<Self, ReadError> {
        let whole = ReadOptions {
            lang,
            // A translation that was left in French is a finding, not an error.
            check_language: lang == Lang::Fr,
            date,
            keep_boilerplate: true,
            ..ReadOptions::default()
        };
        let cleaned = ReadOptions { keep_boilerplate, check_language: false, ..whole.clone() };
        let article = Article::from_document(document.clone(), &cleaned);
        let spans = article.map(|a| a.removed.iter().map(|r| r.span).chain(a.credits).collect());
        let mut optional: Vec<Span> = spans.unwrap_or_default();
        optional.sort();
        Ok(Text { article: Article::from_document(document, &whole)?, optional })
    }

    fn document<'a>(&'a self, sentences: &'a [&'a Sentence]) -> Document<'a> {
        let text = &self.article.original.text;
        Document { text, sentences, optional: &self.optional, date: self.article.date }
    }
}

/// The findings of two documents that were read, with the user's settings applied; spans are of the two original texts.
///
/// # Errors
/// When sentences that belong together are too much for the rules, or a rule fails on them: see [`engine::guarded`].
pub fn check_texts(source: &Text, target: &Text, settings: &Settings) -> Result<Vec<Finding>, ReadError> {
    let [from, to] = [source, target].map(|t| t.article.sentences().collect::<Vec<_>>());
    let checked = check(source.document(&from), target.document(&to), settings);
    checked.map_err(|excess| ReadErrorKind::TooMuch(excess).at(&source.article.original.name))
}

/// The findings that a model adds to those of the rules (`known`) when it is asked about the
/// sentences that belong together. The user's settings are applied; spans are of the two original
/// texts.
///
/// # Errors
/// Whatever error `look` returns.
pub fn look_again(
    source: &Text,
    target: &Text,
    known: &[Finding],
    settings: &Settings,
    look: &mut SecondLook<'_>,
) -> std::io::Result<Vec<Finding>> {
    let [from, to] = [source, target].map(|t| t.article.sentences().collect::<Vec<_>>());
    let (source, target) = (source.document(&from), target.document(&to));
    let beads = align(&source.texts(), &target.texts());
    let passages: Vec<[Passage<'_>; 2]> = beads
        .iter()
        .filter(|b| !b.source.is_empty() && !b.target.is_empty())
        .map(|b| [Passage::new(&from[b.source.clone()]), Passage::new(&to[b.target.clone()])])
        .collect();
    let asked: Vec<Asked<'_>> =
        passages.iter().map(|[s, t]| Asked { source: &s.text, target: &t.text, known: &[] }).collect();
    let mut out = Vec::new();
    for ([s, t], found) in passages.iter().zip(look(&asked)?) {
        for mut f in found {
            f.source = f.source.map(|span| s.original(span));
            f.target = f.target.map(|span| t.original(span));
            if !known.iter().any(|k| k.rule == f.rule && is_same_matter(k, &f)) {
                out.push(f);
            }
        }
    }
    engine::settle(&mut out, source.text, target.text, settings);
    Ok(out)
}

/// Two documents and which of their sentences belong together: what rules about documents look at.
pub struct Aligned<'a> {
    pub source: Document<'a>,
    pub target: Document<'a>,
    /// Beads: groups of sentences of the source, each with the sentences of the target that render it, in the order of
    /// the source. One side of a bead may be empty.
    pub beads: Vec<Bead>,
}

/// The findings of two documents, with the user's settings applied; spans are of the two original texts.
///
/// # Errors
/// As for [`check_texts`].
pub fn check(source: Document, target: Document, settings: &Settings) -> Result<Vec<Finding>, String> {
    if let Some(finding) = garbled_encoding::of_unreadable(source.text, target.text, settings) {
        let mut findings = vec![finding];
        engine::settle(&mut findings, source.text, target.text, settings);
        return Ok(findings);
    }
    let beads = align(&source.texts(), &target.texts());
    let aligned = Aligned { source, target, beads };
    let mut findings = Vec::new();
    for rule in DOCUMENT_RULES {
        (rule.check)(&aligned, &mut findings);
    }
    for (b, bead) in aligned.beads.iter().enumerate() {
        let mut found = aligned.check(bead, settings)?;
        for neighbour in [b.checked_sub(1), Some(b + 1)].into_iter().flatten() {
            if let Some(neighbour) = aligned.beads.get(neighbour).filter(|_| !found.is_empty()) {
                // What these sentences lack may stand in the translation of their neighbours. Only what is still found
                // when both are checked together is missing from the document.
                let Ok(together) = aligned.check(&bead.join(neighbour), settings) else { continue };
                found.retain(|f| !can_move(f) || together.iter().any(|t| is_same_matter(f, t)));
            }
        }
        findings.extend(found);
    }
    findings.sort_by_key(|f| (f.source.or(f.target).map(|s| s.start), f.target.map(|s| s.start)));
    // A wrong encoding is a fault of the file as a whole: one finding about it is enough.
    let mut is_told = false;
    findings.retain(|f| f.rule != garbled_encoding::RULE.name || !std::mem::replace(&mut is_told, true));
    engine::settle(&mut findings, source.text, target.text, settings);
    Ok(findings)
}

/// Whether neighbouring sentences may explain the finding, as they do when they have a figure that is missing here.
/// They cannot explain a finding of the four rules named below.
fn can_move(finding: &Finding) -> bool {
    !matches!(finding.rule, "untranslated" | "repetition" | "loaded-term" | "garbled-encoding")
}

/// Whether two findings are about the same words, on one side at least, and of one family of rules, such as `number-…`.
fn is_same_matter(a: &Finding, b: &Finding) -> bool {
    let family = |f: &Finding| f.rule.split_once('-').map_or(f.rule, |(family, _)| family);
    let meet = |a: Option<Span>, b: Option<Span>| matches!((a, b), (Some(a), Some(b)) if a.overlaps(b));
    family(a) == family(b) && (meet(a.source, b.source) || meet(a.target, b.target))
}

impl Aligned<'_> {
    /// What the rules about pairs find in a bead; nothing if one side of the bead is empty.
    fn check(&self, bead: &Bead, settings: &Settings) -> Result<Vec<Finding>, String> {
        if bead.source.is_empty() || bead.target.is_empty() {
            return Ok(Vec::new());
        }
        let source = Passage::new(&self.source.sentences[bead.source.clone()]);
        let target = Passage::new(&self.target.sentences[bead.target.clone()]);
        let mut findings = engine::guarded(&source.text, &target.text, self.source.date, settings)?;
        for f in &mut findings {
            f.source = f.source.map(|s| source.original(s));
            f.target = f.target.map(|s| target.original(s));
        }
        Ok(findings)
    }
}

impl Bead {
    /// Both beads as one, with what stands between them when they are apart.
    fn join(&self, other: &Bead) -> Bead {
        let join = |a: &Range<usize>, b: &Range<usize>| match (a.is_empty(), b.is_empty()) {
            (true, _) => b.clone(),
            (_, true) => a.clone(),
            _ => a.start.min(b.start)..a.end.max(b.end),
        };
        Bead { source: join(&self.source, &other.source), target: join(&self.target, &other.target), sure: false }
    }
}

/// Some sentences as one text, with the way back to the original.
struct Passage<'a> {
    text: String,
    /// Where each sentence begins in `text`.
    starts: Vec<usize>,
    sentences: &'a [&'a Sentence],
}

impl<'a> Passage<'a> {
    fn new(sentences: &'a [&'a Sentence]) -> Self {
        let mut passage = Passage { text: String::new(), starts: Vec::new(), sentences };
        for sentence in sentences {
            if !passage.text.is_empty() {
                passage.text.push(' ');
            }
            passage.starts.push(passage.text.len());
            passage.text.push_str(&sentence.text);
        }
        passage
    }

    /// The place in the original document of a span of `text`.
    fn original(&self, span: Span) -> Span {
        let first = self.starts.partition_point(|&s| s <= span.start) - 1;
        let last = self.starts.partition_point(|&s| s < span.end.max(span.start + 1)) - 1;
        let part = |n: usize| {
            let (start, length) = (self.starts[n], self.sentences[n].text.len());
            let within = |at: usize| at.clamp(start, start + length) - start;
            self.sentences[n].to_original(Span::new(within(span.start), within(span.end)))
        };
        part(first).cover(part(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Format, read};

    /// The rules that find something where the English has the first and the last of three sentences only.
    #[track_caller]
    fn found(second: &str, format: Format, keep_boilerplate: bool) -> Vec<&'static str> {
        let french = format!(
            "Les rebelles ont pris la ville de Karsa mardi.\n\n{second}\n\nLes habitants fuient vers le sud de la vallée."
        );
        let english = "Rebels took the town of Karsa on Tuesday.\n\nResidents are fleeing to the south of the valley.";
        let text = |text: &str, lang| {
            let document = read::read_bytes("-", text.as_bytes(), format).unwrap().remove(0).unwrap();
            Text::read(document, lang, None, keep_boilerplate).unwrap()
        };
        let findings = check_texts(&text(&french, Lang::Fr), &text(english, Lang::En), &Settings::default());
        findings.unwrap().iter().map(|f| f.rule).collect()
    }

    #[test]
    fn a_sentence_of_which_only_a_part_is_cleaned_away_must_be_translated() {
        for second in [
            "L’armée dément toute avancée[3] et promet de rouvrir la route du port.",
            "L’armée dément toute avancée et promet de rouvrir la route du port.[3]",
            "4 janvier 2025. – L’armée dément toute avancée et promet de rouvrir la route du port.",
            "MONDE – L’armée dément toute avancée et promet de rouvrir la route du port.",
            "L’armée dément toute avancée et promet de rouvrir la route du port. (AFP)",
        ] {
            for keep in [false, true] {
                assert!(found(second, Format::Text, keep).contains(&"sentence-dropped"), "{second} {keep}");
            }
        }
        let linked = "L’armée dément [toute avancée](https://a.example/x) et promet de rouvrir la route du port.";
        assert!(found(linked, Format::Markdown, false).contains(&"sentence-dropped"));
    }

    #[test]
    fn what_cleaning_takes_out_as_a_whole_need_not_be_translated() {
        for second in ["Lire aussi : Au Nord, la trêve tient encore", "Publié le 4 janvier 2025 à 14h30"] {
            assert!(found(second, Format::Text, false).is_empty(), "{second}");
            assert!(!found(second, Format::Text, true).is_empty(), "{second}");
        }
    }

    #[test]
    fn a_span_over_two_sentences_finds_its_way_back() {
        let original = "«\u{a0}Un.\n\nDeux.\u{a0}»";
        let sentence = |text: &str, part: &str| {
            let start = original.find(part).unwrap();
            Sentence { text: text.into(), span: Span::new(start, start + part.len()), map: vec![(0, start)] }
        };
        let (a, b) = (sentence("Un.", "Un."), sentence("Deux.", "Deux."));
        let sentences = [&a, &b];
        let unit = Passage::new(&sentences);
        assert_eq!(unit.text, "Un. Deux.");
        assert_eq!(unit.original(Span::new(0, 9)).of(original), "Un.\n\nDeux.");
        assert_eq!(unit.original(Span::new(4, 8)).of(original), "Deux");
        assert_eq!(unit.original(Span::new(1, 3)).of(original), "n.");
        assert_eq!(unit.original(Span::new(9, 9)).of(original), "");
    }
}
