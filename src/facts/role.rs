//! Roles that stand in a text: persons and bodies without a name, as the lexicon's table has them (`roles.tsv`).

use super::reading::Reading;
use crate::lexicon::entries::NameForm;
use crate::lexicon::{EntryId, Lexicon};

/// A role in a text.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    /// Its tokens, from the first to the one past the last.
    pub from: usize,
    pub to: usize,
    /// The rows of the table that have it. « chef de l'État » has one row; the « chef » in it is a role with another.
    pub rows: &'static [EntryId],
}

/// Every role of a text, the longer ones at a place before the shorter ones.
pub fn roles(r: &Reading<'_>) -> Vec<Role> {
    let entries = &Lexicon::get().entries;
    let words = (0..r.len()).filter(|&i| r.is_word(i));
    let at = |i: usize| {
        entries
            .roles(r.lang, r.words[i].fold)
            .filter_map(move |form| Some(Role { from: i, to: end(r, i, form)?, rows: &form.entries }))
    };
    words.flat_map(at).collect()
}

/// The token past a form that begins at `from`; hyphens and apostrophes between its words are passed over.
fn end(r: &Reading<'_>, from: usize, form: &NameForm) -> Option<usize> {
    form.keys.iter().try_fold(from, |mut at, &key| {
        while r.joins(at) {
            at += 1;
        }
        r.words.get(at).is_some_and(|word| word.fold == key).then_some(at + 1)
    })
}

/// The rows of all roles of a text.
pub fn rows(r: &Reading<'_>) -> Vec<EntryId> {
    roles(r).iter().flat_map(|role| role.rows.iter().copied()).collect()
}
