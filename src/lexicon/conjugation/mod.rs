//! Forms of verbs from their dictionary form: regular ones by rule, the others by table (`data/conjugation.*.tsv`).
//!
//! Both directions are served: [`fr::each_form`] and [`en::each_form`] give all forms of a verb with what each is, for
//! maps from a form to its verb; [`fr::conjugate`] and [`en::inflect`] write one form of another verb.

pub mod en;
pub mod fr;
