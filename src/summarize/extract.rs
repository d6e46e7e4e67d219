//! The extractive fallback: sentences of the checked translation, in their order.

use super::{MAX_SENTENCES, count_words};

/// The first sentence of each paragraph from the top, as long as there is room: in news, paragraphs stand in order of
/// importance and open with their point (the inverted pyramid). Sentences are taken whole with their attributions; the
/// very first one is taken even if it alone is longer than the limit.
pub fn extract(paragraphs: &[Vec<&str>], limit: usize) -> String {
    let mut taken: Vec<&str> = Vec::new();
    let mut words = 0;
    for sentence in paragraphs.iter().filter_map(|p| p.first()) {
        let more = count_words(sentence);
        if taken.len() == MAX_SENTENCES || (!taken.is_empty() && words + more > limit) {
            break;
        }
        taken.push(sentence);
        words += more;
    }
    taken.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_are_taken_whole_until_the_limit() {
        let paragraphs =
            [vec!["The army said it had withdrawn.", "It gave no reason."], vec!["Ten people died, the UN said."]];
        assert_eq!(extract(&paragraphs, 12), "The army said it had withdrawn. Ten people died, the UN said.");
        assert_eq!(extract(&paragraphs, 7), "The army said it had withdrawn.");
    }
}
