//! How unsure a choice between scores is: about the negative logarithm of the probability that a softmax would give it.
//!
//! Only sums, products and quotients are used, which come out alike on every machine; a library's logarithm does not.

/// A lead of this many points makes a rival less likely by a factor of e. Chosen on the development sets, where
/// a half or twice as much does nearly as well.
const POINTS: f32 = 10000.0;

/// The doubt up to which a choice is worth a try: about one chance in four.
pub(crate) const WORTH_A_TRY: f32 = 1.3;

/// What a score that is `behind` the best weighs beside the best, which weighs one: (1 + x/8)⁻⁸, close to e⁻ˣ.
#[inline(always)]
fn share(behind: f32) -> f32 {
    let base = 1.0 + behind * (1.0 / (8.0 * POINTS));
    let square = base * base;
    let fourth = square * square;
    1.0 / (fourth * fourth)
}

/// The doubt about the best choice where its rivals together weigh `rivals`: close to the logarithm of one more.
#[inline(always)]
fn among(rivals: f32) -> f32 {
    rivals * (6.0 + rivals) / (6.0 + 4.0 * rivals)
}

/// The doubt about the best of a few choices, whose scores are so far behind it.
#[inline]
pub(crate) fn of_best(behind: impl Iterator<Item = i32>) -> f32 {
    among(behind.map(|b| share(b as f32)).sum())
}

/// The doubt about a choice behind the best, given the doubt about that.
#[inline]
pub(crate) fn of_other(best: f32, behind: i32) -> f32 {
    best + behind as f32 * (1.0 / POINTS)
}

/// The doubt about the best of many choices.
pub(crate) fn of_best_among(scores: &[i32], best: usize) -> f32 {
    const LANES: usize = 8;
    let top = scores[best] as f32;
    // Eight sums side by side, for the compiler must not change the order of one.
    let mut sums = [0.0f32; LANES];
    let (chunks, rest) = scores.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            sums[lane] += share(top - chunk[lane] as f32);
        }
    }
    for (lane, &score) in rest.iter().enumerate() {
        sums[lane] += share(top - score as f32);
    }
    // The best itself weighs one.
    among((sums.iter().sum::<f32>() - 1.0).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubt_is_close_to_the_logarithm_of_a_softmax() {
        for scores in [[0, -10_000, -30_000], [0, -2_000, -90_000], [0, 0, -50_000]] {
            let softmax: f32 = scores.iter().map(|&s| (s as f32 / POINTS).exp()).sum::<f32>().ln();
            let found = of_best(scores[1..].iter().map(|s| -s));
            assert!((found - softmax).abs() < 0.05, "{scores:?}: {found} beside {softmax}");
            assert!((of_best_among(&scores, 0) - found).abs() < 1e-5);
        }
    }

    #[test]
    fn a_choice_behind_is_less_sure_by_its_distance() {
        let best = of_best([10_000].into_iter());
        assert!((of_other(best, 10_000) - best - 1.0).abs() < 1e-5);
        assert!(of_other(best, 5_000) < WORTH_A_TRY && of_other(best, 20_000) > WORTH_A_TRY);
    }

    #[test]
    fn a_score_far_behind_leaves_no_doubt() {
        assert_eq!(of_best_among(&[i32::MAX, i32::MIN, i32::MIN], 0), 0.0);
    }
}
