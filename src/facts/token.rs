//! Cuts a text into words, numbers and punctuation marks with their spans. The grammars of this folder read these
//! tokens, so that they hardly ever slice strings.

use crate::lang::Lang;
use crate::lexicon::fr;
use crate::span::Span;
use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters and combining marks, with the apostrophe that belongs to them. A French elision ("l'", "d'", "qu'") and
    /// an English clitic ("'s", "'re") are words of their own; "aujourd'hui" and "didn't" are one word each.
    Word,
    /// A run of ASCII digits: "1 200,5" is four tokens, to be joined by the quantity grammar.
    Number,
    /// Any other single character that is not white space: punctuation, but also symbols such as "%", "€" or "+".
    Punct,
}

/// One token; `span` points into the text it was made from.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
    /// Whether white space stands before it (true for the first token of a text).
    pub spaced: bool,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it has two letters or more, all upper case (an acronym, or a word of a text set in capitals).
    pub upper: bool,
    /// Where its lower-cased form begins and ends in [`Tokens::lowered`], in bytes.
    lower: (u32, u32),
}

/// The tokens of one text. The lower-cased forms are stored one after the other in a single buffer, which saves one
/// allocation per word. In them every character that serves as an apostrophe is written as `'`, and the Unicode hyphens
/// U+2010 and U+2011 as `-`.
#[derive(Debug)]
pub struct Tokens<'a> {
    pub text: &'a str,
    lowered: String,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Cuts a text in `lang` into tokens.
    pub fn new(text: &'a str, lang: Lang) -> Self {
        let mut t = Tokens {
            text,
            lowered: String::with_capacity(text.len() + 8),
            list: Vec::with_capacity(text.len() / 5 + 4),
        };
        let mut spaced = true;
        let mut rest = text.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            if is_space(c) {
                spaced = true;
                continue;
            }
            let mut end = start + c.len_utf8();
            let kind = if c.is_ascii_digit() {
                take_while(&mut rest, &mut end, |d| d.is_ascii_digit());
                TokenKind::Number
            } else if is_letter(c) {
                take_while(&mut rest, &mut end, is_letter);
                while let Some(&(at, mark)) = rest.peek()
                    && is_apostrophe(mark)
                    && let Some(role) = apostrophe_role(text, start, at, at + mark.len_utf8(), lang)
                {
                    end = at + mark.len_utf8();
                    rest.next();
                    if role == ApostropheRole::EndsWord {
                        break;
                    }
                    take_while(&mut rest, &mut end, is_letter);
                }
                TokenKind::Word
            } else if lang == Lang::En && is_apostrophe(c) && !spaced && is_clitic(&text[end..]) {
                take_while(&mut rest, &mut end, is_letter);
                TokenKind::Word
            } else {
                TokenKind::Punct
            };
            t.push(Span::new(start, end), kind, spaced);
            spaced = false;
        }
        t
    }

    /// Adds the token at `span`, and its lower-cased form to the buffer.
    fn push(&mut self, span: Span, kind: TokenKind, spaced: bool) {
        let from = self.lowered.len() as u32;
        let word = span.of(self.text);
        let (mut capital, mut letters, mut upper) = (false, 0, true);
        for (n, c) in word.chars().enumerate() {
            match c {
                '’' | 'ʼ' | '`' | '´' => self.lowered.push('\''),
                '\u{2010}' | '\u{2011}' => self.lowered.push('-'),
                c if c.is_ascii() => self.lowered.push(c.to_ascii_lowercase()),
                c => self.lowered.extend(c.to_lowercase()),
            }
            if c.is_uppercase() {
                capital |= n == 0;
            } else if c.is_alphabetic() {
                upper = false;
            }
            letters += usize::from(c.is_alphabetic());
        }
        let lower = (from, self.lowered.len() as u32);
        self.list.push(Token { span, kind, spaced, capital, upper: upper && letters > 1, lower });
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All tokens, in order.
    pub fn all(&self) -> &[Token] {
        &self.list
    }

    /// The index of the first token that begins at or after this byte, or [`Self::len`] if there is none.
    pub fn first_at(&self, byte: usize) -> usize {
        self.list.partition_point(|t| t.span.start < byte)
    }

    /// The tokens that a stretch of the text holds.
    pub fn within(&self, span: Span) -> Range<usize> {
        self.first_at(span.start)..self.first_at(span.end)
    }

    /// Token `i`; `None` past the end.
    pub fn get(&self, i: usize) -> Option<&Token> {
        self.list.get(i)
    }

    /// Lower-cased form of token `i`; empty past the end, so that grammars can look ahead without a check.
    pub fn lower(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |t| &self.lowered[t.lower.0 as usize..t.lower.1 as usize])
    }

    /// The form as written; empty past the end.
    pub fn raw(&self, i: usize) -> &'a str {
        self.list.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// The byte range that the tokens `from..to` cover, including what stands between them. If `to <= from`, the range
    /// is empty and lies at the start of token `from`, or at the end of the text if there is no such token.
    ///
    /// # Panics
    /// If `from < to` and `to` is greater than [`Self::len`].
    pub fn span(&self, from: usize, to: usize) -> Span {
        if from >= to {
            let at = self.list.get(from).map_or(self.text.len(), |t| t.span.start);
            return Span::new(at, at);
        }
        Span::new(self.list[from].span.start, self.list[to - 1].span.end)
    }
}

/// What an apostrophe does to the word before it.
#[derive(PartialEq, Eq)]
enum ApostropheRole {
    /// It ends the word: « l' ».
    EndsWord,
    /// The word goes on after it: "didn't".
    ContinuesWord,
}

/// What the apostrophe in bytes `at..after` does to the word that begins at byte `start`. Returns `None` if the
/// apostrophe is not part of that word. Upper and lower case make no difference, because any of these words may begin a
/// sentence or stand in a headline set in capitals.
fn apostrophe_role(text: &str, start: usize, at: usize, after: usize, lang: Lang) -> Option<ApostropheRole> {
    let word = &text[start..at];
    // Only the end of the word is compared, so that a text which repeats "aujourd'" without a space takes linear time.
    let ends_with = |end: &str| {
        let rest = word.len().checked_sub(end.len());
        rest.is_some_and(|from| word.as_bytes()[from..].eq_ignore_ascii_case(end.as_bytes()))
    };
    match lang {
        // "aujourd'hui" and "prud'hommes" are one word each.
        Lang::Fr if ends_with("aujourd") || ends_with("prud") => Some(ApostropheRole::ContinuesWord),
        Lang::Fr => fr::ELIDED.has(&word.to_ascii_lowercase()).then_some(ApostropheRole::EndsWord),
        // "didn't" is one word; the clitic of "army's" is a word of its own.
        Lang::En => (ends_with("n") && text[after..].starts_with(['t', 'T'])).then_some(ApostropheRole::ContinuesWord),
    }
}

/// Consumes characters for as long as `passes` returns true for them, and sets `end` to the byte after the last one.
fn take_while(rest: &mut Peekable<CharIndices<'_>>, end: &mut usize, passes: impl Fn(char) -> bool) {
    while let Some(&(at, c)) = rest.peek()
        && passes(c)
    {
        *end = at + c.len_utf8();
        rest.next();
    }
}

/// White space, or one of the zero-width characters that web pages put between words.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// A letter or a combining mark.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether the character may be an apostrophe, in one of the forms that keyboards and sites give it.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`' | '´')
}

/// Whether the text, which follows an apostrophe, begins with the rest of an English clitic: the "s" of "army's".
fn is_clitic(rest: &str) -> bool {
    let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
    ["s", "re", "ve", "ll", "d", "m"].iter().any(|c| rest[..end].eq_ignore_ascii_case(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str, lang: Lang) -> Vec<String> {
        let t = Tokens::new(text, lang);
        (0..t.len()).map(|i| t.lower(i).to_string()).collect()
    }

    #[test]
    fn french_elisions_are_words_of_their_own() {
        assert_eq!(words("L’OSDH, aujourd’hui", Lang::Fr), ["l'", "osdh", ",", "aujourd'hui"]);
    }

    #[test]
    fn aujourd_hui_is_one_word_in_capitals_too() {
        assert_eq!(words("Aujourd’hui, 12", Lang::Fr), ["aujourd'hui", ",", "12"]);
        assert_eq!(words("AUJOURD'HUI AUX PRUD’HOMMES", Lang::Fr), ["aujourd'hui", "aux", "prud'hommes"]);
    }

    #[test]
    fn english_clitics_are_cut_off_but_negations_are_not() {
        assert_eq!(words("the army’s men didn’t", Lang::En), ["the", "army", "'s", "men", "didn't"]);
    }

    #[test]
    fn digits_and_letters_become_separate_tokens() {
        assert_eq!(words("14h30 M23 1 200,5", Lang::Fr), ["14", "h", "30", "m", "23", "1", "200", ",", "5"]);
    }

    #[test]
    fn an_empty_run_of_tokens_has_an_empty_span() {
        let t = Tokens::new("announced by .", Lang::En);
        assert_eq!(t.span(2, 2), Span::new(13, 13));
        assert_eq!(t.span(3, 3), Span::new(14, 14));
    }

    proptest! {
        #[test]
        fn tokens_lie_on_boundaries_and_in_order(text in "\\PC{0,120}") {
            for lang in [Lang::Fr, Lang::En] {
                let mut last = 0;
                for t in Tokens::new(&text, lang).all() {
                    prop_assert!(t.span.start >= last && !t.span.is_empty());
                    prop_assert!(text.get(t.span.start..t.span.end).is_some());
                    last = t.span.end;
                }
            }
        }
    }
}
