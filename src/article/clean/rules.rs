//! Lines that are boilerplate wherever they stand, by what they say. One row a form; the reason names the rule.
//!
//! Patterns see a line's [`Line::key`]: lower case, straight apostrophes, no marks around it.

use super::line::{Fate, Line};
use crate::article::segment;
use regex::{Regex, RegexSet};
use std::sync::LazyLock;

pub(super) const RELATED: &str = "related news";
const COOKIES: &str = "cookie notice";

/// How much of a line a pattern must cover.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// All of it.
    Whole,
    /// A label, then a colon, a mark such as ">" or a headline without a final stop, or nothing.
    Label,
}

use Form::{Label, Whole};

/// (reason, form, pattern)
const RULES: &[(&str, Form, &str)] = &[
    (
        RELATED,
        Label,
        r"(?:[àa] )?(?:re)?(?:lire|voir|écouter|ecouter|regarder|découvrir|consulter) (?:aussi|également|egalement|ensuite|en plus)(?: sur [\p{L}\d'. ]{2,25})?",
    ),
    (RELATED, Label, r"(?:[àa] lire|[àa] voir|[àa] écouter|[àa] relire)(?: (?:sur|dans) [\p{L}\d'. ]{2,25})?"),
    (
        RELATED,
        Whole,
        r"(?:related|latest|more|other|recommended|popular|trending) (?:news|articles?|posts?|stories|topics)|read (?:also|more|next)|you may (?:also )?like.*|see also.{0,60}",
    ),
    (
        RELATED,
        Label,
        r"(?:(?:nos|les|autres|plus d'|sur le même sujet|d'autres) ?)?articles? (?:liés|similaires?|connexes?|associés?|récents?|recommandés?|les plus lus|populaires?|suggérés?)",
    ),
    (
        RELATED,
        Label,
        r"(?:sur le même (?:sujet|thème)|dans la même (?:rubrique|catégorie)|dans le même dossier|pour aller plus loin|à ne pas (?:manquer|rater)|vous (?:aimerez|aimeriez|pourriez aimer)(?: peut-être)? aussi|(?:articles? )?recommandés? pour vous|la rédaction vous (?:conseille|recommande)|notre (?:sélection|dossier(?: complet)?)|nos autres articles|lire la suite|lire plus|en savoir plus|les plus (?:lus|partagés|commentés|populaires)|l'article à lire|d'autres articles|autres articles|tags?|mots[- ]clés?|sujets associés|thèmes associés|contenus? (?:liés?|sponsorisés?|associés?)|article (?:précédent|suivant)|previous article|next article)",
    ),
    (
        "share buttons",
        Whole,
        r"(?:partager|partagez|share|tweeter|tweetez|envoyer|recommander|épingler)(?: (?:cet article|l'article|ce contenu|cette page|la vidéo|this|this article|on|sur|par|via|à un ami|à|:|,|et|ou|facebook|twitter|x|whatsapp|linkedin|telegram|messenger|pinterest|instagram|bluesky|threads|reddit|e-?mail|email|courriel|mail|les réseaux sociaux|vos réseaux sociaux))*",
    ),
    (
        "share buttons",
        Whole,
        r"(?:(?:facebook|twitter|x|whatsapp|linkedin|telegram|messenger|pinterest|instagram|youtube|tiktok|flipboard|bluesky|threads|reddit|e-?mail|email|courriel|imprimer|print|copier le lien|copy link|lien copié|copier|partager|partages?|share|tweet|plus)[ ,|/·•-]*){1,10}",
    ),
    (
        "share buttons",
        Whole,
        r"(?:\d+ )?(?:partages?|shares?)|imprimer(?: (?:l'article|cet article))?|(?:envoyer|recevoir) par (?:e-?mail|mail|courriel)|ajouter (?:à|aux|l'article à) (?:vos|mes|ma|votre) (?:favoris|sélections?|liste de lecture)|(?:offrir|enregistrer|sauvegarder|télécharger|classer) (?:l'article|cet article)|temps fort|écouter cet article|réagir|(?:lire|voir) les commentaires",
    ),
    (
        "follow-us line",
        Whole,
        r"(?:(?:for (?:the )?latest (?:updates|news)|pour (?:plus d'|les dernières )?(?:infos?|informations?|actualités|nouvelles))[, :]*)?(?:follow us|suivez[- ]nous|suivre|nous suivre|retrouvez[- ]nous|rejoignez[- ]nous|rejoignez notre (?:chaîne|groupe|page|communauté)|suivez (?:notre|nos|toute l'actualité|l'actualité)|like us|join us|abonnez[- ]vous à (?:notre|nos|la) (?:chaîne|page|compte))(?:[^.!?]{0,90})",
    ),
    (
        "newsletter",
        Whole,
        r"(?:inscrivez[- ]vous|abonnez[- ]vous|recevez|s'inscrire|s'abonner|subscribe|sign up)(?:[^.!?]{0,25})(?:newsletters?|infolettres?|lettre d'information|alertes?|notifications?|notre (?:chaîne|compte)|à notre|gratuitement)[^.!?]{0,80}",
    ),
    (
        "newsletter",
        Whole,
        r"(?:la |les |nos |notre )?(?:newsletters?|infolettres?|lettre d'information)(?: (?:du jour|quotidiennes?|gratuites?|de la rédaction|du soir|du matin))?|(?:votre )?(?:adresse )?e-?mail|je m'(?:inscris|abonne)|s'inscrire|inscription|subscribe(?: now)?|télécharge[rz] (?:notre |l')application.{0,40}",
    ),
    (
        "video prompt",
        Whole,
        r"(?:lire|lancer|regarder|voir|revoir|visionner|play|watch)(?: (?:la|cette|le|en))? (?:vidéos?|video|replay|direct|diaporama)(?: (?:ci-dessous|ci-dessus|en plein écran))?|vidéos?|video|lecteur vidéo|(?:vidéo )?en direct|lecture|play|plein écran|regardez(?: la vidéo)?|voir (?:le diaporama|les photos|l'infographie|plus|tout|toutes les photos|en grand|l'image en plein écran|l'image)|agrandir(?: l'image| la photo)?|\d+ ?/ ?\d+ photos?|diaporama|\d\d:\d\d(?: ?/ ?\d\d:\d\d)?",
    ),
    (
        "audio prompt",
        Whole,
        r"écoute[rz](?: (?:l'article|cet article|le podcast|l'épisode|en direct|la suite))?(?: \d+ ?(?:min|minutes))?|(?:lecture )?audio|podcast",
    ),
    (
        "player notice",
        Whole,
        r"votre navigateur ne (?:supporte|prend|permet|peut)[^!?]*|(?:ce|cet?te?) (?:contenu|vidéo|élément) (?:est bloqué|n'est pas disponible|ne peut pas être (?:affiché|lu))[^!?]*|chargement(?: en cours)?|loading|javascript (?:est|doit)[^!?]*|veuillez (?:activer|désactiver) [^!?]*|une erreur (?:est survenue|s'est produite)[^!?]{0,60}",
    ),
    (
        "reading time",
        Whole,
        r"(?:temps de )?lecture ?:? ?(?:environ )?\d{1,3} ?(?:min|mn|minutes?|mins)(?: \d{1,2} ?s(?:ec)?)?|\d{1,3} ?(?:min|mn|minutes?|mins?)(?: (?:de lecture|read|reading time))?|(?:durée|reading time) ?: ?\d{1,3} ?(?:min|mn|minutes?|:\d\d)",
    ),
    (
        "subscriber notice",
        Whole,
        r"(?:cet )?(?:article|contenu|accès)(?: est)? (?:réservé|exclusivement réservé|exclusif)[^.!?]{0,15} (?:aux|à nos|à tous nos|pour les) (?:abonnés?|abonné\(e\)s|inscrits|membres)|(?:réservé|exclusif)(?: aux)? abonnés|abonnés?|premium|(?:la suite|le reste)(?: de cet article)? est réservée? aux? [^.!?]{0,40}|il vous reste \d+(?:[.,]\d+)? ?% (?:de cet article )?à (?:lire|découvrir)[^!?]{0,80}|(?:déjà|pas encore) (?:un compte|abonnée?s?|inscrite?)(?: ?\?.{0,60})?|(?:abonnez[- ]vous|s'abonner|je m'abonne)(?: (?:pour|à partir de|dès|maintenant|au journal|à)[^!?]{0,70})?|(?:se connecter|connectez[- ]vous|connexion|mon compte|créer un compte|s'identifier|identifiez[- ]vous)(?: .{0,30})?|(?:soutenez|soutenir) (?:notre|nos|le|la|un journalisme)[^.!?]{0,60}|faire un don|lecture restreinte|.{0,60}la lecture de (?:cet article|ce contenu) est réservée? aux abonnés.{0,60}",
    ),
    (
        "advertisement",
        Whole,
        r"publicité|publicités|pub|annonces?|advertisement|advertising|sponsorisé|contenu (?:sponsorisé|partenaire)|(?:la suite|suite de l'article|l'article continue|lire la suite)(?: de (?:cet|l')article)? après (?:la|cette) (?:publicité|pub)|fermer(?: la publicité)?|passer la publicité|taboola|ads? by .{0,20}|outbrain",
    ),
    (
        "comments",
        Whole,
        r"(?:\d+ )?(?:commentaires?|comments?|réactions?)(?: \(\d+\))?|(?:laisser|ajouter|poster|écrire|publier) un commentaire|leave a (?:reply|comment)|soyez le premier à (?:commenter|réagir)|aucun commentaire|votre (?:commentaire|adresse e-mail ne sera pas publiée)[^!?]{0,80}|commenter|signaler (?:une erreur|un contenu)[^.!?]{0,40}|une (?:erreur|faute) dans l'article ?\?.{0,60}",
    ),
    (
        "navigation",
        Whole,
        r"(?:aller|accéder|passer|skip|revenir|retour|retourner)(?: directement)? (?:au|à la|à l'|to|en|to the)? ?(?:contenu(?: principal)?|navigation|recherche|accueil|page d'accueil|menu|haut(?: de (?:la )?page)?|content|main content|liste|site)|menu(?: principal)?|rechercher?|recherche|search|ouvrir le menu|fermer le menu|précédent|suivant|haut de page|page \d+(?: (?:sur|/) \d+)?|retour|toutes les (?:actualités|infos)|toute l'(?:actualité|info)[^.!?]{0,30}|dernières (?:infos|actualités|nouvelles)|fil (?:info|d'actualité)|(?:toutes )?nos (?:applications|émissions)|plan du site",
    ),
    (
        "legal line",
        Whole,
        r"(?:©|\(c\)|copyright)[ ©]*(?:19|20)\d\d.{0,90}|.{0,80}(?:tous droits (?:de reproduction )?réservés|all rights reserved).{0,80}|(?:toute )?reproduction (?:totale ou partielle |même partielle )?(?:interdite|réservée).{0,60}|(?:mentions légales|conditions générales(?: d'utilisation| de vente)?|cgu|cgv|politique de (?:confidentialité|cookies)|données personnelles|gestion des cookies|gérer (?:les|mes) cookies|charte|contacts?|contactez[- ]nous|qui sommes[- ]nous|nous contacter)(?:[ |·•,/-]+(?:mentions légales|conditions générales(?: d'utilisation| de vente)?|cgu|cgv|politique de (?:confidentialité|cookies)|données personnelles|gestion des cookies|charte|contacts?|publicité|plan du site|qui sommes[- ]nous))*",
    ),
    (
        COOKIES,
        Whole,
        r"(?:tout )?(?:accepter|refuser)(?: (?:et (?:continuer|fermer)|tout|les cookies|tous les cookies|et s'abonner))?|continuer sans accepter|paramétrer(?: les cookies)?|(?:personnaliser|gérer) (?:mes|les|vos) (?:choix|préférences|cookies|paramètres)|j'accepte|accepter les cookies",
    ),
    (
        "byline",
        Whole,
        r"(?:la rédaction|rédaction)(?: (?:web|numérique|avec afp))?|(?:par )?la rédaction(?: de .{2,30})?",
    ),
];

static SET: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = RULES.iter().map(|(_, form, pattern)| match form {
        Whole => format!("^(?:{pattern})$"),
        Label => format!("^(?:{pattern})"),
    });
    RegexSet::new(patterns).expect("the patterns of this table")
});

static LABELS: LazyLock<Regex> = LazyLock::new(|| {
    let labels: Vec<String> = RULES.iter().filter(|r| r.0 == RELATED).map(|r| format!("(?:{})", r.2)).collect();
    Regex::new(&format!("^(?:{})$", labels.join("|"))).expect("the patterns of this table")
});

static RELATED_PREFIX: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let labels = RULES.iter().filter(|r| r.1 == Label);
    labels.map(|r| Regex::new(&format!("^(?:{})", r.2)).expect("the patterns of this table")).collect()
});

/// "Par Jeanne Morel, envoyée spéciale à Goma, avec AFP": capitalised words and the words of such lines, nothing else.
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:Par|PAR|By|Propos\ recueillis\ par|Rédigé\ par|Écrit\ par|Publié\ par|Recueilli\ par|Texte(?:\ et\ photos)?\ ?:|Reportage\ de
        |De\ (?:notre|nos)\ (?:correspondante?s?|envoyée?s?\ spéciale?s?|envoyés\ spéciaux)(?:\ permanente?)?)
        (?:[\ ,]+(?:[A-ZÀ-Ý][\p{L}\p{M}’'.-]*|de|du|des|d['’]\p{L}+|la|le|les|et|avec|el|al|ben|bin|van|von|à|au|aux|en|pour|l['’]AFP
        |notre|nos|son|correspondante?s?|envoyée?s?|spéciale?s?|spéciaux|journalistes?|reporters?|régionale?|permanente?|agences?|rédaction|web|\(\w+\)|20\d\d|\d+))*\.?$",
    )
    .expect("a pattern of this file")
});

/// Words of consent banners. A sentence is one of a notice only when it also addresses the reader.
static COOKIE_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"cookies?\b|\btraceurs?\b|opérateur tiers|contenu tiers|\bconsentement\b|données personnelles|technologies similaires").expect("a pattern")
});
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:vous|votre|vos|nous|nos|en cliquant|ce contenu|ce site)\b").expect("a pattern"));

pub(super) fn apply(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|l| l.keeps()) {
        if let Some(reason) = judge(line) {
            line.fate = Fate::Remove(reason);
        }
    }
}

/// Whether a line is the label of a list of other articles, and nothing more.
pub(super) fn is_related_label(key: &str) -> bool {
    LABELS.is_match(key)
}

fn judge(line: &Line) -> Option<&'static str> {
    if !line.text.contains(char::is_alphanumeric) {
        return Some("line without a word");
    }
    if line.key.len() <= 250 {
        let hit = SET.matches(&line.key).into_iter().find(|&i| RULES[i].1 == Whole || is_label(line));
        if let Some(i) = hit {
            return Some(RULES[i].0);
        }
    }
    if line.text.len() <= 160 && BYLINE.is_match(&line.text) && line.words() >= 2 {
        return Some("byline");
    }
    is_cookie_notice(line).then_some(COOKIES)
}

/// A label is followed by a mark or by a headline; "Voir aussi dans ce geste une menace serait excessif." is neither.
fn is_label(line: &Line) -> bool {
    let key = &line.key;
    let Some(end) = RELATED_PREFIX.iter().filter_map(|r| r.find(key)).map(|m| m.end()).max() else { return false };
    let rest = key[end..].trim_start();
    // The same place in the text as given, to see the case of what follows.
    let shown: Vec<char> = line.text.chars().collect();
    let tail = key[end..].trim_start().chars().count();
    let start_upper = shown.len() >= tail && shown[shown.len() - tail..].first().is_some_and(|c| c.is_uppercase());
    let capitals = line.text.chars().take(8).filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    rest.is_empty()
        || rest.starts_with([':', '>', '|', '–', '—', '-', '→', '»', '«', '▶', '/'])
        || (capitals && !line.is_prose())
        || (start_upper && !line.ends_sentence())
}

/// Most sentences of the paragraph, the first among them, are those of a consent banner.
fn is_cookie_notice(line: &Line) -> bool {
    if !COOKIE_WORDS.is_match(&line.key) || line.text.contains('“') {
        return false;
    }
    let spans = segment::french(&line.text);
    let hits: Vec<bool> = spans
        .iter()
        .map(|s| {
            let sentence = s.of(&line.text).to_lowercase();
            COOKIE_WORDS.is_match(&sentence) && ADDRESS.is_match(&sentence)
        })
        .collect();
    let strong = line.key.matches("cookies").count() + line.key.matches("traceurs").count() >= 1;
    let count = hits.iter().filter(|h| **h).count();
    strong && count * 2 >= hits.len() && count > 0
}

#[cfg(test)]
mod tests;
