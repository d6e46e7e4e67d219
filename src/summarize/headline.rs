//! The headline of a summary: the article's own in neutral words, or else the first sentence without its asides.

/// The headline, without a full stop. `own` is the article's headline, if the rules accept it; `first` is the summary's
/// first sentence, whose shortest form is taken where there is no `own`. `None` if there is neither.
pub fn of(own: Option<&str>, first: Option<&str>) -> Option<String> {
    let made = || {
        let first = first?;
        Some(super::joints::forms(first).pop().unwrap_or_else(|| first.to_string()))
    };
    own.map(str::to_string).or_else(made).map(|h| h.trim_end_matches('.').to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_that_cannot_stand_gives_way_to_the_point_of_the_first_sentence() {
        let first = "A fire destroyed the port of Selm, which the army had retaken on Monday.";
        assert_eq!(of(Some("Army retakes port"), Some(first)).unwrap(), "Army retakes port");
        assert_eq!(of(None, Some(first)).unwrap(), "A fire destroyed the port of Selm");
        assert_eq!(of(None, None), None);
    }
}
