//! Marked verbs of saying: claiming an attack, admitting, confirming, denouncing, alleging, threatening. *Said* renders
//! most verbs; these only become their own kind (Reuters Handbook, "Attribution": *claimed*, *admitted*, *confirmed* say
//! more than that somebody spoke).

use super::sources::Difference;
use super::verbs::push;
use crate::checks::{Pair, Severity};
use crate::facts::attribution::Attribution;
use crate::facts::reading::Reading;
use crate::lexicon::class;
use crate::lexicon::verbs::Kind;

/// One kind of commitment with the words that show it, as beginnings of words.
struct Commitment {
    kind: Kind,
    /// French verbs that have this sense and hardly any other: their loss is reported.
    french: &'static [&'static str],
    /// English verbs likewise: their appearance is reported.
    english: &'static [&'static str],
    /// Whatever French may stand for the English ones.
    any_french: &'static [&'static str],
    /// Whatever English may stand for the French ones.
    any_english: &'static [&'static str],
    /// The contrary: an English verb of this kind in its stead is an error.
    contrary: &'static [Kind],
    /// How bad it is when the English only says *said*; nothing when that is fair.
    lost: Option<Severity>,
}

const COMMITMENTS: &[Commitment] = &[
    Commitment {
        kind: Kind::Admit,
        french: &["avou", "admet", "admis", "concéd", "concèd"],
        english: &["admit", "confess", "conced", "boast"],
        any_french: &[
            "avou", "admi", "admet", "concéd", "concèd", "reconn", "confess", "vant", "confi", "certes", "conven",
            "accept",
        ],
        any_english: &[
            "admit",
            "confess",
            "conced",
            "acknowledg",
            "recogni",
            "accept",
            "agree",
            "grant",
            "own",
            "allow",
            "realis",
            "realiz",
            "assum",
            "let",
            "permit",
        ],
        contrary: &[Kind::Deny],
        lost: Some(Severity::Warning),
    },
    Commitment {
        kind: Kind::Confirm,
        french: &["confirm"],
        english: &["confirm", "corroborat"],
        any_french: &[
            "confirm",
            "corrobor",
            "attest",
            "certifi",
            "avér",
            "valid",
            "affirm",
            "assur",
            "reconn",
            "vérifi",
            "conforté",
            "prouv",
            "constat",
            "entérin",
            "ratifi",
            "approuv",
            "établi",
            "conviction",
            "soulign",
            "réaffirm",
            "démontr",
        ],
        any_english: &[
            "confirm",
            "corroborat",
            "acknowledg",
            "affirm",
            "certif",
            "verif",
            "reaffirm",
            "reiterat",
            "uphold",
            "upheld",
            "validat",
            "prov",
            "bear",
            "bore",
            "back",
            "support",
            "reinforc",
            "attest",
            "testif",
            "assur",
            "endors",
            "reassur",
            "ratif",
            "establish",
            "agree",
            "admit",
            "indeed",
            "substantiat",
            "underlin",
            "stress",
            "maintain",
        ],
        contrary: &[],
        lost: Some(Severity::Warning),
    },
    Commitment {
        kind: Kind::Denounce,
        french: &["dénonc", "condamn", "fustig"],
        english: &["condemn", "denounc", "decri", "slam"],
        any_french: &[
            "dénonc",
            "condamn",
            "fustig",
            "critiqu",
            "déplor",
            "réprob",
            "réprouv",
            "vilipend",
            "stigmatis",
            "indign",
            "attaqu",
            "accus",
            "blâm",
            "reproch",
            "protest",
            "désapprou",
            "claqu",
            "conspu",
            "grief",
            "voué",
            "honni",
            "repouss",
            "regrett",
        ],
        any_english: &[
            "condemn",
            "denounc",
            "decr",
            "slam",
            "blast",
            "critic",
            "deplor",
            "accus",
            "blam",
            "attack",
            "protest",
            "complain",
            "object",
            "outrag",
            "rail",
            "reject",
            "expos",
            "convict",
            "sentenc",
            "betray",
            "report",
            "lash",
            "disapprov",
            "oppose",
            "opposing",
            "against",
            "deride",
            "lambast",
            "rebuk",
            "censur",
            "reprimand",
            "castigat",
            "assail",
            "revil",
            "doom",
            "guilty",
            "speak",
            "spoke",
            "call",
            "cancel",
            "revok",
            "revoc",
            "withdr",
            "terminat",
            "lament",
            "indict",
            "pillor",
            "highlight",
            "point",
            "refus",
            "inveigh",
            "finger",
            "thrash",
        ],
        contrary: &[Kind::Support],
        lost: Some(Severity::Warning),
    },
    Commitment {
        kind: Kind::Allege,
        french: &["prétend", "allègu", "allégu"],
        english: &["alleg", "purport"],
        any_french: &[
            "prétend",
            "prétendu",
            "allègu",
            "allégu",
            "affirm",
            "accus",
            "présum",
            "supposé",
            "suppos",
            "soupçon",
            "aurait",
            "auraient",
            "soutien",
            "reproch",
            "suspect",
            "soi-disant",
            "disant",
            "dénonc",
            "assur",
            "imput",
            "inculp",
            "déclar",
            "éventuel",
            "serait",
            "seraient",
            "mis en cause",
            "plain",
            "argu",
        ],
        any_english: &[
            "claim",
            "alleg",
            "purport",
            "pretend",
            "assert",
            "contend",
            "insist",
            "maintain",
            "suppos",
            "argu",
            "profess",
            "believ",
            "aspir",
            "suggest",
            "said to",
            "so-called",
            "accus",
            "feign",
            "would have",
            "likes to",
            "think",
            "want",
            "aim",
            "boast",
            "affirm",
            "declar",
            "ostensib",
            "assum",
            "imagin",
            "charg",
            "hold",
            "intend",
            "try",
            "clam",
            "may",
            "mean",
            "seek",
        ],
        contrary: &[Kind::Deny, Kind::Confirm, Kind::Admit],
        lost: Some(Severity::Warning),
    },
    Commitment {
        // « a averti » may well be "said"; "threatened" is more than « a dit ».
        kind: Kind::Warn,
        french: &[],
        english: &["threaten"],
        any_french: &["menac", "averti", "alert", "préven", "garde", "risqu", "danger", "péril", "intimid"],
        any_english: &[],
        contrary: &[],
        lost: None,
    },
];

/// What an attack is called where *revendiquer* means claiming it, and not demanding something.
const ATTACKS: &[&str] = &[
    "attentat",
    "attaque",
    "assaut",
    "tir",
    "explosion",
    "enlèvement",
    "meurtre",
    "assassinat",
    "responsabilité",
    "paternité",
    "raid",
    "frappe",
    "embuscade",
    "bombardement",
    "opération",
    "tuerie",
    "rapt",
    "fusillade",
];

pub fn compare(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<Difference>) {
    for commitment in COMMITMENTS {
        commitment.added(pair, fr, en, out);
        commitment.lost(pair, fr, en, out);
    }
    responsibility(pair, fr, en, out);
}

fn has(r: &Reading<'_>, list: &[&str]) -> bool {
    (0..r.len()).any(|i| r.is_word(i) && list.iter().any(|p| r.lower(i).starts_with(p)))
}

/// Whether the verb itself, the last word of the cue, begins so.
fn cue_is(cue: &str, list: &[&str]) -> bool {
    let verb = cue.split_whitespace().last().unwrap_or_default().to_lowercase();
    let verb = verb.rsplit('\'').next().unwrap_or_default();
    list.iter().any(|p| verb.starts_with(p))
}

impl Commitment {
    /// "admitted", "confirmed" where French has a neutral verb: the English takes the claim for true.
    fn added(&self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<Difference>) {
        // "might threaten" is said of things, not of a speaker.
        let modal = |cue: &str| cue.split_whitespace().any(|w| matches!(w, "might" | "may" | "could" | "would"));
        let marked = en.iter().find(|e| {
            let cue = e.cue.of(pair.target.text);
            cue_is(cue, self.english) && !modal(cue)
        });
        let Some(marked) = marked else { return };
        let source = &pair.source.reading;
        if has(source, self.any_french) || (0..source.len()).any(|i| source.info(i).verb == Some(self.kind)) {
            return;
        }
        let neutral = fr.iter().find(|a| matches!(a.kind, Kind::Say | Kind::Announce) && !source.is(0, class::NEG));
        if let Some(said) = neutral {
            push(out, (said.kind, self.kind), Some(said.cue), Some(marked.cue), Severity::Warning);
        }
    }

    /// « a admis », « a confirmé » where the English has no such verb, and another in its place.
    fn lost(&self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<Difference>) {
        let Some(marked) = fr.iter().find(|a| a.kind == self.kind && cue_is(a.cue.of(pair.source.text), self.french))
        else {
            return;
        };
        let target = &pair.target.reading;
        if has(target, self.any_english) {
            return;
        }
        // A contrary that French has as well is another verb's.
        let contrary = |e: &&&Attribution| self.contrary.contains(&e.kind) && fr.iter().all(|a| a.kind != e.kind);
        if let Some(contrary) = en.iter().find(contrary) {
            push(out, (self.kind, contrary.kind), Some(marked.cue), Some(contrary.cue), Severity::Error);
            return;
        }
        // One verb on either side: otherwise the English one may stand for another.
        let neutral = |k: Kind| matches!(k, Kind::Say | Kind::Announce | Kind::Report);
        let ([_], [said]) = (fr, en) else { return };
        if let Some(severity) = self.lost.filter(|_| neutral(said.kind)) {
            push(out, (self.kind, said.kind), Some(marked.cue), Some(said.cue), severity);
        }
    }
}

/// « a revendiqué l'attentat » is "claimed responsibility", and that is nothing else.
fn responsibility(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<Difference>) {
    let (source, target) = (&pair.source.reading, &pair.target.reading);
    let claims = |r: &Reading<'_>, i: usize| r.lower(i).starts_with("revendi");
    let claimed = (0..source.len()).find(|&i| claims(source, i));
    if let Some(at) = claimed {
        let attack = (at..(at + 8).min(source.len())).any(|i| ATTACKS.iter().any(|a| source.lower(i).starts_with(a)));
        let shown = ["claim", "responsib", "credit", "behind", "own", "admit", "assum", "sign"];
        let verb = fr.iter().find(|a| a.cue.overlaps(source.span(at, at + 1)));
        let (Some(verb), Some(said), true) = (verb, en.first(), attack && !has(target, &shown)) else { return };
        let contrary = matches!(said.kind, Kind::Deny | Kind::Denounce | Kind::Accuse);
        let severity = if contrary { Severity::Error } else { Severity::Warning };
        push(out, (Kind::Claim, said.kind), Some(verb.cue), Some(said.cue), severity);
        return;
    }
    let responsible = (0..target.len()).find(|&i| {
        target.lower(i).starts_with("claim") && target.lower(i + 1) == "responsibility" && target.lower(i + 2) == "for"
    });
    let shown = ["revendi", "responsab", "paternité", "assum", "sign", "reconn", "attribu"];
    let (Some(at), false) = (responsible, has(source, &shown)) else { return };
    if let Some(said) = fr.first() {
        push(out, (said.kind, Kind::Claim), Some(said.cue), Some(target.span(at, at + 2)), Severity::Error);
    }
}
