//! Loaded words (words that judge), and what a summary says instead of them (`data/summary-words.tsv`). Within a
//! quotation these words stay. Most of them also stay in a sentence that names a source.

use super::table::SUMMARY_WORDS;

/// A word that judges, or several words in a row that do.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct LoadedWord {
    /// Lower-cased, words parted by single spaces.
    pub words: String,
    /// What to say instead. The same words where these are allowed; `None` where there are no neutral words for it.
    pub neutral: Option<String>,
    /// It counts as the writer's own word even where the sentence names a source: only quotation marks excuse it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
}

/// The table that is built in.
pub fn builtin() -> Vec<LoadedWord> {
    let mut out = Vec::new();
    for row in SUMMARY_WORDS.rows() {
        read(&[row.cell(0), row.cell(1), row.cell(2)], &mut out).unwrap_or_else(|reason| row.fail(&reason));
    }
    out
}

/// Reads a table in the form of the built-in one.
///
/// # Errors
/// The number of the line that is wrong, counted from 1, and what is wrong with it.
pub fn parse(text: &str) -> Result<Vec<LoadedWord>, (usize, String)> {
    let mut out = Vec::new();
    for (n, line) in (1..).zip(text.lines()).filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        read(&cells, &mut out).map_err(|reason| (n, reason))?;
    }
    Ok(out)
}

/// Adds the words of a row, or returns what is wrong with it.
fn read(cells: &[&str], out: &mut Vec<LoadedWord>) -> Result<(), String> {
    let cell = |column: usize| cells.get(column).map_or("", |c| c.trim());
    let own = match cell(2) {
        "" => false,
        "own" => true,
        other => return Err(format!("the third column is “own” or nothing, not “{other}”")),
    };
    if cells.len() > 3 {
        return Err("more than three columns".into());
    }
    let before = out.len();
    for form in cell(0).split('|') {
        let words = form.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if !words.is_empty() {
            let neutral = Some(cell(1).to_string()).filter(|n| !n.is_empty());
            out.push(LoadedWord { words, neutral, own });
        }
    }
    if out.len() == before {
        return Err("no word in the first column".into());
    }
    Ok(())
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
