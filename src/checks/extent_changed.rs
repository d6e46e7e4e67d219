//! # extent-changed
//!
//! ## What it does
//! Reports an English that speaks of another part of a group than the French: *all* for « la plupart », *most* for
//! « tous les », *all* for « certains », *the first* for « l'un des premiers ». Nothing is reported where any word of
//! the English may answer to the French one, or where one side says *all* and one has a negation.
//!
//! ## Why is this bad?
//! "All residents fled" and "most residents fled" are two different reports.
//!
//! ## Example
//! « La plupart des villages ont été repris » → “All villages have been retaken”

use super::{By, Confidence, Finding, Pair, Severity};
use crate::facts::extent::{Extent, ExtentWords, extents};

crate::rule!("extent-changed", Warning, "extent_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let french = extents(&pair.source.reading);
    if !french.iter().any(|f| f.certain) {
        return;
    }
    let english = extents(&pair.target.reading);
    let has = |list: &[ExtentWords], extent: Extent| list.iter().any(|e| e.extent == extent);
    let changed = french.iter().filter(|f| f.certain && !has(&english, f.extent)).find_map(|f| {
        let other = |e: &&ExtentWords| e.certain && excludes(f.extent, e.extent) && !has(&french, e.extent);
        Some((f, english.iter().find(other)?))
    });
    let Some((f, e)) = changed else { return };
    // « Tous n'ont pas fui » may be "not all have fled" and also "few have fled".
    let is_of_all = f.extent == Extent::All || e.extent == Extent::All;
    if is_of_all && (pair.source.denies() || pair.target.denies()) {
        return;
    }
    let (source, target) = (f.span.of(pair.source.text), e.span.of(pair.target.text));
    out.push(Finding {
        rule: RULE.name,
        severity: Severity::Warning,
        confidence: Confidence::Medium,
        message: format!("French says “{source}”; English says “{target}”"),
        source: Some(f.span),
        target: Some(e.span),
        by: By::Rule,
    });
}

/// Whether an English text that says `english` cannot render a French one that says `french`.
fn excludes(french: Extent, english: Extent) -> bool {
    use Extent::{All, Alone, Among, Few, Half, Most, Some};
    match french {
        All => matches!(english, Most | Half | Some | Few),
        Most => matches!(english, All | Few),
        Half | Some | Few => matches!(english, All | Most),
        Among => english == Alone,
        Alone => false,
    }
}
