//! A text as grammars read it: tokens with what the lexicon knows of each word.

use super::token::{TokenKind, Tokens};
use crate::lang::Lang;
use crate::lexicon::irregular::is_past;
use crate::lexicon::key::{exact, folded};
use crate::lexicon::{Info, Key, Lexicon, WordSet};
use crate::span::Span;
use std::collections::HashSet;
use std::sync::OnceLock;

/// A token's keys and word class.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Key of the lower-cased form; 0 for punctuation and numbers.
    pub exact: Key,
    /// For a word, the key of its lower-cased form without accents and without an apostrophe at its end; for a number,
    /// the key of its digits; 0 for punctuation.
    pub fold: Key,
    /// Its word classes and, for a verb of saying, its kind of speech act; empty for punctuation and numbers.
    pub info: Info,
    /// The character, if it is punctuation; NUL otherwise.
    pub mark: char,
}

/// The tokens of one text in one language.
pub struct Reading<'a> {
    pub lang: Lang,
    pub tokens: Tokens<'a>,
    pub words: Vec<Word>,
    /// [`Word::fold`] of all words and numbers, collected when one is first looked up.
    folds: OnceLock<HashSet<Key>>,
}

impl std::fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading").field("lang", &self.lang).field("text", &self.tokens.text).finish()
    }
}

impl<'a> Reading<'a> {
    /// Cuts the text into tokens and looks up its words.
    pub fn new(text: &'a str, lang: Lang) -> Self {
        Self::of(Tokens::new(text, lang), lang)
    }

    /// The reading of a text whose tokens are known already; `lang` must be the language for which they were cut.
    pub fn of(tokens: Tokens<'a>, lang: Lang) -> Self {
        let vocabulary = Lexicon::get().vocabulary(lang);
        let words = (0..tokens.len())
            .map(|i| match tokens.all()[i].kind {
                TokenKind::Word => {
                    let lower = tokens.lower(i);
                    let key = exact(lower);
                    let fold = if lower.is_ascii() { key } else { folded(lower) };
                    // The names in the lexicon write elided words without the apostrophe (« l »), so `fold` has none;
                    // the word lists write them with it (« l' »), as `exact` does.
                    let fold = lower.strip_suffix('\'').map_or(fold, exact);
                    // If the word is unknown as it is written, it may be a city or a given name that the vocabulary has
                    // without accents.
                    let mut info = vocabulary.get(key);
                    if info.class == 0 && fold != key {
                        info.class =
                            vocabulary.get(fold).class & (crate::lexicon::class::CITY | crate::lexicon::class::GIVEN);
                    }
                    Word { exact: key, fold, info, mark: '\0' }
                }
                TokenKind::Number => Word { exact: 0, fold: exact(tokens.lower(i)), info: Info::default(), mark: '\0' },
                TokenKind::Punct => Word {
                    exact: 0,
                    fold: 0,
                    info: Info::default(),
                    mark: tokens.raw(i).chars().next().unwrap_or('\0'),
                },
            })
            .collect();
        Reading { lang, tokens, words, folds: OnceLock::new() }
    }

    /// Whether the text has a word or number with this accent-free form ([`Word::fold`]).
    pub fn has_fold(&self, fold: Key) -> bool {
        let folds = || self.words.iter().map(|w| w.fold).filter(|&f| f != 0).collect();
        self.folds.get_or_init(folds).contains(&fold)
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether the word at `i` is of one of these classes ([`crate::lexicon::class`]).
    pub fn is(&self, i: usize, class: u32) -> bool {
        self.words.get(i).is_some_and(|w| w.info.is(class))
    }

    /// Whether any token of the text is in a set of the lexicon.
    pub(crate) fn has_any(&self, set: &WordSet) -> bool {
        (0..self.len()).any(|i| self.among(i, set))
    }

    /// Whether token `i` is in a set of the lexicon.
    pub(crate) fn among(&self, i: usize, set: &WordSet) -> bool {
        match self.words.get(i) {
            Some(Word { exact: 0, .. }) => set.has(self.lower(i)),
            Some(word) => set.has_keyed(word.exact, self.lower(i)),
            None => false,
        }
    }

    /// What the lexicon knows of the word at `i`; nothing for other tokens and past the end.
    pub fn info(&self, i: usize) -> Info {
        self.words.get(i).map_or(Info::default(), |w| w.info)
    }

    /// The punctuation mark at `i`; NUL for words, for numbers, and past the end.
    pub fn mark(&self, i: usize) -> char {
        self.words.get(i).map_or('\0', |w| w.mark)
    }

    /// The lower-cased form of token `i`; empty past the end.
    pub fn lower(&self, i: usize) -> &str {
        self.tokens.lower(i)
    }

    /// Whether token `i` is a word, and not a number or a mark.
    pub fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether token `i` is a word without a capital that would show a name (see [`Self::opens`]).
    pub fn is_plain(&self, i: usize) -> bool {
        self.is_word(i) && (!self.capital(i) || self.opens(i))
    }

    /// Whether a number in digits stands at token `i`.
    pub fn is_number(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number)
    }

    /// Whether token `i` of an English text has the form of a past tense: "took", "moved".
    pub fn has_past_form(&self, i: usize) -> bool {
        is_past(self.lower(i)) || self.is_plain(i) && self.lower(i).ends_with("ed")
    }

    /// Whether token `i` begins with a capital letter.
    pub fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.capital)
    }

    /// Whether token `i` has two letters or more, all upper case.
    pub fn upper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.upper)
    }

    /// Whether white space stands before token `i`; also true of the first token and past the end.
    pub fn spaced(&self, i: usize) -> bool {
        self.tokens.get(i).is_none_or(|t| t.spaced)
    }

    /// The bytes from token `from` to token `to`, which is not included ([`Tokens::span`]).
    pub fn span(&self, from: usize, to: usize) -> Span {
        self.tokens.span(from, to)
    }

    /// Whether a capital at `i` shows no name, because the word opens the text, a sentence or a quotation, or follows a
    /// mark such as a colon or a spaced dash. Quotation marks and opening brackets before the word are stepped over.
    /// After a quotation within a sentence, a capital shows a name: « a dit « oui » Macron ».
    pub fn opens(&self, i: usize) -> bool {
        let mut k = i;
        while k > 0 {
            match self.mark(k - 1) {
                '.' => {
                    // The stop after an initial or a title ends no sentence: "J. Donohue", "M. Sarkozy".
                    let before = k.checked_sub(2);
                    return !before.is_some_and(|b| {
                        self.is_word(b)
                            && (self.tokens.raw(b).chars().count() == 1 && self.capital(b)
                                || self.is(b, crate::lexicon::class::TITLE))
                    });
                }
                '!' | '?' | ':' | '…' | '•' | '*' | '|' => return true,
                '«' | '»' | '“' | '”' | '"' | '„' | '‘' | '’' | '\'' | '`' | '(' | '[' => k -= 1,
                '-' | '–' | '—' if self.spaced(k - 1) || k == 1 => return true,
                // At the beginning of a quotation within a sentence, some writers set a capital and some don't, so the
                // capital shows no name either.
                _ => return k != i && is_quote(self.mark(i - 1)) && !self.closes_quote(i - 1),
            }
        }
        true
    }

    /// Whether the quotation mark at `i` is clearly a closing one. Of a mark that writers also set at the beginning of
    /// a quotation, the spaces around it must say so.
    fn closes_quote(&self, i: usize) -> bool {
        let (before, after) = (self.spaced(i), self.spaced(i + 1));
        match self.mark(i) {
            '»' | '›' | '”' => !before || after,
            '"' | '“' | '‟' => !before && after,
            _ => false,
        }
    }

    /// Whether a paragraph begins at token `i`: an empty line stands before the token, or it is the first one, or the
    /// text has no token `i`.
    pub fn opens_paragraph(&self, i: usize) -> bool {
        if i == 0 || i >= self.len() {
            return true;
        }
        let between = &self.tokens.text[self.span(i - 1, i).end..self.span(i, i + 1).start];
        between.len() > 1 && between.matches('\n').count() > 1
    }

    /// Whether token `i` is a hyphen or an apostrophe without spaces around it, which joins its neighbours.
    pub fn joins(&self, i: usize) -> bool {
        matches!(self.mark(i), '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | 'ʼ' | '`' | '´')
            && !self.spaced(i)
            && !self.spaced(i + 1)
    }
}

/// Whether the character is a quotation mark that cannot be an apostrophe.
pub fn is_quote(c: char) -> bool {
    matches!(c, '«' | '»' | '“' | '”' | '"' | '„' | '‟' | '‹' | '›')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_after_a_quotation_opens_nothing() {
        for (text, word, opens) in [
            ("Il a dit « oui » Macron.", "Macron", false),
            ("Il a dit \"oui\" Macron.", "Macron", false),
            ("Il a dit “oui” Macron.", "Macron", false),
            ("Le « Macron » du village est parti.", "Macron", true),
            ("Le \"Macron\" du village est parti.", "Macron", true),
            ("Le ”Macron” du village est parti.", "Macron", true),
            ("Il l'a dit. « Oui. » Macron se tait.", "Macron", true),
            ("« Oui » Macron est parti.", "Oui", true),
        ] {
            let r = Reading::new(text, Lang::Fr);
            let at = (0..r.len()).find(|&i| r.tokens.raw(i) == word).unwrap();
            assert_eq!(r.opens(at), opens, "{text}");
        }
    }
}
