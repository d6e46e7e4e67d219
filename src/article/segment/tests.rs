use super::*;

/// Asserts that the French splitter, given these sentences joined by single spaces, returns exactly these sentences.
#[track_caller]
fn fr(sentences: &[&str]) {
    let text = sentences.join(" ");
    let found: Vec<&str> = french(&text).into_iter().map(|s| s.of(&text)).collect();
    assert_eq!(found, sentences);
}

/// Asserts that the English splitter, given these sentences joined by single spaces, returns exactly these sentences.
#[track_caller]
fn en(sentences: &[&str]) {
    let text = sentences.join(" ");
    let found: Vec<&str> = english(&text).into_iter().map(|s| s.of(&text)).collect();
    assert_eq!(found, sentences);
}

#[test]
fn titles_and_ranks_do_not_end_sentences() {
    fr(&[
        "M. Diallo et MM. Ba et Sow ont reçu le Dr. Koné, Me. Roy et le gén. Haddad.",
        "Le col. Traoré, le cap. Sy et le lt. Ly les accompagnaient.",
        "Mme. Touré est restée à St. Louis.",
    ]);
}

#[test]
fn common_abbreviations_do_not_end_sentences() {
    fr(&["L’art. 5, al. 2, vol. 3, p. 12 et no. 7 s’appliquent.", "Voir aussi l’annexe."]);
    fr(&["Il est né le 3 janv. 1990, av. la guerre.", "Il vit env. 20 km plus loin."]);
}

#[test]
fn bc_ends_a_sentence_only_before_a_new_one() {
    fr(&["La ville, fondée vers 300 av. J.-C. par des marchands, a été rasée.", "Elle renaît."]);
    fr(&["Elle a été fondée vers 300 av. J.-C.", "Les marchands y passaient."]);
}

#[test]
fn etc_ends_a_sentence_before_a_capital_only() {
    fr(&["Ponts, routes, etc. ont été détruits.", "Des ponts, des routes, etc.", "Tout est à refaire."]);
}

#[test]
fn initials_and_acronyms() {
    fr(&["J.-C. Morel et George W. Bush ont parlé à l’O.N.U. de paix.", "Ils sont partis."]);
    fr(&["Le vaccin protège des virus A et B.", "Il n’existe rien contre le C."]);
    fr(&["C’est le projet de l’O.N.U.", "Les États-Unis s’y opposent."]);
    fr(&["Le parti (P.S.) de Jean Roy a voté.", "Il a perdu."]);
}

#[test]
fn numbers_addresses_and_file_names() {
    fr(&["Il y a 3.5 millions de déplacés et 1.200 blessés.", "24 civils sont morts."]);
    fr(&["Voir www.exemple.org et a.b@exemple.fr ou rapport.v2.pdf pour le détail.", "Fin."]);
    fr(&["C’était en 2011.", "19 enfants sont nés."]);
}

#[test]
fn a_quotation_is_split_at_its_inner_stops_and_the_closing_mark_stays_with_the_last_sentence() {
    fr(&["« Nous restons.", "Nous tenons. »", "Il sourit."]);
    fr(&["« Que faire ? » demande-t-elle.", "« Rien ! » répond-il."]);
    fr(&["« Nous avançons (…) » a assuré l’armée.", "Elle n’en dit pas plus."]);
    fr(&["Il a parlé de « victoire ».", "« C’est faux », dit l’autre."]);
    fr(&["\"Nous tenons.\"", "\"Nous tiendrons\", dit-il."]);
    fr(&["Il a dit : \"c’est fini.\"", "Elle est partie."]);
}

#[test]
fn omissions_and_ellipses() {
    fr(&["Il hésite… puis renonce.", "Et alors…", "Rien ne vient."]);
    fr(&["Les accords [...] sont signés.", "(…) Le reste suit."]);
    fr(&["Quoi ?!", "Non ! ! !", "Si."]);
}

#[test]
fn questions_inside_a_sentence() {
    fr(&["Qui a tiré ? se demande la mission.", "Nul ne sait."]);
}

#[test]
fn lists_dashes_and_brands() {
    fr(&["1. Le premier point reste ouvert."]);
    fr(&["– Vous partez ?", "– Non, je reste."]);
    fr(&["Le marché recule.", "iMédia et eBay aussi."]);
}

#[test]
fn a_headline_is_one_sentence() {
    fr(&["Nord : l’armée prend M. Ba pour cible, 12 morts"]);
}

#[test]
fn english_abbreviations() {
    en(&["Mr. Smith met Lt. Gen. Jones at 5 p.m. in the U.S. Capitol.", "They left."]);
    en(&["It was signed on Jan. 5 by Acme Inc. and others.", "No. 7 was not."]);
    en(&["He came from the U.S.", "The others did not."]);
    en(&["“We stay.", "We hold.”", "He smiled."]);
}

#[test]
fn nothing_is_lost_between_sentences() {
    for text in ["", " ", "...", "« »", "a. b. c.", "\"", ".\"", "M.", "« A. »B", "é…"] {
        let spans = french(text);
        let kept: String = spans.iter().map(|s| s.of(text)).collect();
        let without_spaces = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert!(without_spaces(&kept) == without_spaces(text), "{text:?}");
    }
}
