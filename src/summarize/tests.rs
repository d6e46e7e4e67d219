//! Whole summaries of an invented article, with a scripted model.

use super::material::{Line, Material, Title};
use super::*;
use crate::dispatch::{Origin, SummaryKind};
use crate::facts::discourse::Discourse;
use crate::facts::{self, Context};
use crate::model::scripted::Scripted;
use crate::model::{Job, Search};

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

fn material() -> Material<'static> {
    let mut discourse = Discourse::default();
    let line = |(i, (french, english)): (usize, &(&str, &str))| {
        let reading = Reading::new(french, Lang::Fr);
        let mut source_facts = facts::extract_from(&reading, &Context { lang: Lang::Fr, date: None });
        discourse.resolve(&reading, &mut source_facts);
        Line {
            number: i + 2,
            block: i,
            place: 0,
            french: french.to_string(),
            english: english.to_string(),
            source_facts,
            target_facts: facts::extract(english, &Context { lang: Lang::En, date: None }),
            in_quotation: false,
            errors: 0,
            warnings: 0,
            needs_review: false,
            mean_log_prob: -0.1,
        }
    };
    Material {
        title: Some(Title {
            french: "Le régime perd du terrain à Tarsal".into(),
            english: "Regime loses ground in Tarsal".into(),
            needs_review: false,
            numbers: vec![1],
        }),
        lines: ARTICLE.iter().enumerate().map(line).collect(),
        sources: &[],
        contradictions: vec![[vec![3], vec![4]]],
        words: 80,
        date: None,
    }
}

fn summary(options: &Options, shortened: &'static str) -> SummaryRecord {
    let mut model = Scripted::new(move |job: &Job| {
        let asked = &job.messages.last().unwrap().content;
        if asked.starts_with("At least 31") { shortened.to_string() } else { String::new() }
    });
    let checks = CheckSettings::default();
    summarize(&material(), &mut model, &Prompts::standard(), options, &checks).unwrap()
}

const SHORT: &str = "At least 31 people were killed on Monday in fighting around Tarsal, according to the Norava Monitoring Network (RVN).";

#[test]
fn a_summary_says_who_says_it_and_tells_both_sides() {
    let s = summary(&Options::default(), SHORT);
    assert_eq!(s.headline.as_deref(), Some("Government loses ground in Tarsal"));
    assert_eq!(
        s.sentences.iter().map(|s| (s.sentences[0], s.origin)).collect::<Vec<_>>(),
        [(2, Origin::Written), (3, Origin::Translation), (4, Origin::Translation), (5, Origin::Translation)]
    );
    assert_eq!(s.sentences[0].text, SHORT);
    assert!(s.text.contains("The government sent reinforcements"), "{}", s.text);
    assert_eq!(s.kind, SummaryKind::Mixed);
    assert!(!s.text.contains("Updated"));
}

#[test]
fn a_text_of_the_model_that_loses_its_source_or_adds_to_it_is_refused_with_the_reason() {
    for (text, reason) in [
        ("At least 31 people were killed on Monday in fighting around Tarsal.", "who says it"),
        (
            "31 people were killed on Monday in fighting around Tarsal, according to the Norava Monitoring Network (RVN).",
            "31",
        ),
        (
            "At least 31 people were killed on Monday around Deir Malik, according to the Norava Monitoring Network (RVN).",
            "Deir",
        ),
    ] {
        let s = summary(&Options::default(), text);
        let refused = s.rejected.iter().find(|r| r.text == text).unwrap_or_else(|| panic!("“{text}” passes"));
        assert!(refused.reason.contains(reason), "{}", refused.reason);
        assert!(!s.sentences.iter().any(|s| s.text == text));
        assert!(s.text.contains("At least 31 people"), "the sentence itself stands: {}", s.text);
        assert_eq!(s.kind, SummaryKind::Extractive);
    }
}

#[test]
fn a_translation_from_which_the_french_is_unlikely_gives_way() {
    let options = Options { style: SummaryStyle::Brief, ..Options::default() };
    let numbers = |s: &SummaryRecord| s.sentences.iter().map(|s| s.sentences[0]).collect::<Vec<_>>();
    let mut material = material();
    material.contradictions.clear();
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
    let brief = summary(&Options { style: SummaryStyle::Brief, ..Options::default() }, SHORT);
    assert!(brief.sentences.len() <= 2 && count_words(&brief.text) <= 60, "{}", brief.text);
    let short = summary(&Options { length: Some(20), ..Options::default() }, SHORT);
    assert!(count_words(&short.text) <= 20, "{}", short.text);
    let points = summary(&Options { style: SummaryStyle::Bullets, ..Options::default() }, SHORT);
    assert!(points.text.lines().count() == points.sentences.len() && points.text.lines().all(|l| l.starts_with("- ")));
}
