//! Limits for pages that are broken, or made to exhaust the parser.
//!
//! The parser and the readability algorithm walk the tree recursively, and compare elements with
//! their ancestors and neighbours. The parser also repeats formatting elements (such as `<b>`) that
//! are never closed in every block that follows. Only the parser knows which tree the tags of a
//! broken page make: a simpler scan for tags would be misled, for example by a `<!--` in a title.
//! So the parser is fed piece by piece, and its tree is measured as it grows. The work runs on a
//! thread whose stack is large enough for every page within the limits, and the caller waits for
//! the thread only for a limited time.

use dom_query::{Document, NodeRef};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The most elements of a page. Article pages have 500 to 5,000.
pub(super) const MAX_ELEMENTS: usize = 20_000;
/// The most elements, texts and comments of a page, including those inside `<template>`, which [`MAX_ELEMENTS`] does
/// not count.
const MAX_NODES: usize = 3 * MAX_ELEMENTS;
/// How deep elements may be nested; the parsers of browsers have the same limit.
const MAX_DEPTH: usize = 512;
/// The most attributes of one tag: the parser compares each with all others.
const MAX_ATTRIBUTES: usize = 256;
/// The longest time for one page. Article pages take some milliseconds.
const MAX_TIME: Duration = Duration::from_secs(20);
/// Bytes of the thread's stack: some kilobytes for each of [`MAX_ELEMENTS`], should they all be
/// nested. Only addresses are reserved; the system gives memory to the parts that are used.
const STACK: usize = 256 << 20;
/// Bytes that the parser gets at once. A piece has at most about a thousand tags, each of which may repeat all the
/// formatting elements that are open.
const PIECE: usize = 4096;
/// New nodes after which the tree is measured again.
const STEP: usize = 1000;

/// Parses a page into its tree.
///
/// # Errors
/// When the page exceeds a limit; the error says which one.
pub(super) fn parse(page: &str) -> Result<Document, String> {
    let started = Instant::now();
    // Scripting is off, as it is where the readability algorithm itself does the parsing. So what
    // stands in `<noscript>` is part of the page.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let (mut rest, mut measured) = (page, 0);
    while !rest.is_empty() {
        let end = (PIECE.min(rest.len())..rest.len()).find(|&i| rest.is_char_boundary(i)).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        parser.process(StrTendril::from(piece));
        rest = behind;
        let document = &parser.tokenizer.sink.sink;
        if document.tree.len() >= measured + STEP {
            measured = document.tree.len();
            within(document)?;
        }
        if started.elapsed() > MAX_TIME {
            return Err(too_long());
        }
    }
    let document = parser.finish();
    within(&document)?;
    Ok(document)
}

/// Checks a tree against the limits.
///
/// # Errors
/// When the tree exceeds a limit; the error says which one.
fn within(document: &Document) -> Result<(), String> {
    measure(&document.root(), 1, &mut 0)?;
    if document.tree.len() > MAX_NODES {
        return Err(format!("it has more than {MAX_NODES} elements, texts and comments"));
    }
    Ok(())
}

/// Adds the number of elements inside `node` to `elements`, and checks each of them against the
/// limits. `depth` is how deep the children of `node` are nested.
fn measure(node: &NodeRef<'_>, depth: usize, elements: &mut usize) -> Result<(), String> {
    for child in node.children_it(false) {
        let Some(attributes) = child.query(|n| n.as_element().map(|e| e.attrs.len())).flatten() else { continue };
        *elements += 1;
        if *elements > MAX_ELEMENTS {
            return Err(format!("it has more than {MAX_ELEMENTS} elements"));
        }
        if attributes > MAX_ATTRIBUTES {
            return Err(format!("a tag has more than {MAX_ATTRIBUTES} attributes"));
        }
        if depth > MAX_DEPTH {
            return Err(format!("its elements are nested more than {MAX_DEPTH} deep"));
        }
        measure(&child, depth + 1, elements)?;
    }
    Ok(())
}

fn too_long() -> String {
    format!("it took longer than {} seconds", MAX_TIME.as_secs())
}

/// Runs `read` on a thread of its own and returns its result, or the reason why there is none.
///
/// # Errors
/// When `read` takes too long, panics, or the system gives no thread.
pub(super) fn guarded<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    let (sender, result) = channel();
    let work = move || {
        // Sending fails if the work took too long and nobody waits for it any more.
        let _ = sender.send(read());
    };
    let thread = std::thread::Builder::new().name("depeche-html".into()).stack_size(STACK).spawn(work);
    thread.map_err(|e| format!("there is no memory to read it: {e}"))?;
    result.recv_timeout(MAX_TIME).map_err(|e| match e {
        RecvTimeoutError::Timeout => too_long(),
        RecvTimeoutError::Disconnected => "reading it failed, which is a bug in depeche: please report it".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which limit a page exceeds, if it exceeds one.
    fn beyond(page: &str) -> Option<String> {
        parse(page).err()
    }

    #[test]
    fn an_ordinary_page_is_within_the_limits() {
        let row = "<li><a href='/x' class=y>Un titre<br/><img src=\"a>b.jpg\"></a><p>Un chapeau<p>Un autre<b>gras</b>";
        let page = format!(
            "<!doctype html><html><head><script>if (a<b) document.write('<div>'.repeat(9))</script></head><body><ul>{}\
             </ul><svg>{}</svg></body></html>",
            row.repeat(1500),
            "<path d='M0'/>".repeat(900)
        );
        assert_eq!(beyond(&page), None);
    }

    #[test]
    fn nothing_hides_how_deep_a_page_is() {
        let deep = "<div>".repeat(600);
        for page in [
            deep.clone(),
            "<x/>".repeat(600),
            "<div/>".repeat(600),
            format!("<!-- <script> -->{deep}"),
            format!("<p title=\"<script>\">{deep}"),
            "<div></i>".repeat(600),
            "<li><ul>".repeat(600),
            "<td><table><tr>".repeat(600),
            "<path>".repeat(600),
            format!("<svg><style>{deep}"),
            format!("<!-->{deep}"),
            format!("<title></title>{deep}"),
            // Text in which a simpler parser than those of browsers would see a comment or an attribute.
            format!("<title><!--</title>{deep}"),
            format!("<textarea><a title='</textarea>{deep}"),
            "<div><textarea></div></textarea>".repeat(600),
            format!("<script></scripts><!--</script>{deep}"),
            format!("<svg><p><script><!--</script>{deep}"),
            format!("<svg><![CDATA[><!--]]></svg>{deep}"),
            format!("</#<!-- >{deep}"),
        ] {
            assert!(beyond(&page).is_some_and(|why| why.contains("deep")), "{:.60}", page);
        }
    }

    #[test]
    fn what_a_page_costs_is_bounded_in_every_way() {
        let bold: String = (0..200).map(|i| format!("<b a={i}>")).collect();
        let attributes: String = (0..300).map(|i| format!(" a{i}")).collect();
        for (page, why) in [
            ("<p>x".repeat(30_000), "elements"),
            (format!("<p{attributes}>"), "attributes"),
            (format!("<p>{bold}{}", "<p>x".repeat(200)), "elements"),
            (format!("<dl><dd>{bold}{}", "<dd>x".repeat(200)), "elements"),
            (format!("<table>{bold}{}", "<tr>x".repeat(200)), "elements"),
            (format!("<ruby><rt>{bold}{}", "</rt><rt>x".repeat(200)), "elements"),
            (format!("<template>{}", "<p>x".repeat(40_000)), "elements, texts and comments"),
            (format!("<body>{}", "</p>".repeat(30_000)), "elements"),
        ] {
            let found = beyond(&page);
            assert!(found.as_ref().is_some_and(|found| found.contains(why)), "{:.40} {why} {found:?}", page);
        }
    }

    #[test]
    fn parsing_takes_linear_time() {
        let started = Instant::now();
        for piece in
            ["<!--", "<", "</", "<a b='", "<script>", "<script></", "<p a=", "<!", "<li>", "</x>", "--!", "<b>"]
        {
            let _ = beyond(&piece.repeat((4 << 20) / piece.len()));
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    }

    #[test]
    fn the_stack_holds_deep_recursion_and_a_panic_is_an_error() {
        assert_eq!(guarded(|| 7), Ok(7));
        fn deep(n: usize) -> usize {
            if n == 0 { 0 } else { std::hint::black_box(deep(n - 1)) + 1 }
        }
        assert_eq!(guarded(|| deep(std::hint::black_box(500_000))), Ok(500_000));
        assert!(guarded(|| std::hint::black_box(Vec::<u8>::new())[std::hint::black_box(0)]).is_err());
    }
}
