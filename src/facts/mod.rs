//! Facts: what must survive a translation, as typed values with spans (quantities, dates, times, sources, quotations,
//! names and others).
//!
//! [`extract`] reads one text (a sentence, one side of a pair or a whole document) in one language. The grammars of the
//! two languages are in [`fr`] and [`en`]. Both make values of the same types, so checks compare values and need not
//! parse text.

pub mod attribution;
pub mod attributions;
pub mod casualties;
pub mod class;
pub mod compass;
pub mod date;
pub mod dates;
mod degrees;
pub mod designator;
pub mod designators;
pub mod discourse;
pub mod en;
pub mod event;
pub mod extent;
pub mod false_friends;
pub mod figures;
pub mod forms;
pub mod found;
pub mod fr;
pub mod hedge;
mod issuers;
mod json;
pub mod loaded;
pub mod moves;
pub mod name;
mod name_run;
pub mod negation;
pub mod numeral;
pub mod quantity;
pub mod quote;
pub mod reading;
pub mod role;
mod shares;
pub mod subject;
pub mod time;
pub mod time_relation;
pub mod token;
pub mod unit;
pub mod word_values;

use crate::article::{Article, Sentence};
use crate::lang::Lang;
use crate::span::Span;
use jiff::civil::Date;

/// What has to be known about a text to read it.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    pub lang: Lang,
    /// Day of publication, if known: « jeudi » and « 29 novembre » are counted from it.
    pub date: Option<Date>,
}

/// One fact and where it stands in the text (byte span).
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub span: Span,
    pub value: FactValue,
}

/// The kinds of facts, each with its normalised value.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    Quantity(quantity::Quantity),
    Date(date::DateFact),
    Time(time::TimeFact),
    Designator(designator::Designator),
    Name(name::Name),
    Attribution(attribution::Attribution),
    Quote(quote::Quote),
    Negation(negation::Negation),
    Hedge(hedge::Hedge),
    Loaded(loaded::Loaded),
    /// A word of killing, wounding and the like that does not stand right after a figure.
    Casualty(quantity::Casualty),
    /// A currency that does not stand right after a figure.
    Currency(quantity::BareCurrency),
    TimeRelation(time_relation::TimeRelation),
}

/// All facts of a text, by the place where they begin.
pub fn extract(text: &str, context: &Context) -> Vec<Fact> {
    extract_from(&reading::Reading::new(text, context.lang), context)
}

/// [`extract`] for a text of which there is a reading already.
pub fn extract_from(reading: &reading::Reading<'_>, context: &Context) -> Vec<Fact> {
    let mut facts = Vec::new();
    figures::extract(&class::ClassedTokens::new(&reading.tokens, context.lang), context, &mut facts);
    let relations = time_relation::extract(reading, &facts);
    facts.extend(relations);
    extract_statements(reading, &mut facts);
    // In "Thursday, May 17", "May" is a month and no hedge.
    let dates: Vec<Span> = facts.iter().filter(|f| matches!(f.value, FactValue::Date(_))).map(|f| f.span).collect();
    facts.retain(|f| !matches!(f.value, FactValue::Hedge(_)) || !dates.iter().any(|d| d.overlaps(f.span)));
    facts.sort_by_key(|f| f.span.start);
    facts
}

/// The facts of every sentence of an article. Sources such as « il » and « cette source » have their antecedents, where
/// these are known.
pub fn of_article(article: &Article) -> Vec<Vec<Fact>> {
    let mut discourse = discourse::Discourse::default();
    let context = Context { lang: Lang::Fr, date: article.date };
    let read = |s: &Sentence| {
        let reading = reading::Reading::new(&s.text, Lang::Fr);
        let mut facts = extract_from(&reading, &context);
        discourse.resolve(&reading, &mut facts);
        facts
    };
    article.sentences().map(read).collect()
}

/// Adds the names, attributions, quotations, negations, hedges and loaded words of a text, one kind after the other.
pub fn extract_statements(r: &reading::Reading<'_>, facts: &mut Vec<Fact>) {
    let mut add = |span, value| facts.push(Fact { span, value });
    name::extract(r).into_iter().for_each(|n| add(n.span, FactValue::Name(n)));
    let quotes = quote::extract(r);
    attributions::extract(r, &quotes).into_iter().for_each(|a| add(a.span(), FactValue::Attribution(a)));
    quotes.into_iter().for_each(|q| add(q.span, FactValue::Quote(q)));
    negation::extract(r).into_iter().for_each(|n| add(n.span, FactValue::Negation(n)));
    hedge::extract(r).into_iter().for_each(|h| add(h.span, FactValue::Hedge(h)));
    loaded::extract(r).into_iter().for_each(|l| add(l.span, FactValue::Loaded(l)));
}
