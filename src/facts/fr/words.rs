//! French words that the grammars of numbers, dates and casualties know, with their class.

use crate::facts::class::Class::{self, *};
use crate::facts::date::{Relative as R, Season as S};
use crate::facts::quantity::{Currency as C, Measure as M, Outcome as O, Unit as U, Whom as W};

const fn m(measure: M) -> Class {
    Class::Unit(U::Measure(measure))
}

const fn money(currency: C) -> Class {
    Class::Unit(U::Money(currency))
}

/// Class of a lower-cased French word.
pub fn class(word: &str) -> Class {
    match WORDS.get(word) {
        Some(class) => *class,
        // « troisieme »: typed without its accent.
        None if word.ends_with("ieme") || word.ends_with("iemes") => {
            WORDS.get(word.replace("ieme", "ième").as_str()).copied().unwrap_or(Class::Other)
        }
        None => Class::Other,
    }
}

static WORDS: phf::Map<&'static str, Class> = phf::phf_map! {
    "un" | "une" => One,
    "zéro" => Small(0),
    "deux" => Small(2), "trois" => Small(3), "quatre" | "quatres" => Small(4), "cinq" => Small(5), "six" => Small(6),
    "sept" => Small(7), "huit" => Small(8), "neuf" => Small(9), "dix" => Small(10), "onze" => Small(11),
    "douze" => Small(12), "treize" => Small(13), "quatorze" => Small(14), "quinze" => Small(15), "seize" => Small(16),
    "vingt" | "vingts" => Tens(20),
    "trente" => Tens(30), "quarante" => Tens(40), "cinquante" => Tens(50), "soixante" => Tens(60),
    "septante" => Tens(70), "huitante" | "octante" => Tens(80), "nonante" => Tens(90),
    "cent" | "cents" => Hundred,
    "mille" | "milles" => Thousand,
    "million" | "millions" => Scale(6),
    "milliard" | "milliards" => Scale(9),
    "billion" | "billions" | "bilion" | "bilions" => Scale(12),
    "billiard" | "billiards" => Scale(15),
    "trillion" | "trillions" => Scale(18),

    "premier" | "première" | "premiers" | "premières" | "unième" => Ordinal(1),
    "deuxième" | "deuxièmes" | "second" | "seconds" => Ordinal(2),
    "troisième" | "troisièmes" => Ordinal(3),
    "quatrième" | "quatrièmes" => Ordinal(4),
    "cinquième" | "cinquièmes" => Ordinal(5),
    "sixième" | "sixièmes" => Ordinal(6),
    "septième" | "septièmes" => Ordinal(7),
    "huitième" | "huitièmes" => Ordinal(8),
    "neuvième" | "neuvièmes" => Ordinal(9),
    "dixième" | "dixièmes" => Ordinal(10),
    "onzième" => Ordinal(11), "douzième" => Ordinal(12), "treizième" => Ordinal(13), "quatorzième" => Ordinal(14),
    "quinzième" => Ordinal(15), "seizième" | "seizièmes" => Ordinal(16),
    "vingtième" => Ordinal(20), "trentième" => Ordinal(30), "quarantième" => Ordinal(40), "cinquantième" => Ordinal(50),
    "soixantième" => Ordinal(60), "septantième" => Ordinal(70), "huitantième" => Ordinal(80),
    "nonantième" => Ordinal(90), "centième" | "centièmes" => Ordinal(100), "millième" | "millièmes" => Ordinal(1000),

    "huitaine" => Collective(8), "dizaine" | "dizaines" => Collective(10), "douzaine" | "douzaines" => Collective(12),
    "quinzaine" => Collective(15), "vingtaine" => Collective(20), "trentaine" => Collective(30),
    "quarantaine" => Collective(40), "cinquantaine" => Collective(50), "soixantaine" => Collective(60),
    "centaine" | "centaines" => Collective(100), "millier" | "milliers" => Collective(1000),

    "moitié" | "moitiés" | "demi" | "demie" | "demis" => Half,
    "tiers" => Part(3), "quart" | "quarts" => Part(4),
    "fois" => Times,
    "double" | "doubles" | "doubler" | "doublé" | "doublée" | "doublés" | "doublant" | "doublement" | "doublera"
        | "doublait" | "redoubler" => Factor(2),
    "triple" | "triples" | "tripler" | "triplé" | "triplée" | "triplés" | "triplant" | "triplement" => Factor(3),
    "quadruple" | "quadrupler" | "quadruplé" | "quadruplés" => Factor(4),
    "quintuple" | "quintupler" | "quintuplé" => Factor(5), "sextuple" | "sextuplé" => Factor(6),
    "décuple" | "décupler" | "décuplé" => Factor(10),
    "couple" | "couples" | "paire" | "paires" | "duo" | "duos" | "tandem" | "jumeaux" | "jumelles" | "bilatéral"
        | "bilatérale" | "bilatéraux" | "bilatérales" | "biennal" | "biennale" | "bis" | "duel" | "biplace" | "biplaces" | "bipartisme" | "bipartite" | "bimoteur" | "bimoteurs" | "biréacteur" | "deuxièmement" | "secundo" => MayCount(2),
    "trio" | "trios" | "trilogie" | "tripartite" | "trilatéral" | "trilatérale" | "tridimensionnel" | "tridimensionnelle" | "triplex" | "troisièmement" | "tertio" => MayCount(3),
    "quatuor" | "quatrièmement" | "quartet" | "quadrilatère" => MayCount(4),
    "quinquennat" | "quinquennats" | "quinquennal" | "quinquennale" => MayMeasure(5.0, M::Year),
    "septennat" => MayMeasure(7.0, M::Year),
    "demi-finale" | "demi-finales" => MayCount(2),
    "centenaire" | "centenaires" | "centuple" => MayCount(100), "bicentenaire" => MayCount(200),
    "cinquantenaire" => MayCount(50), "millénaire" | "millénaires" => MayCount(1000),
    "trentenaire" | "trentenaires" => MayCount(30), "quadragénaire" | "quadragénaires" => MayCount(40), "quinquagénaire" | "quinquagénaires" => MayCount(50),
    "sexagénaire" | "sexagénaires" => MayCount(60), "septuagénaire" | "septuagénaires" => MayCount(70),
    "octogénaire" | "octogénaires" => MayCount(80), "nonagénaire" | "nonagénaires" => MayCount(90),
    "trimestre" | "trimestres" | "trimestriel" | "trimestrielle" | "trimestriels" | "trimestrielles" => MayMeasure(3.0, M::Month),
    "semestre" | "semestres" | "semestriel" | "semestrielle" | "semestriels" => MayMeasure(6.0, M::Month),

    "janvier" => Month(1), "février" | "fevrier" => Month(2), "mars" => Month(3), "avril" => Month(4), "mai" => Month(5),
    "juin" => Month(6), "juillet" => Month(7), "août" | "aout" => Month(8), "septembre" => Month(9),
    "octobre" => Month(10), "novembre" => Month(11), "décembre" | "decembre" => Month(12),
    "janv" => Month(1), "févr" | "fév" => Month(2), "avr" => Month(4), "juil" => Month(7), "oct" => Month(10),
    "nov" => Month(11), "déc" => Month(12),
    "lundi" | "lundis" => Weekday(1), "mardi" | "mardis" => Weekday(2), "mercredi" | "mercredis" => Weekday(3),
    "jeudi" | "jeudis" => Weekday(4), "vendredi" | "vendredis" => Weekday(5), "samedi" | "samedis" => Weekday(6),
    "dimanche" | "dimanches" => Weekday(7),
    "printemps" => Season(S::Spring), "été" => Season(S::Summer), "automne" => Season(S::Autumn),
    "hiver" => Season(S::Winter),
    "hier" => Relative(R::Yesterday), "aujourd'hui" => Relative(R::Today), "demain" => Relative(R::Tomorrow),
    "lendemain" => Relative(R::NextDay), "veille" => Relative(R::Eve),

    "seconde" | "secondes" | "sec" => m(M::Second), "minute" | "minutes" | "min" => m(M::Minute),
    "heure" | "heures" | "h" => m(M::Hour), "jour" | "jours" | "journée" | "journées" => m(M::Day),
    "semaine" | "semaines" => m(M::Week), "mois" => m(M::Month),
    "an" | "ans" | "année" | "années" => m(M::Year), "décennie" | "décennies" => m(M::Decade),
    "siècle" | "siècles" => m(M::Century),
    "mm" | "millimètre" | "millimètres" => m(M::Millimetre), "cm" | "centimètre" | "centimètres" => m(M::Centimetre),
    "m" | "mètre" | "mètres" => m(M::Metre),
    "km" | "kilomètre" | "kilomètres" | "kilometres" => m(M::Kilometre),
    "pouce" | "pouces" => m(M::Inch), "pied" | "pieds" => m(M::Foot), "mile" | "miles" => m(M::Mile),
    "hectare" | "hectares" | "ha" => m(M::Hectare), "acre" | "acres" => m(M::Acre),
    "km²" => m(M::SquareKilometre), "m²" => m(M::SquareMetre),
    "gramme" | "grammes" | "g" => m(M::Gram), "kg" | "kilo" | "kilos" | "kilogramme" | "kilogrammes" => m(M::Kilogram),
    "tonne" | "tonnes" | "t" => m(M::Tonne),
    "litre" | "litres" => m(M::Litre), "baril" | "barils" => m(M::Barrel), "gallon" | "gallons" => m(M::Gallon),
    "noeuds" | "nœuds" => m(M::Knot),
    "degré" | "degrés" => m(M::Celsius),
    "watt" | "watts" | "w" => m(M::Watt), "kw" | "kilowatts" => m(M::Kilowatt),
    "mw" | "mégawatt" | "mégawatts" => m(M::Megawatt), "gw" | "gigawatts" => m(M::Gigawatt),
    "kwh" | "kilowattheures" => m(M::KilowattHour),
    "mo" | "mb" | "mégaoctets" => m(M::Megabyte), "go" | "gb" | "gigaoctets" => m(M::Gigabyte),
    "to" | "tb" | "téraoctets" => m(M::Terabyte),
    "pourcent" => Unit(U::Percent), "point" | "points" => Unit(U::Point),

    "euro" | "euros" | "eur" => money(C::Euro), "dollar" | "dollars" | "usd" => money(C::Dollar),
    "livre" | "livres" | "gbp" => money(C::Pound),
    "couronne" | "couronnes" | "czk" | "sek" | "nok" | "dkk" => money(C::Crown), "franc" | "francs" | "chf" | "fcfa" => money(C::Franc),
    "yen" | "yens" => money(C::Yen), "yuan" | "yuans" => money(C::Yuan), "rouble" | "roubles" => money(C::Ruble),
    "roupie" | "roupies" => money(C::Rupee), "forint" | "forints" | "huf" => money(C::Forint),
    "zloty" | "zlotys" | "zlotis" => money(C::Zloty), "peso" | "pesos" => money(C::Peso),
    "dinar" | "dinars" => money(C::Dinar), "dirham" | "dirhams" => money(C::Dirham), "riyal" | "riyals" => money(C::Riyal),
    "rial" | "rials" => money(C::Rial), "lire" | "lires" => money(C::Lira), "shekel" | "shekels" => money(C::Shekel),
    "hryvnia" | "hryvnias" | "hryvnya" => money(C::Hryvnia), "réal" | "reais" | "réaux" => money(C::Real),
    "won" | "wons" => money(C::Won), "rand" | "rands" => money(C::Rand), "mark" | "marks" => money(C::Mark),
    "naira" | "nairas" => money(C::Naira), "afghani" | "afghanis" => money(C::Afghani),
    "peseta" | "pesetas" => money(C::Peseta), "centime" | "centimes" => money(C::Cent),

    "mort" | "morts" | "morte" | "mortes" | "tué" | "tués" | "tuée" | "tuées" | "tuant" | "tuer" | "tuent" | "tue"
        | "tuait" | "abattu" | "abattus" | "abattue" | "abattues" | "assassiné" | "assassinés" | "assassinée"
        | "assassinées" | "décès" | "décédé" | "décédés" | "décédée" | "décédées" | "massacré" | "massacrés"
        | "massacrée" | "massacrées" | "exécuté" | "exécutés" | "exécutée" | "exécutées" | "péri" | "succombé"
        | "mourir" | "mouraient" | "meurent" | "tueries" => Outcome(O::Killed),
    "blessé" | "blessés" | "blessée" | "blessées" | "blessant" | "blesser" => Outcome(O::Wounded),
    "disparu" | "disparus" | "disparue" | "disparues" => Outcome(O::Missing),
    "déplacé" | "déplacés" | "déplacée" | "déplacées" | "réfugiés" | "réfugié" | "réfugiées" => Outcome(O::Displaced),
    "arrêté" | "arrêtés" | "arrêtée" | "arrêtées" | "interpellé" | "interpellés" | "interpellée" | "interpellées"
        | "détenu" | "détenus" | "détenue" | "détenues" | "emprisonné" | "emprisonnés" | "arrestations"
        | "interpellations" | "prisonniers" | "capturé" | "capturés" => Outcome(O::Detained),
    "otages" | "otage" | "enlevé" | "enlevés" | "enlevée" | "enlevées" | "kidnappé" | "kidnappés" => Outcome(O::Abducted),
    "libéré" | "libérés" | "libérée" | "libérées" | "relâché" | "relâchés" => Outcome(O::Freed),

    "civil" | "civils" | "civiles" => Whom(W::Civilians),
    "enfant" | "enfants" | "mineurs" | "écoliers" => Whom(W::Children),
    "femme" | "femmes" => Whom(W::Women), "homme" | "hommes" => Whom(W::Men),
    "soldat" | "soldats" | "militaire" | "militaires" | "troupes" => Whom(W::Soldiers),
    "policier" | "policiers" | "gendarmes" | "gendarme" => Whom(W::Police),
    "combattant" | "combattants" | "rebelle" | "rebelles" | "insurgés" | "djihadistes" | "jihadistes" | "miliciens"
        | "terroristes" => Whom(W::Fighters),
    "journaliste" | "journalistes" | "reporters" => Whom(W::Journalists),
    "humanitaires" => Whom(W::AidWorkers),
    "personne" | "personnes" | "gens" | "victimes" | "victime" | "habitants" => Whom(W::People),

};
