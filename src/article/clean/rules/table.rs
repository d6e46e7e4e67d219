//! What the lines of a site's frame say, by the reason for which they are taken out. Where a site words such a line in
//! a way of its own, add a pattern here and a case to the tests of [`super`].
//!
//! Patterns are regular expressions over [`super::ScreenedLine::key`]: lower case, straight apostrophes, single spaces,
//! no punctuation at the ends. Repetitions of `.` and `[^…]` have no upper bound: counted repetitions of Unicode
//! classes take milliseconds to compile, and only lines of bounded length are matched.

use super::Coverage::{self, Label, Line, Whole};

/// The reason for which links to other articles are taken out.
pub(in crate::article::clean) const RELATED: &str = "related news";
/// The reason for which consent banners are taken out.
pub(super) const COOKIES: &str = "cookie notice";

/// The rows of the table: (reason, coverage, patterns). If several rows fit a line, the first gives
/// the reason.
#[rustfmt::skip]
pub(super) const TABLE: &[(&str, Coverage, &[&str])] = &[
    (RELATED, Label, &[
        r"(?:[àa] )?(?:re)?(?:lire|voir|écouter|ecouter|regarder|découvrir|consulter) (?:aussi|également|egalement|ensuite|en plus)(?: sur [a-zà-ÿœ0-9'. ]{2,25})?",
        r"(?:[àa] lire|[àa] voir|[àa] écouter|[àa] relire)(?: (?:sur|dans) [a-zà-ÿœ0-9'. ]{2,25})?",
    ]),
    (RELATED, Line, &[
        r"(?:lire|relire|voir|revoir|écouter|réécouter|regarder) ?: .+",
        r"pour mémoire(?: ?: .+)?",
        r"(?:notre|l'|le) (?:article|dossier|entretien|reportage|récit|décryptage) ?: .+",
    ]),
    (RELATED, Whole, &[
        r"(?:tags?|mots[- ]clés?|thèmes?|sujets?)(?: ?:.*)?",
        r"(?:related|latest|more|other|recommended|popular|trending) (?:news|articles?|posts?|stories|topics)",
        r"read (?:also|more|next)",
        r"you may (?:also )?like.*",
        r"see also.*",
    ]),
    (RELATED, Label, &[
        r"(?:(?:nos|les|autres|plus d'|sur le même sujet|d'autres) ?)?articles? (?:liés|similaires?|connexes?|associés?|récents?|recommandés?|les plus lus|populaires?|suggérés?)",
        r"sur le même (?:sujet|thème)",
        r"dans la même (?:rubrique|catégorie)",
        r"dans le même dossier",
        r"pour aller plus loin",
        r"à ne pas (?:manquer|rater)",
        r"vous (?:aimerez|aimeriez|pourriez aimer)(?: peut-être)? aussi",
        r"(?:articles? )?recommandés? pour vous",
        r"la rédaction vous (?:conseille|recommande)",
        r"notre (?:sélection|dossier(?: complet)?)",
        r"lire la suite|lire plus|en savoir plus",
        r"les plus (?:lus|partagés|commentés|populaires)",
        r"l'article à lire|(?:nos |d')?autres articles|(?:sujets|thèmes) associés",
        r"contenus? (?:liés?|sponsorisés?|associés?)",
        r"article (?:précédent|suivant)|(?:previous|next) article",
    ]),
    ("share buttons", Whole, &[
        r"(?:partager|partagez|share|tweeter|tweetez|envoyer|recommander|épingler)(?: (?:cet article|l'article|ce contenu|cette page|la vidéo|this|this article|on|sur|par|via|à un ami|à|:|,|et|ou|facebook|twitter|x|whatsapp|linkedin|telegram|messenger|pinterest|instagram|bluesky|threads|reddit|e-?mail|email|courriel|mail|les réseaux sociaux|vos réseaux sociaux))*",
        r"(?:(?:facebook|twitter|x|whatsapp|linkedin|telegram|messenger|pinterest|instagram|youtube|tiktok|flipboard|bluesky|threads|reddit|e-?mail|email|courriel|imprimer|print|copier le lien|copy link|lien copié|copier|partager|partages?|share|tweet|plus)[ ,|/·•-]*){1,10}",
        r"(?:[0-9]+ )?(?:partages?|shares?)",
        r"imprimer(?: (?:l'article|cet article))?",
        r"(?:envoyer|recevoir) par (?:e-?mail|mail|courriel)",
        r"ajouter (?:à|aux|l'article à) (?:vos|mes|ma|votre) (?:favoris|sélections?|liste de lecture)",
        r"(?:offrir|enregistrer|sauvegarder|télécharger|classer) (?:l'article|cet article)",
        r"écouter cet article",
        r"réagir",
        r"(?:lire|voir) les commentaires",
    ]),
    ("follow-us line", Whole, &[
        r"(?:(?:for (?:the )?latest (?:updates|news)|pour (?:plus d'|les dernières )?(?:infos?|informations?|actualités|nouvelles))[, :]*)?(?:follow us|suivez[- ]nous|nous suivre|retrouvez[- ]nous|rejoignez[- ]nous|rejoignez notre (?:chaîne|groupe|page|communauté)|suivez (?:notre|nos|toute l'actualité|l'actualité)|like us|join us|abonnez[- ]vous à (?:notre|nos|la) (?:chaîne|page|compte))(?:[^.!?]*)",
        r"suivre",
    ]),
    ("newsletter", Whole, &[
        r"(?:inscrivez[- ]vous|abonnez[- ]vous|recevez|s'inscrire|s'abonner|subscribe|sign up)(?:[^.!?]*)(?:newsletters?|infolettres?|lettre d'information|alertes?|notifications?|notre (?:chaîne|compte)|à notre|gratuitement)[^.!?]*",
        r"(?:la |les |nos |notre )?(?:newsletters?|infolettres?|lettre d'information)(?: (?:du jour|quotidiennes?|gratuites?|de la rédaction|du soir|du matin))?",
        r"(?:votre )?(?:adresse )?e-?mail",
        r"je m'(?:inscris|abonne)|s'inscrire|inscription|subscribe(?: now)?",
        r"télécharge[rz] (?:notre |l')application.*",
    ]),
    ("video prompt", Whole, &[
        r"(?:lire|lancer|regarder|voir|revoir|visionner|play|watch)(?: (?:la|cette|le|en))? (?:vidéos?|video|replay|direct|diaporama)(?: (?:ci-dessous|ci-dessus|en plein écran))?",
        r"vidéos?|video|lecteur vidéo|(?:vidéo )?en direct|lecture|play|plein écran|diaporama|regardez(?: la vidéo)?",
        r"voir (?:le diaporama|les photos|l'infographie|plus|tout|toutes les photos|en grand|l'image en plein écran|l'image)",
        r"agrandir(?: l'image| la photo)?",
        r"[0-9]+ ?/ ?[0-9]+ photos?",
        r"[0-9][0-9]:[0-9][0-9](?: ?/ ?[0-9][0-9]:[0-9][0-9])?",
    ]),
    ("audio prompt", Whole, &[
        r"écoute[rz](?: (?:l'article|cet article|le podcast|l'épisode|en direct|la suite))?(?: [0-9]+ ?(?:min|minutes))?",
        r"(?:lecture )?audio",
        r"podcast",
    ]),
    ("player notice", Whole, &[
        r"votre navigateur ne (?:supporte|prend|permet|peut)[^!?]*",
        r"(?:ce|cet?te?) (?:contenu|vidéo|élément) (?:est bloqué|n'est pas disponible|ne peut pas être (?:affiché|lu))[^!?]*",
        r"chargement(?: en cours)?",
        r"loading",
        r"javascript (?:est|doit)[^!?]*",
        r"veuillez (?:activer|désactiver) [^!?]*",
        r"une erreur (?:est survenue|s'est produite)(?:[,.] (?:veuillez|merci|réessayez).*)?",
    ]),
    ("reading time", Whole, &[
        r"(?:temps de )?lecture ?:? ?(?:environ )?[0-9]{1,3} ?(?:min|mn|minutes?|mins)(?: [0-9]{1,2} ?s(?:ec)?)?",
        r"[0-9]{1,3} ?(?:min|mn|minutes?|mins?)(?: (?:de lecture|read|reading time))?",
        r"(?:durée|reading time) ?: ?[0-9]{1,3} ?(?:min|mn|minutes?|:[0-9][0-9])",
    ]),
    ("subscriber notice", Whole, &[
        r"(?:cet )?(?:article|contenu|accès)(?: est)? (?:réservé|exclusivement réservé|exclusif)[^.!?]* (?:aux|à nos|à tous nos|pour les) (?:abonnés?|abonné\(e\)s|inscrits|membres)",
        r"(?:réservé|exclusif)(?: aux)? abonnés",
        r"abonnés?",
        r"premium",
        r"(?:la suite|le reste)(?: de cet article)? est réservée? aux? [^.!?]*",
        r"il vous reste [0-9]+(?:[.,][0-9]+)? ?% (?:de cet article )?à (?:lire|découvrir)[^!?]*",
        r"(?:déjà|pas encore) (?:un compte|abonnée?s?|inscrite?)(?: ?\?.*)?",
        r"(?:abonnez[- ]vous|s'abonner|je m'abonne)(?: (?:pour|à partir de|dès|maintenant|au journal|à)[^!?]*)?",
        r"(?:se connecter|connectez[- ]vous|créer un compte|s'identifier|identifiez[- ]vous)(?: (?:à|avec|pour|ou) .*)?",
        r"connexion|mon compte",
        r"soutenez (?:notre|nos|un|le) (?:journal|journalisme|journalistes|rédaction|média|travail)[^.!?]*",
        r"faire un don",
        r"lecture restreinte",
        r".*la lecture de (?:cet article|ce contenu) est réservée? aux abonnés.*",
    ]),
    ("advertisement", Whole, &[
        r"publicités?|pub|annonce|advertisement|advertising|sponsorisé|taboola|outbrain",
        r"contenu (?:sponsorisé|partenaire)",
        r"(?:la suite|suite de l'article|l'article continue|lire la suite)(?: de (?:cet|l')article)? après (?:la|cette) (?:publicité|pub)",
        r"fermer(?: la publicité)?",
        r"passer la publicité",
        r"ads? by .*",
    ]),
    ("comments", Whole, &[
        r"[0-9]+ (?:commentaires?|comments?|réactions?)",
        r"(?:commentaires?|comments?|réactions?) \(?[0-9]+",
        r"commentaires?|comments?",
        r"(?:laisser|ajouter|poster|écrire|publier) un commentaire",
        r"leave a (?:reply|comment)",
        r"soyez le premier à (?:commenter|réagir)",
        r"aucun commentaire",
        r"votre (?:commentaire|adresse e-mail ne sera pas publiée)[^!?]*",
        r"commenter",
        r"signaler (?:une erreur|un contenu)[^.!?]*",
        r"une (?:erreur|faute) dans l'article ?\?.*",
    ]),
    ("navigation", Whole, &[
        r"(?:aller|accéder|passer|skip|revenir|retour|retourner)(?: directement)? (?:au|à la|à l'|to|en|to the)? ?(?:contenu(?: principal)?|navigation|recherche|accueil|page d'accueil|menu|haut(?: de (?:la )?page)?|content|main content|liste|site)",
        r"menu(?: principal)?|(?:ouvrir|fermer) le menu|rechercher|search|précédent|suivant|haut de page|plan du site",
        r"page [0-9]+(?: (?:sur|/) [0-9]+)?",
        r"toutes les (?:actualités|infos)",
        r"toute l'(?:actualité|info)[^.!?]*",
        r"dernières (?:infos|actualités|nouvelles)",
        r"fil (?:info|d'actualité)",
        r"(?:toutes )?nos (?:applications|émissions)",
    ]),
    ("legal line", Whole, &[
        r"(?:©|\(c\)|copyright)[ ©]*(?:19|20)[0-9][0-9].*",
        r".*(?:tous droits (?:de reproduction )?réservés|all rights reserved).*",
        r"(?:toute )?reproduction (?:totale ou partielle |même partielle )?(?:interdite|réservée).*",
        r"(?:mentions légales|conditions générales(?: d'utilisation| de vente)?|cgu|cgv|politique de (?:confidentialité|cookies)|données personnelles|gestion des cookies|gérer (?:les|mes) cookies|charte|contacts?|contactez[- ]nous|qui sommes[- ]nous|nous contacter)(?:[ |·•,/-]+(?:mentions légales|conditions générales(?: d'utilisation| de vente)?|cgu|cgv|politique de (?:confidentialité|cookies)|données personnelles|gestion des cookies|charte|contacts?|publicité|plan du site|qui sommes[- ]nous))*",
    ]),
    (COOKIES, Whole, &[
        r"(?:tout )?(?:accepter|refuser)(?: (?:et (?:continuer|fermer)|tout|les cookies|tous les cookies|et s'abonner))?",
        r"continuer sans accepter",
        r"paramétrer(?: les cookies)?",
        r"(?:personnaliser|gérer) (?:mes|les|vos) (?:choix|préférences|cookies|paramètres)",
        r"j'accepte",
        r"accepter les cookies",
    ]),
    ("byline", Whole, &[
        r"(?:la rédaction|rédaction)(?: (?:web|numérique|avec afp))?",
        r"(?:par )?la rédaction(?: de .*)?",
    ]),
];
