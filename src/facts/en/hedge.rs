//! Finds English hedges: words such as "reportedly" (hearsay) and "probably" (doubt).

use super::signals::is_hearsay;
use crate::facts::hedge::{Hedge, HedgeKind};
use crate::facts::reading::Reading;
use crate::lexicon::{class, en};

/// The hedges of a text, in its order.
pub fn extract(r: &Reading<'_>) -> Vec<Hedge> {
    (0..r.len())
        .filter(|&i| r.is(i, class::HEDGE) || is_hearsay(r, i))
        .map(|i| {
            let hearsay = en::HEARSAY.has(r.lower(i)) || is_hearsay(r, i);
            Hedge { span: r.span(i, i + 1), kind: if hearsay { HedgeKind::Hearsay } else { HedgeKind::Doubt } }
        })
        .collect()
}
