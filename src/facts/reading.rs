//! A text as grammars read it: tokens with what the lexicon knows of each word.

use super::token::{TokenKind, Tokens};
use crate::lang::Lang;
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
    /// The same without accents.
    pub fold: Key,
    pub info: Info,
    /// The character, if it is punctuation; NUL otherwise.
    pub mark: char,
}

/// The tokens of one text in one language.
pub struct Reading<'a> {
    pub lang: Lang,
    pub tokens: Tokens<'a>,
    pub words: Vec<Word>,
    /// The accent-free forms of its words and numbers, collected when they are first asked for.
    folds: OnceLock<HashSet<Key>>,
}

impl std::fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading").field("lang", &self.lang).field("text", &self.tokens.text).finish()
    }
}

impl<'a> Reading<'a> {
    pub fn new(text: &'a str, lang: Lang) -> Self {
        Self::of(Tokens::new(text, lang), lang)
    }

    pub fn of(tokens: Tokens<'a>, lang: Lang) -> Self {
        let vocabulary = Lexicon::get().vocabulary(lang);
        let words = (0..tokens.len())
            .map(|i| match tokens.all()[i].kind {
                TokenKind::Word => {
                    let lower = tokens.lower(i);
                    let key = exact(lower);
                    let fold = if lower.is_ascii() { key } else { folded(lower) };
                    // Names in the lexicon have their elided words without the apostrophe, the word lists have it.
                    let fold = lower.strip_suffix('\'').map_or(fold, exact);
                    // Cities and given names are known without their accents as well.
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

    /// Whether a word or number of this accent-free form stands in the text.
    pub fn has_fold(&self, fold: Key) -> bool {
        let folds = || self.words.iter().map(|w| w.fold).filter(|&f| f != 0).collect();
        self.folds.get_or_init(folds).contains(&fold)
    }

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

    /// Whether any word of the text is in a set of the lexicon.
    pub(crate) fn has_any(&self, set: &WordSet) -> bool {
        (0..self.len()).any(|i| self.among(i, set))
    }

    /// Whether the word at `i` is in a set of the lexicon.
    pub(crate) fn among(&self, i: usize, set: &WordSet) -> bool {
        match self.words.get(i) {
            Some(Word { exact: 0, .. }) => set.has(self.lower(i)),
            Some(word) => set.has_keyed(word.exact, self.lower(i)),
            None => false,
        }
    }

    pub fn info(&self, i: usize) -> Info {
        self.words.get(i).map_or(Info::default(), |w| w.info)
    }

    /// The punctuation mark at `i`; NUL for words and past the end.
    pub fn mark(&self, i: usize) -> char {
        self.words.get(i).map_or('\0', |w| w.mark)
    }

    pub fn lower(&self, i: usize) -> &str {
        self.tokens.lower(i)
    }

    pub fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
    }

    pub fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.capital)
    }

    pub fn upper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.upper)
    }

    pub fn spaced(&self, i: usize) -> bool {
        self.tokens.get(i).is_none_or(|t| t.spaced)
    }

    pub fn span(&self, from: usize, to: usize) -> Span {
        self.tokens.span(from, to)
    }

    /// Whether a capital at `i` shows no name because the word opens a sentence, a quotation or a part of a headline.
    pub fn opens(&self, i: usize) -> bool {
        let mut k = i;
        while k > 0 {
            match self.mark(k - 1) {
                '.' => {
                    // The stop of an initial or a title ends no sentence: "J. Donohue", "M. Sarkozy".
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
                // Behind the opening mark of a quotation inside a sentence a capital may stand or not, as the writer
                // liked.
                _ => return k != i && is_quote(self.mark(i - 1)),
            }
        }
        true
    }

    /// Whether a paragraph begins at `i`: an empty line stands before it.
    pub fn opens_paragraph(&self, i: usize) -> bool {
        if i == 0 || i >= self.len() {
            return true;
        }
        let between = &self.tokens.text[self.span(i - 1, i).end..self.span(i, i + 1).start];
        between.len() > 1 && between.matches('\n').count() > 1
    }

    /// Whether token `i` joins its neighbours into one name: a hyphen or an apostrophe without spaces.
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
