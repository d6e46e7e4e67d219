//! English words that the grammars of numbers, dates and casualties know, with their class.

use crate::facts::class::Class::{self, *};
use crate::facts::date::{Relative as R, Season as S};
use crate::facts::quantity::{Currency as C, Measure as M, Outcome as O, Unit as U, Whom as W};

const fn m(measure: M) -> Class {
    Class::Unit(U::Measure(measure))
}

const fn money(currency: C) -> Class {
    Class::Unit(U::Money(currency))
}

/// Class of a lower-cased English word.
pub fn class(word: &str) -> Class {
    WORDS.get(word).copied().unwrap_or(Class::Other)
}

static WORDS: phf::Map<&'static str, Class> = phf::phf_map! {
    "one" | "a" | "an" => One,
    "zero" | "nil" => Small(0),
    "two" => Small(2), "three" => Small(3), "four" => Small(4), "five" => Small(5), "six" => Small(6),
    "seven" => Small(7), "eight" => Small(8), "nine" => Small(9), "ten" => Small(10), "eleven" => Small(11),
    "twelve" => Small(12), "thirteen" => Small(13), "fourteen" => Small(14), "fifteen" => Small(15),
    "sixteen" => Small(16), "seventeen" => Small(17), "eighteen" => Small(18), "nineteen" => Small(19),
    "twenty" => Tens(20), "thirty" => Tens(30), "forty" | "fourty" => Tens(40), "fifty" => Tens(50),
    "sixty" => Tens(60), "seventy" => Tens(70), "eighty" => Tens(80), "ninety" => Tens(90),
    "hundred" => Hundred,
    "thousand" => Thousand,
    "million" | "millions" => Scale(6), "billion" | "billions" => Scale(9), "trillion" | "trillions" => Scale(12),
    "quadrillion" => Scale(15),
    "mn" | "mln" => Scale(6), "bn" | "bln" => Scale(9), "tn" => Scale(12),
    "milliard" | "milliards" => Scale(9),

    "first" | "firsts" => Ordinal(1), "second" => Ordinal(2), "third" => Ordinal(3), "fourth" => Ordinal(4),
    "fifth" => Ordinal(5), "sixth" => Ordinal(6), "seventh" => Ordinal(7), "eighth" => Ordinal(8),
    "ninth" => Ordinal(9), "tenth" => Ordinal(10), "eleventh" => Ordinal(11), "twelfth" => Ordinal(12),
    "thirteenth" => Ordinal(13), "fourteenth" => Ordinal(14), "fifteenth" => Ordinal(15), "sixteenth" => Ordinal(16),
    "seventeenth" => Ordinal(17), "eighteenth" => Ordinal(18), "nineteenth" => Ordinal(19),
    "twentieth" => Ordinal(20), "thirtieth" => Ordinal(30), "fortieth" => Ordinal(40), "fiftieth" => Ordinal(50),
    "sixtieth" => Ordinal(60), "seventieth" => Ordinal(70), "eightieth" => Ordinal(80), "ninetieth" => Ordinal(90),
    "hundredth" => Ordinal(100), "thousandth" => Ordinal(1000),

    "dozen" | "dozens" => Collective(12), "tens" => Collective(10), "scores" => Collective(20),
    "hundreds" => Collective(100), "thousands" => Collective(1000),
    "half" | "halves" => Half,
    "thirds" => Part(3), "quarter" | "quarters" => Part(4), "fourths" => Part(4), "fifths" => Part(5),
    "sixths" => Part(6), "sevenths" => Part(7), "eighths" => Part(8), "ninths" => Part(9), "tenths" => Part(10),
    "hundredths" => Part(100),
    "times" | "fold" => Times,
    "twice" | "double" | "doubles" | "doubled" | "doubling" | "twofold" => Factor(2),
    "thrice" | "triple" | "triples" | "tripled" | "tripling" | "threefold" | "treble" | "trebled" | "trebling" => Factor(3),
    "quadruple" | "quadrupled" | "fourfold" | "quadrupling" => Factor(4),
    "quintuple" | "quintupled" | "fivefold" => Factor(5), "sixfold" | "sextuple" => Factor(6),
    "tenfold" => Factor(10), "hundredfold" => Factor(100),
    "both" | "couple" | "couples" | "pair" | "pairs" | "duo" | "either" | "neither" | "twins" | "twin" | "dual"
        | "bilateral" | "biennial" | "secondly" | "duet" | "tandem" | "twosome" | "doubly" | "halved" | "halve" | "halving" | "twos" => MayCount(2),
    "trio" | "triplets" | "trilogy" | "trilateral" | "tripartite" | "triad" | "threes" | "thirdly" | "triplet" => MayCount(3),
    "quartet" | "foursome" | "fours" | "quadrilateral" | "quadruplets" => MayCount(4), "quintet" | "quintuplets" => MayCount(5),
    "teenager" | "teenage" | "teen" | "teens" | "teenagers" => MayCount(10),
    "centenary" | "centennial" => MayCount(100), "bicentenary" | "bicentennial" => MayCount(200),
    "millennium" | "millennia" => MayCount(1000),
    "quadragenarian" => MayCount(40), "quinquagenarian" => MayCount(50), "sexagenarian" => MayCount(60),
    "septuagenarian" => MayCount(70), "octogenarian" => MayCount(80), "nonagenarian" => MayCount(90),
    "quarterly" => MayMeasure(3.0, M::Month), "semester" | "semesters" => MayMeasure(6.0, M::Month),
    "fortnight" | "fortnights" | "fortnightly" => MayMeasure(14.0, M::Day),
    "yearly" | "annual" | "annually" => MayMeasure(1.0, M::Year), "monthly" => MayMeasure(1.0, M::Month),
    "weekly" => MayMeasure(1.0, M::Week), "daily" => MayMeasure(1.0, M::Day),

    "january" => Month(1), "february" => Month(2), "march" => Month(3), "april" => Month(4), "may" => Month(5),
    "june" => Month(6), "july" => Month(7), "august" => Month(8), "september" => Month(9), "october" => Month(10),
    "november" => Month(11), "december" => Month(12),
    "jan" => Month(1), "feb" => Month(2), "mar" => Month(3), "apr" => Month(4), "jun" => Month(6), "jul" => Month(7),
    "aug" => Month(8), "sep" | "sept" => Month(9), "oct" => Month(10), "nov" => Month(11), "dec" => Month(12),
    "monday" | "mondays" => Weekday(1), "tuesday" | "tuesdays" => Weekday(2), "wednesday" | "wednesdays" => Weekday(3),
    "thursday" | "thursdays" => Weekday(4), "friday" | "fridays" => Weekday(5), "saturday" | "saturdays" => Weekday(6),
    "sunday" | "sundays" => Weekday(7),
    "twenties" => Decade(20), "thirties" => Decade(30), "forties" => Decade(40), "fifties" => Decade(50),
    "sixties" => Decade(60), "seventies" => Decade(70), "eighties" => Decade(80), "nineties" => Decade(90),
    "spring" => Season(S::Spring), "summer" => Season(S::Summer), "autumn" => Season(S::Autumn),
    "winter" => Season(S::Winter),
    "yesterday" => Relative(R::Yesterday), "today" | "tonight" => Relative(R::Today), "tomorrow" => Relative(R::Tomorrow),

    "seconds" | "sec" | "secs" => m(M::Second), "minute" | "minutes" | "min" | "mins" => m(M::Minute),
    "hour" | "hours" | "hrs" | "hr" | "h" => m(M::Hour), "day" | "days" => m(M::Day), "week" | "weeks" => m(M::Week),
    "month" | "months" => m(M::Month), "year" | "years" | "yr" | "yrs" => m(M::Year),
    "decade" | "decades" => m(M::Decade), "century" | "centuries" => m(M::Century),
    "mm" | "millimetre" | "millimetres" | "millimeter" | "millimeters" => m(M::Millimetre),
    "cm" | "centimetre" | "centimetres" | "centimeter" | "centimeters" => m(M::Centimetre),
    "m" | "metre" | "metres" | "meter" | "meters" => m(M::Metre),
    "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => m(M::Kilometre),
    "inch" | "inches" => m(M::Inch), "foot" | "feet" | "ft" => m(M::Foot), "yard" | "yards" => m(M::Yard),
    "mile" | "miles" | "mi" => m(M::Mile),
    "hectare" | "hectares" | "ha" => m(M::Hectare), "acre" | "acres" => m(M::Acre),
    "km²" => m(M::SquareKilometre), "m²" => m(M::SquareMetre),
    "gram" | "grams" | "gramme" | "grammes" | "g" => m(M::Gram),
    "kg" | "kgs" | "kilo" | "kilos" | "kilogram" | "kilograms" => m(M::Kilogram),
    "tonne" | "tonnes" | "ton" | "tons" | "t" => m(M::Tonne), "ounce" | "ounces" | "oz" => m(M::Ounce),
    "lb" | "lbs" => m(M::PoundMass),
    "litre" | "litres" | "liter" | "liters" => m(M::Litre), "barrel" | "barrels" => m(M::Barrel),
    "gallon" | "gallons" => m(M::Gallon), "knots" | "knot" => m(M::Knot), "mph" => m(M::MilePerHour),
    "kph" => m(M::KilometrePerHour),
    "degree" | "degrees" => m(M::Celsius),
    "watt" | "watts" | "w" => m(M::Watt), "kw" | "kilowatts" | "kilowatt" => m(M::Kilowatt),
    "mw" | "megawatt" | "megawatts" => m(M::Megawatt), "gw" | "gigawatt" | "gigawatts" => m(M::Gigawatt),
    "kwh" => m(M::KilowattHour),
    "mb" | "megabytes" => m(M::Megabyte), "gb" | "gigabytes" | "gigabyte" => m(M::Gigabyte),
    "tb" | "terabytes" | "terabyte" => m(M::Terabyte),
    "percent" | "pct" | "percentage" => Unit(U::Percent), "point" | "points" => Unit(U::Point),

    "euro" | "euros" | "eur" => money(C::Euro), "dollar" | "dollars" | "usd" => money(C::Dollar),
    "pound" | "pounds" | "gbp" | "sterling" => money(C::Pound),
    "crown" | "crowns" | "czk" | "krone" | "kroner" | "krona" | "kronor" | "kronas" | "koruna" | "korunas" | "korun"
        | "sek" | "nok" | "dkk" => money(C::Crown),
    "franc" | "francs" | "chf" => money(C::Franc),
    "yen" => money(C::Yen), "yuan" => money(C::Yuan), "rouble" | "roubles" | "ruble" | "rubles" => money(C::Ruble),
    "rupee" | "rupees" => money(C::Rupee), "forint" | "forints" | "huf" => money(C::Forint),
    "zloty" | "zlotys" | "zloties" => money(C::Zloty), "peso" | "pesos" => money(C::Peso),
    "dinar" | "dinars" => money(C::Dinar), "dirham" | "dirhams" => money(C::Dirham),
    "riyal" | "riyals" => money(C::Riyal), "rial" | "rials" => money(C::Rial), "lira" | "liras" | "lire" => money(C::Lira),
    "shekel" | "shekels" => money(C::Shekel), "hryvnia" | "hryvnias" => money(C::Hryvnia),
    "reais" | "reals" => money(C::Real), "won" => money(C::Won), "rand" => money(C::Rand), "marks" => money(C::Mark),
    "naira" => money(C::Naira), "afghani" | "afghanis" => money(C::Afghani), "peseta" | "pesetas" => money(C::Peseta),
    "cent" | "cents" => money(C::Cent),

    "killed" | "kill" | "kills" | "killing" | "killings" | "dead" | "death" | "deaths" | "died" | "die" | "dies" | "dying"
        | "murdered" | "slain" | "massacred" | "assassinated" | "executed" | "fatalities" | "fatality" | "perished"
        | "deadly" | "lives" => Outcome(O::Killed),
    "wounded" | "wounding" | "injured" | "injuring" | "injuries" | "injures" | "wounds" | "hurt" => Outcome(O::Wounded),
    "missing" | "disappeared" | "unaccounted" => Outcome(O::Missing),
    "displaced" | "displacing" | "refugees" | "refugee" => Outcome(O::Displaced),
    "arrested" | "arresting" | "detained" | "detaining" | "arrests" | "jailed" | "imprisoned" | "captured" | "prisoners"
        | "detainees" | "inmates" => Outcome(O::Detained),
    "hostage" | "hostages" | "kidnapped" | "abducted" => Outcome(O::Abducted),
    "freed" | "released" | "liberated" => Outcome(O::Freed),

    "civilian" | "civilians" => Whom(W::Civilians),
    "child" | "children" | "kids" | "minors" | "schoolchildren" => Whom(W::Children),
    "woman" | "women" => Whom(W::Women), "man" | "men" => Whom(W::Men),
    "soldier" | "soldiers" | "troops" | "servicemen" | "military" => Whom(W::Soldiers),
    "police" | "policemen" | "policeman" | "officers" | "gendarmes" => Whom(W::Police),
    "fighter" | "fighters" | "rebel" | "rebels" | "insurgents" | "jihadists" | "militants" | "militiamen" | "gunmen"
        | "terrorists" | "combatants" => Whom(W::Fighters),
    "journalist" | "journalists" | "reporters" => Whom(W::Journalists),
    "people" | "person" | "persons" | "victims" | "victim" | "residents" | "others" => Whom(W::People),

};
