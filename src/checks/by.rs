//! What a finding rests on: a rule alone, or a model that was asked to choose between two texts.

/// What made a finding; `"by"` in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// A rule, from the two texts alone.
    Rule,
    /// A model that finds another English text likelier than the one it was given.
    Contrast(Box<Preferred>),
}

/// The English text that the model finds likelier than the translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferred {
    /// The whole text.
    pub text: String,
    /// The margin in thousandths of a nat: a whole number, since findings are compared with `==`.
    milli_nats: i64,
}

impl Preferred {
    /// The text and the margin by which it is likelier, in nats.
    pub fn new(margin: f32, text: &str) -> Self {
        Preferred { text: text.into(), milli_nats: (f64::from(margin) * 1000.).round() as i64 }
    }

    /// By how many nats it is likelier: the difference of the natural logarithms of the two likelihoods.
    pub fn margin(&self) -> f64 {
        self.milli_nats as f64 / 1000.
    }
}
