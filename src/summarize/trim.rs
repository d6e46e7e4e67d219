//! Shorter forms of a sentence by rule: asides between commas and brackets, and what hangs on at the end, are left out.

use crate::lexicon::en;

/// Forms of the sentence with one or more parts left out, the longest first. Whether a form is fair is for
/// [`super::fidelity`] to say.
pub fn forms(sentence: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut now = sentence.to_string();
    for _ in 0..3 {
        let mut next: Vec<String> = cuts(&now);
        next.retain(|t| !out.contains(t) && super::count_words(t) >= 5);
        next.sort_by_key(|t| std::cmp::Reverse(t.len()));
        let Some(longest) = next.first().cloned() else { break };
        out.extend(next);
        now = longest;
    }
    out.sort_by_key(|t| std::cmp::Reverse(t.len()));
    out
}

/// Words of a thing in a list.
const ITEM: usize = 3;

/// The sentence without one of its parts between marks.
fn cuts(sentence: &str) -> Vec<String> {
    let body = sentence.trim_end_matches(['.', '!', '?']);
    let marks: Vec<usize> = commas(body);
    let mut out = Vec::new();
    // A comma between the things of a list: few words, and "and" behind the next comma.
    let item = |from: usize, to: usize| {
        let item = body[from + 1..to].trim_start();
        !is_listed(item) && super::count_words(item) <= ITEM
    };
    let listed = |n: usize| is_listed(body[marks[n] + 1..].trim_start());
    let in_list = |n: usize| {
        n + 1 < marks.len() && listed(n + 1) && item(marks[n], marks[n + 1])
            || n > 0 && listed(n) && item(marks[n - 1], marks[n])
    };
    for (n, &from) in marks.iter().enumerate().filter(|(n, _)| !in_list(*n)) {
        // An aside between two commas. "24 killed, including 19 in strikes, in response to the offensive": what follows
        // may belong to the aside, and goes with it or not at all.
        let counts = body[from + 1..].trim_start().starts_with("including ");
        // Behind a semicolon stands another statement: what opens it belongs to it, and not to the one before.
        let opens_statement = body[from..].starts_with(';');
        if let Some(&to) = marks.get(n + 1)
            && !opens_statement
            && !in_list(n + 1)
            && !(counts && opens_with_preposition(body[to + 1..].trim_start()))
        {
            out.push(ended(&format!("{}{}", &body[..from], &body[to + 1..])));
        }
        // What hangs on behind the last ones, and what stands before the first.
        out.push(ended(&body[..from]));
        if n == 0 {
            let mut letters = body[from + 1..].trim_start().chars();
            if let Some(first) = letters.next() {
                out.push(ended(&format!("{}{}", first.to_uppercase(), letters.as_str())));
            }
        }
    }
    if let (Some(open), Some(close)) = (body.find(" ("), body.find(')'))
        && open < close
    {
        out.push(ended(&format!("{}{}", &body[..open], &body[close + 1..])));
    }
    out
}

/// "on July 16, 17, and 18": what stands before "and" behind a comma is no aside.
fn is_listed(rest: &str) -> bool {
    rest.starts_with("and ") || rest.starts_with("or ")
}

fn opens_with_preposition(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    en::OPENING_PREPOSITIONS.has(first)
}

/// With its stop, which American style puts inside quotation marks.
fn ended(text: &str) -> String {
    let done = ['.', '!', '?'].iter().any(|c| text.ends_with(*c) || text.ends_with(&format!("{c}”")));
    if done { text.to_string() } else { format!("{text}.") }
}

/// Commas that part clauses: not those inside figures or quotation marks.
fn commas(text: &str) -> Vec<usize> {
    let mut quoted = false;
    let mut out = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '“' => quoted = true,
            '”' => quoted = false,
            ',' | ';' if !quoted && text[at + 1..].starts_with(' ') => out.push(at),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asides_and_ends_go_and_figures_stay_whole() {
        let forms = forms("On Friday, the army, backed by drones, killed 1,200 men, raising fears of war.");
        assert!(forms.contains(&"On Friday, the army, backed by drones, killed 1,200 men.".to_string()), "{forms:?}");
        assert!(forms.contains(&"The army, backed by drones, killed 1,200 men, raising fears of war.".to_string()));
        assert!(forms.iter().all(|f| !f.contains("1.") && !f.ends_with(",.")), "{forms:?}");
    }

    #[test]
    fn what_may_belong_to_an_aside_does_not_stay_without_it() {
        let forms = forms("The NGO counted 24 killed, including 19 in air strikes, in response to the offensive.");
        assert!(forms.contains(&"The NGO counted 24 killed, including 19 in air strikes.".to_string()), "{forms:?}");
        assert!(forms.iter().all(|f| !f.contains("killed in response")), "{forms:?}");
    }

    #[test]
    fn nothing_is_taken_out_of_a_list() {
        let forms = forms("The minister announced mourning on July 16, 17, and 18, and called for unity.");
        assert!(forms.iter().all(|f| f.contains("16, 17, and 18")), "{forms:?}");
        assert!(forms.contains(&"The minister announced mourning on July 16, 17, and 18.".to_string()), "{forms:?}");
    }

    #[test]
    fn what_opens_a_statement_behind_a_semicolon_stays_with_it() {
        let forms = forms("In May 2014, a mine killed six men near Selm; on June 3, a second one wounded nine.");
        assert!(forms.iter().all(|f| !f.contains("Selm a second")), "{forms:?}");
        assert!(forms.contains(&"In May 2014, a mine killed six men near Selm.".to_string()), "{forms:?}");
    }

    #[test]
    fn a_sentence_without_marks_has_no_shorter_form() {
        assert!(forms("The army killed ten men.").is_empty());
    }
}
