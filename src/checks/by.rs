//! Who made a finding: a rule alone, or a model that was asked to choose between two texts.

/// Who made a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// A rule, from the two texts alone.
    Rule,
    /// A model, which finds another English likelier.
    Contrast(Box<Preferred>),
}

/// The English that the model finds likelier than the one that stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferred {
    /// The whole text.
    pub text: String,
    /// Thousandths of a nat, so that findings can be compared.
    milli_nats: i64,
}

impl Preferred {
    pub fn new(margin: f32, text: &str) -> Self {
        Preferred { text: text.into(), milli_nats: (f64::from(margin) * 1000.).round() as i64 }
    }

    /// By how much it is likelier, as a natural logarithm.
    pub fn margin(&self) -> f64 {
        self.milli_nats as f64 / 1000.
    }
}
