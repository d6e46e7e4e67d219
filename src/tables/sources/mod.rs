//! Who says what: a table made from the attributions that the rules found in the French, not from the model.

mod kind;
mod naming;
mod quotation;
mod scope;

use crate::article::BlockKind;
use crate::facts::attribution::{Attribution, AttributionForm, Speaker};
use crate::facts::discourse::key;
use crate::facts::hedge;
use crate::facts::quantity::Quantity;
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::{NameClass, verbs};
use crate::span::{CharIndex, Span};
use crate::tables::figures;
use crate::tables::rows::{Claim, SourceKind, SourceRow};
use crate::tables::sentence_pair::SentencePair;
use naming::Rank;
use quotation::Quotation;

/// A source while the table is being made.
struct Source {
    row: SourceRow,
    /// The words that named the source first, as [`key`] gives them: in lower case, without an
    /// article before them.
    key: String,
    /// Where the English name that the row has so far comes from.
    rank: Rank,
    /// Index of the sentence that last named the source.
    seen: usize,
}

/// One row for each source, in the order in which the article names them. `readings` are those of the sentences'
/// French.
pub fn table(sentences: &[SentencePair<'_>], readings: &[Reading<'_>]) -> Vec<SourceRow> {
    let mut sources: Vec<Source> = Vec::new();
    // If the sentence before has exactly one source, the row of that source, and the number of the
    // paragraph.
    let mut last: Option<(usize, usize)> = None;
    let mut quotation = Quotation::default();
    for (i, (sentence, r)) in sentences.iter().zip(readings).enumerate() {
        let mut speakers = add_named(&mut sources, sentences, i, r);
        let before = last.filter(|&(_, block)| block == sentence.block).map(|(at, _)| at);
        if let (true, Some(at), Some(span)) = (speakers.is_empty(), before, goes_on(sentence, r)) {
            add(&mut sources[at].row, Claim { implied: true, ..plain_claim(sentence, "say", span) });
            speakers.push(at);
        }
        let only = speakers.first().copied().filter(|first| speakers.iter().all(|s| s == first));
        for (at, k) in quotation.read(sentences, i, only, speakers.is_empty()) {
            let whole = Span::new(0, sentences[k].source.len());
            add(&mut sources[at].row, Claim { implied: true, ..plain_claim(&sentences[k], "say", whole) });
        }
        last = only.map(|at| (at, sentence.block));
    }
    let row = |mut s: Source| {
        s.row.claims.sort_by_key(|c| c.sentence);
        s.row
    };
    sources.into_iter().map(row).collect()
}

/// Adds the claims of the sources that sentence `i` names, and returns the indices of their rows.
fn add_named(sources: &mut Vec<Source>, sentences: &[SentencePair<'_>], i: usize, r: &Reading<'_>) -> Vec<usize> {
    let sentence = &sentences[i];
    let mut placed: Vec<(Span, usize)> = Vec::new();
    let attribution = |k: usize| match &sentence.source_facts[k].value {
        FactValue::Attribution(a) => Some(a),
        _ => None,
    };
    for scope in scope::scopes(r, sentence.source_facts) {
        let (Some(who), Some(verb)) = (attribution(scope.speaker), attribution(scope.verb)) else { continue };
        let Some(span) = who.source else { continue };
        // In « selon Karim Sadi, le chef de la mission, qui juge que » the apposition is the same source as the name
        // before it.
        let apposed =
            placed.iter().find(|(p, _)| p.end < span.start && sentence.source[p.end..span.start].trim() == ",");
        let Some(at) = apposed.map(|&(_, at)| at).or_else(|| row_of(sources, sentences, i, r, who)) else { continue };
        sources[at].seen = i;
        add(&mut sources[at].row, claim(sentence, r, verb, scope.span));
        placed.push((span, at));
    }
    placed.into_iter().map(|(_, at)| at).collect()
}

/// Adds a claim to a row. Of two claims in one sentence whose verbs are of the same kind only the longer one stays.
fn add(row: &mut SourceRow, claim: Claim) {
    match row.claims.iter_mut().find(|c| c.sentence == claim.sentence && c.verb == claim.verb) {
        Some(known) if known.french.text.len() >= claim.french.text.len() => {}
        Some(known) => *known = claim,
        None => row.claims.push(claim),
    }
}

/// What a sentence of a paragraph that names no source adds to the claims of the source before it: a quotation of five
/// words or more that opens it, or the whole sentence if a participle of saying opens it (« Qualifiant cette offensive
/// d'attaque … », « Ajoutant que … »). `None` for all other sentences.
fn goes_on(sentence: &SentencePair<'_>, r: &Reading<'_>) -> Option<Span> {
    if sentence.kind != BlockKind::Paragraph || attributions(sentence.source_facts).any(|a| a.is_strong()) {
        return None;
    }
    let all = || r.span(0, r.len());
    let first = r.lower(0);
    let saying = r.info(0).verb.is_some() || first.starts_with("qualifiant");
    if first.ends_with("ant") && first.len() > 5 && saying {
        return Some(all());
    }
    sentence.source_facts.iter().find_map(|f| match &f.value {
        // A few words in quotation marks are no claim (« Plus de 50 villages » sont tombés), and a
        // quotation that does not open the sentence may be somebody else's.
        FactValue::Quote(q) if q.words >= 5 && q.opened && q.closed && q.span.start < 2 => Some(q.span),
        _ => None,
    })
}

/// The index of the row for the source of an attribution in sentence `i`; a new source gets a new
/// row. `None` if the attribution has no source that can be named: its source is nobody (« aucune
/// milice »), a thing, or a pronoun that has no antecedent or may mean somebody else.
fn row_of(
    sources: &mut Vec<Source>,
    sentences: &[SentencePair<'_>],
    i: usize,
    r: &Reading<'_>,
    a: &Attribution,
) -> Option<usize> {
    let sentence = &sentences[i];
    let span = a.source.filter(|_| speaks(a))?;
    let text = span.of(sentence.source);
    // In « Aucune milice n'a reconnu l'assaut » nobody speaks.
    if ["aucun", "nul ", "nulle ", "personne", "ni "].iter().any(|p| text.to_lowercase().starts_with(p)) {
        return None;
    }
    // A pronoun without an antecedent names nobody.
    if a.speaker == Speaker::Pronoun && a.antecedent.is_none() {
        return None;
    }
    let key = key(a.antecedent.as_deref().unwrap_or(text));
    let known = sources.iter().position(|s| s.key == key).or_else(|| by_shorter_name(sources, &key, text));
    let bare = !text.contains(char::is_whitespace);
    if a.speaker == Speaker::Pronoun && bare && known.is_some_and(|at| somebody_since(&sentences[..i], &sources[at])) {
        return None;
    }
    let named = (a.speaker != Speaker::Pronoun).then(|| naming::name(sentence, a, span));
    let at = match known {
        Some(at) => at,
        None => {
            let (rank, source) = named.clone().unwrap_or((Rank::French, text.to_string()));
            let kind = match a.form {
                AttributionForm::Medium => SourceKind::Media,
                _ => kind::of(r, sentence.source_facts, span, a.speaker),
            };
            // In « confirmé par une panne » it is a thing that confirms, and no source.
            let indefinite = ["un ", "une "].iter().any(|p| text.to_lowercase().starts_with(p));
            if kind == SourceKind::Other && indefinite && a.form == AttributionForm::Object {
                return None;
            }
            sources.push(Source {
                row: SourceRow { source, french: Vec::new(), kind, claims: Vec::new() },
                key,
                rank,
                seen: i,
            });
            sources.len() - 1
        }
    };
    let source = &mut sources[at];
    if let Some((rank, name)) = named.filter(|(rank, _)| *rank > source.rank) {
        (source.rank, source.row.source) = (rank, name);
    }
    // The row lists the French names of the source, but not pronouns.
    let pronoun = a.speaker == Speaker::Pronoun && !text.contains(char::is_whitespace) && !text.contains(['\'', '’']);
    if !pronoun && !source.row.french.iter().any(|f| f.to_lowercase() == text.to_lowercase()) {
        source.row.french.push(text.to_string());
    }
    Some(at)
}

/// The index of the row for the source that a shorter name means. « Yorva » means « l'agence
/// nordique Yorva », if that was named before. For forces, such as armies, the first word alone may
/// do: « l'armée » means « l'armée tarsalienne ». `None` unless exactly one source fits, since with
/// two armies « l'armée » may mean either.
fn by_shorter_name(sources: &[Source], key: &str, text: &str) -> Option<usize> {
    let name = text.chars().next().is_some_and(char::is_uppercase) && text.to_lowercase() == key;
    let definite = ["l'", "l’", "la ", "le ", "les "].iter().any(|p| text.to_lowercase().starts_with(p));
    let tail = |s: &Source| name && s.key.strip_suffix(key).is_some_and(|rest| rest.ends_with(' '));
    let head = |s: &Source| {
        let rest = s.key.strip_prefix(key).and_then(|rest| rest.strip_prefix(' '));
        definite
            && !key.contains(' ')
            && s.row.kind == SourceKind::Forces
            && rest.is_some_and(|rest| !rest.contains(' '))
    };
    let mut fits = sources.iter().enumerate().filter(|(_, s)| tail(s) || head(s)).map(|(at, _)| at);
    fits.next().filter(|_| fits.next().is_none())
}

/// Whether « il » may mean somebody other than this source. It may if a sentence after the one that
/// last named the source names a person, or if more than two sentences stand between. If the source
/// is not a person, one sentence between is enough. `before` has the sentences before the one with
/// the pronoun.
fn somebody_since(before: &[SentencePair<'_>], source: &Source) -> bool {
    let body = !matches!(source.row.kind, SourceKind::Person | SourceKind::Official | SourceKind::Witness);
    let since = before.get(source.seen + 1..).unwrap_or_default();
    let person = |sentence: &SentencePair<'_>| {
        sentence.source_facts.iter().any(|f| match &f.value {
            FactValue::Name(n) => !n.demonym && !n.term && (n.person || n.class == NameClass::Person),
            _ => false,
        })
    };
    body && !since.is_empty() || since.len() > 2 || since.iter().any(person)
}

/// The claim of an attribution's source; `scope` is the part of the sentence that is claimed.
fn claim(sentence: &SentencePair<'_>, r: &Reading<'_>, a: &Attribution, scope: Span) -> Claim {
    let hedged = |f: &Fact| {
        matches!(&f.value, FactValue::Hedge(h) if h.kind != hedge::HedgeKind::Doubt)
            && (scope.overlaps(f.span) || a.cue.overlaps(f.span))
    };
    Claim {
        negated: sentence.negations().any(|n| n.overlaps(a.cue)),
        conditional: sentence.source_facts.iter().any(hedged),
        via: via(r, a).or_else(|| medium(sentence, a)),
        ..plain_claim(sentence, verbs::name(a.kind), scope)
    }
}

/// The claim of the part `scope` of a sentence, with this verb and the figures and quotations in
/// that part. It is neither negated nor conditional, and nobody passes it on.
fn plain_claim(sentence: &SentencePair<'_>, verb: &str, scope: Span) -> Claim {
    let r = Reading::new(sentence.source, Lang::Fr);
    let counts = |(span, q, english): (Span, &Quantity, Option<Span>)| {
        (scope.contains(span) && figures::counts(&r, span, q)).then_some((span, english))
    };
    Claim {
        sentence: sentence.number,
        verb: verb.into(),
        negated: false,
        conditional: false,
        implied: false,
        via: None,
        text: sentence.target.into(),
        french: CharIndex::new(sentence.source).char_span(scope),
        figures: sentence.render(sentence.paired_quantities().into_iter().filter_map(counts)),
        quotations: sentence.render(sentence.paired_quotes().into_iter().filter(|(q, _)| scope.overlaps(*q))),
    }
}

/// The medium to which the claim was made, if any: « a déclaré à l'AFP », « a-t-il dit à Reuters ».
fn via(r: &Reading<'_>, a: &Attribution) -> Option<String> {
    if a.form != AttributionForm::Clause && a.form != AttributionForm::Object {
        return None;
    }
    let end = a.source.map_or(a.cue.end, |s| s.end.max(a.cue.end));
    let from = r.tokens.first_at(a.cue.end);
    let last = r.tokens.first_at(end) + 3;
    let to = (from..last.min(r.len())).find(|&k| matches!(r.lower(k), "à" | "au"))?;
    let name = if r.is(to + 1, crate::lexicon::class::DET) { to + 2 } else { to + 1 };
    let medium = name < r.len() && r.capital(name) && kind::is_medium(r.lower(name));
    medium.then(|| r.tokens.raw(name).to_string())
}

/// The medium that passes a claim on: « le maire, interrogé par Radio Selm, affirme ».
fn medium(sentence: &SentencePair<'_>, a: &Attribution) -> Option<String> {
    let other = |m: &&Attribution| m.form == AttributionForm::Medium && m.cue != a.cue;
    let span = attributions(sentence.source_facts).find(other)?.source?;
    Some(span.of(sentence.source).to_string())
}

/// The attributions among the facts.
fn attributions(facts: &[Fact]) -> impl Iterator<Item = &Attribution> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Attribution(a) => Some(a),
        _ => None,
    })
}

/// Whether the source of an attribution is somebody who can say something. If the attribution is
/// not strong, for example because the verb has only an object, the source must be a name, a role
/// or a pronoun.
fn speaks(a: &Attribution) -> bool {
    a.is_strong() || matches!(a.speaker, Speaker::Named | Speaker::Role | Speaker::Pronoun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::of_pairs;

    /// A source's name, its French names, and its claims with their sentences' numbers.
    type Row = (String, Vec<String>, Vec<(usize, String)>);

    fn table_of(pairs: &[(&str, &str)]) -> Vec<Row> {
        let claims = |r: &SourceRow| r.claims.iter().map(|c| (c.sentence, c.verb.clone())).collect();
        of_pairs(pairs).who_says_what.into_iter().map(|r| (r.source.clone(), r.french.clone(), claims(&r))).collect()
    }

    fn claims(pairs: &[(&str, &str)]) -> Vec<(String, Claim)> {
        let rows = of_pairs(pairs).who_says_what.into_iter();
        rows.flat_map(|r| r.claims.into_iter().map(move |c| (r.source.clone(), c))).collect()
    }

    #[test]
    fn every_source_has_one_row_with_its_claims() {
        let table = table_of(&[
            (
                "Neuf ouvriers du barrage sont morts, selon Human Rights Watch (HRW).",
                "Nine workers of the dam died, according to Human Rights Watch (HRW).",
            ),
            (
                "Un responsable du port a déclaré à l'AFP que les vannes étaient fermées.",
                "A port official told AFP that the gates were closed.",
            ),
            ("Selon cette source, la digue est solide.", "According to this source, the dyke is sound."),
            (
                "Un récit contesté par l'ONG et des riverains, qui soutiennent que l'eau monte.",
                "This account was denied by the NGO and residents, who say that the water is rising.",
            ),
            ("Xinhua fait état de deux disparus.", "Xinhua reports two missing."),
            ("La Suède a apporté son soutien à la commission.", "Sweden has lent its support to the commission."),
        ]);
        let expected = [
            (
                "Human Rights Watch",
                vec!["Human Rights Watch (HRW)", "l'ONG"],
                vec![(1, "say"), (4, "deny"), (4, "say")],
            ),
            ("a port official", vec!["Un responsable du port", "cette source"], vec![(2, "say"), (3, "say")]),
            ("residents", vec!["des riverains"], vec![(4, "deny"), (4, "say")]),
            ("Xinhua", vec!["Xinhua"], vec![(5, "report")]),
            ("Sweden", vec!["La Suède"], vec![(6, "support")]),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(source, french, claims)| {
                let strings = |list: Vec<&str>| list.into_iter().map(String::from).collect::<Vec<_>>();
                (source.to_string(), strings(french), claims.into_iter().map(|(n, v)| (n, v.to_string())).collect())
            })
            .collect();
        assert_eq!(table, expected);
    }

    #[test]
    fn a_pronoun_without_anybody_before_has_no_row() {
        assert_eq!(table_of(&[("Selon eux, le pont tient.", "According to them, the bridge is holding.")]), []);
    }

    #[test]
    fn a_claim_is_its_part_of_the_sentence_with_figures_quotation_and_medium() {
        let all = claims(&[(
            "Un officier a déclaré à Reuters que « douze chars ont franchi le pont de Selm », mais la route reste ouverte.",
            "An officer told Reuters that “twelve tanks have crossed the bridge of Selm”, but the road remains open.",
        )]);
        let [(source, claim)] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(source, "an officer");
        assert_eq!(claim.french.text, "« douze chars ont franchi le pont de Selm »");
        assert_eq!(claim.via.as_deref(), Some("Reuters"));
        let english = |list: &[crate::tables::rows::Rendering]| {
            list.iter().map(|r| r.english.clone().map(|e| e.text)).collect::<Vec<_>>()
        };
        assert_eq!(english(&claim.figures), [Some("twelve".to_string())]);
        assert_eq!(english(&claim.quotations), [Some("twelve tanks have crossed the bridge of Selm".to_string())]);
    }

    #[test]
    fn what_was_not_said_is_marked() {
        let all =
            claims(&[("L'armée n'a pas confirmé la mort du maire.", "The army has not confirmed the mayor's death.")]);
        assert_eq!(all.iter().map(|(_, c)| (c.verb.as_str(), c.negated)).collect::<Vec<_>>(), [("confirm", true)]);
        let all = claims(&[(
            "Selon l'ONG Rivages, l'armée aurait tiré.",
            "According to the NGO Rivages, the army reportedly fired.",
        )]);
        assert_eq!(all.iter().map(|(_, c)| c.conditional).collect::<Vec<_>>(), [true]);
    }

    #[test]
    fn what_stands_before_but_is_another_source_s_claim() {
        let source = "L'armée affirme que la ville tient, mais selon l'ONG Rivages le pont est perdu.";
        let target = "The army says that the town is holding, but according to the NGO Rivages the bridge is lost.";
        let all = claims(&[(source, target)]);
        let french: Vec<&str> = all.iter().map(|(_, c)| c.french.text.as_str()).collect();
        assert_eq!(french, ["la ville tient", "le pont est perdu"]);
    }

    #[test]
    fn a_quotation_over_sentences_has_one_speaker() {
        let all = claims(&[
            ("« Le pont a cédé à l'aube.", "“The bridge gave way at dawn."),
            (
                "Nous cherchons encore les gardes », a affirmé le maire de Selm.",
                "We are still looking for the guards,” said the mayor of Selm.",
            ),
        ]);
        let shown: Vec<_> = all.iter().map(|(_, c)| (c.sentence, c.implied)).collect();
        assert_eq!(shown, [(1, true), (2, false)]);
    }

    #[test]
    fn a_pronoun_is_nobody_when_another_person_was_named_since() {
        let rows = table_of(&[
            ("L'attaque a été revendiquée par la milice Alizé.", "The attack was claimed by the Alizé militia."),
            ("Jean Sadi, arrivé de Selm, était sur le pont.", "Jean Sadi, who came from Selm, was on the bridge."),
            ("Il a déclaré que le pont brûlait.", "He said that the bridge was burning."),
        ]);
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!(rows[0].2, [(1, "claim".to_string())]);
    }

    #[test]
    fn nobody_and_things_are_no_sources() {
        for text in ["Aucune milice n'a reconnu l'assaut.", "Le bruit fut confirmé par une panne lors du match."] {
            assert_eq!(table_of(&[(text, text)]), [], "{text}");
        }
    }

    #[test]
    fn an_apposition_is_no_part_of_the_claim() {
        let fr = "Selon Karim Sadi, directeur du port de Selm, il est difficile de compter les bateaux.";
        let all = claims(&[(fr, "According to Karim Sadi, head of the port of Selm, it is hard to count the boats.")]);
        assert_eq!(all[0].1.french.text, "il est difficile de compter les bateaux");
    }

    #[test]
    fn a_shorter_name_is_the_same_source() {
        let rows = table_of(&[
            ("L'armée tarsalienne affirme avoir repris le pont.", "The Tarsalian army says it has retaken the bridge."),
            ("L'armée précise que deux soldats sont blessés.", "The army says that two soldiers are wounded."),
        ]);
        assert_eq!(rows.len(), 1, "{rows:?}");
    }

    #[test]
    fn who_passes_it_on_is_no_source_of_its_own() {
        let rows = table_of(&[(
            "Selon le directeur de l'hôpital, interrogé par Reuters, l'eau manque.",
            "According to the hospital's director, interviewed by Reuters, water is scarce.",
        )]);
        assert_eq!(rows.len(), 1, "{rows:?}");
    }
}
