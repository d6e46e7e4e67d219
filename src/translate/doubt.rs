//! How likely a translation is to mislead, by how sure the model was of it.
//!
//! What no rule sees, a wrong word in a sentence whose figures and names are right, is seldom in a sentence that the model
//! was sure of as a whole. So the doubt is that of the whole sentence, the sum over its tokens: a mean would call a long
//! sentence as safe as a short one. It is fitted (logistic regression) on 236 sentences of Wikinews that strict readers compared
//! with the French, 61 of them with a plain error of meaning. At [`crate::dispatch::UNSURE`] 27 % are marked, and have half
//! of the errors: one in two marked sentences misleads, one in six of the others.

/// Intercept and slope (for each nat) of the regression.
const INTERCEPT: f32 = -1.98;
const SLOPE: f32 = 0.235;

/// The share of strict readers' plain errors of meaning among sentences of which the model was as sure, 0 to 1.
/// `mean_log_prob` is the mean log probability (natural logarithm) of its `tokens`.
pub fn doubt(mean_log_prob: f32, tokens: usize) -> f32 {
    let nats = -mean_log_prob * tokens as f32;
    1. / (1. + (-(INTERCEPT + SLOPE * nats)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::UNSURE;

    #[test]
    fn the_less_sure_and_the_longer_the_more_doubt() {
        assert!(doubt(-0.02, 20) < UNSURE);
        assert!(doubt(-0.02, 20) < doubt(-0.2, 20) && doubt(-0.2, 20) < doubt(-0.2, 40));
        assert!(doubt(-0.3, 50) > UNSURE);
    }
}
