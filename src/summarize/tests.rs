//! Whole summaries of invented articles, with a scripted model.

use super::material::{Material, MaterialLine, Title};
use super::*;
use crate::dispatch::{Origin, Slot, SummaryKind};
use crate::facts::discourse::Discourse;
use crate::facts::{self, Context};
use crate::model::scripted::Scripted;
use crate::model::{Job, Search};
use crate::tables::{self, Tables};

const ARTICLE: [(&str, &str); 5] = [
    (
        "Au moins 31 personnes ont été tuées lundi dans des combats autour de la ville de Tarsal, dans le nord du pays, selon le Réseau de veille de Norava (RVN).",
        "At least 31 people were killed on Monday in fighting around the town of Tarsal, in the north of the country, according to the Norava Monitoring Network (RVN).",
    ),
    (
        "Un porte-parole de l’armée a déclaré que les rebelles n’étaient pas entrés dans la ville.",
        "An army spokesman said that the rebels had not entered the town.",
    ),
    (
        "Des habitants affirment que les rebelles sont entrés dans la ville par le pont de l’est.",
        "Residents say that the rebels have entered the town by the eastern bridge.",
    ),
    (
        "Le régime a envoyé des renforts vers Tarsal dans la nuit.",
        "The regime sent reinforcements to Tarsal during the night.",
    ),
    ("Mis à jour : 14 h 30.", "Updated: 2:30 p.m."),
];

const TITLE: (&str, &str) = ("Le régime perd du terrain à Tarsal", "Regime loses ground in Tarsal");

/// The material of an article. Each pair is a paragraph of its own. Sentences are counted from 2,
/// since the headline has number 1.
fn material<'t>(tables: &'t Tables, title: (&str, &str), article: &[(&str, &str)]) -> Material<'t> {
    let mut discourse = Discourse::default();
    let line = |(i, (french, english)): (usize, &(&str, &str))| {
        let reading = Reading::new(french, Lang::Fr);
        let mut source_facts = facts::extract_from(&reading, &Context { lang: Lang::Fr, date: None });
        discourse.resolve(&reading, &mut source_facts);
        MaterialLine {
            number: i + 2,
            block: i,
            place: 0,
            french: french.to_string(),
            english: english.to_string(),
            source_facts,
            target_facts: facts::extract(english, &Context { lang: Lang::En, date: None }),
            in_quotation: false,
            warnings: 0,
            needs_review: false,
            doubt: 0.1,
        }
    };
    Material {
        title: Some(Title {
            french: title.0.into(),
            source_facts: facts::extract(title.0, &Context { lang: Lang::Fr, date: None }),
            english: title.1.into(),
            numbers: vec![1],
        }),
        lines: article.iter().enumerate().map(line).collect(),
        sources: &tables.who_says_what,
        figures: &tables.figures,
        contradictions: Vec::new(),
        words: 80,
        date: None,
        newest_year: None,
    }
}

/// The summary of an article by a model whose answers are all empty.
fn summary(title: (&str, &str), article: &[(&str, &str)], options: &Options) -> SummaryRecord {
    let pairs: Vec<(&str, &str)> = [title].iter().chain(article).copied().collect();
    let tables = tables::of_pairs(&pairs);
    let mut material = material(&tables, title, article);
    material.contradictions = tables
        .contradictions
        .iter()
        .map(|c| c.sides.each_ref().map(|s| s.claims.iter().map(|c| c.sentence).collect()))
        .collect();
    let mut model = Scripted::new(|_: &Job| String::new());
    summarize(&material, &mut model, &Prompts::standard(), options, &CheckSettings::default()).unwrap()
}

/// Numbers of the article's sentences that the summary tells, in its order.
fn numbers(s: &SummaryRecord) -> Vec<usize> {
    s.sentences.iter().flat_map(|s| s.sentences.clone()).collect()
}

#[test]
fn a_summary_says_who_says_it_and_tells_both_sides() {
    let s = summary(TITLE, &ARTICLE, &Options::default());
    assert_eq!(s.headline.as_deref(), Some("Government loses ground in Tarsal"));
    assert_eq!(numbers(&s), [2, 3, 4, 5]);
    assert!(s.sentences.iter().all(|s| s.origin == Origin::Translation));
    assert!(s.text.contains("The government sent reinforcements"), "{}", s.text);
    assert_eq!(s.kind, SummaryKind::Extractive);
    assert!(!s.text.contains("Updated"));
    let told = |slot| s.plan.iter().filter(|p| p.slot == slot).map(|p| p.told.clone()).collect::<Vec<_>>();
    assert_eq!(told(Slot::Lead), [[1]]);
    assert_eq!(told(Slot::Toll), [[1]]);
    assert_eq!(told(Slot::Contested), [[2, 3]]);
}

#[test]
fn the_newest_toll_is_told() {
    let article = [
        ("Une explosion a détruit mardi un marché de Tarsal.", "An explosion destroyed a market in Tarsal on Tuesday."),
        ("Des secouristes étaient sur place.", "Rescuers were at the scene."),
        (
            "Un premier bilan faisait état de 20 morts, mais le maire parle désormais de 31 morts et 12 blessés.",
            "A first toll stood at 20 dead, but the mayor now speaks of 31 dead and 12 wounded.",
        ),
        ("En 2014, une attaque avait fait 60 morts à Selm.", "In 2014, an attack killed 60 people in Selm."),
    ];
    let s = summary(
        ("Explosion sur un marché de Tarsal", "Explosion at a market in Tarsal"),
        &article,
        &Options::default(),
    );
    assert!(numbers(&s).contains(&4), "{}", s.text);
    let tolls: Vec<_> = s.plan.iter().filter(|p| p.slot == Slot::Toll).filter_map(|p| p.what.clone()).collect();
    assert!(tolls[0].starts_with("31 killed") && tolls[1].starts_with("12 wounded"), "{tolls:?}");
}

#[test]
fn a_toll_that_no_fair_sentence_tells_is_composed_from_the_french() {
    let article = [
        ("Une explosion a détruit mardi un marché de Tarsal.", "An explosion destroyed a market in Tarsal on Tuesday."),
        // The translation has another number, so that it cannot stand in a summary.
        ("Au moins 31 civils ont été tués et 12 autres blessés.", "At least 13 civilians were killed and 12 wounded."),
    ];
    let s = summary(
        ("Explosion sur un marché de Tarsal", "Explosion at a market in Tarsal"),
        &article,
        &Options::default(),
    );
    let composed = s.sentences.iter().find(|s| s.origin == Origin::Composed).expect("a composed sentence");
    assert!(composed.text.starts_with("At least 31 civilians were killed"), "{}", composed.text);
    assert!(!s.text.contains("13"), "{}", s.text);
}

#[test]
fn a_denial_comes_with_what_it_denies() {
    let article = [
        (
            "Le Front du 6 avril affirme être entré vendredi dans Tarsal.",
            "The 6 April Front says it entered Tarsal on Friday.",
        ),
        ("Des combats se poursuivent au nord de la ville.", "Fighting continues north of the town."),
        ("L’armée dément avoir perdu la ville.", "The army denies having lost the town."),
        ("Les habitants manquent d’eau depuis une semaine.", "Residents have been short of water for a week."),
    ];
    let title = ("Norava : combats autour de Tarsal", "Norava: fighting around Tarsal");
    for length in [22, 30, 60] {
        let s = summary(title, &article, &Options { length: Some(length), ..Options::default() });
        let numbers = numbers(&s);
        assert!(numbers.contains(&2) && numbers.contains(&4), "{length}: {}", s.text);
    }
}

#[test]
fn nobody_is_the_suspect_before_being_named() {
    let article = [
        ("Le parlement de Norava a voté lundi le budget.", "Norava’s parliament passed the budget on Monday."),
        ("Un homme armé est entré dans la salle du parlement.", "An armed man entered the chamber of parliament."),
        ("Le suspect a été arrêté par la garde du parlement.", "The suspect was arrested by the guards of parliament."),
        ("Il a tenté de le frapper dans le dos.", "He tried to hit him in the back."),
    ];
    let title = ("Norava : le parlement vote le budget", "Norava: parliament passes budget");
    for length in [8, 16, 24, 40] {
        let s = summary(title, &article, &Options { length: Some(length), ..Options::default() });
        let numbers = numbers(&s);
        assert!(!numbers.contains(&4) || numbers.contains(&3), "{length}: {}", s.text);
        assert!(!numbers.contains(&5) || numbers.contains(&4), "{length}: {}", s.text);
    }
}

#[test]
fn a_translation_that_makes_the_french_unlikely_gives_way() {
    let options = Options { style: SummaryStyle::Brief, ..Options::default() };
    let tables = Tables::default();
    let material = material(&tables, TITLE, &ARTICLE);
    let checks = CheckSettings::default();
    let summarized = |likelihood: fn(&Job) -> f32| {
        let mut model = Scripted::new(|_| String::new()).with_likelihood(likelihood);
        numbers(&summarize(&material, &mut model, &Prompts::standard(), &options, &checks).unwrap())
    };
    let certain = summarized(|_| -0.2);
    let doubtful = summarized(|job| match &job.search {
        Search::Given(french) if french.starts_with("Un porte-parole") => -3.,
        _ => -0.2,
    });
    assert_eq!(certain, [2, 3]);
    assert!(doubtful.contains(&2) && !doubtful.contains(&3), "{doubtful:?}");
}

#[test]
fn lengths_and_styles_are_kept() {
    let brief = summary(TITLE, &ARTICLE, &Options { style: SummaryStyle::Brief, ..Options::default() });
    assert!(brief.sentences.len() <= 2 && count_words(&brief.text) <= 60, "{}", brief.text);
    let short = summary(TITLE, &ARTICLE, &Options { length: Some(20), ..Options::default() });
    assert!(count_words(&short.text) <= 20, "{}", short.text);
    let points = summary(TITLE, &ARTICLE, &Options { style: SummaryStyle::Bullets, ..Options::default() });
    assert!(points.text.lines().count() == points.sentences.len() && points.text.lines().all(|l| l.starts_with("- ")));
}

#[test]
fn who_attacked_and_how_it_ended_come_before_what_suspects_are_thought_to_be() {
    let title = ("Kasmar : fusillade dans une gare de Brenne", "Kasmar: Shooting at a station in Brenne");
    let article = [
        (
            "Une fusillade a fait six morts mardi dans la gare de Brenne, dans le nord du Kasmar.",
            "A shooting left six people dead on Tuesday at the station in Brenne, in northern Kasmar.",
        ),
        (
            "La police pensait que le suspect avait fui la gare de Brenne après la fusillade.",
            "Police thought that the suspect had fled the station in Brenne after the shooting.",
        ),
        ("C’est la troisième fusillade dans la gare.", "It is the third shooting at the station."),
        ("Le tireur a été identifié comme Karim Satro, 31 ans.", "The gunman was identified as Karim Satro, 31."),
        ("Des agents ont abattu le tireur deux heures plus tard.", "Officers shot the gunman dead two hours later."),
    ];
    let s = summary(title, &article, &Options { length: Some(50), ..Options::default() });
    let told: Vec<&[usize]> =
        s.plan.iter().filter(|p| p.slot == Slot::Perpetrators).map(|p| p.sentences.as_slice()).collect();
    assert!(told.contains(&&[5][..]), "who it was: {:?} {}", s.plan, s.text);
    assert!(numbers(&s).contains(&5), "{}", s.text);
}

#[test]
fn what_became_of_the_attackers_is_told_before_what_matters_less() {
    let title = ("Kasmar : fusillade sur un marché de Brenne", "Kasmar: Shooting at a market in Brenne");
    let article = [
        (
            "Une fusillade a fait six morts mardi sur le marché de Brenne, dans le nord du Kasmar.",
            "A shooting left six people dead on Tuesday at the market in Brenne, in northern Kasmar.",
        ),
        (
            "La fusillade a éclaté sur le marché de Brenne vers midi, selon la police.",
            "The shooting at the market in Brenne broke out around noon, according to police.",
        ),
        ("C’est la troisième fusillade sur ce marché.", "It is the third shooting at this market."),
        ("Le marché de Brenne attire des milliers de clients.", "The market in Brenne draws thousands of customers."),
        ("Les tireurs ont été arrêtés dans la soirée.", "The gunmen were arrested in the evening."),
    ];
    let s = summary(title, &article, &Options { length: Some(45), ..Options::default() });
    assert!(numbers(&s).contains(&6), "{:?} {}", numbers(&s), s.text);
    assert!(s.plan.iter().any(|p| p.slot == Slot::Perpetrators && p.sentences == [6]), "{:?}", s.plan);
}

#[test]
fn whom_the_lead_brings_in_without_a_name_is_named_in_the_next_sentence() {
    let title = ("Norava : l’armée change de chef", "Norava: army changes chief");
    let article = [
        (
            "Le président de Norava a nommé samedi un nouveau chef de l’armée à Tarsal.",
            "Norava’s president appointed a new army chief in Tarsal on Saturday.",
        ),
        ("Karim Satro commandait la garnison de Selm.", "Karim Satro commanded the garrison in Selm."),
        (
            "L’armée de Norava compte 40 000 soldats et 12 généraux à Tarsal.",
            "The Norava army has 40,000 soldiers and 12 generals in Tarsal.",
        ),
    ];
    let s = summary(title, &article, &Options { length: Some(22), ..Options::default() });
    assert_eq!(numbers(&s), [2, 3], "{}", s.text);
}

#[test]
fn whose_deed_it_was_is_told_though_nobody_claims_it() {
    let title = ("Un convoi attaqué près de Selm", "Convoy attacked near Selm");
    let mut article = vec![
        ("Une attaque a visé un convoi lundi près de Selm.", "An attack targeted a convoy near Selm on Monday."),
        ("Les camions transportaient de la farine.", "The trucks were carrying flour."),
    ];
    let background = [
        ("La route de Selm traverse une vallée étroite.", "The road to Selm crosses a narrow valley."),
        ("Le pont de Selm a été reconstruit par la province.", "The bridge of Selm was rebuilt by the province."),
        ("Les chauffeurs de la région roulent de jour.", "The drivers of the region travel by day."),
    ];
    article.extend(background);
    article.push((
        "L’armée accuse les rebelles d’avoir mené l’attaque.",
        "The army accuses the rebels of having carried out the attack.",
    ));
    let options = Options { length: Some(24), ..Options::default() };
    let s = summary(title, &article, &options);
    assert_eq!(numbers(&s), [2, 7], "{}", s.text);
    assert!(s.plan.iter().any(|p| p.slot == Slot::Responsibility && p.told == [2]), "{:?}", s.plan);
}

#[test]
fn a_toll_that_a_later_one_replaces_is_left_out() {
    let title = ("Incendie dans un dépôt de Tarsal", "Fire in a Tarsal depot");
    let article = [
        ("Un incendie a ravagé mardi un dépôt de Tarsal.", "A fire ravaged a depot in Tarsal on Tuesday."),
        ("Les pompiers ont d’abord compté 4 morts.", "Firefighters first counted 4 dead."),
        ("Le bilan est désormais de 11 morts.", "The toll is now 11 dead."),
    ];
    let s = summary(title, &article, &Options::default());
    assert_eq!(numbers(&s), [2, 4], "{}", s.text);
}

#[test]
fn whoever_rejects_an_accusation_is_told_together_with_it() {
    let title = ("Un rapport sur la prison de Tarsal", "A report on Tarsal prison");
    let article = [
        (
            "Un rapport de la Ligue des droits affirme que des détenus de Tarsal ont été torturés.",
            "A report by the Rights League says that detainees in Tarsal were tortured.",
        ),
        ("La prison a été construite au bord du fleuve.", "The prison was built on the bank of the river."),
        (
            "La Ligue a vu les juges du ministère, qui repoussent toute accusation.",
            "The League met the judges of the ministry, who reject any accusation.",
        ),
    ];
    let options = Options { length: Some(26), ..Options::default() };
    let s = summary(title, &article, &options);
    assert_eq!(numbers(&s), [2, 4], "{}", s.text);
}

#[test]
fn a_summary_is_a_quarter_of_the_article_or_what_it_needs() {
    assert_eq!([60, 220, 400, 1000].map(limit), [100, 110, 120, 250]);
}
