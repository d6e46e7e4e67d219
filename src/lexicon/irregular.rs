//! English verbs whose past tense or participle does not end in -ed
//! (`data/irregular-verbs.en.tsv`).

use super::key::{KeyMap, exact};
use super::table::IRREGULAR_VERBS;
use std::sync::LazyLock;

/// The table, to be looked up by participle or by past tense.
#[derive(Default)]
struct Verbs {
    /// The usual form of the past tense, by the key of the participle.
    past: KeyMap<&'static str>,
    /// The keys of all forms of the past tense.
    is_past: KeyMap<()>,
}

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let mut verbs = Verbs::default();
    for row in IRREGULAR_VERBS.rows() {
        let usual = row.forms(1).next().unwrap_or_else(|| row.fail("no past tense"));
        verbs.is_past.extend(row.forms(1).map(|form| (exact(form), ())));
        verbs.past.extend(row.forms(2).map(|form| (exact(form), usual)));
    }
    verbs
});

/// The past tense of an irregular verb by its participle: "taken" gives "took". `None` if the word
/// is no participle of the table.
pub(crate) fn past_of(participle: &str) -> Option<&'static str> {
    VERBS.past.get(&exact(participle)).copied()
}

/// Whether a lower-cased word is the past tense of an irregular verb.
pub(crate) fn is_past(word: &str) -> bool {
    VERBS.is_past.contains_key(&exact(word))
}
