//! Facts as JSON, as `depeche facts` writes them and dispatches contain them.

use super::{Fact, FactValue, attribution, hedge, negation};
use crate::lexicon::verbs;
use crate::span::{CharIndex, CharSpan, Span};
use serde::Serialize;
use serde_json::{Map, Value, json};

impl Fact {
    /// The fact with its kind, its span in characters of the text, and its normalised value.
    pub fn to_json(&self, index: &CharIndex<'_>) -> Value {
        let (kind, value) = self.value.to_json(index);
        let span = index.char_span(self.span);
        let mut object = Map::new();
        object.insert("kind".into(), kind.into());
        object.insert("start".into(), span.start.into());
        object.insert("end".into(), span.end.into());
        object.insert("text".into(), span.text.into());
        if let Value::Object(value) = value {
            object.extend(value);
        }
        Value::Object(object)
    }
}

impl FactValue {
    /// The name of the fact's kind, and its value.
    fn to_json(&self, index: &CharIndex<'_>) -> (&'static str, Value) {
        let at = |span: Option<Span>| span.map(|s| index.char_span(s));
        match self {
            FactValue::Quantity(q) => ("quantity", plain(q)),
            FactValue::Date(d) => ("date", plain(d)),
            FactValue::Time(t) => ("time", plain(t)),
            FactValue::Designator(d) => ("designator", plain(d)),
            FactValue::Casualty(c) => ("casualty", plain(c)),
            FactValue::Currency(c) => ("currency", plain(c)),
            FactValue::TimeRelation(t) => ("time-relation", json!({ "relation": plain(t) })),
            FactValue::Name(n) => (n.kind(), json!({ "class": n.class.name(), "unsure": n.unsure })),
            FactValue::Attribution(a) => {
                let form = match a.form {
                    attribution::AttributionForm::Prepositional => "prepositional",
                    attribution::AttributionForm::Clause => "clause",
                    attribution::AttributionForm::Object => "object",
                    attribution::AttributionForm::Medium => "medium",
                };
                let value = json!({
                    "verb": verbs::name(a.kind), "form": form, "antecedent": a.antecedent,
                    "source": at(a.source), "cue": at(Some(a.cue)), "claim": at(a.claim).map(shorten),
                });
                ("attribution", value)
            }
            FactValue::Quote(q) => {
                ("quote", json!({ "inner": at(Some(q.inner)), "opened": q.opened, "closed": q.closed }))
            }
            FactValue::Negation(n) => ("negation", json!({ "full": n.strength == negation::Strength::Full })),
            FactValue::Hedge(h) => {
                let of = match h.kind {
                    hedge::HedgeKind::PressConditional => "press-conditional",
                    hedge::HedgeKind::Hearsay => "hearsay",
                    hedge::HedgeKind::Doubt => "doubt",
                };
                ("hedge", json!({ "hedge": of }))
            }
            FactValue::Loaded(_) => ("loaded-term", Value::Null),
        }
    }
}

/// How many characters of a claim are written out. Every claim goes on to the end of its sentence, so the end of a long
/// sentence with many claims would otherwise be written many times.
const MAX_CLAIM: usize = 1000;

/// The span, with its text cut after [`MAX_CLAIM`] characters.
fn shorten(mut span: CharSpan) -> CharSpan {
    if let Some((at, _)) = span.text.char_indices().nth(MAX_CLAIM) {
        span.text.truncate(at);
        span.text.push('…');
    }
    span
}

/// The value as JSON; null for a value that is never written, such as
/// [`TimeRelation::Near`](super::time_relation::TimeRelation::Near).
fn plain(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
