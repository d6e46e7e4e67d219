//! French attributions: « selon X », verb of saying + que, quotation + verb + speaker, « cité par ».

use super::locutions::locution;
use super::phrase::{SUBJECTS, is_time, phrase_end, rests_on_rule, speaker_end, subject_follows, time_end};
use crate::facts::attribution::{Attribution, Form, Speaker, speaker};
use crate::facts::quote::Quote;
use crate::facts::reading::{Reading, is_quote};
use crate::facts::subject::is_inner_stop;
use crate::lexicon::verbs::Kind;
use crate::lexicon::{class, fr};
use crate::span::Span;

pub fn extract(r: &Reading<'_>, quotes: &[Quote]) -> Vec<Attribution> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < r.len() {
        let found =
            preposition(r, i).or_else(|| medium(r, i)).or_else(|| locution(r, i)).or_else(|| verb(r, i, quotes));
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

fn preposition(r: &Reading<'_>, i: usize) -> Option<(Attribution, usize)> {
    let after = match r.lower(i) {
        "selon" => i + 1,
        // « le jour d'après », « d'après-guerre » are times.
        "d'" if r.lower(i + 1) == "après" && !r.joins(i + 2) && !(i > 0 && r.among(i - 1, &fr::BEFORE_DAPRES)) => {
            i + 2
        }
        "à" if r.lower(i + 1) == "en" && r.lower(i + 2) == "croire" => i + 3,
        "aux" | "au" if matches!(r.lower(i + 1), "dires" | "dire") => i + 2,
        // « apprenait-on auprès du gouvernorat »
        "auprès" if (i.saturating_sub(4)..i).any(|k| fr::LEARNING.has(r.lower(k))) => i + 1,
        // « Pour le syndicat, le site est condamné »
        "pour" if r.opens(i) && is_opinion(r, i + 1) => i + 1,
        // « de source policière », and not « coule de source ».
        "de" if matches!(r.lower(i + 1), "source" | "sources") && r.is_word(i + 2) && !r.is(i + 2, class::FUNCTION) => {
            i + 1
        }
        _ => return None,
    };
    // « selon lesquelles » opens a claim; « selon que », « selon toute vraisemblance » name nobody.
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
        // What claims rest on without anybody making them: « selon la loi », « selon leurs besoins ».
        _ if rests_on_rule(r, after, end) => Speaker::Other,
        // Set off by commas it is a source (« l'eurodéputée », « certaines indications »), else as likely a manner.
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
        kind: Kind::Say,
        form: Form::Prepositional,
        claim: None,
    };
    Some((attribution, end))
}

/// Whether a person or body that has opinions stands at `from`, a comma behind it and a clause behind that.
fn is_opinion(r: &Reading<'_>, from: usize) -> bool {
    let end = phrase_end(r, from);
    let role = (from..end)
        .find(|&k| r.is_word(k) && !r.is(k, class::DET))
        .is_some_and(|head| r.is(head, class::ROLE | class::TITLE) || r.joins(head + 1) && r.lower(head) == "état");
    role && end <= from + 8 && r.mark(end) == ',' && subject_follows(r, end + 1)
}

/// End of the name that says who the role is: « selon le secrétaire général, Karim Sadi, ».
fn bare_name_after(r: &Reading<'_>, from: usize, end: usize) -> Option<usize> {
    // « selon le président Karim Sadi, Selm … » has its name already.
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

/// « cité par Reuters », « interrogé par la BBC », « joint par l'AFP »; « une information démentie par l'armée ».
fn medium(r: &Reading<'_>, i: usize) -> Option<(Attribution, usize)> {
    let verb = r.among(i, &fr::ASKED);
    // « démentie par Moscou » without an auxiliary; the passive with one is the verb's.
    let info = r.info(i);
    let participle = info.verb.filter(|&kind| {
        let rests = matches!(kind, Kind::Deny | Kind::Confirm | Kind::Announce | Kind::Claim | Kind::Denounce);
        (rests || kind == Kind::Report && reports_events(r.lower(i)))
            && info.is(class::PARTICIPLE)
            && auxiliary(r, i).is_none()
    });
    let (kind, form) = match participle {
        _ if verb => (Kind::Say, Form::Medium),
        Some(kind) => (kind, Form::Object),
        None => return None,
    };
    let agent = agent(r, i + 1)?;
    let end = phrase_end(r, agent);
    (end > agent).then(|| {
        let attribution = Attribution {
            source: Some(r.span(agent, end)),
            antecedent: None,
            speaker: speaker(r, agent, end),
            cue: if form == Form::Medium { r.span(i, i + 2) } else { r.span(i, i + 1) },
            kind,
            form,
            claim: None,
        };
        (attribution, end)
    })
}

/// A verb of saying at `i` with its speaker and claim.
fn verb(r: &Reading<'_>, i: usize, quotes: &[Quote]) -> Option<(Attribution, usize)> {
    let info = r.info(i);
    let kind = info.verb?;
    let (start, passive) = if info.is(class::FINITE) && !(info.is(class::PARTICIPLE) && auxiliary(r, i).is_some()) {
        (i, false)
    } else if let Some(start) = keen_to_say(r, i) {
        (start, false)
    } else {
        auxiliary(r, i)?
    };
    // « le dit », « l'annonce », « un fait », « les accuse »: after an article it is a noun, after a clitic a verb.
    if start == i && i > 0 && r.is(i - 1, class::DET | class::PREP) && !r.joins(i + 1) {
        return None;
    }
    // « s'est révélé », « se montre »: reflexive verbs say nothing, but for a few of feeling.
    if start > 0 && matches!(r.lower(start - 1), "se" | "s'") && !fr::REFLEXIVE_SAYING.has(r.lower(i)) {
        return None;
    }
    // « , s'est emporté l'avocat »: the pronoun belongs to the verb.
    let reflexive = start > 0 && matches!(r.lower(start - 1), "se" | "s'");
    let start = start - usize::from(reflexive);
    // « a lancé l'opération », « lance une offensive »: nothing is said.
    if r.lower(i).starts_with("lanc")
        && r.is(i + 1, class::DET)
        && !r.joins(i + 2)
        && !beside_quote(r, start, i, quotes)
    {
        return None;
    }
    let mut after = i + 1;
    // Inversion with a pronoun: « a-t-il déclaré », « dit-elle ».
    let pronoun = if r.joins(after) { pronoun_after(r, after) } else { None };
    let inner_pronoun = (start < i).then(|| pronoun_after(r, start + 1)).flatten().filter(|_| r.joins(start + 1));
    if let Some(p) = pronoun {
        after = p + 1;
    }
    let claim = clause_after(r, after);
    let beside = beside_quote(r, start, i, quotes);
    let comma = start > 0 && matches!(r.mark(start - 1), ',' | '»' | '”' | '"') || beside;
    if let Some(p) = pronoun.or(inner_pronoun) {
        // « Quel texte a-t-elle écrit ? » asks, and reports nothing.
        if claim.is_none() && !comma && asked(r, after) {
            return None;
        }
        let speaker = if is_first_person(r, p) { Speaker::First } else { Speaker::Pronoun };
        let who = r.span(p, p + 1);
        return Some((build(r, Some(who), speaker, start, i, kind, Form::Clause, claim), after));
    }
    if passive {
        // « a été annoncé par X »
        let agent = agent(r, after)?;
        let end = phrase_end(r, agent);
        let who = (end > agent).then(|| r.span(agent, end))?;
        return Some((build(r, Some(who), speaker(r, agent, end), start, i, kind, Form::Object, None), end));
    }
    // « accuse les partis », « appelle les députés »: what follows these is their object.
    let transitive = !reflexive
        && matches!(kind, Kind::Accuse | Kind::Denounce | Kind::Ask | Kind::Demand | Kind::Claim | Kind::Deny)
        && !beside;
    // « Gábor F., ministre de l'eau, confirme l'accord »: the comma ends what is inserted after the subject.
    let inserted = || {
        let before = SUBJECTS.inserted_before(r, start);
        // « …, a déclaré Gates » is inverted, whatever stands between commas before it.
        let speaker_follows =
            !r.is(after, class::DET) || r.capital(after + 1) || r.is(after + 1, class::ROLE | class::TITLE);
        !speaker_follows
            && before.is_some_and(|(from, to)| matches!(speaker(r, from, to), Speaker::Named | Speaker::Role))
    };
    if comma && claim.is_none() && !transitive && (beside || !inserted())
        || beside && subject_follows(r, told_end(r, after))
        || claim.is_none() && closes(r, i, after)
    {
        // « a dit mardi soir le porte-parole »
        after = told_end(r, time_end(r, after));
        let end = speaker_end(r, after, phrase_end(r, after));
        if end > after && subject_follows(r, after) {
            let who = speaker(r, after, end);
            if who != Speaker::Other || beside {
                return Some((build(r, Some(r.span(after, end)), who, start, i, kind, Form::Clause, None), end));
            }
        }
    }
    let object = matches!(
        kind,
        Kind::Announce
            | Kind::Deny
            | Kind::Claim
            | Kind::Denounce
            | Kind::Confirm
            | Kind::Admit
            | Kind::Accuse
            | Kind::Allege
    ) && (r.is(after, class::DET) || r.capital(after))
        || kind == Kind::Ask && asks(r, after)
        // « le parquet évoque un bilan de 60 morts »
        || r.lower(i).starts_with("évoqu") && r.is(after, class::DET) && !r.lower(i).ends_with("ant")
        || kind == Kind::Report && r.is(after, class::DET) && reports_events(r.lower(i));
    // « accuse l'armée d'avoir tiré », « revendique la prise de la ville »: a claim, and whose it is.
    let alleged = kind == Kind::Accuse && accused_of(r, after)
        || kind == Kind::Claim && r.is(after, class::DET) && fr::CLAIMED_DEEDS.has(r.lower(after + 1));
    let form = if claim.is_some() || beside || alleged {
        Form::Clause
    } else if object {
        Form::Object
    } else {
        return None;
    };
    let (from, to) = SUBJECTS.subject_before(r, start);
    let first = to == from + 1 && is_first_person(r, from);
    let who = if first { Speaker::First } else { speaker(r, from, to) };
    let source = (from < to).then(|| r.span(from, to));
    Some((build(r, source, who, start, i, kind, form, claim), after))
}

/// « a tenu à rappeler », « tient à préciser »: where the group of the infinitive at `i` begins.
fn keen_to_say(r: &Reading<'_>, i: usize) -> Option<usize> {
    let keen = r.is(i, class::NONFINITE)
        && i > 1
        && r.lower(i - 1) == "à"
        && matches!(r.lower(i - 2), "tenu" | "tient" | "tiennent" | "tenait");
    if !keen {
        return None;
    }
    if r.lower(i - 2) == "tenu" { auxiliary_before(r, i - 2).map(|(start, _)| start) } else { Some(i - 2) }
}

/// Whether an accusation goes on with what the accused did: « d'avoir brûlé », « de préparer une attaque ».
fn accused_of(r: &Reading<'_>, after: usize) -> bool {
    (after..(after + 8).min(r.len())).any(|k| {
        matches!(r.lower(k), "de" | "d'" | "d’")
            && (is_infinitive(r, k + 1) || matches!(r.lower(k + 1), "avoir" | "être"))
    })
}

/// A word that ends as infinitives do and is known to be nothing else.
fn is_infinitive(r: &Reading<'_>, i: usize) -> bool {
    let word = r.lower(i);
    let ends = ["er", "ir", "dre", "tre", "ire", "vre", "ure"];
    let ends = ends.iter().any(|e| word.ends_with(e) && word.len() > e.len() + 1);
    ends && r.is_word(i)
        && !r.capital(i)
        && !r.is(i, class::FUNCTION | class::ROLE | class::TITLE | class::SPEECH | class::COMMON)
        && !is_time(word)
}

/// Behind the medium that was told, before the speaker: « a confié | à l'AFP | un infirmier ».
fn told_end(r: &Reading<'_>, from: usize) -> usize {
    if !matches!(r.lower(from), "à" | "au" | "aux") {
        return from;
    }
    let name = if r.is(from + 1, class::DET) { from + 2 } else { from + 1 };
    let medium = r.upper(name) || r.is(name, class::SPEECH) || r.capital(name);
    if medium && subject_follows(r, name + 1) { name + 1 } else { from }
}

/// Whether the sentence goes on to a question mark.
fn asked(r: &Reading<'_>, from: usize) -> bool {
    (from..r.len()).map(|k| r.mark(k)).find(|m| matches!(m, '.' | '!' | '?' | ',')) == Some('?')
}

/// « Le pont est fermé a affirmé M. Sadi. »: a verb that takes no person as its object, and a person's name that ends the
/// sentence; the comma before it was left out.
fn closes(r: &Reading<'_>, verb: usize, after: usize) -> bool {
    let named =
        r.capital(after) || r.is(after, class::TITLE) && r.capital(after + 1 + usize::from(r.mark(after + 1) == '.'));
    let end = phrase_end(r, after);
    r.among(verb, &fr::WITHOUT_OBJECT)
        && named
        && end > after
        && (end == r.len() || matches!(r.mark(end), '.' | ',') && end + 1 == r.len())
}

/// First token of the agent of a passive whose participle stands before `at`: « par l'armée », « par la suite par
/// l'armée ».
fn agent(r: &Reading<'_>, at: usize) -> Option<usize> {
    let par = |k: usize| r.lower(k) == "par";
    if par(at) && r.lower(at + 1) == "la" && r.lower(at + 2) == "suite" {
        return par(at + 3).then_some(at + 4);
    }
    par(at).then_some(at + 1)
}

/// « appelle à un cessez-le-feu », « a appelé les autorités à remettre », « demande aux civils de partir ».
fn asks(r: &Reading<'_>, after: usize) -> bool {
    let addressed = r.is(after, class::DET) || r.capital(after) || matches!(r.lower(after), "à" | "aux" | "au");
    let rest = after..(after + 10).min(r.len());
    addressed
        && rest.clone().any(|k| matches!(r.lower(k), "à" | "de" | "d'") || k == after && r.lower(k).starts_with("au"))
}

/// « signaler », « rapporter » with an object tell an event; « montrer », « publier » may tell anything.
fn reports_events(form: &str) -> bool {
    ["signal", "rapport", "révèl", "révél", "constat"].iter().any(|p| form.starts_with(p))
}

#[allow(clippy::too_many_arguments)]
pub(super) fn build(
    r: &Reading<'_>,
    source: Option<Span>,
    speaker: Speaker,
    from: usize,
    verb: usize,
    kind: Kind,
    form: Form,
    claim: Option<usize>,
) -> Attribution {
    let claim = claim.filter(|&c| c < r.len()).map(|c| r.span(c, claim_end(r, c)));
    Attribution { source, antecedent: None, speaker, cue: r.span(from, verb + 1), kind, form, claim }
}

/// The claim goes on to the end of its sentence: a stop before a capital, or a new paragraph.
fn claim_end(r: &Reading<'_>, from: usize) -> usize {
    let stop = |k: usize| matches!(r.mark(k), '.' | '!' | '?') && !is_inner_stop(r, k);
    let next = |k: usize| r.opens_paragraph(k) || r.opens(k) && (r.capital(k) || is_quote(r.mark(k)));
    match (from..r.len()).find(|&k| stop(k) && next(k + 1) || r.opens_paragraph(k + 1)) {
        Some(k) if stop(k) && k > from => k,
        Some(k) => k + 1,
        None => r.len(),
    }
}

/// The auxiliary of the participle at `i`, and whether it makes a passive.
fn auxiliary(r: &Reading<'_>, i: usize) -> Option<(usize, bool)> {
    if r.is(i, class::PARTICIPLE) { auxiliary_before(r, i) } else { None }
}

/// The same for a word that is known to be a participle.
pub(super) fn auxiliary_before(r: &Reading<'_>, i: usize) -> Option<(usize, bool)> {
    let mut k = i;
    let mut been = false;
    for _ in 0..6 {
        k = k.checked_sub(1)?;
        match r.lower(k) {
            "été" => been = true,
            w if fr::AVOIR.has(w) => {
                return Some((k, been));
            }
            "est" | "sont" | "était" | "étaient" | "fut" | "furent" | "s'est" => {
                // « s'est félicité »: reflexive, not passive.
                let reflexive = k > 0 && matches!(r.lower(k - 1), "s'" | "se");
                return Some((k, !reflexive));
            }
            w if fr::INSIDE_COMPOUNDS.has(w) => {}
            _ if r.is(k, class::ADV) || r.lower(k).ends_with("ment") || r.mark(k) == '-' => {}
            _ => return None,
        }
    }
    None
}

/// The pronoun of an inversion whose hyphen stands at `at`: « -t-il », « -elle ».
fn pronoun_after(r: &Reading<'_>, at: usize) -> Option<usize> {
    let mut k = at + 1;
    if r.lower(k) == "t" && r.mark(k + 1) == '-' {
        k += 2;
    }
    matches!(r.lower(k), "il" | "elle" | "ils" | "elles" | "on" | "je" | "ce").then_some(k)
}

/// "je", « nous », « on »: whoever speaks already.
fn is_first_person(r: &Reading<'_>, i: usize) -> bool {
    r.among(i, &fr::SPEAKING_SUBJECTS)
}

/// First token of the claim after a verb: « que », a colon, a quotation, or an infinitive of être, avoir.
pub(super) fn clause_after(r: &Reading<'_>, from: usize) -> Option<usize> {
    let from = time_end(r, from);
    let mut k = from;
    let end = (from + 10).min(r.len());
    // « a rappelé le journal », « communiquera aussi l'ordre que »: an object, and no claim.
    let first = (from..end).find(|&k| !r.is(k, class::ADV)).unwrap_or(from);
    let object = r.is(first, class::DET) && !r.joins(first + 1) || r.capital(first);
    while k < end {
        let mark = r.mark(k);
        match r.lower(k) {
            "que" | "qu'" if object || r.lower(k - 1) == "ce" => return None,
            "et" | "mais" | "ou" | "si" => return None,
            "que" | "qu'" => return Some(k + 1),
            "avoir" | "être" | "vouloir" | "pouvoir" | "ne" | "n'" if k < from + 2 => return Some(k),
            // « affirme contrôler la ville »
            _ if k == from && is_infinitive(r, k) => return Some(k),
            _ => {}
        }
        if (mark == ':' || is_quote(mark)) && k < from + 4 {
            return Some(k + 1);
        }
        if matches!(mark, '.' | ';' | '?' | '!')
            || k > from
                && r.is(k, class::AUX | class::FINITE)
                && !r.is(k, class::DET | class::PREP | class::ROLE | class::SPEECH)
        {
            return None;
        }
        k += 1;
    }
    None
}

/// Whether the verb group stands right before or after a quotation, marks of punctuation between them.
fn beside_quote(r: &Reading<'_>, start: usize, verb: usize, quotes: &[Quote]) -> bool {
    let (from, to) = (r.span(start, start + 1).start, r.span(verb, verb + 1).end);
    quotes.iter().any(|q| {
        let before = q.closed
            && q.span.end <= from
            && q.words > 2
            && r.tokens.text[q.span.end..from].chars().all(|c| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—'));
        let after = q.opened
            && q.span.start >= to
            && q.words > 2
            && r.tokens.text[to..q.span.start].trim().trim_matches([':', ',']).split_whitespace().count() <= 6
            && r.tokens.text[to..q.span.start].contains(':');
        before || after
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
