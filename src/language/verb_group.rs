//! The verb group: a verb with its auxiliaries, in the same terms for both languages.

use crate::facts::event::EventForm;

/// A verb with its auxiliaries, as the grammar of a language finds it.
#[derive(Debug, Clone, Copy)]
pub struct VerbGroup {
    /// First token: an auxiliary, a clitic, an adverb or the verb itself.
    pub from: usize,
    /// How the group tells of an event.
    pub form: EventForm,
    /// Whether the group is passive, looks passive (« est parti »), or is a participle with a passive meaning.
    pub passive: bool,
    /// Whether a pronoun that may be reflexive stands in the group: « s'est retiré ». Always false in English.
    pub reflexive: bool,
    /// Whether the group is a participle before its noun: "the captured soldiers".
    pub attributive: bool,
}
