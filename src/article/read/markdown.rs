//! Reads Markdown (CommonMark): the text of blocks without their markup. Spans point into the file,
//! markup included.

use super::{Document, Piece, RawBlock};
use crate::article::{BlockKind, Original, Removed, date};
use crate::span::Span;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub(super) fn read(original: Original) -> Document {
    let mut blocks = Blocks::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&original.text, options).into_offset_iter() {
        blocks.take(event, Span::new(range.start, range.end), &original.text);
    }
    blocks.flush();
    let removed = unread(&original.text, &blocks.done);
    let date = blocks.front_matter.and_then(|span| {
        let value = |line: &str| line.strip_prefix("date:").map(|v| v.trim().trim_matches(['"', '\'']).to_string());
        span.of(&original.text).lines().find_map(value).and_then(|v| date::parse_field(&v))
    });
    Document { original, id: None, date, blocks: blocks.done, removed }
}

/// The blocks of a file, as far as its events have been read.
#[derive(Default)]
struct Blocks {
    /// The blocks that are complete.
    done: Vec<RawBlock>,
    /// Pieces of the block that is being read.
    open: Vec<Piece>,
    /// Kind of that block, where it is a headline or a heading.
    kind: Option<BlockKind>,
    /// How many list items are open.
    items: usize,
    /// How many front matters and code blocks are open: what stands in them is left out.
    skip: usize,
    /// The YAML block with the metadata, whose `date` is the day of publication.
    front_matter: Option<Span>,
    /// How many pictures are open: the text of a picture describes it, and is left out.
    image: usize,
}

impl Blocks {
    /// Reads the next event. `span` is its place in `text`, which is the whole file.
    fn take(&mut self, event: Event<'_>, span: Span, text: &str) {
        match event {
            Event::Start(tag @ (Tag::MetadataBlock(_) | Tag::CodeBlock(_))) => {
                if matches!(tag, Tag::MetadataBlock(_)) {
                    self.front_matter = Some(span);
                }
                self.flush();
                self.skip += 1;
            }
            Event::End(TagEnd::MetadataBlock(_) | TagEnd::CodeBlock) => self.skip = self.skip.saturating_sub(1),
            Event::Start(Tag::Image { .. }) => self.image += 1,
            Event::End(TagEnd::Image) => self.image = self.image.saturating_sub(1),
            _ if self.skip + self.image > 0 => {}
            Event::Start(Tag::Heading { level, .. }) => {
                self.flush();
                let first = self.done.iter().all(|b| b.kind != Some(BlockKind::Title));
                let title = level == HeadingLevel::H1 && first;
                self.kind = Some(if title { BlockKind::Title } else { BlockKind::Heading });
            }
            Event::Start(Tag::Item) => {
                self.flush();
                self.items += 1;
            }
            Event::End(TagEnd::Item) => {
                self.flush();
                self.items = self.items.saturating_sub(1);
            }
            Event::Start(Tag::Paragraph | Tag::TableCell) => self.flush(),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell) => self.flush(),
            Event::Text(shown) => self.push(span, &shown, text),
            Event::Code(shown) => {
                // The span without the backticks.
                let inner =
                    span.of(text).find(&*shown).map(|i| Span::new(span.start + i, span.start + i + shown.len()));
                self.push(inner.unwrap_or(span), &shown, text);
            }
            Event::SoftBreak | Event::HardBreak => self.push(span, "\n", text),
            _ => {}
        }
    }

    /// Adds a piece to the block that is being read: `shown` is what readers see, `span` its place
    /// in `text`.
    fn push(&mut self, span: Span, shown: &str, text: &str) {
        let verbatim = span.of(text) == shown;
        self.open.push(Piece { span, text: (!verbatim).then(|| shown.to_string()) });
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        let kind = self.kind.take();
        let pieces = std::mem::take(&mut self.open);
        if !pieces.is_empty() {
            let kind = kind.or(if self.items > 0 { Some(BlockKind::ListItem) } else { Some(BlockKind::Paragraph) });
            self.done.push(RawBlock { kind, pieces });
        }
    }
}

/// The parts of the file that stand in no block and hold a letter or digit.
fn unread(text: &str, blocks: &[RawBlock]) -> Vec<Removed> {
    let mut removed = Vec::new();
    let mut from = 0;
    let ends = blocks.iter().flat_map(|b| &b.pieces).map(|p| p.span).chain([Span::new(text.len(), text.len())]);
    for span in ends {
        if from < span.start && text[from..span.start].contains(char::is_alphanumeric) {
            removed.push(Removed { span: Span::new(from, span.start), reason: "Markdown markup" });
        }
        from = from.max(span.end);
    }
    removed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::mapped;

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        let document = read(Original::from_text("a.md", text));
        let shown = |b: &RawBlock| mapped::text(&mapped::characters(text, &b.pieces));
        document.blocks.iter().map(|b| (b.kind.unwrap(), shown(b))).collect()
    }

    #[test]
    fn markup_is_left_out_and_text_is_not() {
        use BlockKind::*;
        let text = "---\ntitle: x\n---\n# Trêve *fragile*\n\nLe [ministre](https://a.example/x) a dit&nbsp;:\noui.\n\n## Réactions\n\n- Un\n- Deux\n\n> Cité.\n";
        assert_eq!(
            blocks(text),
            [
                (Title, "Trêve fragile".to_string()),
                (Paragraph, "Le ministre a dit\u{A0}:\noui.".to_string()),
                (Heading, "Réactions".to_string()),
                (ListItem, "Un".to_string()),
                (ListItem, "Deux".to_string()),
                (Paragraph, "Cité.".to_string()),
            ]
        );
    }

    #[test]
    fn the_front_matter_gives_the_date() {
        let document = read(Original::from_text("a.md", "---\ntitle: Trêve\ndate: \"2024-11-29\"\n---\nElle tient."));
        assert_eq!(document.date, Some(jiff::civil::date(2024, 11, 29)));
    }

    #[test]
    fn what_is_markup_is_recorded() {
        let text = "Le [ministre](https://a.example/x) parle.";
        let removed = read(Original::from_text("a.md", text)).removed;
        assert_eq!(removed.len(), 1);
        assert_eq!(removed[0].span.of(text), "](https://a.example/x)");
    }
}
