//! Cutting a sentence that is too long for the model, at the best place there is.

/// Cuts `text` into parts of at most `limit` tokens, as `count` counts them. A part ends at the last semicolon or colon
/// in the second half of what fits; if there is none, at the last comma there, else at the last white space anywhere,
/// else where the room ends. A single character is a part even if it has more tokens. White space at the cuts and at
/// both ends of the text is left out, and nothing else.
pub fn split<'a>(text: &'a str, limit: usize, count: &dyn Fn(&str) -> usize) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && count(rest) > limit {
        let fits = longest(rest, limit, count);
        let cut = boundary(&rest[..fits]).unwrap_or(fits);
        parts.push(rest[..cut].trim_end());
        rest = rest[cut..].trim_start();
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// How many bytes the longest beginning of `text` has that is within the limit, one character at least. It is found by
/// bisection.
fn longest(text: &str, limit: usize, count: &dyn Fn(&str) -> usize) -> usize {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let first = text.chars().next().map_or(0, char::len_utf8);
    let (mut low, mut high) = (first, text.len());
    while low < high {
        let mid = floor((low + high).div_ceil(2));
        if mid <= low {
            break;
        }
        if count(&text[..mid]) <= limit {
            low = mid;
        } else {
            high = floor(mid - 1).max(first);
        }
    }
    low
}

/// The byte at which `text` is best cut, as [`split`] says; `None` if it has no boundary.
fn boundary(text: &str) -> Option<usize> {
    let late = |at: &usize| *at > text.len() / 2;
    let after = |marks: &[&str]| marks.iter().filter_map(|m| text.rfind(m).map(|i| i + m.len())).filter(late).max();
    after(&["; ", " : ", ": "])
        .or_else(|| after(&[", "]))
        .or_else(|| text.rfind(char::is_whitespace).filter(|&at| at > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> usize {
        text.split_whitespace().count()
    }

    #[test]
    fn a_short_sentence_stays_whole() {
        assert_eq!(split("Une phrase.", 10, &words), ["Une phrase."]);
    }

    #[test]
    fn the_cut_is_at_a_semicolon_rather_than_a_comma() {
        assert_eq!(
            split("un deux trois ; quatre, cinq six sept", 6, &words),
            ["un deux trois ;", "quatre, cinq six sept"]
        );
    }

    proptest! {
        #[test]
        fn no_character_is_lost_and_parts_fit(text in "\\PC{0,300}", limit in 1usize..40) {
            let count = |t: &str| t.chars().count();
            let parts = split(&text, limit, &count);
            let squeeze = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeeze(&parts.concat()), squeeze(&text));
            prop_assert!(parts.iter().all(|p| count(p) <= limit));
        }
    }
}
