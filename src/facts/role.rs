//! Finds roles in a text: words for a person or a body that is not named, such as « chef de l'État ». The lexicon's
//! table `roles.tsv` lists the roles.

use super::reading::Reading;
use crate::lexicon::entries::NameForm;
use crate::lexicon::{EntryId, Lexicon};

/// A role in a text.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    /// Its first token.
    pub from: usize,
    /// The token after its last.
    pub to: usize,
    /// The rows of the table that list it. « chef de l'État » and the « chef » in it are two roles with different rows.
    pub rows: &'static [EntryId],
}

/// Every role of a text. Of roles that begin at the same word, the longer ones come first.
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

/// The token after the form, if the form stands at `from`; hyphens and apostrophes between words are passed over.
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
