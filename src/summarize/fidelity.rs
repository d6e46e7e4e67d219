//! Whether a shortened sentence only leaves out: its words are those of the translation, in their order, and every word
//! kept has the small words that give it its part (*by*, *of*, *not*, *reportedly*) in front of it still.
//!
//! Shortening by deletion is the form of summarising that can be checked word by word (Knight and Marcu, "Summarization
//! beyond sentence extraction", 2002): a model that may only delete cannot add a fact, and most ways of deleting that
//! change who did what to whom leave a trace at the joints, which is what is looked at here.

use crate::facts::attribution::{Attribution, Form};
use crate::facts::quote;
use crate::facts::reading::Reading;
use crate::facts::{self, Context, FactValue};
use crate::lang::Lang;
use crate::lexicon::en;
use crate::span::Span;

struct Word {
    text: String,
    span: Span,
    stem: String,
    possessive: bool,
    quoted: bool,
    /// Critical words since the content word before.
    gap: Vec<String>,
    /// An article stands before it.
    article: bool,
    /// Anything stands between this word and the content word before it.
    apart: bool,
    /// A mark stands there.
    mark: bool,
    /// "and", "or", "but" stands there.
    joined: bool,
}

/// Why `short` is more than `long` with parts left out; `None` if it is not.
pub fn objection(long: &str, short: &str) -> Option<String> {
    let (full, cut) = (Reading::new(long, Lang::En), Reading::new(short, Lang::En));
    let (whose, kept) = (attributions(long), attributions(short));
    if kept.is_empty() && !whose.is_empty() {
        return Some("leaves out who says it".into());
    }
    // One attribution may move: "according to X" at either end. Two must stay where they are.
    let movable = sources(long, &whose) <= 1 && !whose.iter().any(|a| in_the_middle(long, a));
    let hide = |list: &[Attribution]| -> Vec<Span> {
        if movable { list.iter().flat_map(|a| a.source.into_iter().chain([a.cue])).collect() } else { Vec::new() }
    };
    let (base, wanted) = (words(&full, &hide(&whose)), words(&cut, &hide(&kept)));
    if movable && let Some(strange) = strange_source(long, short, &whose, &kept) {
        return Some(format!("names “{strange}” as the source, which the translation does not"));
    }
    if let Some(verb) = other_form(&full, &cut) {
        return Some(format!("turns a verb into “{verb}”"));
    }
    if wanted.len() < 3 {
        return Some("says nothing".into());
    }
    if !movable && let Some(orphan) = orphan(long, short, &base, &wanted, &whose, &kept) {
        return Some(format!("leaves out who says “{orphan}”"));
    }
    align(&base, &wanted)
}

/// A participle that the translation does not have: ", declared an officer" as ", declaring an officer" has another subject.
fn other_form<'a>(long: &Reading<'_>, short: &'a Reading<'_>) -> Option<&'a str> {
    let has = |word: &str| (0..long.len()).any(|i| long.lower(i) == word);
    let words = (0..short.len()).map(|i| short.lower(i));
    words.into_iter().find(|word| word.len() > 5 && word.ends_with("ing") && !has(word))
}

/// A word that is kept while the source that says it in the long text is not.
fn orphan(
    long: &str,
    short: &str,
    base: &[Word],
    wanted: &[Word],
    whose: &[Attribution],
    kept: &[Attribution],
) -> Option<String> {
    let named = |text: &str, a: &Attribution| -> Vec<String> {
        let words = a.source.map_or("", |s| s.of(text)).split_whitespace().map(bare);
        words.filter(|w| !en::FREE.has(w.as_str()) && !en::BINDING.has(w.as_str())).collect()
    };
    let still = |a: &Attribution| {
        let source = named(long, a);
        kept.iter().any(|k| named(short, k).iter().any(|w| source.contains(w)))
    };
    let lost = base.iter().filter(|b| wanted.iter().any(|w| w.stem == b.stem)).find(|word| {
        // Claims may lie inside one another: "A said that B had denied it".
        let inner = whose
            .iter()
            .filter(|a| a.claim.is_some_and(|c| c.contains(word.span)))
            .min_by_key(|a| (a.claim.map_or(0, |c| c.len()), std::cmp::Reverse(a.cue.start)));
        inner.is_some_and(|a| !still(a))
    });
    lost.map(|w| w.text.clone())
}

/// "…, according to X, …": it belongs to what stands before it, and may not slip to what follows.
fn in_the_middle(text: &str, a: &Attribution) -> bool {
    let end = a.source.map_or(a.cue.end, |s| s.end.max(a.cue.end));
    let after = text[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    a.form == Form::Prepositional && a.cue.start > 3 && !after.is_empty()
}

/// Strong attributions with a source.
fn attributions(text: &str) -> Vec<Attribution> {
    let facts = facts::extract(text, &Context { lang: Lang::En, date: None });
    let strong = facts.into_iter().filter_map(|f| match f.value {
        FactValue::Attribution(a) if a.is_strong() && a.source.is_some() => Some(a),
        _ => None,
    });
    strong.collect()
}

/// Number of different sources.
fn sources(text: &str, list: &[Attribution]) -> usize {
    let mut names: Vec<&str> = list.iter().filter_map(|a| a.source).map(|s| s.of(text)).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// A word of a source of the short text that no source of the long one has.
fn strange_source(long: &str, short: &str, whose: &[Attribution], kept: &[Attribution]) -> Option<String> {
    let words = |text: &str, list: &[Attribution]| -> Vec<String> {
        let spans = list.iter().flat_map(|a| a.source).map(|s| s.of(text));
        spans.flat_map(|s| s.split_whitespace().map(str::to_string).collect::<Vec<_>>()).collect()
    };
    let known: Vec<String> = words(long, whose).iter().map(|w| bare(w)).collect();
    words(short, kept).into_iter().find(|w| {
        let plain = bare(w);
        !plain.is_empty() && !en::FREE.has(plain.as_str()) && !known.contains(&plain)
    })
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Content words with what stands before each. Words in `hidden` are passed over, and count as a mark.
fn words(r: &Reading<'_>, hidden: &[Span]) -> Vec<Word> {
    let quotes = quote::extract(r);
    let mut out: Vec<Word> = Vec::new();
    let (mut gap, mut article, mut apart, mut mark, mut joined) = (Vec::new(), false, false, false, false);
    for i in 0..r.len() {
        let span = r.span(i, i + 1);
        if hidden.iter().any(|h| h.overlaps(span)) {
            (apart, mark) = (true, true);
            continue;
        }
        if r.mark(i) != '\0' {
            let joint = r.joins(i) || matches!(r.mark(i), ',' | '.') && !r.spaced(i) && !r.spaced(i + 1);
            if !joint {
                (apart, mark) = (true, true);
            }
            continue;
        }
        let lower = r.lower(i);
        if matches!(lower, "'s" | "’s") {
            if let Some(last) = out.last_mut() {
                last.possessive = true;
            }
            continue;
        }
        if en::BINDING.has(lower) || lower.ends_with("n't") {
            gap.push(lower.to_string());
            apart = true;
        } else if en::FREE.has(lower) {
            apart = true;
            joined |= matches!(lower, "and" | "but");
            article |= matches!(lower, "a" | "an" | "the");
        } else {
            let quoted = quotes.iter().any(|q| q.span.contains(span));
            let word = Word {
                text: span.of(r.tokens.text).to_string(),
                span,
                stem: stem(lower),
                possessive: false,
                quoted,
                gap: std::mem::take(&mut gap),
                article,
                apart,
                mark,
                joined,
            };
            out.push(word);
            (article, apart, mark, joined) = (false, false, false, false);
        }
    }
    out
}

/// A word without its ending: forms of one word are one.
fn stem(lower: &str) -> String {
    let cut = ["ing", "ed", "es", "s", "d", "e"].iter().find_map(|e| lower.strip_suffix(e).filter(|s| s.len() > 3));
    cut.unwrap_or(lower).to_string()
}

/// The cheapest way to find the wanted words among those of the base, in order. A joint that is not fair costs one.
fn align(base: &[Word], wanted: &[Word]) -> Option<String> {
    if let Some(new) = wanted.iter().find(|w| !base.iter().any(|b| b.stem == w.stem)) {
        return Some(format!("says “{}”, which the translation does not", new.text));
    }
    const NEVER: usize = usize::MAX / 2;
    // cost[j]: the words so far, the last one at j; with the word at which the first unfair joint was.
    let mut cost: Vec<(usize, Option<usize>)> = Vec::new();
    for (i, word) in wanted.iter().enumerate() {
        let mut next = vec![(NEVER, None); base.len()];
        for j in (0..base.len()).filter(|&j| base[j].stem == word.stem) {
            let starts = if i == 0 {
                vec![(None, (0, None))]
            } else {
                (0..j).filter(|&k| cost[k].0 < NEVER).map(|k| (Some(k), cost[k])).collect()
            };
            for (k, (before, at)) in starts {
                let unfair = usize::from(!fair(base, k, j, word));
                let here = (before + unfair, at.or((unfair > 0).then_some(i)));
                if here.0 < next[j].0 {
                    next[j] = here;
                }
            }
        }
        if next.iter().all(|c| c.0 >= NEVER) {
            return Some(format!("has “{}” in another place than the translation", word.text));
        }
        cost = next;
    }
    // What is left out behind the last word must begin at a joint, too.
    let end = |j: usize| usize::from(base.get(j + 1).is_some_and(|b| !may_end_before(b)));
    let best = cost.iter().enumerate().filter(|(_, c)| c.0 < NEVER).min_by_key(|(j, c)| c.0 + end(*j))?;
    let (last, &(unfair, at)) = best;
    if unfair + end(last) == 0 {
        return None;
    }
    let word = &wanted[at.unwrap_or(wanted.len() - 1)];
    Some(format!("gives “{}” another part than the translation", word.text))
}

/// Whether `word`, which is base word `j`, may follow base word `before`.
fn fair(base: &[Word], before: Option<usize>, j: usize, word: &Word) -> bool {
    let here = &base[j];
    if here.possessive != word.possessive || here.quoted != word.quoted {
        return false;
    }
    let from = before.map_or(0, |k| k + 1);
    let cut = from < j;
    // Headlines drop articles, sentences do not: "launched offensive in south of province".
    if here.article && !word.article {
        return false;
    }
    // What a source in the middle vouches for stands right before it.
    if cut && here.stem == stem("according") {
        return false;
    }
    let own_kept = here.gap.iter().all(|w| word.gap.contains(w))
        || cut && here.gap == ["of"] && en::KINDS_OF_PLACES.has(base[j - 1].text.to_lowercase().as_str());
    let none_new = word.gap.iter().all(|w| base[from..=j].iter().any(|b| b.gap.contains(w)));
    // What is left out begins at a joint: behind "the", a preposition, a mark. "army positions" must not become "army".
    let joint = !cut
        || if before.is_some() {
            may_end_before(&base[from]) || reduced(base, from)
        } else {
            here.mark && adverbial(&base[0])
        };
    own_kept && none_new && joint
}

/// "rebels backed by Turkey": what is told of somebody without a relative pronoun.
fn reduced(base: &[Word], at: usize) -> bool {
    base[at].text.ends_with("ed") && base.get(at + 1).is_some_and(|next| next.gap.iter().any(|w| w == "by"))
}

/// Whether a sentence that begins with this word opens with a circumstance ("On Friday,", "After the attack,"), which it
/// can do without, and not with its subject.
fn adverbial(first: &Word) -> bool {
    let lower = first.text.to_lowercase();
    !first.gap.is_empty() || lower.ends_with("ly") || en::CIRCUMSTANCES.has(lower.as_str())
}

/// Whether what is left out may begin with this word: not in the middle of a phrase, and not with the second of two
/// things that are told together ("are held by the army and have fallen to the rebels").
fn may_end_before(word: &Word) -> bool {
    word.apart && (word.mark || !word.joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "After two days of fighting, rebels backed by Turkey attacked the army’s positions in the town of \
                        Tarsal on Friday, killing at least 12 soldiers, according to the Red Crescent.";

    #[track_caller]
    fn passes(short: &str) {
        assert_eq!(objection(LONG, short), None, "{short}");
    }

    #[track_caller]
    fn fails(short: &str, why: &str) {
        let reason = objection(LONG, short).unwrap_or_else(|| panic!("“{short}” passes"));
        assert!(reason.contains(why), "{short}: {reason}");
    }

    #[test]
    fn parts_may_be_left_out_and_the_source_may_move() {
        passes(LONG);
        passes(
            "Rebels attacked the army’s positions in Tarsal on Friday, killing at least 12 soldiers, according to the Red Crescent.",
        );
        passes("According to the Red Crescent, rebels backed by Turkey attacked the army’s positions.");
        passes("Rebels attacked the army’s positions, the Red Crescent said.");
        let long = "Just before nine on Monday, two men entered the bank, which had just opened.";
        assert_eq!(objection(long, "Two men entered the bank."), None);
        let long = "The front, like the other groups, has lost ground near the town.";
        assert!(objection(long, "Like the other groups, has lost ground near the town.").is_some());
    }

    #[test]
    fn nobody_takes_another_ones_part() {
        fails("Turkey attacked the army’s positions, according to the Red Crescent.", "Turkey");
        fails("Rebels attacked Turkey, according to the Red Crescent.", "another place");
        fails("Rebels backed by Turkey attacked the army, according to the Red Crescent.", "army");
        fails("The army’s positions attacked rebels, according to the Red Crescent.", "another place");
    }

    #[test]
    fn the_source_stays_and_is_the_same() {
        fails("Rebels attacked the army’s positions in Tarsal.", "who says it");
        fails("Rebels attacked the army’s positions, Turkey said.", "Turkey");
    }

    #[test]
    fn a_source_in_the_middle_stays_with_what_it_vouches_for() {
        let long =
            "After two days of fighting that killed 255 people, according to the Red Crescent, rebels reached Tarsal.";
        assert!(objection(long, "According to the Red Crescent, rebels reached Tarsal.").is_some());
        assert_eq!(objection(long, long), None);
    }

    #[test]
    fn nothing_is_added() {
        fails("Rebels brutally attacked the army’s positions, according to the Red Crescent.", "brutally");
    }

    #[test]
    fn a_verb_keeps_its_form() {
        let long = "The car exploded after the police opened fire, declared officer Karim Bell, who saw it.";
        assert!(objection(long, "The car exploded after the police opened fire, declaring Karim Bell.").is_some());
        assert_eq!(objection(long, "The car exploded, declared officer Karim Bell."), None);
    }

    #[test]
    fn doubt_and_negation_stay_with_their_word() {
        let long = "The convoy did not reach Tarsal, where it may have been attacked by gunmen.";
        assert_eq!(objection(long, "The convoy did not reach Tarsal."), None);
        assert!(objection(long, "The convoy did reach Tarsal.").is_some());
        assert!(objection(long, "The convoy did not reach Tarsal, where it had been attacked by gunmen.").is_some());
    }

    #[test]
    fn two_sources_keep_what_each_says() {
        let long = "The army said that it held the bridge, while witnesses said that the rebels had crossed it.";
        assert!(objection(long, "The army said that the rebels had crossed it.").is_some());
        assert_eq!(objection(long, "The army said that it held the bridge."), None);
        assert_eq!(objection(long, long), None);
    }

    #[test]
    fn the_second_half_of_a_sentence_stays() {
        let long = "The villages in the north were held by the army and have fallen to the rebels.";
        assert!(objection(long, "The villages in the north were held by the army.").is_some());
    }

    #[test]
    fn quoted_words_stay_quoted() {
        let long = "The attackers “have not reached the city’s limits,” the official said.";
        assert!(objection(long, "The attackers have not reached the city’s limits, the official said.").is_some());
        assert_eq!(objection(long, "The attackers “have not reached the city’s limits,” the official said."), None);
    }
}
