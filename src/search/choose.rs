//! The picker over a short list.

use super::align::Aligner;
use super::question::Question;
use super::subsequence::Subsequence;
use crate::domain::fold::fold;
use std::cmp::Reverse;

/// The places of the candidates that answer what was typed, best first; all of them where nothing was. Besides
/// what the finder forgives, any letters in order will do.
pub fn choose<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<usize> {
    let question = Question::parse(text);
    let candidates = candidates.into_iter().enumerate();
    if question.is_empty() {
        return candidates.map(|(at, _)| at).collect();
    }
    let (mut aligner, letters) = (Aligner::new(&question), Subsequence::new());
    let mut chosen: Vec<_> = candidates
        .filter_map(|(at, candidate)| {
            let candidate = fold(candidate);
            let share = letters.share(&candidate, question.text());
            let rank = match aligner.fit(&candidate) {
                Some(fit) => (fit.tier as u32, Reverse(fit.closeness), Reverse(share)),
                None => (u32::MAX, Reverse(0), Reverse(Some(share?))),
            };
            Some((rank, at))
        })
        .collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|(_, at)| at).collect()
}
