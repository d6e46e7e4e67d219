//! Decides whether each line that stays is the headline, a heading, a list item or a paragraph: by
//! its markup, if it has some, otherwise by its shape.

use super::line::ScreenedLine;
use crate::article::BlockKind;

/// Bytes of the longest headline: a longer line without a final stop is a paragraph that lost its stop.
const MAX_TITLE: usize = 250;
/// Words of the longest heading inside an article.
const MAX_HEADING_WORDS: usize = 15;
/// Words of the shortest headline: a shorter line above another one only names the subject (« Guerre au Soudan »).
/// If no line at the top has as many words, the first is the headline all the same.
const MIN_TITLE_WORDS: usize = 4;

/// Gives every line that stays its kind. If the markup names no headline and more than one line
/// stays, one of the first three lines becomes the headline, unless the very first cannot be one.
/// The last line never becomes a heading by its shape.
pub(super) fn settle(lines: &mut [ScreenedLine]) {
    let kept: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].keeps()).collect();
    for &i in &kept {
        bullet(&mut lines[i]);
    }
    let titled = kept.iter().any(|&i| lines[i].kind == Some(BlockKind::Title));
    if !titled && kept.len() > 1 {
        let head = kept.iter().take_while(|&&i| is_headline(&lines[i])).count().min(3);
        let pick = kept[..head].iter().position(|&i| lines[i].words() >= MIN_TITLE_WORDS);
        if let Some(&title) = kept[..head].get(pick.unwrap_or(0)) {
            lines[title].kind = Some(BlockKind::Title);
        }
    }
    for &i in &kept {
        if lines[i].kind.is_none() {
            let heading = is_heading(&lines[i]) && Some(&i) != kept.last();
            lines[i].kind = Some(if heading { BlockKind::Heading } else { BlockKind::Paragraph });
        }
    }
}

/// Whether a line at the top can be the headline.
fn is_headline(line: &ScreenedLine) -> bool {
    let kind = matches!(line.kind, None | Some(BlockKind::Heading));
    kind && line.text.len() <= MAX_TITLE && !line.text.ends_with(['.', ',', ';', ':'])
}

/// Whether a line reads like a heading inside the article: it is short and has no final stop, or is a short question,
/// exclamation or quotation.
fn is_heading(line: &ScreenedLine) -> bool {
    // A dash begins what somebody says in a dialogue, or stands before the name under a quotation that is set apart.
    if line.text.starts_with(['–', '—', '-']) {
        return false;
    }
    let question = line.text.ends_with(['?', '!']) && !line.text.starts_with(['«', '“', '"']);
    let open = !line.text.ends_with(['.', '!', '?', '…', ':', ';', ',', '»', '”', '"', ')']);
    let quoted = line.text.starts_with('«') && line.text.ends_with('»') && !line.text.contains(['.', ',']);
    (open && line.words() <= MAX_HEADING_WORDS) || ((question || quoted) && line.words() <= 10)
}

/// Characters that stand before the items of a list.
const BULLETS: [char; 9] = ['-', '•', '*', '·', '▪', '■', '●', '‣', '◦'];

/// Makes a line that begins with a bullet and a space a list item, and takes the bullet off, unless the line has a kind
/// already.
fn bullet(line: &mut ScreenedLine) {
    if line.kind.is_some() || line.words() == 0 {
        return;
    }
    if let Some(rest) = line.text.strip_prefix(BULLETS).and_then(|rest| rest.strip_prefix(' ')) {
        line.cut_front(line.text.len() - rest.len());
        line.kind = Some(BlockKind::ListItem);
    }
}
