//! What a finding rests on: a rule alone, or a model that was asked.

/// What made a finding; `"by"` in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// A rule, without a model.
    Rule,
    /// A model that finds another English text likelier than the one it was given.
    Contrast(Box<Preferred>),
    /// A model, asked by `check --deep`, for which the English makes some words of the French hardly likelier than they
    /// are without it.
    Support(Shortfall),
}

/// How much support French words lack. Their support is by how much the English makes them likelier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortfall {
    /// In thousandths of a nat: a whole number, since findings are compared with `==`.
    milli_nats: i64,
}

impl Shortfall {
    /// The shortfall of words whose support is so many nats less than what is expected of translated words.
    pub fn new(nats: f32) -> Self {
        Shortfall { milli_nats: milli(nats) }
    }

    /// By how many nats the support of the words is less than what is expected of translated words.
    pub fn nats(self) -> f64 {
        self.milli_nats as f64 / 1000.
    }
}

/// This many nats in thousandths of a nat, rounded.
fn milli(nats: f32) -> i64 {
    (f64::from(nats) * 1000.).round() as i64
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
    /// A text and the margin, in nats, by which it is likelier than the translation.
    pub fn new(margin: f32, text: &str) -> Self {
        Preferred { text: text.into(), milli_nats: milli(margin) }
    }

    /// By how many nats the text is likelier than the translation: the difference of the natural logarithms of the two
    /// likelihoods.
    pub fn margin(&self) -> f64 {
        self.milli_nats as f64 / 1000.
    }
}
