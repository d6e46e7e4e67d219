//! Abbreviations of the press, by what may follow them, and the words that begin sentences.
//!
//! French forms after the *Lexique des règles typographiques en usage à l'Imprimerie nationale*, with the wrong ones that
//! are common online ("Mme.", "Melle."); English ones after the Associated Press and Oxford lists.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What follows an abbreviation, which says whether its point can also end the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// A name or a word in any case, always in the same sentence: "M.", "p. ex.".
    Name,
    /// The same, but it is a word as well: "le col.", "le cap.".
    Word,
    /// Usually a number; a capital begins a new sentence: "vol.", "janv.".
    Number,
    /// It often ends sentences: a capital decides: "etc.".
    Anything,
    /// A capitalised word may belong to it; only a word that begins sentences ends it: "Inc.", "U.S.".
    Sentence,
}

/// The lists of a language, as words apart.
struct Lists {
    name: &'static str,
    word: &'static str,
    number: &'static str,
    anything: &'static str,
    sentence: &'static str,
    starts: &'static str,
}

const FRENCH_LISTS: Lists = Lists {
    name: "M MM Mr Mrs Ms Mme Mmes Mlle Mlles Melle Me Mes Mgr Dr Drs Pr Prof St Ste Sts Stes gén gal cdt cne lt lieut \
        sgt brig amb cf env apr av p.ex p.|ex par|ex c.-à-d c.à.d éd vice-prés S.A.R S.E S.M S.S R.P Vve \
        éts Éts ets Sra Srta Sté sté boul rte fg réf obs Sir Hon Rev Sen Gov Rep Gen Col Lt Sgt Capt Maj Cpt Mt Ft v vs resp \
        all angl arr auj bibl biogr dép dept",
    word: "col cap adj ex dir coll trad prés bd pl",
    number: "no nº n° nos art vol chap p pp fig t tél tel fax al max mil mio § vers n janv jan févr fév fevr fev avr juil sept oct nov \
        déc dec lun mar mer jeu ven sam dim ch tab ann paragr S-S",
    anything: "etc av.|J.-C av.|J-C apr.|J.-C apr.|J-C av.J.-C H.T T.T.C h min sec km kg ha sq apr.J.-C n.d.l.r NDLR ndlr a.m p.m s.v.p svp div",
    sentence: "Inc Corp Ltd Co Cie Jr Sr Bros S.A S.A.S S.A.R.L O.N.U U.S U.S.A U.E O.T.A.N É.-U E.-U G.-B R.-U D.C",
    starts: "Le La Les L Un Une Des Du De D Ce Cet Cette Ces C Il Elle Ils Elles On Nous Vous Je J Tu Mais Et Ou Où Or Car Donc \
        Si S Quand Lorsque Lors Après Avant Depuis Pendant Dans Sur Sous Pour Par Avec Sans Selon En À A Au Aux Son Sa Ses \
        Leur Leurs Mon Ma Mes Notre Nos Votre Vos Que Qui Quoi Comment Pourquoi Puis Alors Ainsi Aussi Cependant Toutefois \
        Pourtant Néanmoins Enfin Hier Aujourd Demain Outre Malgré Même Plus Certains Plusieurs Quelques Tous Tout Toute \
        Toutes Chaque Aucun Aucune Ni Ne Y Cela Ça Ceci D’autres Autre Autres Deux Trois Quatre Entre Parmi Vers Chez Comme \
        Bien Très Trop Là Ici Peu Beaucoup Quant Face Grâce Faute Afin Est Sont Était Interrogé Interrogée",
};

const ENGLISH_LISTS: Lists = Lists {
    name: "Mr Mrs Ms Messrs Dr Drs Prof Rev Hon Sir St Sts Mt Ft Lt Gen Col Maj Capt Cmdr Cpl Sgt Pvt Pfc Adm Brig Sen Rep Reps \
        Sens Gov Pres Amb Atty Supt Det Insp Lt.-Gen Maj.-Gen Fr Msgr vs v cf e.g i.e ca approx dept est eds ed trans M MM \
        Mme Mlle al",
    word: "",
    number: "No Nos no nos vol vols art ch fig p pp para Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed \
        Thu Thurs Fri Sat Sun",
    anything: "etc a.m p.m A.M P.M B.C A.D B.C.E C.E ft in sq lb lbs oz mph",
    sentence: "Inc Corp Ltd Co Bros Jr Sr Ave Blvd Rd U.S U.S.A U.N U.K E.U D.C L.A N.Y Ph.D M.D B.A M.A Calif Fla Pa Mass Va",
    starts: "The A An This That These Those It He She They We You I There Here But And Or So If When While After Before Since \
        In On At By For From With Without As To Of Under Over Between Among During Despite According However Meanwhile \
        Moreover Still Yet Then Now Later Earlier His Her Its Their Our Your My Some Many Most Several Few All Both Each \
        Every No Not Nor What Who Why How Where Which One Two Three Four Asked Only Even Also Although Though Because Is \
        Are Was Were Has Have Had",
};

/// The same, ready to be looked up.
pub(super) struct Language {
    /// By the form that [`Language::abbreviation`] asks for.
    abbreviations: HashMap<&'static str, Follows>,
    /// In lower case.
    starts: HashSet<String>,
}

pub(super) static FRENCH: LazyLock<Language> = LazyLock::new(|| Language::new(&FRENCH_LISTS));
pub(super) static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::new(&ENGLISH_LISTS));

impl Language {
    fn new(lists: &Lists) -> Language {
        let by_kind = [
            (lists.sentence, Follows::Sentence),
            (lists.anything, Follows::Anything),
            (lists.number, Follows::Number),
            (lists.word, Follows::Word),
            (lists.name, Follows::Name),
        ];
        let entries = |(list, follows): (&'static str, Follows)| list.split_whitespace().map(move |e| (e, follows));
        Language {
            abbreviations: by_kind.into_iter().flat_map(entries).collect(),
            starts: lists.starts.split_whitespace().map(str::to_lowercase).collect(),
        }
    }

    /// What follows `word`, given without its last point; the parts of "av. J.-C" are joined by a bar.
    pub fn abbreviation(&self, word: &str) -> Option<Follows> {
        let exact = self.abbreviations.get(word);
        // "Vol." at the start of a sentence is "vol."; a lone capital is an initial.
        let capital = || {
            let sentence_case = word.len() > 1 && word.chars().skip(1).all(char::is_lowercase);
            sentence_case.then(|| self.abbreviations.get(word.to_lowercase().as_str())).flatten()
        };
        exact.or_else(capital).copied()
    }

    /// Whether `word`, in any case, begins sentences and is no part of a name.
    pub fn starts_sentences(&self, word: &str) -> bool {
        self.starts.contains(word.to_lowercase().as_str())
    }
}
