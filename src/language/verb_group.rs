//! What a verb and its auxiliaries say together, in any language.

use crate::facts::event::EventForm;

/// A verb with its auxiliaries, as the grammar of a language finds it.
#[derive(Debug, Clone, Copy)]
pub struct VerbGroup {
    /// First token: an auxiliary, a clitic, or the verb itself.
    pub from: usize,
    pub form: EventForm,
    pub passive: bool,
    pub reflexive: bool,
    /// The noun that a participle stands before: "the captured soldiers".
    pub attributive: bool,
}
