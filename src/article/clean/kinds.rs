//! What the lines that stay are: headline, heading, list item, paragraph. Markup is believed; plain text is read by the
//! shape of its lines.

use super::line::ScreenedLine;
use crate::article::BlockKind;

/// Longer lines without a final stop are paragraphs that lost it.
const MAX_TITLE: usize = 250;
const MAX_HEADING_WORDS: usize = 15;
/// A shorter line above a headline is its kicker ("Guerre au Soudan").
const MIN_TITLE_WORDS: usize = 4;

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

fn is_headline(line: &ScreenedLine) -> bool {
    let kind = matches!(line.kind, None | Some(BlockKind::Heading));
    kind && line.text.len() <= MAX_TITLE && !line.text.ends_with(['.', ',', ';', ':'])
}

fn is_heading(line: &ScreenedLine) -> bool {
    // A dash begins a turn of speech, or signs a quotation set apart.
    if line.text.starts_with(['–', '—', '-']) {
        return false;
    }
    let question = line.text.ends_with(['?', '!']) && !line.text.starts_with(['«', '“', '"']);
    let open = !line.text.ends_with(['.', '!', '?', '…', ':', ';', ',', '»', '”', '"', ')']);
    let quoted = line.text.starts_with('«') && line.text.ends_with('»') && !line.text.contains(['.', ',']);
    (open && line.words() <= MAX_HEADING_WORDS) || ((question || quoted) && line.words() <= 10)
}

const BULLETS: [char; 9] = ['-', '•', '*', '·', '▪', '■', '●', '‣', '◦'];

/// Takes the bullet off a list item.
fn bullet(line: &mut ScreenedLine) {
    if line.kind.is_some() || line.words() == 0 {
        return;
    }
    if let Some(rest) = line.text.strip_prefix(BULLETS).and_then(|rest| rest.strip_prefix(' ')) {
        line.cut_front(line.text.len() - rest.len());
        line.kind = Some(BlockKind::ListItem);
    }
}
