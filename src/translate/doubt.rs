//! How likely a translation is to mislead, by how sure the model was of it.
//!
//! What no rule sees, a wrong word in a sentence whose figures and names are right, is seldom in a sentence that the model
//! was sure of as a whole. So the doubt is that of the whole sentence, the sum over its tokens: a mean would call a long
//! sentence as safe as a short one. It is fitted (logistic regression) on 105 sentences of six articles that the default
//! model translated with its adapter and a strict reader compared with the French, 19 of them with a plain error of meaning
//! (area under the curve 0.69; 0.74 on 236 sentences of an earlier adapter). At [`crate::dispatch::UNSURE`] 45 % are
//! marked and have 15 of the 19: one in three marked sentences misleads, one in fourteen of the others.

/// Intercept and slope (for each nat) of the regression.
const INTERCEPT: f32 = -2.44;
const SLOPE: f32 = 0.18;

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
        assert!(doubt(-0.02, 20) < UNSURE, "{}", doubt(-0.02, 20));
        assert!(doubt(-0.02, 20) < doubt(-0.2, 20) && doubt(-0.2, 20) < doubt(-0.2, 40));
        assert!(doubt(-0.3, 50) > UNSURE);
    }
}
