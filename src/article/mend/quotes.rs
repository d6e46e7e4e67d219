//! Mends the quotation marks of French texts: every outermost pair becomes « … », with one space
//! inside each mark, and a space outside if one is missing. Quotations inside quotations keep their
//! own marks, as French typography asks, and marks without a partner stay as they are.
//!
//! Scraped and machine-rewritten pages mix « » “ ” and ", have a closing mark where a quotation
//! opens, and lose or add the spaces around marks. So the glyph alone says little, and the
//! neighbours of a mark count as well (see [`Mark`]).

use crate::article::mapped::Ch;

/// A double quotation mark and what stands around it.
struct Mark {
    /// Index of its character.
    at: usize,
    glyph: char,
    /// Whether white space or the beginning of the block stands right before it.
    space_before: bool,
    /// Whether white space or the end of the block stands right after it.
    space_after: bool,
    /// Next character that is not a space, if there is one.
    next: Option<char>,
    /// Previous character that is not a space, if there is one.
    previous: Option<char>,
}

/// The text with guillemets (« ») around its quotations.
pub(super) fn mend(chars: &[Ch]) -> Vec<Ch> {
    let marks = marks(chars);
    if marks.is_empty() {
        return chars.to_vec();
    }
    rewrite(chars, &pairs(&marks))
}

fn is_mark(c: char) -> bool {
    matches!(c, '«' | '»' | '“' | '”' | '„' | '‟' | '"' | '″' | '〝' | '〞' | '＂')
}

/// The double quotation marks of a text, without those that stand for inches.
fn marks(chars: &[Ch]) -> Vec<Mark> {
    let space = |ch: Option<&Ch>| ch.is_none_or(|ch| ch.c.is_whitespace());
    // The text has no double spaces any more, so of two neighbouring characters at least one is no
    // space.
    let visible = |a: Option<&Ch>, b: Option<&Ch>| a.filter(|ch| !ch.c.is_whitespace()).or(b).map(|ch| ch.c);
    let before = |at: usize, by: usize| at.checked_sub(by).and_then(|i| chars.get(i));
    let mut marks: Vec<Mark> = Vec::new();
    for (at, ch) in chars.iter().enumerate().filter(|(_, ch)| is_mark(ch.c)) {
        // 5'10" and 12" are measures, unless an odd number of marks stands before. Then a quotation
        // may be open, and this mark may close it.
        let digit_before = before(at, 1).is_some_and(|ch| ch.c.is_ascii_digit());
        if is_straight(ch.c) && digit_before && marks.len().is_multiple_of(2) {
            continue;
        }
        marks.push(Mark {
            at,
            glyph: ch.c,
            space_before: space(before(at, 1)),
            space_after: space(chars.get(at + 1)),
            next: visible(chars.get(at + 1), chars.get(at + 2)),
            previous: visible(before(at, 1), before(at, 2)),
        });
    }
    marks
}

impl Mark {
    /// Whether it can open a quotation: something quotable follows, and before it stands a space, a dash, an opening
    /// mark or the like.
    fn can_open(&self) -> bool {
        let after_break = self.space_before || self.previous.is_none_or(|c| "([/'’‘—–-:«“\"".contains(c));
        after_break && self.next.is_some_and(|c| !".,;:!?)]»".contains(c))
    }

    /// Whether it can close a quotation: something quotable precedes, and the mark does not have
    /// the spacing of an opening one, with a space before it and none after. The spacing does not
    /// matter if the mark is a », or if a comma or the like follows.
    fn can_close(&self) -> bool {
        let ends = self.next.is_none_or(|c| ".,;:!?)]»…-–—/".contains(c));
        let spacing_fits = self.glyph == '»' || ends || self.space_after || !self.space_before;
        self.previous.is_some_and(|c| !"([«".contains(c)) && spacing_fits
    }

    /// Whether a stop, a closing bracket or nothing follows. While a quotation is open, such a mark does not open
    /// another one, even if its glyph is «: `… de la Syrie « .`.
    fn stop_follows(&self) -> bool {
        self.next.is_none_or(|c| ".,;:!?)]".contains(c))
    }
}

/// What a mark does while a quotation is open.
enum Role {
    /// It closes the outer quotation.
    Close,
    /// It opens a quotation inside the outer one.
    OpenInner,
    /// It closes the innermost quotation that is open inside the outer one.
    CloseInner,
    /// It opens the outer quotation, and the mark that seemed to have opened it has no partner.
    OpenAgain,
    /// It neither opens nor closes anything, as far as can be told.
    Stray,
}

/// The outermost pairs of marks that belong together, as indices of characters: (opening, closing).
fn pairs(marks: &[Mark]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    // The open outer mark, and the glyphs of the marks that are open inside it.
    let mut outer: Option<&Mark> = None;
    let mut inner: Vec<char> = Vec::new();
    for (mark, ahead) in marks.iter().zip(Ahead::of(marks)) {
        let Some(opening) = outer else {
            outer = opens(mark, &ahead).then_some(mark);
            continue;
        };
        match role(mark, opening, inner.last().copied(), &ahead) {
            Role::Close => {
                pairs.push((opening.at, mark.at));
                outer = None;
                inner.clear();
            }
            Role::OpenInner => inner.push(mark.glyph),
            Role::CloseInner => {
                inner.pop();
            }
            Role::OpenAgain => {
                outer = Some(mark);
                inner.clear();
            }
            Role::Stray => {}
        }
    }
    pairs
}

/// What `mark` does while the quotation that `opening` began is open. `inner` is the glyph that
/// opened the innermost quotation inside it; `None` if no inner quotation is open.
fn role(mark: &Mark, opening: &Mark, inner: Option<char>, ahead: &Ahead) -> Role {
    match mark.glyph {
        '«' | '“' | '„' | '‟' | '〝' if mark.stop_follows() || !mark.can_open() => Role::Close,
        '«' if opening.glyph == '«' && ahead.guillemets < 2 => Role::OpenAgain,
        '«' | '“' | '„' | '‟' | '〝' => Role::OpenInner,
        '”' | '〞' if matches!(inner, Some('“' | '„' | '‟' | '〝' | '”')) => Role::CloseInner,
        '”' | '〞' if opening.glyph == '«' && mark.can_open() && !mark.can_close() => Role::OpenInner,
        '»' if inner == Some('«') && ahead.guillemets > 0 => Role::CloseInner,
        '”' | '〞' | '»' => Role::Close,
        // A straight mark: the spaces around it tell whether it opens or closes.
        _ => {
            let starts = mark.space_before && !mark.space_after;
            if inner.is_some_and(is_straight) && !starts {
                Role::CloseInner
            } else if is_straight(opening.glyph) && (!starts || !mark.can_open()) {
                Role::Close
            } else if is_straight(opening.glyph) && ahead.straight < 2 {
                Role::OpenAgain
            } else if !is_straight(opening.glyph) && opening.glyph != '«' && mark.can_close() && !starts {
                Role::Close
            } else if mark.can_open() {
                Role::OpenInner
            } else {
                Role::Stray
            }
        }
    }
}

/// Which marks are still to come after a mark, up to the end of the block.
#[derive(Clone, Copy, Default)]
struct Ahead {
    /// Whether there is a mark that can close a quotation.
    closing: bool,
    /// Whether, of the marks that can open or close, the next one can close and is not «.
    partner_closes: bool,
    /// How many closing guillemets (») there are.
    guillemets: usize,
    /// How many straight marks there are.
    straight: usize,
}

impl Ahead {
    /// What is still to come after each of the marks.
    fn of(marks: &[Mark]) -> Vec<Ahead> {
        let mut ahead = Ahead::default();
        let mut all: Vec<Ahead> = Vec::with_capacity(marks.len());
        for mark in marks.iter().rev() {
            all.push(ahead);
            ahead.closing |= mark.can_close();
            if mark.can_close() || mark.can_open() {
                ahead.partner_closes = mark.can_close() && mark.glyph != '«';
            }
            ahead.guillemets += usize::from(mark.glyph == '»');
            ahead.straight += usize::from(is_straight(mark.glyph));
        }
        all.reverse();
        all
    }
}

/// Whether a mark looks the same at both ends of a quotation.
fn is_straight(glyph: char) -> bool {
    matches!(glyph, '"' | '″' | '＂')
}

/// Whether a mark opens a quotation while none is open.
fn opens(mark: &Mark, ahead: &Ahead) -> bool {
    match mark.glyph {
        '«' => ahead.closing,
        '“' | '„' | '‟' | '〝' => ahead.closing && mark.can_open(),
        // A closing glyph opens a quotation only if a space stands before it, and a mark that can
        // close the quotation follows before one that can only open.
        '”' | '»' | '〞' => mark.can_open() && mark.space_before && ahead.partner_closes,
        _ => ahead.closing && mark.can_open() && (!mark.space_after || ahead.straight > 0),
    }
}

/// Writes « and » at the ends of the pairs, with the spaces that belong to them.
fn rewrite(chars: &[Ch], pairs: &[(usize, usize)]) -> Vec<Ch> {
    let mut out: Vec<Ch> = Vec::with_capacity(chars.len() + 4 * pairs.len());
    let opens: std::collections::HashSet<usize> = pairs.iter().map(|p| p.0).collect();
    let closes: std::collections::HashSet<usize> = pairs.iter().map(|p| p.1).collect();
    let mut i = 0;
    while i < chars.len() {
        let ch = chars[i];
        if opens.contains(&i) {
            if out.last().is_some_and(|p| p.c.is_alphanumeric() || ".,;:!?…»)".contains(p.c)) {
                out.push(Ch::inserted(' ', ch.start));
            }
            out.push(ch.with('«'));
            if chars.get(i + 1).is_some_and(|n| !n.c.is_whitespace()) {
                out.push(Ch::inserted(' ', ch.end));
            }
        } else if closes.contains(&i) {
            if out.last().is_some_and(|p| !p.c.is_whitespace()) {
                out.push(Ch::inserted(' ', ch.start));
            }
            out.push(ch.with('»'));
            match (chars.get(i + 1), chars.get(i + 2)) {
                // "la Syrie « ." → "la Syrie »."
                (Some(space), Some(stop)) if space.c.is_whitespace() && ".,)]".contains(stop.c) => i += 1,
                (Some(next), _) if next.c.is_alphanumeric() || "«(".contains(next.c) => {
                    out.push(Ch::inserted(' ', ch.end));
                }
                _ => {}
            }
        } else {
            out.push(ch);
        }
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::article::mend::tests::mended;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(mended(text), expected);
        assert_eq!(mended(expected), expected, "mending twice changes nothing more");
    }

    #[test]
    fn broken_pairs_of_rewritten_pages() {
        check(
            "Ils tiennent ” plus de 30 ponts et tunnels » du pays.",
            "Ils tiennent « plus de 30 ponts et tunnels » du pays.",
        );
        check("D’où “ tirs nourris » au nord.", "D’où « tirs nourris » au nord.");
        check(
            "« Nous avançons (…) »a pourtant dit l’état-major.",
            "« Nous avançons (…) » a pourtant dit l’état-major.",
        );
        check("Il parle d’une « atteinte à la paix « . Le port", "Il parle d’une « atteinte à la paix ». Le port");
        check(
            "Selon lui, ils “n’ont pas passé le fleuve”, après",
            "Selon lui, ils « n’ont pas passé le fleuve », après",
        );
        check("lors d’un ” coup de force ».", "lors d’un « coup de force ».");
    }

    #[test]
    fn sound_quotations_stay_as_they_are() {
        for text in [
            "« Rien n’est sûr », dit-il.",
            "« Il m’a dit “pars” et je suis parti », dit-elle.",
            "Le « plan B » et le « plan C ».",
            "« Nous restons. Nous tenons. » Il sourit.",
            "Un écran de 12\" et rien d’autre.",
            "« La suite au paragraphe suivant.",
            "Il a mesuré 5'10\" à l’hôpital.",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn straight_and_curly_pairs_become_guillemets() {
        check("\"Nous tenons\", dit-il, \"et c’est tout\".", "« Nous tenons », dit-il, « et c’est tout ».");
        check("Le groupe “État libre” et l’\"Armée\" du Nord", "Le groupe « État libre » et l’« Armée » du Nord");
        check("«Nous tenons», dit-il.", "« Nous tenons », dit-il.");
    }

    #[test]
    fn a_mark_without_partner_is_left_alone() {
        for text in ["Il dit ” et se tait.", "\"Nous tenons", "Rien » de plus"] {
            check(text, text);
        }
    }
}
