//! Compares the attributions of both sides: whether each claim still has a source, and whether it is the same one.

use super::presence::{Presence, presence};
use super::source_change::{SourceChange, SourceDifference};
use super::{speakers, verbs};
use crate::checks::{Confidence, Pair, Severity};
use crate::facts::attribution::{Attribution, AttributionForm, Speaker};
use crate::facts::en::signals::{has_any_saying, signals};
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lexicon::verbs::SpeechAct;
use crate::lexicon::{en, fr};
use crate::span::Span;

/// All disagreements of a pair about sources.
#[derive(Debug, Default)]
pub struct SourceComparison {
    pub differences: Vec<SourceDifference>,
}

impl Pair<'_> {
    /// The attributions of both sides, compared.
    pub fn sources(&self) -> &SourceComparison {
        self.shared.sources.get_or_init(|| SourceComparison::new(self))
    }
}

/// The attributions among these facts.
pub fn attributions(facts: &[Fact]) -> impl Iterator<Item = &Attribution> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Attribution(a) => Some(a),
        _ => None,
    })
}

impl SourceComparison {
    fn new(pair: &Pair<'_>) -> Self {
        let mut out = SourceComparison::default();
        let fr: Vec<&Attribution> = attributions(&pair.source.facts).collect();
        let en: Vec<&Attribution> = attributions(&pair.target.facts).collect();
        verbs::compare(pair, &fr, &en, &mut out.differences);
        if !fr.is_empty() {
            out.lost(pair, &fr, &en);
            if let Some((source, target)) = speakers::changed(pair, &fr, &en) {
                out.push(SourceChange::SpeakerChanged, Some(source), Some(target), false);
            }
        }
        out.replaced_or_added(pair, &fr, &en);
        out
    }

    fn push(&mut self, change: SourceChange, source: Option<Span>, target: Option<Span>, sure: bool) {
        let (severity, confidence) =
            if sure { (Severity::Error, Confidence::High) } else { (Severity::Warning, Confidence::Medium) };
        self.differences.push(SourceDifference { change, source, target, severity, confidence });
    }

    /// Reports strong French attributions ([`Attribution::is_strong`]) that name a source and that the English does not
    /// have.
    fn lost(&mut self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) {
        let strong: Vec<&Attribution> = fr.iter().filter(|a| a.is_strong()).copied().collect();
        if strong.is_empty() {
            return;
        }
        let voices = Voices::of(pair, fr, en);
        for a in strong {
            let Some(source) = a.source else { continue };
            // « Rien n'indique que », « nul ne sait si »: nobody says it, and English has no source to name.
            let nobody = fr::NOBODY.has(source.of(pair.source.text).to_lowercase().as_str());
            if nobody || is_kept_opinion(a, pair) {
                continue;
            }
            let presence = presence(source, pair);
            let named = matches!(a.speaker, Speaker::Named | Speaker::Role | Speaker::Thing);
            if a.form == AttributionForm::Prepositional && named {
                if let Some(sure) = voices.lack_source(a, presence, source.of(pair.source.text)) {
                    self.push(SourceChange::SourceMissing, Some(source), None, sure);
                }
            } else if voices.lack_claim(a, presence) {
                self.push(SourceChange::Dropped, Some(a.span()), None, false);
            }
        }
    }

    /// Reports "according to X" where nothing in the French accounts for the name X, and the French names Y, or nobody.
    fn replaced_or_added(&mut self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) {
        let names = pair.names();
        for e in en.iter().filter(|e| e.form == AttributionForm::Prepositional) {
            let Some(target) = e.source else { continue };
            if !names.unexplained.iter().any(|s| target.contains(*s)) {
                continue;
            }
            // The French source in whose place it stands: one with a preposition, or else any whose loss would matter.
            let partner = fr
                .iter()
                .find(|a| a.form == AttributionForm::Prepositional)
                .or_else(|| fr.iter().find(|a| a.is_strong()));
            match partner.and_then(|a| a.source) {
                Some(source) => self.push(
                    SourceChange::SourceChanged,
                    Some(source),
                    Some(target),
                    matches!(presence(source, pair), Presence::NameLost | Presence::NotSeen),
                ),
                // « Estime l'état-major » names a source as well, if not one whose loss would matter.
                None if fr.iter().any(|a| a.source.is_some()) => {}
                None => self.push(SourceChange::SourceAdded, None, Some(target), false),
            }
        }
    }
}

/// How many attributions the French has, and how much in the English shows that somebody says something.
struct Voices {
    /// French attributions whose loss would change who vouches for a claim ([`Attribution::is_strong`]).
    french: usize,
    /// English attributions whose loss would change who vouches for a claim, without those like "I think" or "we
    /// think".
    english: usize,
    /// English words that show that somebody says something (see [`signals`]).
    signs: usize,
    /// French participles that go on with somebody's words: « , ajoutant que ». Each has a sign of its own in English.
    resumed: usize,
    /// The English has no word at all that may report: no verb of saying, and none of opinion, demand or feeling.
    silent: bool,
    /// The English has a quotation.
    quoted: bool,
    /// The English says that somebody unnamed says it: "reportedly", "allegedly".
    hearsay: bool,
    /// The English has "according to" and the like at least as often as the French has « selon » and the like.
    as_many_prepositions: bool,
}

impl Voices {
    fn of(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) -> Self {
        // The source of "I think" is the person who is speaking anyway: it renders no French source but « je pense ».
        let own = |e: &Attribution| {
            let mut words = e.source.map_or("", |s| s.of(pair.target.text)).split(|c: char| !c.is_alphanumeric());
            words.any(|w| matches!(w, "I" | "we" | "We"))
        };
        let prepositions =
            |list: &[&Attribution]| list.iter().filter(|a| a.form == AttributionForm::Prepositional).count();
        Voices {
            french: fr.iter().filter(|a| a.is_strong()).count(),
            english: en.iter().filter(|e| e.is_strong() && !own(e)).count(),
            signs: signals(&pair.target.reading),
            resumed: resumed(&pair.source.reading),
            silent: !has_any_saying(&pair.target.reading),
            hearsay: (0..pair.target.reading.len()).any(|i| leaves_unnamed(&pair.target.reading, i)),
            quoted: pair.target.facts.iter().any(|f| matches!(f.value, FactValue::Quote(_))),
            as_many_prepositions: prepositions(en) >= prepositions(fr),
        }
    }

    /// Whether nobody says anything in the English.
    fn are_none(&self) -> bool {
        self.signs == 0 && self.english == 0
    }

    /// `Some` where the source of « selon X » is missing: `Some(true)` if that is sure. `source` is X.
    fn lack_source(&self, a: &Attribution, presence: Presence, source: &str) -> Option<bool> {
        let is_some_text = a.speaker == Speaker::Thing && (source.starts_with("un ") || source.starts_with("une "));
        // A role in the sentence may be its subject ("police count twelve dead"), so that some verb must report as
        // well.
        let vouched = match presence {
            Presence::Found => true,
            // « Selon un décret », « selon une liste »: a text that the sentence names is its source, whatever the
            // construction ("under a decree", "a list names").
            Presence::Role | Presence::Resembled if is_some_text => true,
            Presence::Role => !self.silent || self.signs > 0,
            Presence::Resembled => !self.are_none(),
            Presence::NameLost | Presence::NotSeen => false,
        };
        // Nobody says anything in the English, or it has fewer sources than the French.
        let fewer = self.are_none() || self.english < self.french;
        // Where the French source has no name, a word of hearsay is enough: « selon des estimations », "reportedly".
        let unnamed = a.speaker != Speaker::Named && presence != Presence::NameLost && self.hearsay;
        if vouched || unnamed || self.as_many_prepositions || !fewer {
            return None;
        }
        let unseen = matches!(presence, Presence::NameLost | Presence::NotSeen);
        let sure = a.speaker != Speaker::Thing && unseen && self.are_none();
        Some(sure || presence == Presence::NameLost && self.signs < self.french + self.resumed)
    }

    /// Whether « X a déclaré que … » has become a plain statement.
    fn lack_claim(&self, a: &Attribution, presence: Presence) -> bool {
        let seen = matches!(presence, Presence::Found | Presence::Role | Presence::Resembled);
        let plain = states_plainly(a.kind);
        if self.are_none() && !self.quoted {
            // Opinions, demands and reports have many renderings: any verb that may report will do, and so will a trace
            // of the source.
            return plain || self.silent && !seen;
        }
        a.kind != SpeechAct::Think
            && !seen
            && self.english < self.french
            && (presence == Presence::NameLost || self.signs < self.french && plain)
    }
}

/// Whether the English says at `i` that somebody unnamed says it: "reportedly", "an estimated tenth", "there are
/// allegations that".
fn leaves_unnamed(r: &Reading<'_>, i: usize) -> bool {
    r.among(i, &en::HEARSAY) || matches!(r.lower(i), "estimated" | "allegations")
}

/// How often a French text goes on with somebody's words: « , déclarant que la route était libre ».
fn resumed(r: &Reading<'_>) -> usize {
    let goes_on = |&i: &usize| r.mark(i - 1) == ',' && r.lower(i).ends_with("ant") && r.info(i).verb.is_some();
    (1..r.len()).filter(goes_on).count()
}

/// Whether English renders this kind of saying by nothing but a verb of saying.
fn states_plainly(kind: SpeechAct) -> bool {
    use SpeechAct::{Accuse, Admit, Allege, Announce, Claim, Confirm, Deny, Say};
    matches!(kind, Say | Announce | Confirm | Deny | Admit | Claim | Allege | Accuse)
}

/// Whether « pour » tells somebody's opinion and the English begins with such a phrase too, or begins a sentence or a
/// quotation with one: « Pour l'armée, la route est sûre », "For the army …". Then it is still an opinion.
fn is_kept_opinion(a: &Attribution, pair: &Pair<'_>) -> bool {
    let english = &pair.target.reading;
    let opens = |i: usize| english.opens(i) && matches!(english.lower(i), "for" | "to" | "as" | "in");
    a.cue.of(pair.source.text).eq_ignore_ascii_case("pour") && (0..english.len()).any(opens)
}
