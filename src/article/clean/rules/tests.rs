use crate::article::{Article, ReadOptions};

const PROSE: &str =
    "Les deux camps ont signé jeudi soir une trêve de dix jours dans la vallée, a annoncé le médiateur.";

/// The reason why `line`, set between two paragraphs, is taken out; `None` if it stays.
fn reason(line: &str) -> Option<&'static str> {
    let article = Article::from_text("-", &format!("{PROSE}\n\n{line}\n\nEt puis : {PROSE}"), &ReadOptions::default());
    article.unwrap().removed.first().map(|r| r.reason)
}

#[track_caller]
fn removed(expected: &str, lines: &[&str]) {
    for line in lines {
        assert_eq!(reason(line), Some(expected), "{line}");
    }
}

#[test]
fn links_to_other_articles() {
    removed(
        "related news",
        &[
            "Voir aussi sur HuffPost :",
            "LIRE AUSSI",
            "Lire aussi : Au Nord, la trêve tient encore",
            "À lire aussi Au Nord, les convois attendent toujours le feu vert",
            "Lire aussi | Le récit d’une nuit de bombardements.",
            "LIRE AUSSI Nord : ce que l’on sait de la trêve",
            "Related News :",
            "Sur le même sujet",
            "Articles similaires",
            "→ À LIRE. Nord : les convois attendent",
            "Lire également Nos explications sur la trêve",
            "Lire aussi Nos explications (vidéo)",
            "« Lire aussi Nos explications »",
            "[Lire aussi Nos explications]",
            "Lire : Au Nord, la trêve tient encore",
            "Pour mémoire",
            "Pour mémoire : le siège de Marnay en dates",
            "Mots-clés : trêve, Marnay, convois",
            "Mots-clés",
        ],
    );
}

#[test]
fn labels_that_begin_a_sentence_stay() {
    for line in [
        "Pour mémoire, le siège de Marnay avait duré deux ans et fait six cents morts.",
        "Pour mémoire : le siège de Marnay avait duré deux ans et fait six cents morts.",
        "Voir Marnay et mourir",
        "Lire, c’est déjà résister",
        "« Voir aussi dans ce geste une menace »",
        "Voir aussi l’Ukraine sous un autre jour (et pour longtemps)",
    ] {
        assert_eq!(reason(line), None, "{line}");
    }
}

#[test]
fn placeholders_and_codes_of_the_software_behind_the_site() {
    removed(
        "template",
        &[
            "{{ article.title }}",
            "{% include \"pub.html\" %}",
            "${sous_titre}",
            "[caption id=\"3\"]",
            "[[Fichier:Pont.jpg]]",
        ],
    );
    assert_eq!(reason("[Le maire refuse de répondre]"), None);
}

#[test]
fn a_quotation_is_taken_out_where_a_longer_line_has_it_too() {
    let quote = "« La route est à nous »";
    let said =
        "Le maire l’a redit mardi soir devant la foule : « La route est à nous », et il a promis de rouvrir l’école.";
    let page = |with: &str| format!("{PROSE}\n\n{quote}\n\n{with}");
    let read = |text: &str| Article::from_text("-", text, &ReadOptions::default()).unwrap().removed;
    assert_eq!(read(&page(said)).first().map(|r| r.reason), Some("pull quote"));
    assert!(read(&page(PROSE)).iter().all(|r| r.reason != "pull quote"));
}

#[test]
fn marks_of_footnotes_are_taken_out() {
    let text = "La ville a été libérée[1]. Selon la mairie², 12 km² ont brûlé[12], dit le modèle [3] du port.\n\n[1] Chiffres du port.";
    let article = Article::from_text("-", text, &ReadOptions::default()).unwrap();
    let sentences: Vec<&str> = article.sentences().map(|s| s.text.as_str()).collect();
    assert_eq!(sentences[0], "La ville a été libérée.");
    assert_eq!(sentences[1], "Selon la mairie, 12 km² ont brûlé, dit le modèle [3] du port.");
    assert_eq!(sentences[2], "Chiffres du port.");
    assert_eq!(article.removed.iter().filter(|r| r.reason == "footnote mark").count(), 4);
}

#[test]
fn buttons_prompts_and_notices() {
    removed(
        "share buttons",
        &["Partager sur Facebook", "Partager", "Facebook Twitter WhatsApp", "Partagez cet article", "Copier le lien"],
    );
    removed(
        "follow-us line",
        &["Suivez-nous sur Facebook", "For Latest Updates Follow us on Google News", "Retrouvez-nous sur WhatsApp"],
    );
    removed(
        "newsletter",
        &["Inscrivez-vous à notre newsletter", "Recevez chaque matin notre lettre d’information", "Newsletter"],
    );
    removed("video prompt", &["Lire la vidéo", "▶ Voir la vidéo", "00:00 / 03:12", "Vidéo"]);
    removed("reading time", &["Temps de lecture : 3 min", "Lecture 3 min.", "3 min de lecture"]);
    removed(
        "subscriber notice",
        &[
            "Article réservé aux abonnés",
            "Réservé aux abonnés",
            "Abonnez-vous",
            "Il vous reste 65.4% de cet article à lire. La suite est réservée aux abonnés.",
            "Déjà abonné ? Connectez-vous",
        ],
    );
    removed("advertisement", &["Publicité", "PUBLICITÉ", "La suite après la publicité"]);
    removed("legal line", &["© 2024 Le Courrier du Fleuve", "(c) 2024 Agence du Sud. Tous droits réservés."]);
    removed("comments", &["12 commentaires", "Laisser un commentaire"]);
    removed("navigation", &["Aller au contenu principal", "Retour en haut"]);
    removed("line without a word", &[">", "***", "—"]);
}

#[test]
fn consent_banners() {
    removed(
        "cookie notice",
        &[
            "Ce contenu est hébergé par un tiers qui peut déposer des cookies. Vous pouvez changer vos choix.",
            "En cliquant sur « J’accepte », vous acceptez l’utilisation de cookies par nos partenaires.",
            "Tout accepter",
        ],
    );
}

#[test]
fn bylines() {
    removed(
        "byline",
        &[
            "Par Jeanne Morel",
            "Par Jeanne Morel et Ali Ba, envoyés spéciaux à Goma",
            "Par Le Nouveau Courrier avec AFP",
            "Par Jeanne Morel (Beyrouth, correspondante)",
            "De notre correspondante à Beyrouth, Jeanne Morel",
        ],
    );
}

#[test]
fn lines_of_the_article_stay() {
    for line in [
        "Voir aussi dans ce geste une menace serait excessif.",
        "Lire la suite des événements comme une défaite serait une erreur, juge un diplomate.",
        "Partager le pouvoir reste la condition posée par les rebelles.",
        "Suivez mon regard, a lancé le ministre à la presse.",
        "L’opérateur a reconnu que ses cookies suivaient les journalistes.",
        "Par la route du sud, les convois n’arrivent plus.",
        "Publicité pour la guerre : la formule a choqué.",
        "La vidéo a été vue deux millions de fois.",
        "Abonnés aux revers, les rebelles reculent encore.",
        "Annoncée mardi, la trêve tient.",
        "En direct de la capitale, le président a appelé au calme.",
        "Photo à l’appui, l’armée assure avoir repris la ville.",
        "L’AFP a recueilli leurs témoignages.",
        "Commentaire du porte-parole : « Rien de nouveau. »",
        "Contacté, le ministère n’a pas répondu.",
        "Monde arabe, Europe, Afrique : tous appellent à la trêve.",
        "Nous accusons l’État de partager nos données personnelles.",
        "Écouter les victimes, dit-elle, est un devoir.",
        "Accepter la trêve ?",
        "Retour à Goma",
        "Réactions",
        "Soutenir le Liban",
        "Connexion coupée à Karsa",
        "Suivre la ligne de front",
        "Une erreur s’est produite lors du tir, reconnaît l’armée.",
        "Photo : le port de Karsa après le bombardement du quartier nord, lundi matin",
        "Image de Damas",
        "Tag Heuer suspend ses ventes",
        "Annonces",
        "Le silence de Moscou",
    ] {
        assert_eq!(reason(line), None, "{line}");
    }
}
