//! Turns bytes into text. Press texts come as UTF-8, UTF-16, Windows-1252 or ISO-8859-15; no other
//! encoding is tried.

use super::error::ReadErrorKind;
use encoding_rs::{ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file, and how it was read.
pub(crate) struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// WHATWG name of the encoding.
    pub encoding: &'static str,
    /// What the user should know about the decoding, such as broken bytes; each warning is one
    /// line, ready to be shown.
    pub warnings: Vec<String>,
}

/// Decodes the bytes of a text file.
///
/// A byte order mark tells the encoding, if there is one. Otherwise these are tried in turn:
/// UTF-16 (in Latin text, every other byte is zero); UTF-8; UTF-8 with a few broken bytes, which
/// are read as Windows-1252 and reported; and, if too many bytes are broken, one of the two
/// single-byte encodings.
///
/// # Errors
/// When the bytes look like a binary file, or begin like a file of another format, such as PDF.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, ReadErrorKind> {
    if let Some(what) = known_binary(bytes) {
        return Err(ReadErrorKind::Binary(what.to_string()));
    }
    let utf16 = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return utf8_or_legacy(rest),
        [0xFF, 0xFE, rest @ ..] => Some((UTF_16LE, rest)),
        [0xFE, 0xFF, rest @ ..] => Some((UTF_16BE, rest)),
        _ => utf16_without_mark(bytes).map(|encoding| (encoding, bytes)),
    };
    let Some((encoding, rest)) = utf16 else { return utf8_or_legacy(bytes) };
    let (text, broken) = encoding.decode_without_bom_handling(rest);
    let mut warnings = Vec::new();
    if broken {
        warnings.push(format!("broken {}: unreadable characters are shown as \u{FFFD}", encoding.name()));
    }
    check_controls(text.as_bytes())?;
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), warnings })
}

/// What a file is whose first bytes are those of a format that users hand to text tools by mistake,
/// in words for the user; `None` for any other file.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"%PDF-", "this is a PDF document; extract its text first, for example with pdftotext"),
        (b"PK\x03\x04", "this is a ZIP archive or an office document; save it as text first"),
        (b"\xD0\xCF\x11\xE0", "this is an old office document; save it as text first"),
        (b"{\\rtf", "this is an RTF document; save it as text first"),
        (b"\x1F\x8B", "this is a gzip archive; unpack it first"),
        (b"\x89PNG", "this is a PNG picture"),
        (b"\xFF\xD8\xFF", "this is a JPEG picture"),
        (b"GGUF", "this is a GGUF model, not an article"),
        (b"\x7FELF", "this is a program"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, what)| what)
}

/// Whether the first bytes of a text are UTF-16, which must be decoded before it is cut into lines.
/// Without a byte order mark, UTF-16 is only recognised in an even number of bytes.
pub(crate) fn is_utf16(start: &[u8]) -> bool {
    start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") || utf16_without_mark(start).is_some()
}

/// The byte order of UTF-16 without a byte order mark, by where its zero bytes are.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    // In UTF-16, one byte of every Latin-1 character is zero. French texts also have a few other
    // characters (’ œ “), so a zero is required only in nine of ten characters, which is still far
    // more than a binary file has.
    if odd * 10 >= pairs * 9 && even == 0 {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 9 && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Reads UTF-8; or one of the single-byte encodings, if there are more invalid sequences than valid
/// characters beyond ASCII.
fn utf8_or_legacy(bytes: &[u8]) -> Result<Decoded, ReadErrorKind> {
    check_controls(bytes)?;
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_string(), encoding: UTF_8.name(), warnings: Vec::new() });
    }
    let chunks = || bytes.utf8_chunks();
    let broken = chunks().filter(|c| !c.invalid().is_empty()).count();
    let good: usize = chunks().map(|c| c.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    if good < broken {
        let encoding = if is_latin9(bytes) { ISO_8859_15 } else { WINDOWS_1252 };
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), warnings: Vec::new() });
    }
    let (mut text, mut first_line) = (String::with_capacity(bytes.len()), None);
    for chunk in chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first_line.get_or_insert_with(|| text.matches('\n').count() + 1);
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    let line = first_line.unwrap_or(1);
    let warning = format!("broken UTF-8 in {broken} place(s), the first on line {line}: read as windows-1252 there");
    Ok(Decoded { text, encoding: UTF_8.name(), warnings: vec![warning] })
}

/// Whether bytes that are not UTF-8 are ISO-8859-15 (Latin-9), and not Windows-1252. The two differ
/// in two ways. The bytes 0x80–0x9F are control characters in ISO-8859-15, but quotation marks and
/// the like in Windows-1252; so a text with one of these bytes is Windows-1252. And eight bytes are
/// € Š š Ž ž Œ œ Ÿ in ISO-8859-15, but ¤ ¦ ¨ ´ ¸ ¼ ½ ¾ in Windows-1252: 0xA4 is taken for the euro,
/// since press texts have no ¤, and 0xBC and 0xBD before a letter are taken for Œ and œ, not for
/// fractions.
fn is_latin9(bytes: &[u8]) -> bool {
    if bytes.iter().any(|b| (0x80..=0x9F).contains(b)) {
        return false;
    }
    let letter = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0xC0);
    bytes.iter().enumerate().any(|(i, b)| match b {
        0xA4 => true,
        0xBC | 0xBD => letter(bytes.get(i + 1)),
        _ => false,
    })
}

/// Refuses bytes that hold a NUL, or more than one control character in a hundred bytes (not counting tabs, line ends
/// and form feeds), because they are probably a binary file.
fn check_controls(bytes: &[u8]) -> Result<(), ReadErrorKind> {
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(ReadErrorKind::Binary(format!("a NUL byte at byte {at}")));
    }
    let controls = bytes.iter().filter(|&&b| b < 0x20 && !b"\t\n\r\x0C".contains(&b)).count();
    if controls * 100 > bytes.len() {
        return Err(ReadErrorKind::Binary(format!("{controls} control characters in {} bytes", bytes.len())));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "« Le cœur de l’offensive », à 3 000 € : été";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        assert!(decoded.warnings.is_empty());
    }

    #[test]
    fn every_encoding_of_the_french_press_is_told_apart() {
        check(TEXT.as_bytes(), TEXT, "UTF-8");
        check(format!("\u{FEFF}{TEXT}").as_bytes(), TEXT, "UTF-8");
        for big in [false, true] {
            let name = if big { "UTF-16BE" } else { "UTF-16LE" };
            check(&utf16(&format!("\u{FEFF}{TEXT}"), big), TEXT, name);
            check(&utf16(TEXT, big), TEXT, name);
        }
        check(&WINDOWS_1252.encode(TEXT).0, TEXT, "windows-1252");
        let without_curly = TEXT.replace('’', "'");
        check(&ISO_8859_15.encode(&without_curly).0, &without_curly, "ISO-8859-15");
    }

    #[test]
    fn latin_1_fractions_do_not_become_letters() {
        let text = "Une boîte de 1½ litre";
        check(&WINDOWS_1252.encode(text).0, text, "windows-1252");
    }

    #[test]
    fn a_broken_byte_in_utf8_is_kept_and_reported_with_its_line() {
        let mut bytes = "Été à Alep,\nl".as_bytes().to_vec();
        bytes.extend(b"\x92arm\xE9e avance vers l\xC3\xA9tat.");
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.text, "Été à Alep,\nl’armée avance vers létat.");
        assert!(decoded.warnings[0].contains("2 place(s), the first on line 2"), "{:?}", decoded.warnings);
    }

    #[test]
    fn binary_files_are_refused_with_the_reason() {
        assert!(matches!(decode(b"%PDF-1.7 ..."), Err(ReadErrorKind::Binary(what)) if what.contains("PDF")));
        assert!(matches!(decode(b"abc\0def"), Err(ReadErrorKind::Binary(what)) if what.contains("byte 3")));
        assert!(decode(&[1, 2, 3, 4, 5, 6]).is_err());
    }
}
