//! French words for numbers and dates, in the traditional spelling (Grevisse, Le Bon Usage, § 597–599).

use super::split;
use crate::facts::date::DateFact;

const SMALL: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
];
const TENS: [&str; 9] = ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt"];

/// Names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Names of the weekdays, Monday first.
pub const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// The number in words: 97 is « quatre-vingt-dix-sept ».
pub fn cardinal(n: u64) -> String {
    if n == 0 {
        return SMALL[0].to_string();
    }
    let (parts, rest) = split(n, &[1_000_000_000_000_000, 1_000_000_000_000, 1_000_000_000, 1_000_000]);
    let mut words: Vec<String> = Vec::new();
    for (count, scale) in parts {
        let name = match scale {
            1_000_000 => "million",
            1_000_000_000 => "milliard",
            1_000_000_000_000 => "billion",
            _ => "billiard",
        };
        let plural = if count > 1 { "s" } else { "" };
        words.push(format!("{} {name}{plural}", below_thousand(count, true)));
    }
    if rest >= 1000 {
        if rest >= 2000 {
            // « quatre-vingt mille »: no plural in front of mille.
            words.push(below_thousand(rest / 1000, false));
        }
        words.push("mille".to_string());
    }
    if rest % 1000 > 0 {
        words.push(below_thousand(rest % 1000, true));
    }
    words.join(" ")
}

fn below_thousand(n: u64, last: bool) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let plural = if hundreds > 1 && rest == 0 && last { "s" } else { "" };
    let cent = match hundreds {
        0 => String::new(),
        1 => "cent".to_string(),
        h => format!("{} cent{plural}", SMALL[h as usize]),
    };
    match (cent.is_empty(), rest) {
        (false, 0) => cent,
        (true, _) => below_hundred(rest, last),
        (false, _) => format!("{cent} {}", below_hundred(rest, last)),
    }
}

fn below_hundred(n: u64, last: bool) -> String {
    if n < 17 {
        return SMALL[n as usize].to_string();
    }
    if n < 20 {
        return format!("dix-{}", SMALL[n as usize - 10]);
    }
    let (base, units) = match n {
        70..=79 => (7, n - 60),
        80..=99 => (8, n - 80),
        _ => (n as usize / 10, n % 10),
    };
    let ten = TENS[base];
    match units {
        0 if base == 8 && last => format!("{ten}s"),
        0 => ten.to_string(),
        1 | 11 if base != 8 => format!("{ten} et {}", SMALL[units as usize]),
        _ => format!("{ten}-{}", below_hundred(units, true)),
    }
}

/// The date as the press writes it: « vendredi 29 novembre 2024 », « 1er mai », « novembre 2024 ».
pub fn date(d: &DateFact) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(d.weekday.and_then(|w| WEEKDAYS.get(usize::from(w).wrapping_sub(1))).map(|w| (*w).to_string()));
    words.extend(d.day.map(|n| if n == 1 { "1er".to_string() } else { n.to_string() }));
    words.extend(d.month.and_then(|m| MONTHS.get(usize::from(m).wrapping_sub(1))).map(|m| (*m).to_string()));
    words.extend(d.year.map(|y| y.to_string()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::cardinal;

    #[test]
    fn numbers_are_spelt_as_the_grammars_say() {
        for (n, words) in [
            (21, "vingt et un"),
            (71, "soixante et onze"),
            (80, "quatre-vingts"),
            (81, "quatre-vingt-un"),
            (97, "quatre-vingt-dix-sept"),
            (200, "deux cents"),
            (80_000, "quatre-vingt mille"),
            (1_001, "mille un"),
            (2_300_000, "deux millions trois cent mille"),
        ] {
            assert_eq!(cardinal(n), words);
        }
    }
}
