//! The headline of a summary: the article's own in neutral words, or else the point of the first sentence.

/// The headline. `own` is the article's, where the rules pass it; `first` is the summary's first sentence.
pub fn of(own: Option<&str>, first: Option<&str>) -> Option<String> {
    let made = || {
        let first = first?;
        let fair = super::trim::forms(first)
            .into_iter()
            .filter(|form| super::fidelity::objection(first, form).is_none() && super::statement::is_whole(form));
        Some(fair.min_by_key(|form| super::count_words(form)).unwrap_or_else(|| first.to_string()))
    };
    own.map(str::to_string).or_else(made).map(|h| h.trim_end_matches('.').to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_that_cannot_stand_gives_way_to_the_point_of_the_first_sentence() {
        let first = "The army, backed by drones, retook the port on Monday, a spokesman said.";
        assert_eq!(of(Some("Army retakes port"), Some(first)).unwrap(), "Army retakes port");
        assert_eq!(of(None, Some(first)).unwrap(), "The army retook the port on Monday, a spokesman said");
        assert_eq!(of(None, None), None);
    }
}
