use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// A scraped page with many faults that are common in such pages.
const PAGE: &str = "Courrier Info FR\n\n\
    Au Nord, l’armée et ses alliés entrent à Karsa, après un assaut qui a fait plus de 80 morts\n\n\
    >\n\
    BAKARI SOW / AFP Des soldats à moto entrent dans le quartier du port, à l’est de Karsa, ce jeudi 5 décembre.\n\n\
    BAKARI SOW / AFP\n\n\
    Des soldats à moto entrent dans le quartier du port, à l’est de Karsa, ce jeudi 5 décembre.\n\n\
    INTERNATIONAL – Le bilan monte à Karsa. Après trois jours de combats, la ville tient encore, mais pour combien de temps ?\n\n\
    Selon l’ONG, ” plus de 30 villages du nord » sont tombés. D’où “ tirs nourris » près du port.\n\n\
    Une ville vidée\n\n\
    « Nous avançons (…) »a pourtant dit l’état-major. . Il parle d’une « atteinte à la paix « . Le port est fermé.\n\n\
    Voir aussi sur Courrier :\n\n\
    La lecture de ce contenu peut entraîner le dépôt de cookies par l’opérateur tiers qui l’héberge. Vous pouvez revoir \
    vos choix.\n\n\
    Lire la vidéo\n\n \nFor Latest Updates Follow us on Google News\n \n\nRelated News :";

fn read(text: &str) -> Article {
    let options = ReadOptions { today: Some(date(2025, 2, 1)), ..ReadOptions::default() };
    Article::from_text("-", text, &options).unwrap()
}

fn lines(article: &Article) -> Vec<(BlockKind, Vec<&str>)> {
    article.blocks.iter().map(|b| (b.kind, b.sentences.iter().map(|s| s.text.as_str()).collect())).collect()
}

#[test]
fn a_scraped_page_is_reduced_to_its_article() {
    use BlockKind::*;
    let article = read(PAGE);
    let expected: Vec<(BlockKind, Vec<&str>)> = vec![
        (Title, vec!["Au Nord, l’armée et ses alliés entrent à Karsa, après un assaut qui a fait plus de 80 morts"]),
        (Caption, vec!["Des soldats à moto entrent dans le quartier du port, à l’est de Karsa, ce jeudi 5 décembre."]),
        (
            Paragraph,
            vec![
                "Le bilan monte à Karsa.",
                "Après trois jours de combats, la ville tient encore, mais pour combien de temps ?",
            ],
        ),
        (
            Paragraph,
            vec!["Selon l’ONG, « plus de 30 villages du nord » sont tombés.", "D’où « tirs nourris » près du port."],
        ),
        (Heading, vec!["Une ville vidée"]),
        (
            Paragraph,
            vec![
                "« Nous avançons (…) » a pourtant dit l’état-major.",
                "Il parle d’une « atteinte à la paix ».",
                "Le port est fermé.",
            ],
        ),
    ];
    assert_eq!(lines(&article), expected);
    assert_eq!(article.date, Some(date(2024, 12, 5)));
    assert_eq!(article.credits.len(), 2);
    assert!(article.credits.iter().all(|c| c.of(&article.original.text) == "BAKARI SOW / AFP"));
    let reasons: Vec<&str> = article.removed.iter().map(|r| r.reason).collect();
    assert_eq!(
        reasons,
        [
            "name of the site",
            "line without a word",
            "caption stands twice",
            "section name",
            "related news",
            "cookie notice",
            "video prompt",
            "follow-us line",
            "related news",
        ]
    );
}

#[test]
fn keep_boilerplate_removes_nothing() {
    let options = ReadOptions { keep_boilerplate: true, ..ReadOptions::default() };
    let article = Article::from_text("-", PAGE, &options).unwrap();
    assert!(article.removed.is_empty() && article.credits.is_empty());
    assert!(article.sentences().any(|s| s.text == "Lire la vidéo"));
}

#[test]
fn a_word_is_found_in_the_original_through_the_mended_quotation() {
    let article = read(PAGE);
    let sentence = article.sentences().find(|s| s.text.contains("plus de 30")).unwrap();
    let at = sentence.text.find("« plus de 30 villages du nord »").unwrap();
    let quote = Span::new(at, at + "« plus de 30 villages du nord »".len());
    assert_eq!(sentence.to_original(quote).of(PAGE), "” plus de 30 villages du nord »");
    let at = sentence.text.find("30").unwrap();
    assert_eq!(sentence.to_original(Span::new(at, at + 2)).of(PAGE), "30");
}

#[test]
fn the_users_date_wins_over_a_date_line() {
    let text = "Publié le 29 novembre 2024 à 14h30\n\nLe port de Karsa a rouvert ce jeudi 5 décembre, selon la mairie.";
    let article = read(text);
    assert_eq!((article.date, article.date_source), (Some(date(2024, 11, 29)), Some(DateSource::DateLine)));
    assert_eq!(article.removed[0].reason, "date line");
    let options = ReadOptions { date: Some(date(2020, 1, 2)), ..ReadOptions::default() };
    let given = Article::from_text("-", text, &options).unwrap();
    assert_eq!((given.date, given.date_source), (Some(date(2020, 1, 2)), Some(DateSource::Given)));
}

#[test]
fn a_date_before_the_first_sentence_is_cut_off_but_an_agency_dateline_stays() {
    let text = "Trêve au Nord de la vallée\n\n4 janvier 2025 . – Les deux camps ont signé une trêve.";
    let article = read(text);
    assert_eq!(article.date, Some(date(2025, 1, 4)));
    assert_eq!(article.sentences().nth(1).unwrap().text, "Les deux camps ont signé une trêve.");
    assert_eq!(article.removed[0].span.of(text), "4 janvier 2025 . –");
    let agency = read("KARSA (Nord), 4 janv. 2025 (AFP) - Les deux camps ont signé une trêve.");
    assert_eq!((agency.date, agency.removed.len()), (Some(date(2025, 1, 4)), 0));
}

#[test]
fn the_name_of_the_site_is_cut_off_the_headline() {
    let article = read("Trêve au Nord de la vallée | Le Courrier du Fleuve\n\nLes deux camps ont signé une trêve.");
    assert_eq!(article.title().as_deref(), Some("Trêve au Nord de la vallée"));
    assert_eq!(article.removed[0].reason, "name of the site");
}

#[test]
fn an_english_article_is_refused_and_named() {
    let text = "Fighting resumed overnight around the city, according to a military source reached by phone, and \
        hundreds of families have left their homes in the last two days.";
    let error = Article::from_text("a.txt", text, &ReadOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "a.txt: the text is in English, not in French");
    assert!(!error.is_empty_input());
    let options = ReadOptions { lang: Lang::En, ..ReadOptions::default() };
    assert_eq!(Article::from_text("a.txt", text, &options).unwrap().sentences().count(), 1);
}

#[test]
fn a_page_of_boilerplate_alone_is_empty() {
    let error =
        Article::from_text("a.txt", "Publicité\n\nPartager sur Facebook\n", &ReadOptions::default()).unwrap_err();
    assert!(error.is_empty_input());
}

#[test]
fn the_view_counts_characters() {
    let view = read("Été à Karsa, les combats cessent\n\nLe port a rouvert, selon la mairie de la ville.").view();
    let second = &view.blocks[1].sentences[0].original;
    assert_eq!((second.start, second.end), (34, 81));
    assert_eq!(view.title.as_deref(), Some("Été à Karsa, les combats cessent"));
    assert!(serde_json::to_string(&view).unwrap().contains("\"kind\":\"title\""));
}

/// Quadratic work on any of these texts would take minutes.
#[test]
fn hostile_lines_take_linear_time() {
    let options = ReadOptions { check_language: false, ..ReadOptions::default() };
    for part in [
        ". ",
        "\" ",
        "a\" ",
        "« ",
        "» ",
        "” a",
        "M. ",
        "a.",
        "( ",
        "l' ",
        "1. ",
        "Lire aussi ",
        "e\u{301}",
        "! ",
        "|a ",
        "- ",
        "/ AFP ",
        "cookie. ",
        "’",
        "\u{A0}",
        ",a",
        "\n",
        "le 5 mai 2024 ",
        "ce lundi 5 mai",
        "(…) ",
        "\u{1100}\u{1161}",
        "mot²",
        "a[1]",
        "²",
        "[1",
        "« la route est à nous »\n",
    ] {
        let text = part.repeat(300_000 / part.len());
        let start = std::time::Instant::now();
        let _ = Article::from_text("-", &text, &options);
        assert!(start.elapsed().as_secs() < 20, "{part:?} took {:?}", start.elapsed());
    }
}

#[cfg(feature = "html")]
#[test]
fn hostile_pages_neither_overflow_the_stack_nor_take_long() {
    for part in ["<div>", "<span>", "<p>", "<li><b>", "<p>a", "<table><tr><td>", "<!--", "<div", "&lt;", "<svg/>"] {
        for times in [500, 50_000] {
            let page = format!("{}<p>Le port est fermé depuis lundi.</p>", part.repeat(times));
            let start = std::time::Instant::now();
            let _ = read::read_bytes("a.html", page.as_bytes(), Format::Html);
            assert!(start.elapsed().as_secs() < 20, "{part} took {:?}", start.elapsed());
        }
    }
}

/// The letters and digits of a text, composed (NFC).
fn letters(text: &str) -> String {
    text.nfc().filter(|c| c.is_alphanumeric()).collect()
}

/// Checks what must hold for every article, whatever the text.
fn check(article: &Article) -> Result<(), TestCaseError> {
    let text = &article.original.text;
    let mut last = 0;
    for sentence in article.sentences() {
        prop_assert!(sentence.span.start >= last, "sentences in order");
        last = sentence.span.end;
        prop_assert!(text.is_char_boundary(sentence.span.start) && text.is_char_boundary(sentence.span.end));
        prop_assert!(sentence.map.is_sorted(), "{:?}", sentence.map);
        let mut before = sentence.span.start;
        for (i, c) in sentence.text.char_indices() {
            let span = sentence.to_original(Span::new(i, i + c.len_utf8()));
            prop_assert!(span.start >= before && span.end <= sentence.span.end, "monotone and inside");
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            before = span.end;
            if c.is_ascii_alphanumeric() {
                let original = span.of(text);
                // U+212A, the Kelvin sign, is a K in NFC.
                let same = original.nfc().next() == Some(c);
                prop_assert!(same, "{c:?} stands for {original:?}");
            }
        }
        prop_assert!(!sentence.text.contains("  ") && sentence.text.trim() == sentence.text);
    }
    let mut gone: Vec<Span> = article.removed.iter().map(|r| r.span).chain(article.credits.iter().copied()).collect();
    gone.sort();
    let mut rest = String::new();
    let mut from = 0;
    for span in gone {
        prop_assert!(span.start >= from, "what was taken out does not overlap");
        rest.push_str(&text[from..span.start]);
        rest.push(' ');
        from = span.end;
    }
    rest.push_str(&text[from..]);
    let kept: String = article.sentences().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
    prop_assert_eq!(letters(&rest), letters(&kept), "no letter and no digit is lost");
    Ok(())
}

/// Texts made of pieces that are hard to clean and to segment.
fn press_text() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "« ",
        " »",
        "“",
        "”",
        "\"",
        ". ",
        ".",
        "…",
        "(…)",
        "\n",
        "\n\n",
        " ",
        "\u{A0}",
        "M. Ba",
        "J.-C.",
        "Alep",
        "e\u{301}té",
        "1 200",
        "BAKARI SOW / AFP ",
        "Lire aussi : ",
        "Publicité",
        "© AFP",
        "Le port est fermé depuis lundi, dit-il",
        ",",
        "?",
        " !",
        "- ",
        "– ",
        ">",
        "INTERNATIONAL – ",
        "Par Jeanne Morel",
        "le 5 mai 2024",
        "l’",
        "d'",
        "\u{AD}",
        "\r\n",
        "a",
        "\t",
        "(Photo de X / Reuters)",
        "etc.",
        "12.",
        ". . ",
        "cookies vous",
        "(AFP)",
    ]);
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_press_text_keeps_its_letters_and_spans(text in press_text(), keep in any::<bool>()) {
        let options = ReadOptions { keep_boilerplate: keep, check_language: false, ..ReadOptions::default() };
        if let Ok(article) = Article::from_text("-", &text, &options) {
            check(&article)?;
        }
    }

    #[test]
    fn any_text_keeps_its_letters_and_spans(text in "\\PC{0,300}") {
        let options = ReadOptions { check_language: false, ..ReadOptions::default() };
        if let Ok(article) = Article::from_text("-", &text, &options) {
            check(&article)?;
        }
    }

    #[test]
    fn any_bytes_in_any_format_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Text, Format::Markdown, Format::Html, Format::JsonLines] {
            if let Ok(documents) = read::read_bytes("-", &bytes, format) {
                for document in documents.into_iter().flatten() {
                    let _ = Article::from_document(document, &ReadOptions::default());
                }
            }
        }
    }

    #[test]
    fn any_markdown_does_not_panic(text in "(#|\\*|_|`|\\[|\\]|\\(|\\)|<|>|-|&amp;|&|a|é|1|\n| |b c|\\\\|!|\\|){0,60}") {
        if let Ok(documents) = read::read_bytes("-", text.as_bytes(), Format::Markdown) {
            let options = ReadOptions { check_language: false, ..ReadOptions::default() };
            for document in documents.into_iter().flatten() {
                let _ = Article::from_document(document, &options);
            }
        }
    }
}

/// A text that `any_press_text_keeps_its_letters_and_spans` once failed on.
#[test]
fn a_date_before_a_credit_is_recorded_as_removed() {
    let text = "« \r\nle 5 mai 2024- (Photo de X / Reuters)\r\nM. Ba« « ";
    let options = ReadOptions { check_language: false, ..ReadOptions::default() };
    check(&Article::from_text("t", text, &options).unwrap()).unwrap();
}
