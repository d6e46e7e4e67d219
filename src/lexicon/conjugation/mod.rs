//! Forms of verbs from their dictionary form: regular ones by rule, the others by table (`data/conjugation.*.tsv`).
//!
//! [`fr::each_form`] and [`en::each_form`] give the forms of a verb, so that the verb of a form can be looked up;
//! [`fr::conjugate`] and [`en::inflect`] write one form.

pub mod en;
pub mod fr;
