//! The letters of an answer to mark.

use super::align::Aligner;
use super::question::Question;
use super::subsequence::Subsequence;
use super::typo::compare;
use crate::domain::fold::fold_with_map;
use unicode_segmentation::UnicodeSegmentation;

/// No more of a text is marked.
const LONGEST: usize = 1_000;

/// The byte ranges of a title or name as written that answer the question, in order and apart.
#[must_use]
pub fn marks(question: &Question, text: &str) -> Vec<(usize, usize)> {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let (folded, map) = fold_with_map(&text[..end]);
    let places = Subsequence::new().places(&folded, question.text()).unwrap_or_else(|| laid(question, &folded));
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for start in places.into_iter().filter_map(|place| map.get(place)).map(|&start| start as usize) {
        let end = start + text[start..].graphemes(true).next().map_or(0, str::len);
        match ranges.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => ranges.push((start, end)),
        }
    }
    ranges
}

/// The letters that the words of the question lie on, counted in characters of the folded text.
fn laid(question: &Question, folded: &str) -> Vec<usize> {
    let mut aligner = Aligner::new(question);
    if question.is_empty() || aligner.fit(folded).is_none() {
        return Vec::new();
    }
    let letters: Vec<usize> = folded.chars().enumerate().filter(|(_, c)| *c != ' ').map(|(at, _)| at).collect();
    let mut places: Vec<usize> = aligner
        .laid()
        .flat_map(|(start, typed, meant)| {
            let stands = compare(typed, meant).stands;
            stands
                .into_iter()
                .enumerate()
                .filter(|(_, stands)| *stands)
                .map(move |(at, _)| start + at)
                .collect::<Vec<_>>()
        })
        .filter_map(|letter| letters.get(letter).copied())
        .collect();
    places.sort_unstable();
    places
}
