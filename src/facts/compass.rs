//! Directions: « au sud-est de la ville », "southeastern", « la rive occidentale ».

use super::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::fr;
use crate::span::Span;

/// A point of the compass, such as north or south-east, as a text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Direction {
    pub span: Span,
    /// -1 for south, 1 for north, 0 where the direction has neither.
    pub north: i8,
    /// -1 for west, 1 for east, 0 where the direction has neither.
    pub east: i8,
    /// Whether the word may be the French verb « est » (*is*) and no direction.
    pub unsure: bool,
}

impl Direction {
    /// Whether the two cannot mean the same place, because they are opposite on an axis or have no axis in common:
    /// south and north, south-east and south-west, north and east. North and north-east can mean the same place.
    pub fn excludes(self, other: Direction) -> bool {
        let differ = |a: i8, b: i8| a != 0 && b != 0 && a != b;
        let share = |a: i8, b: i8| a != 0 && a == b;
        differ(self.north, other.north)
            || differ(self.east, other.east)
            || !share(self.north, other.north) && !share(self.east, other.east)
    }

    /// Whether the two are the same point of the compass.
    pub fn agrees(self, other: Direction) -> bool {
        (self.north, self.east) == (other.north, other.east)
    }

    /// Whether the direction has both axes, as south-east does and south does not.
    pub fn is_between(self) -> bool {
        self.north != 0 && self.east != 0
    }
}

/// The directions of a text, in its order.
pub fn directions(r: &Reading<'_>) -> Vec<Direction> {
    let mut found: Vec<Direction> = Vec::new();
    for i in 0..r.len() {
        let Some((north, east)) = axes(r.lower(i), r.lang) else { continue };
        let unsure = r.lang == Lang::Fr && r.lower(i) == "est" && !is_the_east(r, i);
        let span = r.span(i, i + 1);
        // « sud-est » and "south east" are two words, but one direction. After a space, an « est » that may be the verb
        // does not join: « le sud est calme ».
        let first_half = found.last_mut().filter(|d| {
            let between = &r.tokens.text[d.span.end..span.start];
            matches!(between, "-" | " " | "\u{2011}") && d.east == 0 && north == 0 && is_bare(d.span.of(r.tokens.text))
        });
        match first_half {
            Some(last) if !unsure || r.tokens.text[last.span.end..span.start] != *" " => {
                *last = Direction { span: Span::new(last.span.start, span.end), east, ..*last };
            }
            _ => found.push(Direction { span, north, east, unsure }),
        }
    }
    found
}

/// Whether a word can be the first half of a compound: « nord », "north", but not "northern".
fn is_bare(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "nord" | "sud" | "north" | "south")
}

/// The two axes of the direction that a word names (see [`Direction`]), if it names one. Compounds with a hyphen, such
/// as « sud-est », come here as two words.
fn axes(word: &str, lang: Lang) -> Option<(i8, i8)> {
    match lang {
        Lang::Fr => match word {
            "nord" => Some((1, 0)),
            "sud" => Some((-1, 0)),
            "est" => Some((0, 1)),
            "ouest" => Some((0, -1)),
            _ => {
                let stem = |s: &str| word.strip_prefix(s).is_some_and(|e| matches!(e, "al" | "ale" | "ales" | "aux"));
                let pairs = [("septentrion", (1, 0)), ("méridion", (-1, 0)), ("orient", (0, 1)), ("occident", (0, -1))];
                pairs.into_iter().find(|(s, _)| stem(s)).map(|(_, axes)| axes)
            }
        },
        Lang::En => {
            let endings = ["", "ern", "ernmost", "erly", "ward", "wards", "bound"];
            let points = [
                ("northeast", (1, 1)),
                ("northwest", (1, -1)),
                ("southeast", (-1, 1)),
                ("southwest", (-1, -1)),
                ("north", (1, 0)),
                ("south", (-1, 0)),
                ("east", (0, 1)),
                ("west", (0, -1)),
            ];
            points.into_iter().find_map(|(point, axes)| {
                word.strip_prefix(point).filter(|ending| endings.contains(ending)).map(|_| axes)
            })
        }
    }
}

/// Whether « est » at `i` is certainly the point of the compass and not the verb: it has a capital inside the text
/// (« Jérusalem-Est »), it follows « l' » where a preposition shows that it is a noun (« à l'est de »), or it follows a
/// word for a part of a place (« les quartiers est »).
fn is_the_east(r: &Reading<'_>, i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).map_or("", |k| r.lower(k));
    let after = if i + 1 < r.len() { r.lower(i + 1) } else { "" };
    let named = r.capital(i) && i > 0;
    let placed = before(1) == "l'"
        && (matches!(before(2), "à" | "de" | "dans" | "vers") || matches!(after, "de" | "du" | "d'" | "des"));
    let described = fr::PARTS_OF_PLACES.has(before(1));
    named || placed || described
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, lang: Lang) -> Vec<(i8, i8, bool)> {
        directions(&Reading::new(text, lang)).iter().map(|d| (d.north, d.east, d.unsure)).collect()
    }

    #[test]
    fn french_directions() {
        assert_eq!(of("au sud-est de la ville", Lang::Fr), [(-1, 1, false)]);
        assert_eq!(of("les quartiers est, à l'est de Mossoul", Lang::Fr), [(0, 1, false), (0, 1, false)]);
        assert_eq!(of("Il est au nord du pays.", Lang::Fr), [(0, 1, true), (1, 0, false)]);
        assert_eq!(of("la rive occidentale du nord est tombée", Lang::Fr)[..2], [(0, -1, false), (1, 0, false)]);
        assert_eq!(of("Jérusalem-Est et l'Afrique du Sud", Lang::Fr), [(0, 1, false), (-1, 0, false)]);
    }

    #[test]
    fn english_directions() {
        assert_eq!(of("southwest of the country", Lang::En), [(-1, -1, false)]);
        assert_eq!(of("in the north-eastern suburbs", Lang::En), [(1, 1, false)]);
        assert_eq!(of("in northern Syria and the Middle East", Lang::En), [(1, 0, false), (0, 1, false)]);
        assert!(of("Weston and the Southerners", Lang::En).is_empty());
    }
}
