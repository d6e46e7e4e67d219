//! Finds French attributions. Those by a preposition or a participle (« selon X », « cité par X ») are read here, those
//! by a verb in `saying` and `locutions`.

use super::auxiliary::{agent, auxiliary};
use super::claim::reports_events;
use super::locutions::locution;
use super::phrase::{phrase_end, rests_on_rule, subject_follows};
use super::saying::verb;
use crate::facts::attribution::{Attribution, AttributionForm, Speaker, speaker};
use crate::facts::quote::Quote;
use crate::facts::reading::Reading;
use crate::lexicon::verbs::SpeechAct;
use crate::lexicon::{class, fr};

/// All attributions of a text, in its order.
pub fn extract(r: &Reading<'_>, quotes: &[Quote]) -> Vec<Attribution> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < r.len() {
        let found =
            preposition(r, i).or_else(|| participle(r, i)).or_else(|| locution(r, i)).or_else(|| verb(r, i, quotes));
        match found {
            Some((attribution, end)) => {
                out.push(attribution);
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
    out
}

/// The attribution that begins with a preposition at `i`, and the index after it.
fn preposition(r: &Reading<'_>, i: usize) -> Option<(Attribution, usize)> {
    let after = match r.lower(i) {
        "selon" => i + 1,
        // In « le jour d'après » and « d'après-guerre », « d'après » expresses a time.
        "d'" if r.lower(i + 1) == "après" && !r.joins(i + 2) && !(i > 0 && r.among(i - 1, &fr::BEFORE_DAPRES)) => {
            i + 2
        }
        "à" if r.lower(i + 1) == "en" && r.lower(i + 2) == "croire" => i + 3,
        "aux" | "au" if matches!(r.lower(i + 1), "dires" | "dire") => i + 2,
        // As in « apprenait-on auprès du gouvernorat ».
        "auprès" if is_learnt(r, i) => i + 1,
        // As in « Pour le syndicat, le site est condamné », only at the beginning of a sentence.
        "pour" if r.opens(i) && is_opinion(r, i + 1) => i + 1,
        // As in « de source policière ».
        "de" if matches!(r.lower(i + 1), "source" | "sources") && tells_source(r, i + 2) => i + 1,
        _ => return None,
    };
    // « Selon lesquelles » begins a claim; « selon que » and « selon toute vraisemblance » name nobody.
    if r.is(after, class::REL)
        || r.is(after + 1, class::REL) && matches!(r.lower(after), "ce")
        || matches!(r.lower(after), "midi" | "toute" | "moi" | "nous" | "vous" | "toi")
    {
        return None;
    }
    let after = if matches!(r.lower(after), "de" | "du" | "d'") && r.lower(i) != "de" { after + 1 } else { after };
    let end = phrase_end(r, after);
    if end == after {
        return None;
    }
    let end = bare_name_after(r, after, end).unwrap_or(end);
    let who = match speaker(r, after, end) {
        // A rule or a measure is no source: « selon la loi », « selon leurs besoins ».
        _ if rests_on_rule(r, after, end) => Speaker::Other,
        // A noun that is not known to be a source (« selon l'eurodéputée », « selon certaines indications ») is taken
        // for one at the beginning of a sentence, with « auprès », and after a comma, a bracket or « et ». Elsewhere it
        // may just as well be a manner.
        Speaker::Other
            if r.opens(i)
                || r.lower(i) == "auprès"
                || i > 0 && matches!(r.mark(i - 1), ',' | '(')
                || r.lower(i.saturating_sub(1)) == "et" =>
        {
            Speaker::Thing
        }
        who => who,
    };
    let attribution = Attribution {
        source: Some(r.span(after, end)),
        antecedent: None,
        speaker: who,
        cue: r.span(i, after),
        kind: SpeechAct::Say,
        form: AttributionForm::Prepositional,
        claim: None,
    };
    Some((attribution, end))
}

/// Whether the word at `i`, after « de source », says what source is meant. In « coule de source » nothing does, and
/// « vérifié de source indépendante » names nobody.
fn tells_source(r: &Reading<'_>, i: usize) -> bool {
    r.is_word(i) && !r.is(i, class::FUNCTION) && !r.lower(i).starts_with("indépendant")
}

/// Whether the words before the « auprès » at `i` show that something was learnt from whoever follows: « apprenait-on
/// auprès du gouvernorat », « confirmation obtenue auprès de la mairie ». What is only obtained from them is no
/// statement: « des échantillons obtenus auprès de patients ».
fn is_learnt(r: &Reading<'_>, i: usize) -> bool {
    let near = |n: usize| i.saturating_sub(n)..i;
    let got = |k: usize| r.lower(k).starts_with("obtenu") || r.lower(k).starts_with("recueilli");
    let learnt = near(4).any(|k| fr::LEARNING.has(r.lower(k)) && !got(k));
    learnt || near(4).any(got) && near(9).any(|k| r.is(k, class::SPEECH) || fr::STATEMENTS.has(r.lower(k)))
}

/// Whether a person or body that can have an opinion is named at `from`, in at most eight tokens, and a comma and a
/// clause follow.
fn is_opinion(r: &Reading<'_>, from: usize) -> bool {
    let end = phrase_end(r, from);
    let role = (from..end)
        .find(|&k| r.is_word(k) && !r.is(k, class::DET))
        .is_some_and(|head| r.is(head, class::ROLE | class::TITLE) || r.joins(head + 1) && r.lower(head) == "état");
    role && end <= from + 8 && r.mark(end) == ',' && subject_follows(r, end + 1)
}

/// The index of the comma that ends a name of two tokens or more between commas after the role in `from..end`: « selon
/// le secrétaire général, Karim Sadi, ». `None` where no such name follows, or the role already has a name.
fn bare_name_after(r: &Reading<'_>, from: usize, end: usize) -> Option<usize> {
    // In « selon le président Karim Sadi, Selm … » the role already has its name.
    let named = (from + 1..end).any(|k| r.capital(k) && r.is(k - 1, class::ROLE | class::TITLE));
    if named || r.mark(end) != ',' || !(from..end).any(|k| r.is(k, class::ROLE | class::TITLE)) {
        return None;
    }
    let close = (end + 1..(end + 6).min(r.len())).find(|&k| r.mark(k) == ',')?;
    let name = |k: usize| {
        r.capital(k) && !r.is(k, class::FUNCTION) || r.mark(k) == '-' || k > end + 1 && r.is(k, class::PARTICLE)
    };
    (close > end + 2 && (end + 1..close).all(name)).then_some(close)
}

/// The attribution to whoever stands after the participle at `i` and « par », and the index after it. The participle
/// shows either that a medium quotes or asks somebody (« cité par Reuters », « interrogé par la BBC »), or that
/// somebody denies, confirms, announces, claims, denounces or reports something (« une information démentie par
/// l'armée »).
fn participle(r: &Reading<'_>, i: usize) -> Option<(Attribution, usize)> {
    let is_asked = r.among(i, &fr::ASKED);
    // Participles of denying, confirming and so on are read here only without an auxiliary; `saying` reads the passive.
    let info = r.info(i);
    let statement = info.verb.filter(|&kind| {
        let is_statement = matches!(
            kind,
            SpeechAct::Deny | SpeechAct::Confirm | SpeechAct::Announce | SpeechAct::Claim | SpeechAct::Denounce
        );
        (is_statement || kind == SpeechAct::Report && reports_events(r.lower(i)))
            && info.is(class::PARTICIPLE)
            && auxiliary(r, i).is_none()
    });
    let (kind, form) = match statement {
        _ if is_asked => (SpeechAct::Say, AttributionForm::Medium),
        Some(kind) => (kind, AttributionForm::Object),
        None => return None,
    };
    let agent = agent(r, i + 1)?;
    let end = phrase_end(r, agent);
    // Whoever is « interrogé par la police » is questioned, and the police are no source.
    if is_asked && (agent..end).any(|k| r.among(k, &fr::QUESTIONERS)) {
        return None;
    }
    (end > agent).then(|| {
        let attribution = Attribution {
            source: Some(r.span(agent, end)),
            antecedent: None,
            speaker: speaker(r, agent, end),
            cue: if form == AttributionForm::Medium { r.span(i, i + 2) } else { r.span(i, i + 1) },
            kind,
            form,
            claim: None,
        };
        (attribution, end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::quote;
    use crate::lang::Lang;

    fn sources(text: &str) -> Vec<String> {
        let r = Reading::new(text, Lang::Fr);
        extract(&r, &quote::extract(&r)).iter().map(|a| a.source.map_or("", |s| s.of(text)).to_string()).collect()
    }

    #[test]
    fn prepositions_name_sources() {
        assert_eq!(
            sources("Selon l'Observatoire syrien des droits de l'Homme (OSDH), 12 civils sont morts."),
            ["l'Observatoire syrien des droits de l'Homme (OSDH)"]
        );
        assert_eq!(sources("La ville est tombée, d'après un responsable local."), ["un responsable local"]);
        assert_eq!(sources("Des informations selon lesquelles la ville est tombée circulent."), [""; 0]);
        assert_eq!(sources("L'après-midi, d'après lui, fut calme."), ["lui"]);
    }

    #[test]
    fn verbs_of_saying_have_speakers() {
        assert_eq!(sources("Le ministre de la Défense a déclaré que la ville tenait."), ["Le ministre de la Défense"]);
        assert_eq!(
            sources("« La ville tient toujours », a affirmé Rami Abdel Rahmane, directeur de l'ONG."),
            ["Rami Abdel Rahmane"]
        );
        assert_eq!(sources("« La ville tient toujours », a-t-il ajouté."), ["il"]);
        assert_eq!(sources("Le parquet évoque un bilan de soixante morts."), ["Le parquet"]);
        assert_eq!(sources("Moscou dément avoir bombardé l'hôpital."), ["Moscou"]);
    }

    #[test]
    fn a_speaker_at_the_end_is_found_after_any_insertion() {
        let text =
            "Le refus de l'Iran, un allié, a uni les voisins, même les plus proches, en peu de temps, a déclaré Gates.";
        assert_eq!(sources(text), ["Gates"]);
        assert_eq!(sources("Karim Sadi, ministre de l'Eau, confirme l'achat des pompes."), ["Karim Sadi"]);
    }

    #[test]
    fn the_speaker_ends_before_the_occasion() {
        for (text, source) in [
            ("« Nos forces avancent », a assuré l'armée dans un communiqué.", "l'armée"),
            ("« Nos forces avancent », a déclaré le ministre à l'AFP.", "le ministre"),
            ("« Nos forces avancent », a dit mardi le porte-parole lors d'une conférence.", "le porte-parole"),
            ("« Nos forces avancent », a dit l'ambassadeur à Paris.", "l'ambassadeur à Paris"),
        ] {
            assert_eq!(sources(text), [source], "{text}");
        }
    }

    #[test]
    fn claims_end_with_their_sentence() {
        let text = "Le maire a dit que M. Sadi avait 3,5 tonnes d'aide. Le pont est fermé.\n\nLire aussi";
        let r = Reading::new(text, Lang::Fr);
        let found = extract(&r, &quote::extract(&r));
        assert_eq!(found[0].claim.map(|c| c.of(text)), Some("M. Sadi avait 3,5 tonnes d'aide"));
    }

    #[test]
    fn a_source_ends_where_its_phrase_ends() {
        for (text, source) in [
            (
                "Le pont est un danger selon plusieurs observateurs et porterait à dix les ponts fermés.",
                "plusieurs observateurs",
            ),
            ("Le maire est accusé par la Garde de ne pas vouloir négocier.", "la Garde"),
            ("Cette information est confirmée par la suite par les autorités.", "les autorités"),
            ("« Nous tenons », a déclaré le maire sur le réseau social Pigeon.", "le maire"),
            ("Le pont est tombé selon des officiers cités par Radio Selm.", "des officiers"),
            ("Selon le secrétaire général, Karim Sadi, il s'agit d'un crime.", "le secrétaire général, Karim Sadi"),
            ("Selon le maire de Selm, Karim Sadi, il s'agit d'un crime.", "le maire de Selm, Karim Sadi"),
        ] {
            assert_eq!(sources(text).first().map(String::as_str), Some(source), "{text}");
        }
    }

    #[test]
    fn nouns_are_no_verbs() {
        assert_eq!(sources("Le rapport sur la demande de la mission est public."), [""; 0]);
        assert_eq!(sources("L'armée a lancé l'opération « Roseau du fleuve » à l'aube."), [""; 0]);
    }
}
