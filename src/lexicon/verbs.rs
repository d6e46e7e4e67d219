//! Verbs of saying and what they commit the speaker to, with their inflected forms.

use super::conjugation::en::{VerbForm, each_form};
use super::table::Table;
use super::vocabulary::class;
use crate::lang::Lang;
use serde::{Deserialize, Serialize};

/// What a verb of saying commits its speaker to. English *said* may translate most of them, but a verb that says more,
/// such as *deny* or *claim*, is only translated by one of its own kind (AP Stylebook, "said"; Reuters Handbook,
/// "Attribution": no synonym that passes judgement).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SpeechAct {
    Say,
    Announce,
    Report,
    Think,
    Ask,
    Warn,
    Promise,
    Demand,
    Confirm,
    Deny,
    Admit,
    /// *Revendiquer*: claim responsibility. English "claim" belongs here too, although it also means *affirmer*.
    Claim,
    Allege,
    Denounce,
    Accuse,
    /// *Apporter son soutien*: takes a side, and claims nothing.
    Support,
}

/// How a speech act is written in tables and facts.
pub fn name(kind: SpeechAct) -> &'static str {
    match kind {
        SpeechAct::Say => "say",
        SpeechAct::Announce => "announce",
        SpeechAct::Report => "report",
        SpeechAct::Think => "think",
        SpeechAct::Ask => "ask",
        SpeechAct::Warn => "warn",
        SpeechAct::Promise => "promise",
        SpeechAct::Demand => "demand",
        SpeechAct::Confirm => "confirm",
        SpeechAct::Deny => "deny",
        SpeechAct::Admit => "admit",
        SpeechAct::Claim => "claim",
        SpeechAct::Allege => "allege",
        SpeechAct::Denounce => "denounce",
        SpeechAct::Accuse => "accuse",
        SpeechAct::Support => "support",
    }
}

/// The speech act with this name; `None` if there is none.
fn kind(name: &str) -> Option<SpeechAct> {
    use SpeechAct::*;
    Some(match name {
        "say" => Say,
        "announce" => Announce,
        "report" => Report,
        "think" => Think,
        "ask" => Ask,
        "warn" => Warn,
        "promise" => Promise,
        "demand" => Demand,
        "confirm" => Confirm,
        "deny" => Deny,
        "admit" => Admit,
        "claim" => Claim,
        "allege" => Allege,
        "denounce" => Denounce,
        "accuse" => Accuse,
        "support" => Support,
        _ => return None,
    })
}

/// Reads a table of verbs and calls `emit` with every form, the verb itself among them, and with the kind and class
/// bits of the form. The third cell lists the forms: `f:`, `p:` or `o:` before a form says that this form and those
/// after it are finite, participles or others. Where the third cell is empty, the forms are worked out from the verb.
pub(super) fn load(table: &Table, lang: Lang, mut emit: impl FnMut(&str, SpeechAct, u32)) {
    for row in table.rows() {
        let verb = row.cell(0);
        let kind = kind(row.cell(1)).unwrap_or_else(|| row.fail("unknown kind"));
        // « se réjouir » and « s'indigner » are kept without their pronoun, which the grammar reads. Verbs of several
        // words are left out.
        let verb = verb.strip_prefix("se ").or(verb.strip_prefix("s'")).unwrap_or(verb);
        if verb.contains(' ') {
            continue;
        }
        match row.cell(2) {
            "" if lang == Lang::Fr => french(verb, |form, bits| emit(form, kind, bits)),
            "" => english(verb, |form, bits| emit(form, kind, bits)),
            forms => {
                let mut bits = class::FINITE;
                for form in forms.split_whitespace() {
                    let form = match form.split_once(':') {
                        Some((mark, form)) => {
                            bits = match mark {
                                "f" => class::FINITE,
                                "p" => class::PARTICIPLE,
                                _ => class::NONFINITE,
                            };
                            form
                        }
                        None => form,
                    };
                    emit(form, kind, bits);
                }
                emit(verb, kind, if lang == Lang::Fr { class::NONFINITE } else { class::FINITE });
            }
        }
    }
}

/// The forms of a regular French verb in -er: the usual ones of the third person, the participles and the infinitive.
///
/// # Panics
/// When the verb does not end in -er.
fn french(verb: &str, mut emit: impl FnMut(&str, u32)) {
    let stem = verb.strip_suffix("er").unwrap_or_else(|| panic!("verbs table: `{verb}` needs its forms"));
    // Before an a, c and g are spelled so that they keep their sound: « annonçait », « jugeait ».
    let soft = match stem.chars().last() {
        Some('c') => format!("{}ç", &stem[..stem.len() - 1]),
        Some('g') => format!("{stem}e"),
        _ => stem.to_string(),
    };
    for end in ["e", "ent", "èrent", "era", "eront", "erait", "eraient"] {
        emit(&format!("{stem}{end}"), class::FINITE);
    }
    for end in ["ait", "aient", "a"] {
        emit(&format!("{soft}{end}"), class::FINITE);
    }
    for end in ["é", "ée", "és", "ées"] {
        emit(&format!("{stem}{end}"), class::PARTICIPLE);
    }
    emit(verb, class::NONFINITE);
    emit(&format!("{soft}ant"), class::NONFINITE);
}

/// The forms of an English verb.
fn english(verb: &str, mut emit: impl FnMut(&str, u32)) {
    each_form(verb, |form, kind| {
        let bits = match kind {
            VerbForm::Base | VerbForm::ThirdPerson | VerbForm::Past => class::FINITE,
            VerbForm::Participle => class::PARTICIPLE,
            VerbForm::Gerund => class::NONFINITE,
        };
        emit(form, bits);
    });
}
