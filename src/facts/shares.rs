//! Finds shares that are given by two numbers: « quatre habitants sur cinq », "one in ten". The other text may give the
//! same share as a percentage.

use super::class::{Class, ClassedTokens};
use super::figures::bound_before;
use super::found::FoundQuantity;
use super::numeral;
use super::quantity::{Bound, NumberForm, Quantity, Unit};
use super::{Fact, FactValue};
use crate::lang::Lang;

/// How many tokens before the words that join the two numbers ([`link`]) are searched for a word or figure of the first
/// number: the « trois » of « trois de ses soldats sur quatre » stands four tokens before « sur ».
const REACH: usize = 5;

/// How many tokens the first number may have before its last one: « deux cent quarante-deux » has four.
const LONGEST: usize = 6;

/// Sets the share of the quantity in `found` if its number, which begins at token `core`, is the second number of a
/// share: the « cinq » of « quatre sur cinq ». The number must be a whole cardinal number from 2 to 1000 without a
/// unit, and the first number must be smaller.
pub(super) fn read(r: &ClassedTokens, found: &mut FoundQuantity, core: usize) {
    let q = &found.quantity;
    let whole = q.value.fract() == 0.0 && (2.0..=1000.0).contains(&q.value) && q.high.is_none();
    if q.form != NumberForm::Cardinal || !whole || !matches!(q.unit, Unit::None) {
        return;
    }
    let Some(link) = link(r, core) else { return };
    if let Some((first, at)) = first_number(r, link).filter(|&(n, _)| n > 0.0 && n < q.value) {
        found.quantity.share = Some(first / found.quantity.value);
        // « Un » and "one" mostly make no fact of their own, so this number takes their qualifier: "fewer than one in
        // three".
        if first == 1.0 && found.quantity.bound.is_exact() {
            found.quantity.bound = bound_before(r, at).map_or(Bound::Exact, |(bound, _)| bound);
        }
    }
}

/// Sets the share of the first number as well, if the second number has a share. The first number is the last
/// of `facts`, unless it is a word that makes no fact (« un »): then nothing is set.
pub(super) fn mark_first(second: &Quantity, facts: &mut [Fact]) {
    let Some(share) = second.share else { return };
    let first = share * second.value;
    if let Some(FactValue::Quantity(q)) = facts.last_mut().map(|f| &mut f.value)
        && (q.value - first).abs() < 1e-6
    {
        q.share = Some(share);
    }
}

/// The first token of the words that join the two numbers of a share (« sur », "in", "out of", "in every", "of every"),
/// if such words stand right before `core`, where the second number begins.
fn link(r: &ClassedTokens, core: usize) -> Option<usize> {
    let before = |k: usize| core.wrapping_sub(k);
    match r.lang {
        Lang::Fr => r.is(before(1), "sur").then(|| before(1)),
        Lang::En if r.is(before(1), "in") => Some(before(1)),
        Lang::En if r.is(before(1), "of") && r.is(before(2), "out") => Some(before(2)),
        Lang::En if r.is(before(1), "every") && r.is_any(before(2), &["in", "of"]) => Some(before(2)),
        Lang::En => None,
    }
}

/// The first number of a share, and the token at which it was found (its own, if it is 1): the nearest number among the
/// [`REACH`] tokens before `link`. None if no cardinal number is found, if a mark stands between the number and `link`,
/// or if the number is « cent » or « mille » by itself.
fn first_number(r: &ClassedTokens, link: usize) -> Option<(f64, usize)> {
    for at in (link.saturating_sub(REACH)..link).rev() {
        let class = r.class(at);
        // The numeral may have begun before this word, and may go on after it: « quarante-deux habitants sur cent »,
        // « une dizaine d'habitants sur cent ».
        let numeral = match class {
            Class::One | Class::Small(_) | Class::Tens(_) | Class::Digits => (at.saturating_sub(LONGEST)..=at)
                .filter_map(|from| numeral::read(r, from))
                .find(|numeral| numeral.end > at),
            Class::Hundred | Class::Thousand => return None,
            _ if r.is_word(at) => continue,
            _ => return None,
        };
        return match numeral {
            Some(n) => (n.end <= link && !n.ordinal).then_some((n.value, at)),
            // Of these words only « un », "a" and "one" are no numeral by themselves. Here they are 1.
            None => (class == Class::One).then_some((1.0, at)),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::facts::quantity::quantities;
    use crate::facts::{Context, extract};
    use crate::lang::Lang;

    #[test]
    fn the_first_number_of_a_share_is_read_whole() {
        for (text, share) in [
            ("Quarante-deux habitants sur cent sont partis.", 0.42),
            ("Deux habitants sur cent sont partis.", 0.02),
            ("Trois de ses soldats sur quatre ont fui.", 0.75),
            ("Un habitant sur cinq est parti.", 0.2),
            ("Vingt et un habitants sur cent sont partis.", 0.21),
            ("Une dizaine d'habitants sur cent sont partis.", 0.1),
            ("Une centaine d'habitants sur mille sont partis.", 0.1),
        ] {
            let facts = extract(text, &Context { lang: Lang::Fr, date: None });
            let last = quantities(&facts).last().map(|(_, q)| (q.value, q.share));
            assert_eq!(last.and_then(|(_, share)| share), Some(share), "{text}");
        }
    }
}
