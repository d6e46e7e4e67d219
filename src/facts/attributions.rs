//! Finds attributions, with the grammar of the text's language.

use super::attribution::Attribution;
use super::quote::Quote;
use super::reading::Reading;
use super::{en, fr};
use crate::lang::Lang;

/// Finds the attributions of a text.
pub fn extract(r: &Reading<'_>, quotes: &[Quote]) -> Vec<Attribution> {
    match r.lang {
        Lang::Fr => fr::attribution::extract(r, quotes),
        Lang::En => en::attribution::extract(r, quotes),
    }
}
