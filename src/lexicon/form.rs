//! Words of tables, of which some are whole words and others only the beginnings of words.

/// A whole word in lower case, or the beginning of words.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    text: &'static str,
    is_beginning: bool,
}

impl Form {
    /// Reads a form as the tables write it: a `-` at its end marks the beginning of words.
    pub(super) fn of(form: &'static str) -> Form {
        match form.strip_suffix('-') {
            Some(text) => Form { text, is_beginning: true },
            None => Form { text: form, is_beginning: false },
        }
    }

    /// The word, or the beginning of words.
    pub fn text(self) -> &'static str {
        self.text
    }

    /// Whether a lower-cased word is this word, or begins with this beginning.
    pub fn is(self, lower: &str) -> bool {
        // Most words differ in their first byte, and then no strings have to be compared.
        let begins_alike = lower.as_bytes().first() == self.text.as_bytes().first();
        begins_alike && if self.is_beginning { lower.starts_with(self.text) } else { lower == self.text }
    }
}
