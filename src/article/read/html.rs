//! Web pages: the article that the readability algorithm finds, as text.
//!
//! For a web page, [`Original::text`] does not hold the HTML but the text extracted from it: one
//! block after the other, with a blank line between two blocks. Spans point into this text.

use super::Document;
use crate::article::Original;
use crate::article::error::ReadErrorKind;

#[cfg(feature = "html")]
mod limits;

/// Stands in for the reader of web pages in a build without the feature `html`.
///
/// # Errors
/// Always fails with [`ReadErrorKind::FormatNotBuilt`].
#[cfg(not(feature = "html"))]
pub(super) fn read(_: Original) -> Result<Document, ReadErrorKind> {
    Err(ReadErrorKind::FormatNotBuilt(super::Format::Html))
}

/// Reads the article of a page.
///
/// # Errors
/// When the page exceeds one of the [`limits`], takes too long to read or makes the reader panic; when the system gives
/// no thread to read it on; when it has no article or an empty one, or a line of the article is too long.
#[cfg(feature = "html")]
pub(super) fn read(page: Original) -> Result<Document, ReadErrorKind> {
    limits::guarded(move || article_of(page)).map_err(ReadErrorKind::NoArticle)?
}

/// Does the work of [`read`], which runs it on a thread of its own and waits for it only for a limited time.
#[cfg(feature = "html")]
fn article_of(page: Original) -> Result<Document, ReadErrorKind> {
    use super::{Piece, RawBlock};
    use crate::article::{BlockKind, date};
    use crate::span::Span;
    use dom_smoothie::{Config, Readability};

    let config = Config { max_elements_to_parse: limits::MAX_ELEMENTS, ..Config::default() };
    let parsed = limits::parse(&page.text).map_err(ReadErrorKind::NoArticle)?;
    let mut readability =
        Readability::with_document(parsed, None, Some(config)).map_err(|e| ReadErrorKind::NoArticle(e.to_string()))?;
    let date_in_body = date_in_body(&readability.doc);
    let headline = headline(&readability.doc);
    let article = readability.parse().map_err(|e| ReadErrorKind::NoArticle(e.to_string()))?;
    let mut walk = walk::Walk::default();
    let fragment = dom_query::Document::fragment(article.content.as_ref());
    walk.collect(&fragment.root());
    walk.flush();
    // The title is put in front, unless the article itself has it as its first or second block.
    let title = headline.as_deref().unwrap_or(article.title.trim());
    if !title.is_empty() && !walk.blocks.iter().take(2).any(|(_, text)| text.trim() == title) {
        walk.blocks.insert(0, (BlockKind::Title, title.to_string()));
    }
    let mut text = String::new();
    let mut blocks = Vec::new();
    for (kind, block) in walk.blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&block);
        let kind = if block.trim() == title { BlockKind::Title } else { kind };
        blocks.push(RawBlock { kind: Some(kind), pieces: vec![Piece::verbatim(Span::new(start, text.len()))] });
    }
    if text.trim().is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    super::check_lines(&text)?;
    let stated = |field: Option<String>| field.and_then(|d| date::parse_field(&d));
    let date = stated(article.published_time).or(date_in_body).or(stated(article.modified_time));
    Ok(Document { original: Original { text, ..page }, id: None, date, blocks, removed: Vec::new() })
}

/// The headline that readers see: the only `<h1>` of the page, if there is exactly one and it has the length of a
/// headline. It takes precedence over the title that the page gives for other programs (`<title>`, `og:title`), since
/// that is often worded differently for search engines, while a translation renders what readers see.
#[cfg(feature = "html")]
fn headline(page: &dom_query::Document) -> Option<String> {
    let found = page.select("h1");
    let mut texts = found.iter().map(|n| n.text().split_whitespace().collect::<Vec<_>>().join(" "));
    let (first, None) = (texts.next()?, texts.next()) else { return None };
    // A shorter `<h1>` is probably the name of the site, and a longer one is no headline.
    (first.split(' ').count() >= HEADLINE_WORDS && first.len() <= MAX_HEADLINE).then_some(first)
}

/// The fewest words that a headline can have.
#[cfg(feature = "html")]
const HEADLINE_WORDS: usize = 4;
/// The longest text that counts as a headline, in bytes.
#[cfg(feature = "html")]
const MAX_HEADLINE: usize = 300;

/// The date that stands in the body of the page, for pages whose metadata has no date of
/// publication. Attributes for programs (`datetime`, `content`) come first, then the text of
/// `<time>` and of elements whose class looks like that of a date. The whole page must be searched,
/// because the readability algorithm often drops the line with the date.
#[cfg(feature = "html")]
fn date_in_body(page: &dom_query::Document) -> Option<jiff::civil::Date> {
    use crate::article::date;
    let machine = page.select("time[datetime], [itemprop='datePublished'][content]");
    let attribute = |name: &str| machine.iter().find_map(|n| date::parse_field(&n.attr(name)?));
    let written = || {
        let lines = page.select("time, [class*='date'], [class*='meta'], [class*='publi']");
        // A text of more than 150 bytes is no byline, and may hold the dates of other articles.
        lines.iter().map(|n| n.text()).filter(|t| t.trim().len() <= 150).find_map(|t| date::parse_field(&t))
    };
    attribute("datetime").or_else(|| attribute("content")).or_else(written)
}

#[cfg(feature = "html")]
mod walk {
    use crate::article::BlockKind;
    use dom_query::NodeRef;

    /// Cuts the text of a page into blocks, in the order of the page. A block ends where a block element (`<p>`,
    /// `<div>` …) begins or ends, and at a double `<br>`.
    #[derive(Default)]
    pub(super) struct Walk {
        /// The blocks that are complete: kind and text.
        pub blocks: Vec<(BlockKind, String)>,
        /// The text so far of the block that is being read.
        open: String,
        /// The kind of that block: that of the innermost enclosing element that has a kind. `None` stands for a
        /// paragraph.
        kind: Option<BlockKind>,
    }

    impl Walk {
        /// Adds the text of everything inside an element, except scripts, styles, drawings and the like.
        pub fn collect(&mut self, node: &NodeRef<'_>) {
            for child in node.children() {
                if child.is_text() {
                    self.text(&child.text());
                    continue;
                }
                let Some(name) = child.node_name() else { continue };
                match &*name {
                    "script" | "style" | "noscript" | "template" | "svg" | "iframe" => {}
                    "br" => {
                        // One `<br>` breaks the line. A second one ends the block: old pages divide paragraphs in this
                        // way.
                        if self.open.ends_with('\n') { self.flush() } else { self.open.push('\n') }
                    }
                    name => match block_kind(name) {
                        Some(kind) => {
                            self.flush();
                            let outer = self.kind;
                            self.kind = kind.or(outer);
                            self.collect(&child);
                            self.flush();
                            self.kind = outer;
                        }
                        None => self.collect(&child),
                    },
                }
            }
        }

        /// Adds text to the block that is being read. A run of white space becomes one space, and is dropped at the
        /// beginning of a block or line; the no-break spaces U+00A0 and U+202F stay as they are.
        fn text(&mut self, text: &str) {
            for c in text.chars() {
                let space = c.is_whitespace() && c != '\u{A0}' && c != '\u{202F}';
                if !space {
                    self.open.push(c);
                } else if !self.open.is_empty() && !self.open.ends_with([' ', '\n']) {
                    self.open.push(' ');
                }
            }
        }

        /// Ends the block that is being read, and keeps it unless it is only white space.
        pub fn flush(&mut self) {
            let text = std::mem::take(&mut self.open);
            if !text.trim().is_empty() {
                self.blocks.push((self.kind.unwrap_or(BlockKind::Paragraph), text.trim().to_string()));
            }
        }
    }

    /// What an element means for the block around its text. `None`: it is an inline element, and begins no block.
    /// `Some(None)`: it begins a block, whose kind is that of the elements around it. `Some(Some(kind))`: it begins a
    /// block of this kind.
    fn block_kind(name: &str) -> Option<Option<BlockKind>> {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Some(BlockKind::Heading)),
            "li" | "dt" | "dd" => Some(Some(BlockKind::ListItem)),
            "figcaption" | "caption" => Some(Some(BlockKind::Caption)),
            "html" | "body" | "p" | "div" | "article" | "section" | "main" | "header" | "footer" | "aside" | "nav"
            | "figure" | "ul" | "ol" | "dl" | "blockquote" | "table" | "thead" | "tbody" | "tr" | "td" | "th"
            | "pre" | "hr" | "form" | "address" | "details" | "summary" => Some(None),
            _ => None,
        }
    }
}

#[cfg(all(test, feature = "html"))]
mod tests {
    use crate::article::BlockKind;
    use crate::article::read::{Format, read_bytes};
    use jiff::civil::date;

    const PAGE: &str = r#"<!doctype html><html lang="fr"><head><title>Trêve au Nord - Le Courrier du Fleuve</title>
<meta property="og:title" content="Trêve au Nord">
<meta property="article:published_time" content="2024-11-29T14:30:00+01:00"></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/monde">Monde</a></li></ul></nav>
<article><h1>Trêve au Nord</h1>
<figure><img src="a.jpg"><figcaption>Un marché du port, lundi.</figcaption></figure>
<p>Les deux camps ont signé jeudi soir une trêve de dix jours, a annoncé le médiateur,
qui espère que les <b>convois</b> d’aide pourront passer dès samedi matin, sans escorte.</p>
<p>« Nous n’attendions plus cet accord », a confié une habitante jointe au téléphone, dont la
maison a été détruite au mois d’août, comme des centaines d’autres dans la vallée.</p>
<h2>Un bilan lourd</h2>
<p>Selon l’administration locale, les combats ont fait 34 morts et plus de 200 blessés depuis le
début du mois, et des milliers d’habitants ont quitté la région, faute d’eau et de vivres.</p>
<script>alert("Ignore tout")</script>
</article><footer>© 2024 Le Courrier du Fleuve</footer></body></html>"#;

    #[test]
    fn a_date_that_only_readers_see_is_found() {
        let meta = "<meta property=\"article:published_time\" content=\"2024-11-29T14:30:00+01:00\">";
        let page = PAGE
            .replace(meta, "")
            .replace("<figure>", "<div class=\"meta\">12 mars 2025 | 3 commentaires</div><figure>");
        let document = read_bytes("a.html", page.as_bytes(), Format::Html).unwrap().remove(0).unwrap();
        assert_eq!(document.date, Some(date(2025, 3, 12)));
    }

    #[test]
    fn the_headline_that_readers_see_takes_precedence_over_the_one_for_search_engines() {
        let page = PAGE
            .replace(
                "<title>Trêve au Nord - Le Courrier du Fleuve</title>",
                "<title>Trêve : date, accord, réactions</title>",
            )
            .replace("<meta property=\"og:title\" content=\"Trêve au Nord\">", "")
            .replace("<h1>Trêve au Nord</h1>", "<h1>Au Nord, les armes se taisent enfin</h1>");
        let document = read_bytes("a.html", page.as_bytes(), Format::Html).unwrap().remove(0).unwrap();
        let text = &document.original.text;
        assert_eq!(document.blocks[0].span().of(text), "Au Nord, les armes se taisent enfin");
        assert!(!text.contains("réactions"), "{text}");
    }

    #[test]
    fn the_article_its_title_and_its_date_are_found() {
        let document = read_bytes("a.html", PAGE.as_bytes(), Format::Html).unwrap().remove(0).unwrap();
        assert_eq!(document.date, Some(date(2024, 11, 29)));
        let text = &document.original.text;
        let blocks: Vec<_> = document.blocks.iter().map(|b| (b.kind.unwrap(), b.span().of(text))).collect();
        assert_eq!(blocks[0], (BlockKind::Title, "Trêve au Nord"));
        assert!(blocks.contains(&(BlockKind::Heading, "Un bilan lourd")));
        assert!(text.contains("les convois d’aide"));
        assert!(text.contains("médiateur, qui espère"));
        for foreign in ["Accueil", "alert", "©"] {
            assert!(!text.contains(foreign), "{text}");
        }
    }
}
