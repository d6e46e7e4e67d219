//! Courtesy titles that were left in French.

use super::no_heavier;
use crate::translate::steer::Judged;

/// French courtesy titles with the English ones.
const TITLES: [(&str, &str); 3] = [("M. ", "Mr. "), ("Mme ", "Ms. "), ("Mlle ", "Ms. ")];

/// The translation with English titles in place of those left in French. "M." in "M. Danilenko" is
/// taken for a title and not for an initial if the French has « M. Danilenko », unless the same
/// word with a capital, such as a given name, stands before it in both texts. `None` if no title
/// was left in French, or if the rules find more in the new text.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    let mut text = now.text.clone();
    for (french, english) in TITLES {
        for (at, _) in sentence.match_indices(french) {
            let name = sentence[at + french.len()..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let left = format!("{french}{name}");
            let in_front = word_before(sentence, at);
            // In "Dennis M. Walcott" the "M." is an initial.
            let is_initial = |at: usize| in_front.starts_with(char::is_uppercase) && word_before(&text, at) == in_front;
            let is_title = |at: usize| !text[..at].ends_with(char::is_alphanumeric) && !is_initial(at);
            if !name.is_empty() && text.match_indices(&left).all(|(at, _)| is_title(at)) {
                text = text.replace(&left, &format!("{english}{name}"));
            }
        }
    }
    (text != now.text).then(|| no_heavier(now, &text, judge)).flatten()
}

/// The word that ends before byte `at`.
fn word_before(text: &str, at: usize) -> &str {
    text[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_courtesy_title_is_english() {
        let french = "Selon la police, M. Danilov et Mme Roux ont quitté la ville.";
        let left = "According to police, M. Danilov and Mme Roux left the city.";
        let right = "According to police, Mr. Danilov and Ms. Roux left the city.";
        assert_eq!(steered_from(french, left, left).0, right);
        let (french, english) = ("Dennis M. Martin a quitté la ville.", "Dennis M. Martin left the city.");
        assert_eq!(steered_from(french, english, english).0, english, "an initial is no title");
    }
}
