//! Takes out lines that stand twice: scraped pages repeat the caption below a picture, the headline
//! in their frame, and sentences of the text as pull quotes.

use super::line::{ScreenedLine, Verdict};
use crate::article::BlockKind;
use std::collections::HashMap;

/// Words of the shortest line that counts as repeated: a shorter one (« Non. ») may well be said twice.
const MIN_WORDS: usize = 4;

/// Marks pull quotes and repeated lines as removed. Of lines with the same [`ScreenedLine::key`] the first stays.
pub(super) fn apply(lines: &mut [ScreenedLine]) {
    pull_quotes(lines);
    let mut first: HashMap<String, usize> = HashMap::new();
    for i in 0..lines.len() {
        if !lines[i].keeps() || lines[i].words() < MIN_WORDS {
            continue;
        }
        let Some(&earlier) = first.get(&lines[i].key) else {
            first.insert(lines[i].key.clone(), i);
            continue;
        };
        let caption = [earlier, i].iter().any(|&at| is_caption(lines, at));
        let reason = if caption {
            lines[earlier].kind = Some(BlockKind::Caption);
            "caption stands twice"
        } else if !lines[i].ends_sentence() {
            "headline stands twice"
        } else {
            "paragraph stands twice"
        };
        lines[i].verdict = Verdict::Remove(reason);
    }
}

/// How many quotations on lines of their own are looked at. No article has so many, and without a limit a file of
/// nothing but quotations would take quadratic time.
const MOST_PULL_QUOTES: usize = 200;

/// Marks pull quotes as removed: quotations on a line of their own that stand in a longer line as well, such as « La
/// route est à nous » above the paragraph in which it is said.
fn pull_quotes(lines: &mut [ScreenedLine]) {
    let is_quoted = |l: &ScreenedLine| {
        let text = l.text.trim_end_matches(['.', ' ']);
        text.starts_with(['«', '“', '"']) && text.ends_with(['»', '”', '"'])
    };
    let mut left = MOST_PULL_QUOTES;
    for i in 0..lines.len() {
        let line = &lines[i];
        if left == 0 {
            break;
        }
        if !line.keeps() || line.kind == Some(BlockKind::Title) || line.words() < MIN_WORDS || !is_quoted(line) {
            continue;
        }
        left -= 1;
        let said = |l: &ScreenedLine| l.keeps() && l.key.len() > line.key.len() && l.key.contains(&line.key);
        if (0..lines.len()).any(|k| k != i && said(&lines[k])) {
            lines[i].verdict = Verdict::Remove("pull quote");
        }
    }
}

/// Whether a line is a caption: it was marked as one, or it ends as a sentence does and stands next to a line that is a
/// credit.
fn is_caption(lines: &[ScreenedLine], at: usize) -> bool {
    let credit = |i: Option<usize>| i.and_then(|i| lines.get(i)).is_some_and(|l| l.verdict == Verdict::Credit);
    let prose = lines[at].ends_sentence();
    lines[at].kind == Some(BlockKind::Caption) || (prose && (credit(at.checked_sub(1)) || credit(Some(at + 1))))
}
