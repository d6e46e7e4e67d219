//! Finds which state issues the money of a sum: « livres libanaises » are not British pounds, and CFA francs are not
//! Swiss francs.

use super::class::ClassedTokens;
use super::found::FoundQuantity;
use super::quantity::{Currency, Unit};
use crate::lang::Lang;
use crate::lexicon::key::folded;
use crate::lexicon::{EntryId, Lexicon};

/// Stands for the issuers of CFA francs, the unions of West and Central African states, which have no entry in the
/// lexicon.
const CFA: EntryId = EntryId::MAX;

/// Sets the state that issues the money of a sum, if "£" or a word right beside the unit tells it.
pub(super) fn read(r: &ClassedTokens, found: &mut FoundQuantity) {
    let Unit::Money(currency) = found.quantity.unit else { return };
    let signed = (found.start..found.end).any(|i| r.is(i, "£"));
    found.quantity.issuer = match r.lang {
        _ if signed && currency == Currency::Pound => state_of(Lang::En, "british"),
        Lang::Fr => named(r, found.end),
        // In "12,000 Lebanese pounds" the state stands before the unit, which is the last token of the quantity.
        Lang::En => found.end.checked_sub(2).and_then(|k| named(r, k)).or_else(|| named(r, found.end)),
    };
}

/// The state that the word at `at` names as the issuer of money.
fn named(r: &ClassedTokens, at: usize) -> Option<EntryId> {
    match r.lower(at) {
        "cfa" | "fcfa" => Some(CFA),
        "sterling" => state_of(Lang::En, "british"),
        word if r.is_word(at) => state_of(r.lang, word),
        _ => None,
    }
}

/// The state that a word such as « libanaises » belongs to, if the lexicon has exactly one.
fn state_of(lang: Lang, word: &str) -> Option<EntryId> {
    let entries = &Lexicon::get().entries;
    let forms = entries.beginning(lang, folded(word)).filter(|f| f.keys.len() == 1);
    let mut states = forms.flat_map(|f| &f.entries).filter_map(|&e| entries.state_of(e));
    let first = states.next()?;
    states.all(|s| s == first).then_some(first)
}
