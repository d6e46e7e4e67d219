//! French conjugation, in the persons and tenses that news is written in (*Bescherelle*: three groups, and the spelling
//! of verbs in -cer, -ger, -yer, -eler, -eter and in -e.er, -é.er).

use crate::lexicon::table as data;
use std::sync::OnceLock;

/// A tense of the finite verb; compound tenses are made of an auxiliary and the participle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    Present,
    Imperfect,
    /// The simple past: « il prit ».
    Past,
    Future,
    Conditional,
    Subjunctive,
}

/// The persons that news is written in: all but the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    I,
    He,
    We,
    They,
}

/// What a form of a verb is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerbForm {
    Infinitive,
    Gerund,
    Participle { feminine: bool, plural: bool },
    Finite(Tense, Person),
}

const TENSES: [Tense; 6] =
    [Tense::Present, Tense::Imperfect, Tense::Past, Tense::Future, Tense::Conditional, Tense::Subjunctive];
const PERSONS: [Person; 4] = [Person::I, Person::He, Person::We, Person::They];

/// Calls `emit` with each form of the verb in the tenses and persons of [`Tense`] and [`Person`], and with what the
/// form is. A form that is several things is given several times.
pub fn each_form(infinitive: &str, mut emit: impl FnMut(&str, VerbForm)) {
    let verb = Verb::new(infinitive);
    emit(infinitive, VerbForm::Infinitive);
    emit(&verb.gerund(), VerbForm::Gerund);
    for (feminine, plural) in [(false, false), (false, true), (true, false), (true, true)] {
        emit(&verb.participle(feminine, plural), VerbForm::Participle { feminine, plural });
    }
    for tense in TENSES {
        for person in PERSONS {
            if let Some(form) = verb.finite(tense, person) {
                emit(&form, VerbForm::Finite(tense, person));
            }
        }
    }
    if let Some(variant) = verb.second_future() {
        for (tense, ends) in
            [(Tense::Future, ["ai", "a", "ons", "ont"]), (Tense::Conditional, ["ais", "ait", "ions", "aient"])]
        {
            for (person, end) in PERSONS.into_iter().zip(ends) {
                emit(&format!("{variant}{end}"), VerbForm::Finite(tense, person));
            }
        }
    }
}

/// One form of a verb; `None` where the verb has no such form (« clore » has no simple past).
pub fn conjugate(infinitive: &str, form: VerbForm) -> Option<String> {
    let verb = Verb::new(infinitive);
    match form {
        VerbForm::Infinitive => Some(infinitive.to_string()),
        VerbForm::Gerund => Some(verb.gerund()),
        VerbForm::Participle { feminine, plural } => Some(verb.participle(feminine, plural)),
        VerbForm::Finite(tense, person) => verb.finite(tense, person),
    }
}

/// A row of the table: parts from which the forms of the verbs with one ending are made. The code itself has a few more
/// forms of « être », « avoir » and others.
struct Irregular {
    /// The ending of the infinitive, which the other parts replace.
    end: &'static str,
    /// Present of the third person singular.
    he: &'static str,
    /// Present of the third person plural.
    they: &'static str,
    /// Present of the first person plural.
    we: &'static str,
    /// Stem of the future and the conditional.
    future: &'static str,
    /// Simple past of the third person singular; `-` where there is none.
    past: &'static str,
    /// Past participle in the masculine singular.
    participle: &'static str,
    /// Subjunctive of the third person singular.
    subjunctive: &'static str,
}

/// The table of verbs that no rule conjugates, by its two kinds of rows.
struct Table {
    /// The longest endings first.
    irregular: Vec<Irregular>,
    /// Verbs in -eler and -eter that write « è » before a mute e, and don't double the consonant to « ll » or « tt ».
    grave: Vec<&'static str>,
}

/// The table that is built in.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let (mut irregular, mut grave) = (Vec::new(), Vec::new());
        for row in data::CONJUGATION_FR.rows() {
            let [end, he, they, we, future, past, participle, subjunctive] = std::array::from_fn(|n| row.cell(n));
            match he {
                // Such a row only tells how the verb writes its stem before a mute e.
                "è" => grave.push(end),
                _ if subjunctive.is_empty() => row.fail("an irregular verb has eight cells"),
                _ => irregular.push(Irregular { end, he, they, we, future, past, participle, subjunctive }),
            }
        }
        irregular.sort_by_key(|row| std::cmp::Reverse(row.end.len()));
        Table { irregular, grave }
    })
}

/// What the forms of one verb are made from.
enum Verb<'v> {
    /// A verb of the table, with what stands before the ending of the row.
    Irregular { head: &'v str, row: &'static Irregular },
    /// Verbs in -er: the stem, and the stem before a mute e (see [`mute_stem`]).
    First { stem: &'v str, mute: String },
    /// Verbs in -ir, such as « finir, finissons ».
    Second { stem: &'v str },
    /// Regular verbs in -re.
    Third { stem: &'v str },
}

impl<'v> Verb<'v> {
    fn new(infinitive: &'v str) -> Self {
        // Many verbs only happen to end like these: « écrire » is not conjugated like « rire », nor « recevoir » like
        // « voir ». So their rows hold only for the verbs themselves and for those with one of the prefixes below
        // (« élire », « revoir »).
        let is_whole =
            |end: &str| matches!(end, "être" | "avoir" | "aller" | "rire" | "voir" | "lire") && infinitive != end;
        let compound = |end: &str| {
            let prefix = &infinitive[..infinitive.len() - end.len()];
            matches!(prefix, "re" | "ré" | "entre" | "é" | "sou") || prefix.is_empty()
        };
        let fits = |row: &&Irregular| infinitive.ends_with(row.end) && (!is_whole(row.end) || compound(row.end));
        if let Some(row) = table().irregular.iter().find(fits) {
            return Verb::Irregular { head: &infinitive[..infinitive.len() - row.end.len()], row };
        }
        if let Some(stem) = infinitive.strip_suffix("er") {
            return Verb::First { stem, mute: mute_stem(infinitive, stem) };
        }
        if let Some(stem) = infinitive.strip_suffix("ir") {
            return Verb::Second { stem };
        }
        Verb::Third { stem: infinitive.strip_suffix("re").unwrap_or(infinitive) }
    }

    fn gerund(&self) -> String {
        match self {
            Verb::Irregular { head, row } => match row.end {
                "être" => format!("{head}étant"),
                "avoir" => format!("{head}ayant"),
                "savoir" => format!("{head}sachant"),
                _ => format!("{head}{}ant", row.we.trim_end_matches("ons")),
            },
            Verb::First { stem, .. } => format!("{}ant", before_a(stem)),
            Verb::Second { stem } => format!("{stem}issant"),
            Verb::Third { stem } => format!("{stem}ant"),
        }
    }

    fn participle(&self, feminine: bool, plural: bool) -> String {
        let mut form = match self {
            Verb::Irregular { head, row } => format!("{head}{}", row.participle),
            Verb::First { stem, .. } => format!("{stem}é"),
            Verb::Second { stem } => format!("{stem}i"),
            Verb::Third { stem } => format!("{stem}u"),
        };
        if feminine {
            form = match form.as_str() {
                // The feminine loses the circumflex (« dû, due »; « crû, crue ») or has a t (« dissous, dissoute »).
                "dû" => "due".into(),
                "crû" => "crue".into(),
                f if f.ends_with("sous") => format!("{}te", &f[..f.len() - 1]),
                _ => form + "e",
            };
        } else if form == "dû" && plural {
            form = "du".into();
        }
        if plural && !form.ends_with('s') {
            form.push('s');
        }
        form
    }

    fn finite(&self, tense: Tense, person: Person) -> Option<String> {
        let i = PERSONS.iter().position(|&p| p == person)?;
        match tense {
            Tense::Present => Some(self.present(person)),
            Tense::Imperfect => Some(self.imperfect(person)),
            Tense::Past => self.past(person),
            Tense::Future => Some(self.future() + ["ai", "a", "ons", "ont"][i]),
            Tense::Conditional => Some(self.future() + ["ais", "ait", "ions", "aient"][i]),
            Tense::Subjunctive => Some(self.subjunctive(person)),
        }
    }

    fn present(&self, person: Person) -> String {
        match self {
            Verb::Irregular { head, row } => match (row.end, person) {
                ("avoir", Person::I) => format!("{head}ai"),
                ("être", Person::I) => format!("{head}suis"),
                ("aller", Person::I) => format!("{head}vais"),
                ("pouvoir" | "vouloir" | "valoir", Person::I) => format!("{head}{}x", &row.he[..row.he.len() - 1]),
                (_, Person::I) => head.to_string() + &first_person(row.he),
                (_, Person::He) => format!("{head}{}", row.he),
                (_, Person::We) => format!("{head}{}", row.we),
                (_, Person::They) => format!("{head}{}", row.they),
            },
            Verb::First { stem, mute } => match person {
                Person::I | Person::He => format!("{mute}e"),
                Person::We => format!("{}ons", before_a(stem)),
                Person::They => format!("{mute}ent"),
            },
            Verb::Second { stem } => stem.to_string() + ["is", "it", "issons", "issent"][person as usize],
            Verb::Third { stem } => match person {
                Person::I => format!("{stem}s"),
                // No t is added after d, t or c: « vend ».
                Person::He if stem.ends_with(['d', 't', 'c']) => stem.to_string(),
                Person::He => format!("{stem}t"),
                Person::We => format!("{stem}ons"),
                Person::They => format!("{stem}ent"),
            },
        }
    }

    fn imperfect(&self, person: Person) -> String {
        let ends = ["ais", "ait", "ions", "aient"][person as usize];
        match self {
            Verb::Irregular { head, row } if row.end == "être" => format!("{head}ét{ends}"),
            Verb::Irregular { head, row } => format!("{head}{}{ends}", row.we.trim_end_matches("ons")),
            Verb::First { stem, .. } if ends.starts_with('i') => format!("{stem}{ends}"),
            Verb::First { stem, .. } => format!("{}{ends}", before_a(stem)),
            Verb::Second { stem } => format!("{stem}iss{ends}"),
            Verb::Third { stem } => format!("{stem}{ends}"),
        }
    }

    fn past(&self, person: Person) -> Option<String> {
        Some(match self {
            Verb::Irregular { row, .. } if row.past == "-" => return None,
            Verb::Irregular { head, row } if row.past.ends_with('a') => {
                let stem = &row.past[..row.past.len() - 1];
                format!("{head}{stem}{}", ["ai", "a", "âmes", "èrent"][person as usize])
            }
            Verb::Irregular { head, row } => {
                let stem = row.past.trim_end_matches('t');
                match person {
                    Person::I => format!("{head}{stem}s"),
                    Person::He => format!("{head}{}", row.past),
                    Person::We => format!("{head}{}mes", circumflex(stem)),
                    Person::They => format!("{head}{stem}rent"),
                }
            }
            Verb::First { stem, .. } => match person {
                Person::I => format!("{}ai", before_a(stem)),
                Person::He => format!("{}a", before_a(stem)),
                Person::We => format!("{}âmes", before_a(stem)),
                Person::They => format!("{stem}èrent"),
            },
            Verb::Second { stem } | Verb::Third { stem } => {
                stem.to_string() + ["is", "it", "îmes", "irent"][person as usize]
            }
        })
    }

    fn future(&self) -> String {
        match self {
            Verb::Irregular { head, row } => format!("{head}{}", row.future),
            // « il cédera », in the traditional spelling; the other one is [`Self::second_future`].
            Verb::First { stem, .. } if acute(stem).is_some() => format!("{stem}er"),
            Verb::First { mute, .. } => format!("{mute}er"),
            Verb::Second { stem } => format!("{stem}ir"),
            Verb::Third { stem } => format!("{stem}r"),
        }
    }

    /// The stem of « il cèdera », as the spelling reform of 1990 writes it; none where the two spellings do not differ.
    fn second_future(&self) -> Option<String> {
        match self {
            Verb::First { stem, mute } if acute(stem).is_some() => Some(format!("{mute}er")),
            _ => None,
        }
    }

    fn subjunctive(&self, person: Person) -> String {
        match self {
            Verb::Irregular { head, row } => match person {
                Person::I if row.end == "être" => format!("{head}sois"),
                Person::I if row.end == "avoir" => format!("{head}aie"),
                Person::I | Person::He => format!("{head}{}", row.subjunctive),
                Person::We => match row.end {
                    "être" => format!("{head}soyons"),
                    "avoir" => format!("{head}ayons"),
                    _ => self.imperfect(Person::We),
                },
                // Only « soit » and « ait » end in t.
                Person::They if row.subjunctive.ends_with('t') => {
                    format!("{head}{}", if row.end == "être" { "soient" } else { "aient" })
                }
                Person::They => format!("{head}{}nt", row.subjunctive),
            },
            Verb::Second { stem } => stem.to_string() + ["isse", "isse", "issions", "issent"][person as usize],
            Verb::First { .. } => match person {
                Person::We => self.imperfect(Person::We),
                _ => self.present(person),
            },
            Verb::Third { stem } => stem.to_string() + ["e", "e", "ions", "ent"][person as usize],
        }
    }
}

/// The first person of the present, by the third: « prend » → « prends », « ouvre » → « ouvre », « tient » → « tiens ».
fn first_person(he: &str) -> String {
    match he.chars().last() {
        Some('t') => format!("{}s", &he[..he.len() - 1]),
        Some('e' | 'a') => he.to_string(),
        _ => format!("{he}s"),
    }
}

/// The stem with a circumflex on its last vowel, if the stem ends in i, u or in: « nous prîmes », « nous tînmes ».
fn circumflex(stem: &str) -> String {
    let (head, last) = stem.char_indices().last().map_or((stem, ' '), |(i, c)| (&stem[..i], c));
    match last {
        'i' => format!("{head}î"),
        'u' => format!("{head}û"),
        'n' if head.ends_with('i') => format!("{}în", &head[..head.len() - 1]),
        _ => stem.to_string(),
    }
}

/// The stem before an a or o: c becomes ç and g becomes ge, so that they keep their sound (« lançait », « jugeait »).
fn before_a(stem: &str) -> String {
    match stem.chars().last() {
        Some('c') => format!("{}ç", &stem[..stem.len() - 1]),
        Some('g') => format!("{stem}e"),
        _ => stem.to_string(),
    }
}

/// The byte at which the last é of a stem stands, if only consonants (or gu, qu) follow it: « céd- », « libér- »,
/// « protég- ».
fn acute(stem: &str) -> Option<usize> {
    let at = stem.rfind('é')?;
    let rest = &stem[at + 'é'.len_utf8()..];
    (!rest.is_empty() && !rest.contains(['a', 'e', 'i', 'o', 'u', 'y'].as_slice()) || matches!(rest, "gu" | "qu"))
        .then_some(at)
}

/// The stem of a verb in -er before a mute e: « emploi- », « appell- », « lèv- », « libèr- ».
fn mute_stem(infinitive: &str, stem: &str) -> String {
    if let Some(head) = stem.strip_suffix("oy").or(stem.strip_suffix("uy")) {
        return format!("{head}{}i", &stem[head.len()..stem.len() - 1]);
    }
    if let Some(at) = acute(stem) {
        return format!("{}è{}", &stem[..at], &stem[at + 'é'.len_utf8()..]);
    }
    for (end, double) in [("el", 'l'), ("et", 't')] {
        // « peler » (« il pèle ») is in the table, so its consonant stays single; in « appeler » it
        // is doubled. A verb with a prefix (« congeler ») is written like the verb without it.
        let is_grave = |verb: &str| table().grave.contains(&verb);
        let bare = ["re", "con", "dé", "sur"].iter().find_map(|prefix| infinitive.strip_prefix(prefix));
        if stem.ends_with(end) && !is_grave(infinitive) && !bare.is_some_and(is_grave) {
            return format!("{stem}{double}");
        }
    }
    // « lever », « mener », « peser », « acheter »: the stem ends in e and one consonant, and the e
    // becomes è. Before an x, which stands for two sounds, the e stays: « vexe ».
    let tail: Vec<char> = stem.chars().rev().take(2).collect();
    if let [consonant, 'e'] = tail[..]
        && !"aeiouyéèx".contains(consonant)
    {
        return format!("{}è{consonant}", &stem[..stem.len() - 2]);
    }
    stem.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn he(verb: &str, tense: Tense) -> String {
        conjugate(verb, VerbForm::Finite(tense, Person::He)).unwrap()
    }

    fn they(verb: &str, tense: Tense) -> String {
        conjugate(verb, VerbForm::Finite(tense, Person::They)).unwrap()
    }

    fn participles(verb: &str) -> String {
        let p = |feminine, plural| conjugate(verb, VerbForm::Participle { feminine, plural }).unwrap();
        format!("{} {} {} {}", p(false, false), p(true, false), p(false, true), p(true, true))
    }

    #[test]
    fn the_three_groups_follow_their_rules() {
        assert_eq!(they("frapper", Tense::Present), "frappent");
        assert_eq!(he("lancer", Tense::Imperfect), "lançait");
        assert_eq!(he("envisager", Tense::Past), "envisagea");
        assert_eq!(they("envahir", Tense::Present), "envahissent");
        assert_eq!(they("envahir", Tense::Past), "envahirent");
        assert_eq!(he("défendre", Tense::Present), "défend");
        assert_eq!(he("défendre", Tense::Future), "défendra");
        assert_eq!(participles("vendre"), "vendu vendue vendus vendues");
    }

    #[test]
    fn spelling_follows_the_sound() {
        assert_eq!(he("libérer", Tense::Present), "libère");
        assert_eq!(he("libérer", Tense::Future), "libérera");
        assert_eq!(he("lever", Tense::Present), "lève");
        assert_eq!(he("harceler", Tense::Present), "harcèle");
        assert_eq!(he("appeler", Tense::Present), "appelle");
        assert_eq!(he("déployer", Tense::Present), "déploie");
        assert_eq!(they("appuyer", Tense::Future), "appuieront");
        assert_eq!(he("assiéger", Tense::Present), "assiège");
        assert_eq!(he("rejeter", Tense::Present), "rejette");
        let mut all = Vec::new();
        each_form("céder", |f, _| all.push(f.to_string()));
        assert!(all.contains(&"cédera".to_string()) && all.contains(&"cèdera".to_string()));
    }

    #[test]
    fn irregular_verbs_stand_in_the_table() {
        for (verb, present, past, participle) in [
            ("reprendre", "reprennent", "reprirent", "repris reprise repris reprises"),
            ("conquérir", "conquièrent", "conquirent", "conquis conquise conquis conquises"),
            ("détruire", "détruisent", "détruisirent", "détruit détruite détruits détruites"),
            ("mourir", "meurent", "moururent", "mort morte morts mortes"),
            ("détenir", "détiennent", "détinrent", "détenu détenue détenus détenues"),
            ("fuir", "fuient", "fuirent", "fui fuie fuis fuies"),
            ("recevoir", "reçoivent", "reçurent", "reçu reçue reçus reçues"),
            ("disparaître", "disparaissent", "disparurent", "disparu disparue disparus disparues"),
            ("élire", "élisent", "élurent", "élu élue élus élues"),
            ("interdire", "interdisent", "interdirent", "interdit interdite interdits interdites"),
            ("accueillir", "accueillent", "accueillirent", "accueilli accueillie accueillis accueillies"),
            ("interrompre", "interrompent", "interrompirent", "interrompu interrompue interrompus interrompues"),
            ("abattre", "abattent", "abattirent", "abattu abattue abattus abattues"),
            ("survivre", "survivent", "survécurent", "survécu survécue survécus survécues"),
            ("enfreindre", "enfreignent", "enfreignirent", "enfreint enfreinte enfreints enfreintes"),
            ("être", "sont", "furent", "été étée étés étées"),
        ] {
            assert_eq!(they(verb, Tense::Present), present);
            assert_eq!(they(verb, Tense::Past), past);
            assert_eq!(participles(verb), participle);
        }
        assert_eq!(conjugate("dissoudre", VerbForm::Finite(Tense::Past, Person::He)), None);
        assert_eq!(they("retenir", Tense::Subjunctive), "retiennent");
        assert_eq!(conjugate("prendre", VerbForm::Finite(Tense::Present, Person::I)).unwrap(), "prends");
    }
}
