//! Limits for pages that are broken, or made to exhaust the parser.
//!
//! Parser and readability algorithm walk the tree by recursion, compare elements with their ancestors and neighbours,
//! and repeat formatting elements that nobody closed in every block that follows. What that can cost is estimated in
//! one pass over the page's bytes before anything is built, and the work itself runs on a thread with a stack that the
//! limits cannot exhaust, for a limited time.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Tags of a page, and elements that the parser may make of them. Article pages have 500 to 5,000.
pub(super) const MAX_ELEMENTS: usize = 20_000;
/// How deep elements may be nested; the parsers of browsers stop there too.
const MAX_DEPTH: usize = 512;
/// Attributes of one tag: the parser compares each with all others.
const MAX_ATTRIBUTES: usize = 256;
/// Time for one page. Article pages take some milliseconds.
const MAX_TIME: Duration = Duration::from_secs(20);
/// Bytes of the thread's stack: some kilobytes for each of [`MAX_ELEMENTS`], should they all be nested. Only addresses
/// are reserved; memory is taken as it is used.
const STACK: usize = 256 << 20;

/// Elements that have no content; a "/" at the end of others means nothing in HTML.
const VOID: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param", b"source",
    b"track", b"wbr",
];
/// Formatting elements: HTML, section 13.2.4.3.
const FORMATTING: &[&[u8]] =
    &[b"a", b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt", b"u"];
/// Names of elements.
type Names = &'static [&'static [u8]];

/// Start tags that end open elements: a tag of the first list ends the innermost open element of the second, unless an
/// element of the third was opened inside it.
const ENDS: &[(Names, Names, Names)] = &[
    (&[b"li"], &[b"li"], &[b"ul", b"ol", b"menu", b"table", b"div"]),
    (&[b"dt", b"dd"], &[b"dt", b"dd"], &[b"dl", b"table", b"div"]),
    (&[b"tr"], &[b"tr"], &[b"table"]),
    (&[b"td", b"th"], &[b"td", b"th"], &[b"table", b"tr"]),
    (&[b"thead", b"tbody", b"tfoot"], &[b"thead", b"tbody", b"tfoot"], &[b"table"]),
    (&[b"option", b"optgroup"], &[b"option"], &[b"select"]),
    (&[b"rt", b"rp"], &[b"rt", b"rp"], &[b"ruby"]),
];
/// Start tags that end an open paragraph.
const BLOCKS: &[&[u8]] = &[
    b"p",
    b"div",
    b"ul",
    b"ol",
    b"dl",
    b"li",
    b"table",
    b"section",
    b"article",
    b"aside",
    b"header",
    b"footer",
    b"nav",
    b"main",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"pre",
    b"form",
    b"figure",
    b"blockquote",
    b"address",
    b"hr",
    b"details",
    b"fieldset",
    b"center",
    b"figcaption",
];

/// Which limit a page exceeds, if it exceeds one.
pub(super) fn beyond(page: &str) -> Option<String> {
    let mut scan = Scan { bytes: page.as_bytes(), at: 0, open: Vec::new(), elements: 0, formatting: 0 };
    scan.run().err()
}

/// A pass over a page that keeps the elements that are open, at most [`MAX_DEPTH`] of them.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    open: Vec<Vec<u8>>,
    elements: usize,
    /// Formatting elements that are open; each is made anew in every block that begins meanwhile.
    formatting: usize,
}

impl Scan<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(at) = self.find(b"<") {
            self.at = at + 1;
            match self.bytes.get(self.at..).unwrap_or_default() {
                [b'!', b'-', b'-', ..] => self.comment(),
                [b'!' | b'?', ..] => self.at = self.find(b">").unwrap_or(self.bytes.len()),
                [b'/', c, ..] if c.is_ascii_alphabetic() => {
                    self.at += 1;
                    let (name, _) = self.tag()?;
                    self.end(&name);
                }
                [c, ..] if c.is_ascii_alphabetic() => {
                    let (name, closed) = self.tag()?;
                    self.start(name, closed)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Where `what` stands next.
    fn find(&self, what: &[u8]) -> Option<usize> {
        let rest = self.bytes.get(self.at..)?;
        rest.windows(what.len()).position(|w| w == what).map(|i| self.at + i)
    }

    /// Passes over a comment. "<!-->" is a whole one, and one without an end goes on to the end of the page.
    fn comment(&mut self) {
        self.at += 3;
        if self.bytes[self.at..].starts_with(b">") || self.bytes[self.at..].starts_with(b"->") {
            return;
        }
        while let Some(at) = self.find(b"--") {
            self.at = at + 1;
            if matches!(self.bytes[at + 2..], [b'>', ..] | [b'!', b'>', ..]) {
                return;
            }
        }
        self.at = self.bytes.len();
    }

    /// Reads a tag from its name to its end; returns the name, and whether "/" stands before the end.
    fn tag(&mut self) -> Result<(Vec<u8>, bool), String> {
        let ends_name = |c: &u8| c.is_ascii_whitespace() || matches!(c, b'/' | b'>');
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(ends_name).unwrap_or(rest.len());
        // Only known names are of interest, and they are short.
        let name = rest[..length.min(12)].to_ascii_lowercase();
        self.at += length;
        let (mut attributes, mut slash) = (0, false);
        while let Some(&c) = self.bytes.get(self.at) {
            self.at += 1;
            match c {
                b'>' => return Ok((name, slash)),
                b'/' => slash = true,
                c if c.is_ascii_whitespace() => {}
                _ => {
                    slash = false;
                    attributes += 1;
                    if attributes > MAX_ATTRIBUTES {
                        return Err(format!("a tag has more than {MAX_ATTRIBUTES} attributes"));
                    }
                    self.attribute();
                }
            }
        }
        Ok((name, slash))
    }

    /// Passes over the rest of an attribute, its value in quotation marks with it.
    fn attribute(&mut self) {
        let step = |at: &mut usize, go: &dyn Fn(u8) -> bool| {
            while self.bytes.get(*at).is_some_and(|&c| go(c)) {
                *at += 1;
            }
        };
        let mut at = self.at;
        step(&mut at, &|c| !c.is_ascii_whitespace() && !matches!(c, b'=' | b'>' | b'/'));
        let mut value = at;
        step(&mut value, &|c| c.is_ascii_whitespace());
        if self.bytes.get(value) == Some(&b'=') {
            at = value + 1;
            step(&mut at, &|c| c.is_ascii_whitespace());
            match self.bytes.get(at) {
                Some(&quote @ (b'"' | b'\'')) => {
                    at += 1;
                    step(&mut at, &|c| c != quote);
                    at += 1;
                }
                _ => step(&mut at, &|c| !c.is_ascii_whitespace() && c != b'>'),
            }
        }
        self.at = at.min(self.bytes.len());
    }

    /// A start tag ends the elements that cannot hold it, and opens one. `closed` says that "/" stands before its end.
    fn start(&mut self, name: Vec<u8>, closed: bool) -> Result<(), String> {
        let is_in = |set: &[&[u8]]| set.contains(&name.as_slice());
        if is_in(BLOCKS) {
            self.elements += self.formatting;
            self.close(&[b"p"], &[b"table", b"button", b"td", b"th", b"caption", b"object", b"template"]);
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(format!("it has more than {MAX_ELEMENTS} elements"));
        }
        if is_in(VOID) {
            return Ok(());
        }
        let foreign = self.open.iter().any(|open| matches!(open.as_slice(), b"svg" | b"math"));
        // In drawings and formulas "/" ends an element, and scripts are elements like others.
        if foreign && closed {
            return Ok(());
        }
        if !foreign && matches!(name.as_slice(), b"script" | b"style") {
            self.raw(&name);
            return Ok(());
        }
        for (_, ended, barrier) in ENDS.iter().filter(|(starts, ..)| is_in(starts)) {
            self.close(ended, barrier);
        }
        self.formatting += usize::from(is_in(FORMATTING));
        self.open.push(name);
        if self.open.len() > MAX_DEPTH {
            return Err(format!("its elements are nested more than {MAX_DEPTH} deep"));
        }
        Ok(())
    }

    /// Ends the innermost open element of these names, unless one of the barrier's is inside it.
    fn close(&mut self, names: &[&[u8]], barrier: &[&[u8]]) {
        let found = self.open.iter().rposition(|o| names.contains(&o.as_slice()) || barrier.contains(&o.as_slice()));
        if let Some(at) = found.filter(|&at| names.contains(&self.open[at].as_slice())) {
            self.open.truncate(at);
        }
    }

    /// An end tag ends the innermost open element of its name, and all that were opened in it; without such an element
    /// it is ignored.
    fn end(&mut self, name: &[u8]) {
        let Some(at) = self.open.iter().rposition(|open| open == name) else { return };
        if FORMATTING.contains(&name) {
            // Blocks that were opened in it stay open.
            self.formatting -= 1;
            self.open.remove(at);
        } else {
            self.open.truncate(at);
        }
    }

    /// Passes over a script or style sheet.
    fn raw(&mut self, name: &[u8]) {
        while let Some(at) = self.find(b"</") {
            self.at = at + 2;
            let rest = &self.bytes[self.at..];
            if rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name) {
                return;
            }
        }
        self.at = self.bytes.len();
    }
}

/// Runs `read` on a thread of its own; returns why there is no result.
///
/// # Errors
/// When `read` takes too long, panics, or the system gives no thread.
pub(super) fn guarded<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    let (sender, result) = channel();
    let work = move || {
        // The send fails where the work took too long and nobody waits for it any more.
        let _ = sender.send(read());
    };
    let thread = std::thread::Builder::new().name("depeche-html".into()).stack_size(STACK).spawn(work);
    thread.map_err(|e| format!("there is no memory to read it: {e}"))?;
    result.recv_timeout(MAX_TIME).map_err(|e| match e {
        RecvTimeoutError::Timeout => format!("it took longer than {} seconds", MAX_TIME.as_secs()),
        RecvTimeoutError::Disconnected => "reading it failed, which is a fault of depeche: please report it".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

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
            format!("<title>{deep}"),
        ] {
            assert!(beyond(&page).is_some_and(|why| why.contains("deep")), "{:.60}", page);
        }
    }

    #[test]
    fn what_a_page_costs_is_bounded_in_every_way() {
        let attributes: String = (0..300).map(|i| format!(" a{i}")).collect();
        for (page, why) in [
            ("<p>x".repeat(30_000), "elements"),
            (format!("<p{attributes}>"), "attributes"),
            ((0..200).map(|i| format!("<b a={i}>")).collect::<String>() + &"<p>x".repeat(200), "elements"),
        ] {
            assert!(beyond(&page).is_some_and(|found| found.contains(why)), "{why}");
        }
    }

    #[test]
    fn the_pass_is_linear() {
        let started = Instant::now();
        for piece in
            ["<!--", "<", "</", "<a b='", "<script>", "<script></", "<p a=", "<!", "<li>", "</x>", "--!", "<b>"]
        {
            let _ = beyond(&piece.repeat((4 << 20) / piece.len()));
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    }

    #[test]
    fn a_fault_or_an_overflow_of_the_work_is_an_error() {
        assert_eq!(guarded(|| 7), Ok(7));
        fn deep(n: usize) -> usize {
            if n == 0 { 0 } else { std::hint::black_box(deep(n - 1)) + 1 }
        }
        assert_eq!(guarded(|| deep(std::hint::black_box(500_000))), Ok(500_000));
        assert!(guarded(|| std::hint::black_box(Vec::<u8>::new())[std::hint::black_box(0)]).is_err());
    }
}
