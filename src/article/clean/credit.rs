//! Photo and agency credits: whole lines ("BAKARI SOW / AFP", "© Reuters"), and credits glued to a caption or a
//! paragraph.

use super::line::{Fate, Line};
use crate::article::BlockKind;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// Agencies and photo houses. Case counts: "AP" is one, "ap" is not.
const AGENCY: &str = r"(?:AFP(?: Photo| PHOTO|TV)?|Agence France-Presse|REUTERS|Reuters|AP(?: Photo)?|Associated Press|EPA(?:-EFE)?|EFE|ANSA|DPA|dpa|TASS|SIPA(?: Press| PRESS)?|Sipa(?: Press|press)?|GETTY(?: IMAGES)?|Getty(?: Images)?|Anadolu(?: Agency)?|ANADOLU(?: AGENCY)?|AA|Xinhua|XINHUA|MAXPPP|MaxPPP|Hans Lucas|HANS LUCAS|Abaca(?:press)?|ABACA(?:PRESS)?|Belga|BELGA|Keystone|KEYSTONE|Magnum(?: Photos)?|Sputnik|SPUTNIK|NurPhoto|NURPHOTO|ZUMA(?: Press)?|IMAGO|Imago|Bestimage|BESTIMAGE|Panos|Gamma(?:-Rapho)?|Divergence|DR|D\.R\.|ATS|APS|SANA|UPI|Shutterstock|iStock|Wikimedia Commons|Le Monde|Libération|RFI|France 24|HuffPost)";
/// A photographer: up to four words that begin with a capital, or one in small letters as agencies sign.
const NAME: &str = r"(?:[A-ZÀ-Ý][\p{L}’'.-]*(?: (?:[A-ZÀ-Ý][\p{L}’'.-]*|de|du|el|al|ben|bin|van|von|der)){0,4})";

fn regex(pattern: &str) -> Regex {
    Regex::new(&pattern.replace("AGENCY", AGENCY).replace("NAME", NAME)).expect("a pattern of this file")
}

/// NAME / AGENCY, AGENCY / NAME, AGENCY via AGENCY, © NAME …
const SIGNED: &str = r"(?:(?:© ?|\(c\) ?|Photo : ?|Photo )?(?:NAME(?:,? ?/ ?(?:NAME ?/ ?)?| via | pour | for |, )AGENCY(?: via AGENCY)?|AGENCY ?/ ?(?:NAME|AGENCY)(?: ?/ ?AGENCY)?|AGENCY via AGENCY))";

/// Whole lines.
static LINE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"^[(\[]?SIGNED[)\]]?\.?$",
        r"^[(\[]?(?:© ?)?AGENCY(?:(?:,| et|/| avec| -) ?AGENCY)*[)\]]?\.?$",
        r"^[(\[]?(?:©|\([cC]\)) ?[^.!?\d ][^.!?]{1,70}[)\]]?$",
        r"^[(\[]?(?i:(?:crédits?|credits?)(?: photos?| images?| vidéos?)?|photos?|ph\.|image|images|illustration|photographie|visuel|copyright photo|légende)(?: d['’](?:illustration|archives?))? ?[:©/] ?[^.!?]{2,90}[)\]]?$",
        r"^[(\[]?(?i:photo|image|illustration)(?: d['’](?:illustration|archives?))[)\]]?\.?$",
        r"^[(\[]?(?i:photo|image) (?:by|par|de) NAME(?: ?[/,-] ?(?:AGENCY|NAME))*[)\]]?\.?$",
        r"^(?i:sources?) ?: ?(?:(?:AGENCY|NAME)(?:,| et|/| avec)? ?){1,4}$",
        r"^[(\[]?(?i:avec|with|d['’]après)(?: l['’]| les agences| agences?)? ?(?:AGENCY(?:,| et| and|/)? ?)*[)\]]?$",
        r"^[(\[]?NAME (?:avec|with) (?:l['’])?AGENCY(?:(?:,| et|/) (?:l['’])?AGENCY)*[)\]]?$",
    ]
    .iter()
    .map(|p| regex(&p.replace("SIGNED", SIGNED)))
    .collect()
});

/// Before a caption: "BAKARI SOW / AFP Un convoi passe …".
static FRONT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        &r"^(?P<credit>[(\[]?SIGNED[)\]]?|© ?AGENCY)(?: ?[-–—|:])? (?:[A-ZÀ-Ý«“][\p{L}’' ]|[AÀ] )"
            .replace("SIGNED", SIGNED),
    )
});

/// After a caption or a paragraph.
static BACK: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r" (?P<credit>[(\[](?i:photos?|crédits?|credits?|©|image|illustration|\(c\))[^()\[\]]{0,90}[)\]])\.?$",
        r" (?P<credit>[(\[]SIGNED[)\]])\.?$",
        r"[.!?»] (?P<credit>SIGNED)\.?$",
        r"[\p{L}.!?»)] (?P<credit>© ?[^.!?©]{2,70})$",
        r"[.!?»)] (?P<credit>(?i:crédits?(?: photos?)?|photos?|image) ?: ?[^.!?:]{2,60})$",
        r"[\p{L}.] (?P<credit>(?i:crédits?(?: photos?)) ?: ?[^.!?:]{2,60})$",
    ]
    .iter()
    .map(|p| regex(&p.replace("SIGNED", SIGNED)))
    .collect()
});

/// An agency's signature at the end of a dispatch.
static SIGNATURE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[.!?»] (?P<credit>\(AGENCY(?:(?:,| et|/| avec) ?AGENCY)*\))$"));

/// Captions are short; a longer paragraph that ends in a credit is text.
const MAX_CAPTION: usize = 400;

/// Marks a line that is a credit, and takes credits off the ends of other lines.
pub(super) fn take(line: &mut Line, credits: &mut Vec<Span>) {
    if !line.keeps() {
        return;
    }
    if line.text.len() <= 120 && LINE.iter().any(|r| r.is_match(&line.text)) {
        line.fate = Fate::Credit;
        return;
    }
    let front = FRONT.captures(&line.text).map(|c| c.name("credit").expect("a group").end());
    if let Some(end) = front.filter(|&end| line.text[end..].split(' ').filter(|w| !w.is_empty()).count() >= 3) {
        credits.push(line.cut_front(end));
        caption(line);
    }
    let back = BACK.iter().find_map(|r| Some(r.captures(&line.text)?.name("credit")?.start()));
    if let Some(start) = back {
        credits.push(line.cut_back(start));
        caption(line);
    } else if let Some(start) = SIGNATURE.captures(&line.text).and_then(|c| Some(c.name("credit")?.start())) {
        credits.push(line.cut_back(start));
    }
}

fn caption(line: &mut Line) {
    if line.text.len() <= MAX_CAPTION && matches!(line.kind, None | Some(BlockKind::Paragraph)) {
        line.kind = Some(BlockKind::Caption);
    }
}
