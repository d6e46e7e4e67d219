//! What a source is, by the head of the French that names it.

use crate::facts::attribution::Speaker;
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lexicon::{Lexicon, NameClass, class, fr};
use crate::span::Span;
use crate::tables::rows::SourceKind;

/// Heads of noun phrases, singular; plurals in -s and -x are cut before looking.
const HEADS: &[(SourceKind, &str)] = &[
    (SourceKind::Anonymous, "source"),
    (
        SourceKind::Witness,
        "témoin habitant habitante riverain riveraine résident résidente voisin voisine survivant survivante rescapé \
         rescapée victime proche passant passager villageois réfugié déplacé client commerçant père mère frère sœur \
         parent famille secouriste médecin",
    ),
    (
        SourceKind::Media,
        "agence télévision radio chaîne journal quotidien hebdomadaire magazine presse média site journaliste correspondant \
         correspondante reporter",
    ),
    (
        SourceKind::Document,
        "rapport étude enquête sondage bilan communiqué document dépêche estimation chiffre statistique donnée \
         information rumeur témoignage élément texte vidéo",
    ),
    (SourceKind::Forces, "armée police gendarmerie militaire soldat policier état-major coalition gendarme"),
    (
        SourceKind::Government,
        "gouvernement ministère présidence autorité parquet préfecture mairie municipalité justice tribunal cour \
         diplomatie parlement état ambassade régime gouvernorat chancellerie exécutif",
    ),
    (
        SourceKind::Organisation,
        "ong organisation association groupe mouvement parti opposition rébellion rebelle insurgé front comité conseil \
         observatoire observateur syndicat fondation croix taliban combattant jihadiste djihadiste séparatiste milice entreprise \
         société compagnie",
    ),
    (
        SourceKind::Official,
        "responsable officiel porte porte-parole ministre premier président présidente chef procureur procureure gouverneur préfet \
         maire commandant général colonel officier capitaine diplomate ambassadeur juge directeur directrice secrétaire \
         député sénateur dirigeant représentant émissaire envoyé conseiller roi avocat avocate enquêteur",
    ),
];

/// Press agencies and broadcasters that are named without saying what they are.
const MEDIA: &str = "afp reuters ap sana tass itar-tass interfax ria xinhua anadolu bbc cnn irna fars mena dpa ansa efe kyodo \
    yonhap kcna bernama rfi tf1 bfmtv bfm itélé itele rtl rtbf sputnik rt cbs nbc abc aps sky belga amaq";

fn lists(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// The kind of the source that stands at `span`.
pub fn of(r: &Reading<'_>, facts: &[Fact], span: Span, speaker: Speaker) -> SourceKind {
    let from = r.tokens.all().partition_point(|t| t.span.start < span.start);
    let inside: Vec<usize> =
        (from..r.len()).take_while(|&i| r.span(i, i + 1).end <= span.end).filter(|&i| r.is_word(i)).collect();
    let names = || {
        facts.iter().filter(|f| f.span.overlaps(span)).filter_map(|f| match &f.value {
            FactValue::Name(n) if !n.demonym && !n.term => Some(n),
            _ => None,
        })
    };
    if inside.iter().any(|&i| lists(MEDIA, r.lower(i)) && r.capital(i)) && inside.len() <= 4 {
        return SourceKind::Media;
    }
    // « le premier bilan », but « le premier ministre »
    let adjective = |i: usize| r.among(i, &fr::ADJECTIVES_IN_FRONT) && r.lower(i + 1) != "ministre";
    let head = inside.iter().copied().find(|&i| !r.is(i, class::DET | class::PREP) && !adjective(i));
    let by_head = head.and_then(|i| head_kind(r.lower(i)));
    // « le ministre Karim Sadi », « le journaliste Karim Sadi »: the name is a person's.
    let person = names().any(|n| {
        let known = n.units.iter().flat_map(|u| &u.entries).map(|&id| Lexicon::get().entries.list[id as usize].class);
        n.person
            || n.class == NameClass::Person
            || known.into_iter().all(|c| c == NameClass::Person) && n.units.iter().any(|u| !u.entries.is_empty())
    });
    let officer =
        head.is_some_and(|i| matches!(r.lower(i), "policier" | "policière" | "soldat" | "gendarme" | "militaire"));
    let personal =
        officer || matches!(by_head, None | Some(SourceKind::Official | SourceKind::Witness) | Some(SourceKind::Media));
    if person
        && personal
        && (by_head != Some(SourceKind::Media) || head.is_some_and(|i| is_person_of_media(r.lower(i))))
    {
        return SourceKind::Person;
    }
    if let Some(kind) = by_head {
        // « l'État islamique » is no state.
        let called = inside.iter().any(|&i| r.lower(i) == "islamique");
        return if called && kind == SourceKind::Government { SourceKind::Organisation } else { kind };
    }
    let class = names().map(|n| n.class).next();
    let government = inside
        .iter()
        .any(|&i| matches!(r.lower(i), "kremlin" | "élysée" | "pentagone" | "matignon" | "blanche" | "orsay"));
    match (class, speaker) {
        _ if government => SourceKind::Government,
        (Some(NameClass::Place), _) => SourceKind::Government,
        (Some(NameClass::Organisation), _) => SourceKind::Organisation,
        (Some(NameClass::Person), _) => SourceKind::Person,
        // Two capitalised words without an article are a person's more often than not.
        (Some(_), _) if head.is_some_and(|i| i == from) && inside.len() >= 2 => SourceKind::Person,
        (Some(_), _) if inside.iter().any(|&i| r.upper(i) && r.tokens.raw(i).len() > 1) => SourceKind::Organisation,
        _ => SourceKind::Other,
    }
}

fn is_person_of_media(word: &str) -> bool {
    matches!(word, "journaliste" | "correspondant" | "correspondante" | "reporter")
}

fn head_kind(word: &str) -> Option<SourceKind> {
    let singular = word.strip_suffix(['s', 'x']).unwrap_or(word);
    HEADS.iter().find(|(_, list)| lists(list, word) || lists(list, singular)).map(|&(kind, _)| kind)
}

/// Whether a word is the name of a press agency or a broadcaster.
pub fn is_medium(word: &str) -> bool {
    lists(MEDIA, word)
}
