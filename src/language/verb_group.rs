//! What a verb and its auxiliaries say together, in any language.

use crate::facts::event::EventForm;

/// A verb with its auxiliaries, as the grammar of a language finds it.
#[derive(Debug, Clone, Copy)]
pub struct VerbGroup {
    /// First token: an auxiliary, a clitic, an adverb or the verb itself.
    pub from: usize,
    pub form: EventForm,
    /// Whether it is a passive, looks like one (« est parti »), or is a participle with the meaning of one.
    pub passive: bool,
    /// Whether a pronoun that may be reflexive stands in it: « s'est retiré ». Always false in English.
    pub reflexive: bool,
    /// Whether it is a participle before its noun: "the captured soldiers".
    pub attributive: bool,
}
