//! Gives a translation English typography: quotation marks, spaces, thousands, decimals, final stops.
//!
//! Only marks and spaces change, never a word or a digit, except that a label such as "Translation:" is taken out. The
//! forms are those on which the AP Stylebook and the Chicago Manual of Style (17th ed.) agree: “double” quotation marks
//! outside, no space before : ; ! ? %, commas for thousands, a point for decimals.

/// `text`, a translation of the French sentence `source`, with English typography.
pub fn english(text: &str, source: &str) -> String {
    // With a space, "U. S." would not be read as one name.
    let text = spaces(&unwrap(text, source)).replace("U. S.", "U.S.").replace("U. K.", "U.K.").replace("U. N.", "U.N.");
    let text = quotes(&numbers(&mend_decimals(&mend_thousands(&text, source), source)));
    let text = nested(&inside_marks(&text));
    final_stop(&text, source)
}

/// The text with a capital as its first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// `new` with a capital, if `old` begins with one.
pub fn with_capital_of(old: &str, new: &str) -> String {
    if old.starts_with(char::is_uppercase) { capitalised(new) } else { new.to_string() }
}

/// Mends "12, 500", a slip of small models, where the French has "12 500", "12.500" or "12500". Without such a figure
/// in the French, "12, 500" is left as it is, because in "On March 12, 500 people fled" these digits are two numbers.
fn mend_thousands(text: &str, source: &str) -> String {
    let mut text = text.to_string();
    let space = |c: char| matches!(c, ' ' | '.' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let mut join = |group: &[&str]| mend(&mut text, &group.join(", "), &group.join(","));
    let mut group: Vec<&str> = Vec::new();
    for word in source.split(|c: char| !c.is_ascii_digit() && !space(c)) {
        // The empty part at the end makes sure that the last group of the word is joined as well.
        for part in word.split(space).chain([""]) {
            let follows = !group.is_empty() && part.len() == 3;
            if !follows {
                if group.len() > 1 {
                    join(&group);
                }
                group.clear();
            }
            // A figure of five or more digits without separators is split into groups of three here.
            if part.len() > 4 {
                let (head, tail) = part.split_at(part.len() % 3);
                let threes = (0..tail.len() / 3).map(|i| &tail[3 * i..3 * i + 3]);
                let groups: Vec<&str> = [head].into_iter().filter(|h| !h.is_empty()).chain(threes).collect();
                join(&groups);
            }
            if !part.is_empty() && (follows || part.len() <= 3) {
                group.push(part);
            }
        }
    }
    text
}

/// Mends "1. 35" and "1, 35", slips of small models, where the French has "1,35".
fn mend_decimals(text: &str, source: &str) -> String {
    let mut text = text.to_string();
    let figures = source.split(|c: char| !c.is_ascii_digit() && c != ',');
    for (whole, fraction) in figures.filter_map(|f| f.split_once(',')) {
        if whole.is_empty() || fraction.is_empty() || fraction.contains(',') {
            continue;
        }
        for torn in [format!("{whole}. {fraction}"), format!("{whole}, {fraction}")] {
            mend(&mut text, &torn, &format!("{whole}.{fraction}"));
        }
    }
    text
}

/// Puts `whole` for the figure `torn` wherever it stands by itself. With a digit right before or after it, the match is
/// a part of a longer figure and is left as it is: the "1, 350" of "On May 11, 350 people fled".
fn mend(text: &mut String, torn: &str, whole: &str) {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut from = 0;
    while let Some(at) = text[from..].find(torn).map(|at| from + at) {
        let end = at + torn.len();
        if digit(text[..at].chars().next_back()) || digit(text[end..].chars().next()) {
            // A figure begins with a digit, which is one byte.
            from = at + 1;
        } else {
            text.replace_range(at..end, whole);
            from = at + whole.len();
        }
    }
}

/// The text on one line, without what chat models put around an answer: a label before it, or quotation marks.
fn unwrap(text: &str, source: &str) -> String {
    let mut text = text.trim();
    for label in ["Translation:", "English translation:", "English:", "Answer:"] {
        text = text.strip_prefix(label).unwrap_or(text).trim_start();
    }
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Quotation marks around the whole answer are the model's own if neither the French nor the rest of the answer has
    // any.
    let quote = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»');
    let inner = joined.strip_prefix(quote).and_then(|t| t.strip_suffix(quote));
    match inner {
        Some(inner) if !source.contains(quote) && !inner.contains(quote) => inner.to_string(),
        _ => joined,
    }
}

/// Removes spaces before closing punctuation and %, after `«`, `“` and `(`, and after other spaces. No-break spaces
/// that stay become ordinary ones.
fn spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == ' ' || c == '\u{a0}' || c == '\u{202f}' {
            let next = chars.peek().copied();
            let closes = matches!(next, Some(';' | ':' | '!' | '?' | '%' | '»' | '”' | ',' | ')'));
            // A full stop after a space belongs to the word before, unless a digit (" .5") or another stop (" ...")
            // follows.
            let stop = next == Some('.') && !chars.clone().nth(1).is_some_and(|d| d.is_ascii_digit() || d == '.');
            let opened = out.ends_with(['«', '“', '(']);
            if closes || stop || opened || out.ends_with(' ') {
                continue;
            }
            out.push(' ');
        } else {
            out.push(c);
        }
    }
    out
}

/// Turns `«`, `»` and straight double quotes into `“` and `”`. A straight single quote becomes `‘` where a quotation
/// may open ([`opens_after`], or inside another that has just opened), and `’` elsewhere.
fn quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut open = false;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let new = match c {
            // After a colon and before a letter, the mark opens a quotation, even where one is open already:
            // `"I replied: "we will hold."`.
            '"' | '”' if out.trim_end().ends_with(':') && chars.peek().is_some_and(|c| c.is_alphabetic()) => {
                out.truncate(out.trim_end().len());
                out.push(' ');
                open = true;
                '“'
            }
            '«' | '“' => {
                open = true;
                '“'
            }
            '»' | '”' => {
                open = false;
                '”'
            }
            '"' => {
                open = !open && (opens_after(before) || matches!(before, '-' | '‘'));
                if open { '“' } else { '”' }
            }
            // At the start of a word, a single quote opens an inner quotation; elsewhere it is an apostrophe, or closes
            // an inner quotation.
            '\'' if opens_after(before) || before == '“' => '‘',
            '\'' => '’',
            c => c,
        };
        out.push(new);
        before = new;
    }
    out
}

/// Whether a straight mark after this character, single or double, opens a quotation.
fn opens_after(before: char) -> bool {
    before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–')
}

/// Removes spaces inside quotation marks, once it is known which of them open and which close.
fn inside_marks(text: &str) -> String {
    text.replace("“ ", "“").replace(" ”", "”")
}

/// Turns the double marks of a quotation inside another quotation into single marks. Nothing is changed where a
/// quotation is not opened or not closed, or where quotations stand more than two deep.
fn nested(text: &str) -> String {
    let mut depth = 0i32;
    let mut deepest = 0;
    for c in text.chars() {
        depth += i32::from(c == '“') - i32::from(c == '”');
        deepest = deepest.max(depth);
        if depth < 0 {
            return text.to_string();
        }
    }
    if depth != 0 || deepest != 2 {
        return text.to_string();
    }
    let inner = |c: char| match c {
        '“' => {
            depth += 1;
            if depth == 2 { '‘' } else { c }
        }
        '”' => {
            depth -= 1;
            if depth == 1 { '’' } else { c }
        }
        c => c,
    };
    text.chars().map(inner).collect()
}

/// Puts French figures into English form: "1 200" → "1,200", "2,5" → "2.5". Figures that are in English form already
/// stay as they are.
fn numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let starts = chars[i].is_ascii_digit()
            && (i == 0 || !(chars[i - 1].is_alphanumeric() || matches!(chars[i - 1], '.' | ',')));
        if !starts {
            out.push(chars[i]);
            i += 1;
            continue;
        }
        let lead = digits(i);
        out.extend(&chars[i..i + lead]);
        i += lead;
        // Groups of three digits after single spaces, as the French write them. More than three digits before the first
        // space mean two numbers side by side ("in 2015 300 people").
        let mut grouped = false;
        while lead <= 3 && matches!(chars.get(i), Some(' ' | '\u{a0}' | '\u{202f}')) && digits(i + 1) == 3 {
            out.push(',');
            out.extend(&chars[i + 1..i + 4]);
            i += 4;
            grouped = true;
        }
        // A comma after groups with spaces, or before one or two digits, is a French decimal comma. Any other comma
        // before three digits is an English thousands separator.
        if chars.get(i) == Some(&',') && i + 1 < chars.len() {
            let fraction = digits(i + 1);
            let ends = chars.get(i + 1 + fraction).is_none_or(|c| {
                !matches!(c, ',' | '.') || chars.get(i + 2 + fraction).is_none_or(|d| !d.is_ascii_digit())
            });
            if (1..=2).contains(&fraction) && ends || grouped && fraction > 0 {
                out.push('.');
                out.extend(&chars[i + 1..i + 1 + fraction]);
                i += 1 + fraction;
            }
        }
        // The rest of a number in English form is copied as it is.
        while i < chars.len()
            && (chars[i].is_ascii_digit()
                || (matches!(chars[i], ',' | '.') && chars.get(i + 1).is_some_and(char::is_ascii_digit)))
        {
            out.push(chars[i]);
            i += 1;
        }
    }
    out
}

/// Whether a text ends in initials with their stops: "U.S.", "U.K.", "at 9 p.m.".
fn ends_in_initials(text: &str) -> bool {
    let mut back = text.chars().rev();
    matches!((back.next(), back.next(), back.next()), (Some('.'), Some(letter), Some('.')) if letter.is_alphabetic())
}

/// Adds a final full stop where the French ends with one and the text has no final mark. Takes away a full stop at
/// the end of the text where the French has no final mark, as in a headline, unless the text ends in initials such as
/// "U.S." or in two stops.
fn final_stop(text: &str, source: &str) -> String {
    let closing = ['”', '’', ')', '»', '"', ' '];
    let ends = |t: &str| t.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':']);
    match (ends(source), ends(text)) {
        (false, true) if text.ends_with('.') && !text.ends_with("..") && !ends_in_initials(text) => {
            text[..text.len() - 1].to_string()
        }
        (true, false) if source.trim_end_matches(closing).ends_with('.') && !text.is_empty() => {
            match text.strip_suffix('”') {
                // AP and Chicago put the stop inside the closing quotation mark.
                Some(inner) => format!("{inner}.”"),
                None => format!("{text}."),
            }
        }
        // The point of "a.m." is the stop of its sentence as well.
        _ => text.strip_suffix('.').filter(|text| ends_in_initials(text)).unwrap_or(text).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_become_english() {
        let cases = [
            ("\"We will hold,\" he said.", "« Nous tiendrons », a-t-il dit.", "“We will hold,” he said."),
            ("It costs 150, 000 euros.", "Ça coûte 150000 euros.", "It costs 150,000 euros."),
            ("The U. S. army holds.", "L’armée américaine tient.", "The U.S. army holds."),
            ("« We will hold », he said .", "« Nous tiendrons », a-t-il dit.", "“We will hold”, he said."),
            (
                "It costs 1 200,5 euros : too much !",
                "Ça coûte 1 200,5 euros : trop !",
                "It costs 1,200.5 euros: too much!",
            ),
            ("Some 2,5 % of 12,300 men", "Quelque 2,5 % de 12 300 hommes", "Some 2.5% of 12,300 men"),
            ("In 2015, 300 people died.", "En 2015, 300 personnes sont mortes.", "In 2015, 300 people died."),
            ("In 2015 300 people died.", "En 2015 300 personnes sont mortes.", "In 2015 300 people died."),
            ("The army's advance", "L’avancée de l’armée", "The army’s advance"),
            ("Aleppo has fallen.", "Alep est tombée", "Aleppo has fallen"),
            ("Aleppo has fallen", "Alep est tombée.", "Aleppo has fallen."),
            ("\"Aleppo has fallen.\"", "Alep est tombée.", "Aleppo has fallen."),
            ("About 12, 500 people fled.", "Près de 12 500 personnes ont fui.", "About 12,500 people fled."),
            ("On March 12, 500 people fled.", "Le 12 mars, 500 personnes ont fui.", "On March 12, 500 people fled."),
            ("From 2, 500 to 4, 500 men", "De 2.500 à 4.500 hommes", "From 2,500 to 4,500 men"),
            ("“It holds, ” he said.", "« Ça tient », dit-il.", "“It holds,” he said."),
            ("“He told me: “This is mine.””", "« Il m’a dit : “C’est à moi.” »", "“He told me: ‘This is mine.’”"),
            ("About 1. 35 billion euros", "Près de 1,35 milliard d’euros", "About 1.35 billion euros"),
            ("In 2011, 35 people", "En 2011, 35 personnes", "In 2011, 35 people"),
            (
                "On May 11, 35 boxes cost 1, 35 million.",
                "Le 11 mai, 35 caisses ont coûté 1,35 million.",
                "On May 11, 35 boxes cost 1.35 million.",
            ),
            (
                "On May 11, 350 people left with 1, 350 goats.",
                "Le 11 mai, 350 personnes sont parties avec 1 350 chèvres.",
                "On May 11, 350 people left with 1,350 goats.",
            ),
            ("He replied:\"we will hold.\"", "Il a répondu: \"nous tiendrons.\"", "He replied: “we will hold.”"),
            ("\"I said: \"we will hold.\"", "\"J’ai dit: \"nous tiendrons\".", "“I said: “we will hold.”"),
            ("“I said:”we will hold.”", "\"J’ai dit: \"nous tiendrons\".", "“I said: “we will hold.”"),
            ("Translation: The army\nwithdrew.", "L’armée s’est retirée.", "The army withdrew."),
            ("Scores were 3,14 and 2.5 and 1,234,567.", "…", "Scores were 3.14 and 2.5 and 1,234,567."),
        ];
        for (text, source, want) in cases {
            assert_eq!(english(text, source), want);
        }
    }

    proptest! {
        #[test]
        fn letters_and_digits_are_never_changed(text in "[a-zA-Z0-9 ,.;:!?%«»“”\"'()é\u{202f}-]{0,80}", source in "[a-z«» .]{0,20}") {
            let bare = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(bare(&english(&text, &source)), bare(&text));
        }
    }
}
