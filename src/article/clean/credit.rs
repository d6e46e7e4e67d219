//! Photo and agency credits: whole lines ("BAKARI SOW / AFP", "© Reuters"), and credits glued to a caption or a
//! paragraph.

use super::line::{ScreenedLine, Verdict};
use crate::article::{BlockKind, floor_boundary};
use crate::lexicon::any;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// Agencies, photo houses and media to which credits give pictures. Capitals matter: "AP" is an
/// agency, "ap" is not.
const AGENCY: &str = r"(?:AFP(?: Photo| PHOTO|TV)?|Agence France-Presse|REUTERS|Reuters|AP(?: Photo)?|Associated Press|EPA(?:-EFE)?|EFE|ANSA|DPA|dpa|TASS|SIPA(?: Press| PRESS)?|Sipa(?: Press|press)?|GETTY(?: IMAGES)?|Getty(?: Images)?|Anadolu(?: Agency)?|ANADOLU(?: AGENCY)?|AA|Xinhua|XINHUA|MAXPPP|MaxPPP|Hans Lucas|HANS LUCAS|Abaca(?:press)?|ABACA(?:PRESS)?|Belga|BELGA|Keystone|KEYSTONE|Magnum(?: Photos)?|Sputnik|SPUTNIK|NurPhoto|NURPHOTO|ZUMA(?: Press)?|IMAGO|Imago|Bestimage|BESTIMAGE|Panos|Gamma(?:-Rapho)?|Divergence|DR|D\.R\.|ATS|APS|SANA|UPI|Shutterstock|iStock|Wikimedia Commons|Le Monde|Libération|RFI|France 24|HuffPost)";
/// A photographer: a word with a capital, and up to four more, among them particles such as « de » and « ben ».
const NAME: &str =
    r"(?:[A-ZÀ-Ý][A-Za-zÀ-ſ’'.-]*(?: (?:[A-ZÀ-Ý][A-Za-zÀ-ſ’'.-]*|de|du|el|al|ben|bin|van|von|der)){0,4})";

/// Compiles a pattern, in which the words AGENCY and NAME stand for these two patterns.
fn regex(pattern: &str) -> Regex {
    Regex::new(&pattern.replace("AGENCY", AGENCY).replace("NAME", NAME)).expect("a pattern of this file")
}

/// A signature as credits have it, such as NAME / AGENCY, AGENCY / NAME, AGENCY via AGENCY or
/// © NAME / AGENCY.
const SIGNED: &str = r"(?:(?:© ?|\(c\) ?|Photo : ?|Photo )?(?:NAME(?: ?/ ?(?:NAME ?/ ?)?| via | pour | for )AGENCY(?: via AGENCY)?|AGENCY ?/ ?(?:NAME|AGENCY)(?: ?/ ?AGENCY)?|AGENCY via AGENCY))";

/// Patterns of lines that are credits as a whole.
static LINE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"^[(\[]?SIGNED[)\]]?\.?$",
        r"^NAME, AGENCY$",
        r"^[(\[]?(?:© ?)?AGENCY(?:(?:,| et|/| avec| -) ?AGENCY)*[)\]]?\.?$",
        r"^[(\[]?(?:©|\([cC]\)) ?[^.!?0-9 ][^.!?]+[)\]]?$",
        r"^[(\[]?(?i:(?:crédits?|credits?)(?: photos?| images?| vidéos?)?|photos?|ph\.|image|images|illustration|photographie|visuel|copyright photo)(?: d['’](?:illustration|archives?))? ?[:©/] ?[^.!?]+[)\]]?$",
        r"^[(\[]?(?i:photo|image|illustration)(?: d['’](?:illustration|archives?))[)\]]?\.?$",
        r"^[(\[]?(?i:photo|image) (?:by|par) NAME(?: ?[/,-] ?(?:AGENCY|NAME))*[)\]]?\.?$",
        r"^(?i:sources?) ?: ?(?:(?:AGENCY|NAME)(?:,| et|/| avec)? ?){1,4}$",
        r"^[(\[]?(?i:avec|with|d['’]après)(?: l['’]| les agences| agences?)? ?(?:AGENCY(?:,| et| and|/)? ?)*[)\]]?$",
        r"^[(\[]?NAME (?:avec|with) (?:l['’])?AGENCY(?:(?:,| et|/) (?:l['’])?AGENCY)*[)\]]?$",
    ]
    .iter()
    .map(|p| regex(&p.replace("SIGNED", SIGNED)))
    .collect()
});

/// A credit before a caption: "BAKARI SOW / AFP Un convoi passe …".
static FRONT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        &r"^(?P<credit>[(\[]?SIGNED[)\]]?|© ?AGENCY)(?: ?[-–—|:])? (?:[A-ZÀ-Ý«“][A-Za-zÀ-ſ’' ]|[AÀ] )"
            .replace("SIGNED", SIGNED),
    )
});

/// Patterns of a credit after a caption or a paragraph.
static BACK: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r" (?P<credit>[(\[](?i:photos?|crédits?|credits?|©|image|illustration|\(c\))[^()\[\]]{0,90}[)\]])\.?$",
        r" (?P<credit>[(\[]SIGNED[)\]])\.?$",
        r"[.!?»] (?P<credit>SIGNED)\.?$",
        r"[A-Za-zÀ-ſ.!?»)] (?P<credit>© ?[^.!?©]+)$",
        r"[.!?»)] (?P<credit>(?i:crédits?(?: photos?)?|photos?|image) ?: ?[^.!?:]+)$",
        r"[A-Za-zÀ-ſ.] (?P<credit>(?i:crédits?(?: photos?)) ?: ?[^.!?:]+)$",
    ]
    .iter()
    .map(|p| regex(&p.replace("SIGNED", SIGNED)))
    .collect()
});

/// An agency's signature at the end of its text: « … (AFP) ».
static SIGNATURE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[.!?»] (?P<credit>\(AGENCY(?:(?:,| et|/| avec) ?AGENCY)*\))$"));

/// The most words of a line that is a credit. « Photo : le port de Karsa après le bombardement du quartier » has more:
/// it says what the picture shows.
const MAX_CREDIT_WORDS: usize = 9;

/// How many bytes at either end of a line are searched for a credit.
const MAX_CREDIT: usize = 160;

/// Bytes of the longest caption: a longer paragraph with a credit at its beginning or end is
/// running text.
const MAX_CAPTION: usize = 400;

/// Marks a line that is a credit, and takes credits off both ends of other lines: off the beginning only where at least
/// three words follow. A line that had a credit becomes a caption (see [`caption`]), unless the credit is an agency's
/// signature at the end of a text.
pub(super) fn take(line: &mut ScreenedLine, credits: &mut Vec<Span>) {
    if !line.keeps() {
        return;
    }
    if !may_have_credit(&line.key) {
        return;
    }
    if line.words() <= MAX_CREDIT_WORDS && LINE.iter().any(|r| r.is_match(&line.text)) {
        line.verdict = Verdict::Credit;
        return;
    }
    let head = &line.text[..floor_boundary(&line.text, MAX_CREDIT)];
    let front = FRONT.captures(head).map(|c| c.name("credit").expect("a group").end());
    if let Some(end) = front.filter(|&end| line.text[end..].split(' ').filter(|w| !w.is_empty()).count() >= 3) {
        credits.push(line.cut_front(end));
        caption(line);
    }
    let from = floor_boundary(&line.text, line.text.len().saturating_sub(MAX_CREDIT));
    let tail = &line.text[from..];
    let start = |r: &Regex| Some(from + r.captures(tail)?.name("credit")?.start());
    if let Some(start) = BACK.iter().find_map(start) {
        credits.push(line.cut_back(start));
        caption(line);
    } else if let Some(start) = start(&SIGNATURE) {
        credits.push(line.cut_back(start));
    }
}

/// Whether a line, given by its [`ScreenedLine::key`], may have a credit: it has a word that
/// credits have, or « via », or is so short that it may be the name of an agency. Most lines may
/// have none, and need not be matched against the patterns.
fn may_have_credit(key: &str) -> bool {
    any::CREDIT_HINTS.words().any(|hint| key.contains(hint)) || key.contains(" via ") || key.len() <= 12
}

/// Makes a line that had a credit a caption, if it is short enough and its markup does not make it anything but a
/// paragraph.
fn caption(line: &mut ScreenedLine) {
    if line.text.len() <= MAX_CAPTION && matches!(line.kind, None | Some(BlockKind::Paragraph)) {
        line.kind = Some(BlockKind::Caption);
    }
}
