//! Quotations whose closing mark stands too late, so that they take in words that the French does not quote.

use super::lighter;
use crate::facts::reading::is_quote;
use crate::lexicon::en;
use crate::translate::steer::Judged;

/// The translation with the closing mark where the French has it, if the rules found inside the marks who says it, or a
/// name, which the French has outside: “Nothing will change, said the mayor.”
pub fn put_right(_: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    now.heavy().filter(|f| f.rule == "quote-changed").find_map(|finding| {
        let taken = finding.target?;
        // A finding that begins at a mark is about the quotation as a whole.
        let is_within = !taken.of(&now.text).starts_with(is_quote);
        lighter(now, &is_within.then(|| closed_before(&now.text, taken.start)).flatten()?, judge)
    })
}

/// The text with the closing mark moved from behind byte `at` to before it, and before the small words that lead up to
/// it ("of Aleppo"); a comma stays inside the marks (American style).
fn closed_before(text: &str, at: usize) -> Option<String> {
    let closing = text[at..].find(is_quote)? + at;
    let mut end = text[..at].trim_end().len();
    while let Some((rest, word)) = text[..end].rsplit_once(' ')
        && en::LEADING.has(word.to_lowercase().as_str())
    {
        end = rest.trim_end().len();
    }
    let mark = text[closing..].chars().next()?;
    // Two words or more must be left between the marks.
    let inside = text[..end].rsplit(is_quote).next().is_some_and(|t| t.split_whitespace().count() > 1);
    let behind = &text[closing + mark.len_utf8()..];
    inside.then(|| format!("{}{mark}{}{behind}", &text[..end], &text[end..closing]))
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_quotation_ends_where_the_french_one_ends() {
        let french = "« Nous interviendrons si les prix montent encore », a expliqué le ministre au Sénat.";
        let wrong = "“We will intervene if prices rise again, explained the minister to the Senate.”";
        let right = "“We will intervene if prices rise again,” explained the minister to the Senate.";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right);
        let french = "Les rebelles « sont entrés dans les quartiers » d’Alep, provoquant des scènes de panique.";
        let wrong = "The rebels “entered the districts of Aleppo, provoking scenes of panic.”";
        let right = "The rebels “entered the districts” of Aleppo, provoking scenes of panic.";
        assert_eq!(steered_from(french, wrong, wrong, wrong).0, right);
    }
}
