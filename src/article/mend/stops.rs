//! Mends stray full stops and commas, and puts in spaces that are missing after stops and commas.

use crate::article::mapped::Ch;

/// Marks after which a stray full stop is dropped.
const STOPS: &str = ".!?…";
/// How many characters on either side of a stop may belong to the same address.
const MAX_ADDRESS: usize = 100;

/// Mends full stops and commas that have white space, or an end of the block, on both sides. At the start of the block
/// such a mark is dropped (". Puis"), and a full stop is also dropped after another stop ("dévastés. . Puis"). After a
/// word or a closing mark, only the space before the mark is dropped. An ellipsis written with spaces stays.
pub(super) fn mend(chars: &[Ch]) -> Vec<Ch> {
    let mut out: Vec<Ch> = Vec::with_capacity(chars.len());
    let last_word = chars.iter().rposition(|ch| ch.c.is_alphanumeric()).unwrap_or(0);
    for (i, &ch) in chars.iter().enumerate() {
        if !matches!(ch.c, '.' | ',') {
            out.push(ch);
            continue;
        }
        let free_after = chars.get(i + 1).is_none_or(|n| n.c.is_whitespace());
        let spaced = out.last().is_none_or(|p| p.c.is_whitespace());
        if !free_after || !spaced {
            out.push(ch);
            continue;
        }
        // ". . ." written with spaces is an ellipsis.
        let spaced_dots = |j: usize| chars.get(j).is_some_and(|c| c.c == '.');
        let ellipsis = spaced_dots(i + 2) || (i >= 2 && spaced_dots(i - 2) && (i >= 4 && spaced_dots(i - 4)));
        let before = out.iter().rev().find(|p| !p.c.is_whitespace()).map(|p| p.c);
        match before {
            _ if ellipsis => out.push(ch),
            None if i < last_word => {}
            Some(c) if STOPS.contains(c) && ch.c == '.' => {}
            Some(c) if c.is_alphanumeric() || ")]»%€\"”".contains(c) => {
                out.pop();
                out.push(ch);
            }
            _ => out.push(ch),
        }
    }
    out
}

/// Puts the space in that is missing after the end of a sentence ("la ville.Le maire") or after a
/// comma ("Hama,selon"). The stop or comma must follow three lower-case letters; a "!" or "?" may
/// have a space before it. After a comma a word of at least two letters must follow. After a stop,
/// a capital must follow, and after it a lower-case letter, a space or an apostrophe. Nothing is
/// put in where the token looks like an address or a file name.
pub(super) fn add_missing_spaces(chars: &[Ch]) -> Vec<Ch> {
    let mut out: Vec<Ch> = Vec::with_capacity(chars.len());
    for (i, &ch) in chars.iter().enumerate() {
        out.push(ch);
        if !".!?,…".contains(ch.c) {
            continue;
        }
        let spaced = i > 0 && "!?".contains(ch.c) && chars[i - 1].c == ' ';
        let word = &chars[..i - usize::from(spaced)];
        let word_before = word.iter().rev().take_while(|c| c.c.is_alphabetic()).count();
        let lower_before = word.iter().rev().take(3).all(|c| c.c.is_lowercase());
        if word_before < 3 || !lower_before || in_address(chars, i) {
            continue;
        }
        let after = &chars[i + 1..];
        let word_after = after.iter().take_while(|c| c.c.is_alphabetic()).count();
        let gap = match (ch.c, after.first()) {
            (',', Some(c)) => c.c.is_alphabetic() && word_after >= 2,
            (_, Some(c)) => {
                c.c.is_uppercase() && after.get(1).is_some_and(|c| c.c.is_lowercase() || " ’'".contains(c.c))
            }
            _ => false,
        };
        if gap {
            out.push(Ch::inserted(' ', ch.end));
        }
    }
    out
}

/// Whether the token around `at` looks like a web or mail address or a file name: it has a slash, a backslash, an @ or
/// an underscore, or `at` is a full stop and the token has more than one full stop before its last character.
fn in_address(chars: &[Ch], at: usize) -> bool {
    // Without a limit, a text without spaces would be read from end to end at every stop.
    let (from, to) = (at.saturating_sub(MAX_ADDRESS), (at + MAX_ADDRESS).min(chars.len()));
    let start = chars[from..at].iter().rposition(|c| c.c.is_whitespace()).map_or(from, |i| from + i + 1);
    let end = chars[at..to].iter().position(|c| c.c.is_whitespace()).map_or(to, |i| at + i);
    let token = &chars[start..end];
    let inner_points = token[..token.len() - 1].iter().filter(|c| c.c == '.').count();
    token.iter().any(|c| "@/\\_".contains(c.c)) || (chars[at].c == '.' && inner_points > 1)
}

#[cfg(test)]
mod tests {
    use crate::article::mend::tests::mended;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(mended(text), expected);
    }

    #[test]
    fn stray_stops_are_dropped() {
        check("des tirs dévastateurs. . Puis le calme.", "des tirs dévastateurs. Puis le calme.");
        check(". Puis le calme.", "Puis le calme.");
        check("Le calme est revenu .", "Le calme est revenu.");
        check("À Hama , le calme.", "À Hama, le calme.");
    }

    #[test]
    fn missing_spaces_are_put_in() {
        check("Ils ont quitté la ville.Le maire est resté.", "Ils ont quitté la ville. Le maire est resté.");
        check("Quelle surprise !Le maire", "Quelle surprise ! Le maire");
        check("À Hama,selon lui", "À Hama, selon lui");
    }

    #[test]
    fn addresses_acronyms_and_numbers_are_not_touched() {
        for text in [
            "Voir www.exemple.Org et a.b@exemple.Fr et exemple.fr",
            "l’O.N.U. et les U.S.A",
            "3,5 millions, 1.200 blessés et 12.Le",
            "Un silence . . . puis",
            "Le fichier .txt est vide.",
        ] {
            check(text, text);
        }
    }
}
