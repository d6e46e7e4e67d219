//! Takes out the site's frame around an article: the name of the site, menus and section names
//! above the article, and lists of other articles in and below it. Such lines are recognised by
//! where they stand as well as by what they say.

use super::line::{ScreenedLine, Verdict};
use super::rules;
use crate::article::BlockKind;
use crate::lexicon::any;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// The reason for which the name of the site is taken out.
const SITE_NAME: &str = "name of the site";

/// A line that is the name of a site or paper: it has a well-known name, a web address or a word
/// such as « gazette », and few words around it.
static SITE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:[a-zà-ÿœ0-9'.&-]+\s){0,4}?
        (?: news | infos? | actu | actualités | média | media | presse | radio | tv | télé | gazette | hebdo | online | net
        | le\ monde | le\ figaro | libération | le\ parisien | l'express | le\ point | huffpost | rfi | france\ ?24 | rtbf | rts
        | 20\ minutes | bfmtv | franceinfo | ouest-france | [a-zà-ÿœ0-9-]+\.(?:fr|com|net|org|info|be|ch|ma|sn|ci|cm|bf|ml|tn|dz) )
        (?:\s[a-zà-ÿœ0-9'.&-]+){0,2}$",
    )
    .expect("a pattern of this file")
});

/// "MONDE – Trois villages …", "JUSTICE - …": a section name glued to the first sentence.
static KICKER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?P<kicker>[A-ZÀ-Ý][A-ZÀ-Ý’' -]{2,20}?) ?[–—|-] ").expect("a pattern of this file"));

/// "Trêve au Nord de la vallée | Le Courrier": the name of the site after a headline.
static TITLE_TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^|]{15,}?(?P<tail> \| [^|]{2,40}(?: \| [^|]{2,40})?)$").expect("a pattern of this file")
});

/// Bytes of the longest line that can be a menu.
const MAX_MENU: usize = 300;

/// Words from which a line without a final stop, after a label such as « Lire aussi », is the headline of another
/// article: headings inside the article are shorter.
const LINKED_HEADLINE: usize = 8;

/// Takes out the lines of the frame, and the parts of lines that belong to it.
pub(super) fn apply(lines: &mut [ScreenedLine], original: &str) {
    head(lines);
    for line in lines.iter_mut().filter(|l| l.keeps()) {
        cut_kicker(line);
    }
    if let Some(title) = lines.iter_mut().find(|l| l.keeps() && l.words() >= 4) {
        cut_title_tail(title);
    }
    related(lines, original);
}

/// Marks as removed what stands above the first running text: menus, and, where one of the next six lines can be a
/// headline (it has at least four words), section names and the name of the site. Titles and captions stay.
fn head(lines: &mut [ScreenedLine]) {
    let end = lines.iter().position(|l| l.keeps() && l.is_prose()).unwrap_or(lines.len());
    for i in 0..end {
        let line = &lines[i];
        if !line.keeps() || matches!(line.kind, Some(BlockKind::Title | BlockKind::Caption)) {
            continue;
        }
        let headline_follows = lines[i + 1..].iter().take(6).any(|l| l.keeps() && l.words() >= 4);
        let reason = if line.key.len() <= MAX_MENU && is_menu(&line.key) {
            "navigation"
        } else if any::SECTIONS.has(line.key.as_str()) && headline_follows {
            "section name"
        } else if line.words() <= 5 && headline_follows && !line.ends_sentence() && SITE.is_match(&line.key) {
            SITE_NAME
        } else {
            continue;
        };
        lines[i].verdict = Verdict::Remove(reason);
    }
}

/// Whether a line is a path of links that begins with a section name ("Accueil > Monde > Syrie"), or has at least three
/// section names and no other word.
fn is_menu(key: &str) -> bool {
    let parts: Vec<&str> =
        key.split(['>', '/', '|', '»', '›', '•', '·']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let crumbs = parts.len() >= 2 && any::SECTIONS.has(parts[0]) && parts.iter().all(|p| p.split(' ').count() <= 5);
    let mut rest = key.to_string();
    let mut known = 0;
    // The longest come first: if « une » were found first, « à la » would be left over from
    // « à la une ».
    let mut sections: Vec<&str> = any::SECTIONS.words().collect();
    sections.sort_by_key(|s| std::cmp::Reverse(s.len()));
    for section in sections {
        if let Some(at) = find_word(&rest, section) {
            rest.replace_range(at..at + section.len(), "|");
            known += 1;
        }
    }
    crumbs || (known >= 3 && !rest.contains(char::is_alphanumeric))
}

/// Where `word`, which may be several words, stands in `text` without being part of a longer word.
fn find_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(i, _)| i).find(|&i| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-');
        edge(text[..i].chars().next_back()) && edge(text[i + word.len()..].chars().next())
    })
}

/// Cuts off a section name before the first sentence.
fn cut_kicker(line: &mut ScreenedLine) {
    let Some(found) = KICKER.captures(&line.text) else { return };
    let kicker = found.name("kicker").expect("a group").as_str().to_lowercase();
    if any::SECTIONS.has(kicker.trim()) {
        let end = found.get(0).expect("the match").end();
        let span = line.cut_front(end);
        line.cut.push((span, "section name"));
    }
}

/// Cuts off the name of the site after the headline.
fn cut_title_tail(title: &mut ScreenedLine) {
    let tail = TITLE_TAIL.captures(&title.text).map(|c| c.name("tail").expect("a group").start());
    if let Some(start) = tail {
        let span = title.cut_back(start);
        title.cut.push((span, SITE_NAME));
    }
}

/// Marks as removed the headlines of other articles that follow a label such as « Lire aussi ». The list ends at the
/// first line of running text. Where there is running text above the label and none below it, every line up to the end
/// belongs to the list. Elsewhere a line belongs to it if the line before does, and it is a list item, follows without
/// a blank line, or is long for a heading ([`LINKED_HEADLINE`]) and has no final stop; after a line that belongs to the
/// list only because it is long, the list ends.
fn related(lines: &mut [ScreenedLine], original: &str) {
    for i in 0..lines.len() {
        if lines[i].verdict != Verdict::Remove(rules::RELATED) || !rules::is_related_label(&lines[i].key) {
            continue;
        }
        let after_text = lines[..i].iter().any(|l| l.keeps() && l.is_prose());
        let nothing_follows = !lines[i + 1..].iter().any(|l| l.keeps() && l.is_prose());
        // Whether the line before is the label, a list item, or a line that follows the one before
        // it without a blank line.
        let mut neighbour = true;
        for j in i + 1..lines.len() {
            if !lines[j].keeps() {
                continue;
            }
            if lines[j].is_prose() {
                break;
            }
            let adjacent = neighbour && !blank_between(original, &lines[j - 1], &lines[j]);
            let linked = neighbour && !lines[j].ends_sentence() && lines[j].words() >= LINKED_HEADLINE;
            let listed = neighbour && lines[j].kind == Some(BlockKind::ListItem);
            if !(adjacent || linked || listed || (after_text && nothing_follows)) {
                break;
            }
            lines[j].verdict = Verdict::Remove(rules::RELATED);
            neighbour = adjacent || listed;
        }
    }
}

/// Whether a blank line stands between two lines in the original; also where one of them has no characters left.
fn blank_between(original: &str, before: &ScreenedLine, after: &ScreenedLine) -> bool {
    let (Some(last), Some(first)) = (before.chars.last(), after.chars.first()) else { return true };
    let gap = Span::new(last.end.min(first.start), first.start);
    gap.of(original).matches('\n').count() > 1
}
