//! Words of tables, whole or only their beginnings.

/// A whole word in lower case, or the beginning of words.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    text: &'static str,
    goes_on: bool,
}

impl Form {
    pub(super) fn of(cell: &'static str) -> Form {
        match cell.strip_suffix('-') {
            Some(text) => Form { text, goes_on: true },
            None => Form { text: cell, goes_on: false },
        }
    }

    /// The word, or the beginning of words.
    pub fn text(self) -> &'static str {
        self.text
    }

    /// Whether this is the word, or its beginning.
    pub fn is(self, lower: &str) -> bool {
        if self.goes_on { lower.starts_with(self.text) } else { lower == self.text }
    }
}
