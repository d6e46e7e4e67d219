//! Words that a summary does not use in its own voice, and what it says instead (`data/summary-words.tsv`).

use super::table::lines;

/// One word, or words in a row, that judge.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct LoadedWord {
    /// Lower-cased, words parted by single spaces.
    pub words: String,
    /// What to say instead; the same words where they are fine; `None` where nothing neutral says it.
    pub neutral: Option<String>,
    /// It is the writer's word even where the sentence has a source: only quotation marks excuse it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
}

/// The table that is built in.
pub fn builtin() -> Vec<LoadedWord> {
    parse_lines(lines(include_str!("data/summary-words.tsv")))
        .unwrap_or_else(|(line, reason)| panic!("summary words, row {line}: {reason}"))
}

/// Reads a table in the form of the built-in one.
///
/// # Errors
/// The number of the line that is wrong, counted from 1, and what is wrong with it.
pub fn parse(text: &str) -> Result<Vec<LoadedWord>, (usize, String)> {
    // Comments and empty lines keep their numbers.
    parse_lines(text.lines().map(|l| if l.starts_with('#') { "" } else { l }))
}

fn parse_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<LoadedWord>, (usize, String)> {
    let mut out = Vec::new();
    for (n, line) in lines.enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let mut cells = line.split('\t').map(str::trim);
        let forms = cells.next().unwrap_or("");
        let neutral = cells.next().filter(|c| !c.is_empty()).map(str::to_string);
        let own = match cells.next() {
            None | Some("") => false,
            Some("own") => true,
            Some(other) => return Err((n + 1, format!("the third column is “own” or nothing, not “{other}”"))),
        };
        if cells.next().is_some() {
            return Err((n + 1, "more than three columns".into()));
        }
        let before = out.len();
        for form in forms.split('|') {
            let words = form.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            if !words.is_empty() {
                out.push(LoadedWord { words, neutral: neutral.clone(), own });
            }
        }
        if out.len() == before {
            return Err((n + 1, "no word in the first column".into()));
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_to_say_instead() {
        let table = builtin();
        let regime = table.iter().find(|r| r.words == "regime").unwrap();
        assert_eq!((regime.neutral.as_deref(), regime.own), (Some("government"), true));
        assert!(table.iter().any(|r| r.words == "liberated" && r.neutral.is_none()));
    }

    #[test]
    fn a_wrong_line_is_named() {
        assert_eq!(parse("# ours\nmilitia\tgroup\n").unwrap()[0].words, "militia");
        assert_eq!(parse("# ours\nmilitia\tgroup\tmine\n").unwrap_err().0, 2);
        assert_eq!(parse("\tgroup\n").unwrap_err().0, 1);
    }
}
