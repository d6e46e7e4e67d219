//! Which sentences of a target translate which sentences of a source.
//!
//! This is a dynamic programme over *beads* (Gale & Church, "A Program for Aligning Sentences in
//! Bilingual Corpora", Computational Linguistics 19(1), 1993): every sentence belongs to one bead,
//! which has one to three sentences on each side, or a single sentence that has no counterpart (a
//! gap). A bead is scored by its lengths, as in that paper, and by the figures, names and words
//! that its two sides share (see `features`): lengths alone cannot show whether a sentence was
//! dropped or only translated briefly. Afterwards a source sentence and a target sentence that are
//! both gaps and translate each other are joined, because editors move sentences.

mod features;

use features::Vector;
use std::ops::Range;

/// Sentences of the source and what they became in the target; one side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bead {
    /// Which sentences of the source, counted from 0.
    pub source: Range<usize>,
    /// Which sentences of the target, counted from 0.
    pub target: Range<usize>,
    /// For a bead with an empty side, whether it is sure that its sentence has no counterpart. True
    /// for other beads.
    pub sure: bool,
}

/// English characters per French character, in news text.
const LENGTH_RATIO: f32 = 0.90;
/// Standard deviation of the logarithm of that ratio, for a long sentence and its translation.
const LENGTH_SPREAD: f32 = 0.13;
/// The same for two sentences that have nothing to do with each other.
const UNRELATED_SPREAD: f32 = 0.7;
/// The lowest log odds that lengths alone can give, however unusual their ratio is.
const MIN_LENGTH_ODDS: f32 = -8.0;
/// Similarity (cosine of the features) at which two sentences are as likely a translation of each other as not, before
/// their lengths are considered.
const EVEN: f32 = 0.14;
/// Log odds per unit of similarity.
const STEEP: f32 = 40.0;
/// Lower and upper bound of the log odds by similarity. The lower one is not so low that it
/// excludes a bead, since some translations share no feature with their source.
const SIMILARITY_ODDS: (f32, f32) = (-4.5, 7.0);
/// Number of characters from which a sentence is so long that it should share something with its
/// translation.
const FULL_LENGTH: f32 = 60.0;
/// Log odds of a sentence without counterpart.
const GAP: f32 = -6.5;
/// Shapes of beads: how many source sentences, how many target sentences, and the log odds of this shape.
const SHAPES: [(usize, usize, f32); 10] = [
    (1, 1, 0.0),
    (1, 0, GAP),
    (0, 1, GAP),
    (2, 1, -2.5),
    (1, 2, -2.5),
    (2, 2, -5.0),
    (3, 1, -5.0),
    (1, 3, -5.0),
    (3, 2, -7.0),
    (2, 3, -7.0),
];
/// A source sentence and a target sentence that are both gaps are joined where their log odds are higher than this.
const MOVED: f32 = 2.0;
/// Number of pairs of sentences up to which all pairs are compared. In longer documents, only the
/// pairs near the diagonal are.
const FULL: usize = 1 << 20;
/// In documents with more than [`FULL`] pairs: about how many target sentences on either side of the diagonal a source
/// sentence is compared with.
const BAND: usize = 100;

/// How much two texts share of figures, names, cognates and common words: the cosine of their features, 0 to 1.
pub fn likeness(source: &str, target: &str) -> f32 {
    let (source, target) = features::vectors(&[source], &[target]);
    let (source, target) = (&source[0], &target[0]);
    source.dot(target) / (source.dot(source) * target.dot(target)).sqrt().max(f32::MIN_POSITIVE)
}

/// Aligns the sentences of two documents. Every sentence is in exactly one bead. Beads are in the order of the source;
/// one without a source sentence stands between the beads of its neighbours in the target, unless those were moved.
pub fn align(source: &[&str], target: &[&str]) -> Vec<Bead> {
    let scorer = Scorer::new(source, target);
    let mut beads = scorer.best_path();
    scorer.join_moved(&mut beads);
    scorer.judge_gaps(&mut beads);
    beads
}

/// The feature vectors of the sentences of one side, with the scalar products that scoring needs
/// again and again.
struct TextVectors {
    vectors: Vec<Vector>,
    /// Squared norm of each vector.
    norm: Vec<f32>,
    /// Scalar product of each vector and the next one; 0 for the last vector.
    next: Vec<f32>,
    /// Scalar product of each vector and the one after the next; 0 for the last two vectors.
    after_next: Vec<f32>,
    /// Characters of each sentence, without white space.
    lengths: Vec<f32>,
}

impl TextVectors {
    fn new(vectors: Vec<Vector>, lengths: Vec<f32>) -> Self {
        let product = |i: usize, j: usize| if j < vectors.len() { vectors[i].dot(&vectors[j]) } else { 0.0 };
        let with = |step: usize| (0..vectors.len()).map(|i| product(i, i + step)).collect::<Vec<_>>();
        let (norm, next, after_next) = (with(0), with(1), with(2));
        TextVectors { vectors, norm, next, after_next, lengths }
    }

    fn len(&self) -> usize {
        self.vectors.len()
    }

    /// Squared norm of the sum of consecutive vectors. Products of vectors that are more than two
    /// apart are left out: a bead has none, and only the ranges that [`Scorer::judge_gaps`] tries
    /// may be longer.
    fn squared(&self, r: &Range<usize>) -> f32 {
        let norms: f32 = self.norm[r.clone()].iter().sum();
        let pairs = |with: &[f32], step: usize| -> f32 { (r.start..r.end.saturating_sub(step)).map(|i| with[i]).sum() };
        norms + 2.0 * (pairs(&self.next, 1) + pairs(&self.after_next, 2))
    }

    /// Product of two vectors of this side; exact only for those that are at most two sentences apart.
    fn between(&self, i: usize, j: usize) -> f32 {
        match i.abs_diff(j) {
            0 => self.norm[i],
            1 => self.next[i.min(j)],
            _ => self.after_next[i.min(j)],
        }
    }

    /// The partial cosine of sentence `i` and the other side of its bead, given the other sentences of the bead on its
    /// own side (`all` without `i`): how much of the sentence stands on the other side, apart from what it has in
    /// common with these. `with(j)` is the product of sentence `j` and the whole other side, whose squared norm is
    /// `other`.
    fn own_share(&self, i: usize, all: &Range<usize>, with: impl Fn(usize) -> f32, other: f32) -> f32 {
        let rest = || all.clone().filter(|&j| j != i);
        let rest_squared: f32 = rest().flat_map(|a| rest().map(move |b| (a, b))).map(|(a, b)| self.between(a, b)).sum();
        let (in_common, rest_with) = (rest().map(|j| self.between(i, j)).sum::<f32>(), rest().map(&with).sum::<f32>());
        let per = in_common / rest_squared.max(f32::MIN_POSITIVE);
        // The lower bound keeps the divisor below from becoming tiny if a sentence has next to
        // nothing of its own.
        let own = (self.norm[i] - in_common * per).max(0.01 * self.norm[i]);
        // The counterpart of one sentence is only a part of the other side. This lowers the cosine,
        // and the factor makes up for it.
        let part = (all.len() as f32).sqrt();
        part * (with(i) - per * rest_with) / (own * other).sqrt().max(f32::MIN_POSITIVE)
    }

    /// Characters of consecutive sentences together, without white space.
    fn length(&self, r: &Range<usize>) -> f32 {
        self.lengths[r.clone()].iter().sum()
    }
}

/// Scores beads, and finds the best ones.
struct Scorer {
    source: TextVectors,
    target: TextVectors,
    /// For each source sentence, the scalar products of its vector and those of the target
    /// sentences in its band.
    dots: Vec<Vec<f32>>,
    /// For each source sentence, the target sentences that it is compared with.
    bands: Vec<Range<usize>>,
}

impl Scorer {
    fn new(source: &[&str], target: &[&str]) -> Self {
        let (vectors_fr, vectors_en) = features::vectors(source, target);
        let lengths = |s: &[&str]| s.iter().map(|s| s.chars().filter(|c| !c.is_whitespace()).count() as f32).collect();
        let source = TextVectors::new(vectors_fr, lengths(source));
        let target = TextVectors::new(vectors_en, lengths(target));
        let bands: Vec<_> = (0..source.len()).map(|i| band(i, source.len(), target.len())).collect();
        let row = |i: usize| bands[i].clone().map(|j| source.vectors[i].dot(&target.vectors[j])).collect();
        let dots = (0..source.len()).map(row).collect();
        Scorer { source, target, dots, bands }
    }

    /// Scalar product of the vectors of a source and a target sentence; 0 for a pair that is not
    /// compared.
    fn dot(&self, i: usize, j: usize) -> f32 {
        let band = &self.bands[i];
        if band.contains(&j) { self.dots[i][j - band.start] } else { 0.0 }
    }

    /// Scalar product of the summed vectors of the two sides.
    fn product(&self, s: &Range<usize>, t: &Range<usize>) -> f32 {
        s.clone().flat_map(|i| t.clone().map(move |j| (i, j))).map(|(i, j)| self.dot(i, j)).sum()
    }

    /// Log odds that the two sides translate each other, without those of the bead's shape.
    fn odds(&self, s: &Range<usize>, t: &Range<usize>) -> f32 {
        let (squared_s, squared_t) = (self.source.squared(s), self.target.squared(t));
        let cosine = |product: f32, a: f32, b: f32| product / (a * b).sqrt().max(f32::MIN_POSITIVE);
        let by_words = |cosine: f32| (STEEP * (cosine - EVEN)).clamp(SIMILARITY_ODDS.0, SIMILARITY_ODDS.1);
        let mut odds = by_words(cosine(self.product(s, t), squared_s, squared_t));
        // Where a side has several sentences, each must share something of its own with the other side. Otherwise a
        // sentence would be taken into the bead only because it has the same subject as its neighbour.
        let own = |side: &TextVectors, n: usize, all: &Range<usize>, with: &dyn Fn(usize) -> f32, other: f32| {
            // A short sentence has little to share, so it matters less if it shares nothing.
            let weight = (side.lengths[n] / FULL_LENGTH).min(1.0);
            weight * by_words(side.own_share(n, all, with, other)).min(0.0)
        };
        if s.len() > 1 {
            let with = |i: usize| self.product(&(i..i + 1), t);
            odds += s.clone().map(|i| own(&self.source, i, s, &with, squared_t)).sum::<f32>();
        }
        if t.len() > 1 {
            let with = |j: usize| self.product(s, &(j..j + 1));
            odds += t.clone().map(|j| own(&self.target, j, t, &with, squared_s)).sum::<f32>();
        }
        odds + self.length_odds(self.source.length(s), self.target.length(t))
    }

    /// Log odds by the lengths of the two sides. They come from two normal distributions of the
    /// logarithm of the ratio: that of translations and that of unrelated sentences.
    fn length_odds(&self, source: f32, target: f32) -> f32 {
        // With ten characters added to both lengths, a few characters more or less in a short
        // sentence do not make the ratio extreme, and an empty sentence has a ratio at all.
        let (a, b) = (source * LENGTH_RATIO + 10.0, target + 10.0);
        // The ratio varies more for short sentences.
        let spread = LENGTH_SPREAD * (1.0 + 10.0 / a.min(b));
        let ratio = (b / a).ln();
        let normal = |sd: f32| -(ratio / sd).powi(2) / 2.0 - sd.ln();
        (normal(spread) - normal(UNRELATED_SPREAD)).max(MIN_LENGTH_ODDS)
    }

    /// The dynamic programme: of all ways to divide the sentences into beads, the one whose log
    /// odds have the highest sum.
    fn best_path(&self) -> Vec<Bead> {
        let (n, m) = (self.source.len(), self.target.len());
        let columns: Vec<Range<usize>> = (0..=n).map(|i| table_band(i, n, m)).collect();
        let mut best: Vec<Vec<f32>> = columns.iter().map(|c| vec![f32::NEG_INFINITY; c.len()]).collect();
        let mut shape: Vec<Vec<u8>> = columns.iter().map(|c| vec![0; c.len()]).collect();
        best[0][0] = 0.0;
        for i in 0..=n {
            for j in columns[i].clone() {
                let at = j - columns[i].start;
                for (k, &(ds, dt, prior)) in SHAPES.iter().enumerate() {
                    if ds > i || dt > j || !columns[i - ds].contains(&(j - dt)) {
                        continue;
                    }
                    let before = best[i - ds][j - dt - columns[i - ds].start];
                    if before == f32::NEG_INFINITY {
                        continue;
                    }
                    let odds = if ds == 0 || dt == 0 { 0.0 } else { self.odds(&(i - ds..i), &(j - dt..j)) };
                    let score = before + prior + odds;
                    if score > best[i][at] {
                        best[i][at] = score;
                        shape[i][at] = k as u8;
                    }
                }
            }
        }
        let (mut i, mut j) = (n, m);
        let mut beads = Vec::new();
        while (i, j) != (0, 0) {
            let (ds, dt, _) = SHAPES[shape[i][j - columns[i].start] as usize];
            beads.push(Bead { source: i - ds..i, target: j - dt..j, sure: true });
            (i, j) = (i - ds, j - dt);
        }
        beads.reverse();
        beads
    }

    /// Joins source sentences with target sentences where both are gaps and translate each other, the likeliest pair
    /// first.
    fn join_moved(&self, beads: &mut Vec<Bead>) {
        let gaps = |empty: fn(&Bead) -> bool| (0..beads.len()).filter(|&b| empty(&beads[b])).collect::<Vec<_>>();
        let (dropped, added) = (gaps(|b| b.target.is_empty()), gaps(|b| b.source.is_empty()));
        let mut candidates = Vec::new();
        for &d in &dropped {
            for &a in &added {
                let odds = self.odds(&beads[d].source, &beads[a].target);
                if odds > MOVED {
                    candidates.push((odds, d, a));
                }
            }
        }
        candidates.sort_by(|x, y| y.0.total_cmp(&x.0));
        let mut gone = vec![false; beads.len()];
        for (_, d, a) in candidates {
            if beads[d].target.is_empty() && !gone[a] {
                beads[d].target = beads[a].target.clone();
                gone[a] = true;
            }
        }
        let mut b = 0;
        beads.retain(|_| {
            b += 1;
            !gone[b - 1]
        });
    }

    /// Sets [`Bead::sure`] of beads with an empty side (gaps). A gap is sure if adding its sentence
    /// to the bead before it would lower the log odds of that bead by more than 1, and likewise for
    /// the bead after it. A neighbour that is itself a gap does not count, and a gap without any
    /// other neighbour is sure.
    fn judge_gaps(&self, beads: &mut [Bead]) {
        for b in 0..beads.len() {
            let gap = beads[b].clone();
            if !gap.source.is_empty() && !gap.target.is_empty() {
                continue;
            }
            let neighbours = [b.checked_sub(1), Some(b + 1)].into_iter().flatten().filter_map(|n| beads.get(n));
            let smallest_loss = neighbours
                .filter(|n| !n.source.is_empty() && !n.target.is_empty())
                .map(|n| {
                    self.odds(&n.source, &n.target)
                        - self.odds(&cover(&n.source, &gap.source), &cover(&n.target, &gap.target))
                })
                .fold(f32::INFINITY, f32::min);
            beads[b].sure = smallest_loss > 1.0;
        }
    }
}

/// The smallest range that covers both; `a` where `b` is empty.
fn cover(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    if b.is_empty() { a.clone() } else { a.start.min(b.start)..a.end.max(b.end) }
}

/// The target sentences (of `m`) that source sentence `i` (of `n`) is compared with: all of them, or in long documents
/// those near the diagonal.
fn band(i: usize, n: usize, m: usize) -> Range<usize> {
    if n * m <= FULL {
        return 0..m;
    }
    let middle = i * m / n;
    middle.saturating_sub(BAND)..(middle + BAND).min(m)
}

/// Columns of row `i` of the dynamic programme's table, which has one row and one column more than there are sentences.
fn table_band(i: usize, n: usize, m: usize) -> Range<usize> {
    if n * m <= FULL {
        return 0..m + 1;
    }
    let middle = i * m / n;
    // The band is wider if the target is much longer than the source: the columns of neighbouring
    // rows must overlap, or no path leads from one row to the next.
    let half = BAND.max(2 * m / n);
    middle.saturating_sub(half)..(middle + half).min(m) + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FR: [&str; 6] = [
        "Trois villages repris près du fleuve, selon l’armée",
        "Les forces gouvernementales ont repris mardi trois villages au nord de la ville, a annoncé l’état-major.",
        "Au moins 47 combattants ont été tués dans l’assaut, d’après la même source.",
        "Les rebelles démentent toute perte de terrain et affirment tenir encore le pont principal.",
        "Quelque 3 200 personnes ont fui vers le sud depuis le début de l’offensive.",
        "L’hôpital universitaire de la province manque de médicaments et d’électricité.",
    ];
    const EN: [&str; 6] = [
        "Three villages retaken near the river, army says",
        "Government forces on Tuesday retook three villages north of the city, the general staff announced.",
        "At least 47 fighters were killed in the assault, according to the same source.",
        "The rebels deny any loss of ground and say they still hold the main bridge.",
        "Some 3,200 people have fled south since the start of the offensive.",
        "The province’s university hospital is short of medicines and electricity.",
    ];

    /// The beads of an alignment, each written as `source=target` with the numbers of its
    /// sentences. For a sentence without a counterpart one side is empty.
    fn beads(source: &[&str], target: &[&str]) -> Vec<String> {
        let list = |r: &Range<usize>| r.clone().map(|i| i.to_string()).collect::<Vec<_>>().join("+");
        align(source, target).iter().map(|b| format!("{}={}", list(&b.source), list(&b.target))).collect()
    }

    fn without(sentences: &[&'static str], n: usize) -> Vec<&'static str> {
        sentences.iter().enumerate().filter(|&(i, _)| i != n).map(|(_, s)| *s).collect()
    }

    #[test]
    fn a_faithful_translation_is_one_to_one() {
        assert_eq!(beads(&FR, &EN), ["0=0", "1=1", "2=2", "3=3", "4=4", "5=5"]);
    }

    #[test]
    fn a_dropped_sentence_is_left_over() {
        assert_eq!(beads(&FR, &without(&EN, 3)), ["0=0", "1=1", "2=2", "3=", "4=3", "5=4"]);
        assert_eq!(beads(&FR, &without(&EN, 5)).last().unwrap(), "5=");
    }

    #[test]
    fn an_added_sentence_is_left_over() {
        assert_eq!(beads(&without(&FR, 2), &EN), ["0=0", "1=1", "=2", "2=3", "3=4", "4=5"]);
    }

    #[test]
    fn sentences_can_be_merged_and_split() {
        let merged = format!("{}, and {}", EN[3].trim_end_matches('.'), EN[4].replace("Some", "some"));
        let target = [EN[0], EN[1], EN[2], &merged, EN[5]];
        assert_eq!(beads(&FR, &target), ["0=0", "1=1", "2=2", "3+4=3", "5=4"]);
        let source = [FR[0], FR[1], FR[2], &format!("{} {}", FR[3], FR[4]), FR[5]];
        assert_eq!(beads(&source, &EN), ["0=0", "1=1", "2=2", "3=3+4", "4=5"]);
    }

    #[test]
    fn sentences_that_moved_are_found() {
        let far = [EN[0], EN[5], EN[1], EN[2], EN[3], EN[4]];
        let found = beads(&FR, &far);
        assert!(found.contains(&"5=1".to_string()), "{found:?}");
        let near = [EN[0], EN[1], EN[3], EN[2], EN[4], EN[5]];
        let left_over = align(&FR, &near).iter().filter(|b| b.source.is_empty() || b.target.is_empty()).count();
        assert_eq!(left_over, 0);
    }

    #[test]
    fn a_long_document_is_aligned_along_its_diagonal() {
        let number =
            |text: &str, i: usize| text.replace("47", &(i * 37 + 11).to_string()).replace("3 200", &i.to_string());
        let many = |texts: [&str; 6]| (0..1500).map(|i| number(texts[i % 6], i / 6)).collect::<Vec<_>>();
        let (source, mut target) = (many(FR), many(EN));
        assert!(source.len() * target.len() > FULL);
        target.remove(900);
        let (source, target): (Vec<&str>, Vec<&str>) =
            (source.iter().map(String::as_str).collect(), target.iter().map(String::as_str).collect());
        let gaps: Vec<_> = align(&source, &target).into_iter().filter(|b| b.target.is_empty()).collect();
        assert_eq!(gaps.len(), 1, "{gaps:?}");
    }

    proptest! {
        #[test]
        fn every_sentence_is_in_exactly_one_bead(
            source in prop::collection::vec("[\\PC]{0,40}", 0..9), target in prop::collection::vec("[\\PC]{0,40}", 0..9),
        ) {
            let (source, target): (Vec<&str>, Vec<&str>) =
                (source.iter().map(String::as_str).collect(), target.iter().map(String::as_str).collect());
            let beads = align(&source, &target);
            let mut seen: Vec<usize> = beads.iter().flat_map(|b| b.source.clone()).collect();
            seen.sort();
            prop_assert_eq!(seen, (0..source.len()).collect::<Vec<_>>());
            let mut seen: Vec<usize> = beads.iter().flat_map(|b| b.target.clone()).collect();
            seen.sort();
            prop_assert_eq!(seen, (0..target.len()).collect::<Vec<_>>());
        }
    }
}
