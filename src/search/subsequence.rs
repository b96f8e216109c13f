//! The only module that names `fuzzy-matcher`: how well the letters of a question lie in a folded text that has
//! them all in order. It knows nothing of typos.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Longer texts are not looked at: the matcher's memory grows with both lengths.
const LONGEST: usize = 2_000;

/// Scores texts that have all the letters of a question in order.
pub struct Subsequence {
    matcher: SkimMatcherV2,
}

impl Subsequence {
    /// A matcher for folded texts.
    pub fn new() -> Self {
        Self { matcher: SkimMatcherV2::default().respect_case() }
    }

    /// How well the letters lie, 100 where they stand together at the start; `None` where they do not lie in
    /// order.
    pub fn share(&self, text: &str, asked: &str) -> Option<i32> {
        let score = self.score(text, asked)?;
        let most = self.score(asked, asked)?.max(1);
        i32::try_from(score.clamp(0, most) * 100 / most).ok()
    }

    /// The places of the letters, counted in characters.
    pub fn places(&self, text: &str, asked: &str) -> Option<Vec<usize>> {
        fits(text, asked).then(|| self.matcher.fuzzy_indices(text, asked).map(|(_, places)| places))?
    }

    fn score(&self, text: &str, asked: &str) -> Option<i64> {
        fits(text, asked).then(|| self.matcher.fuzzy_match(text, asked))?
    }
}

/// Whether the letters are there in order, and few enough.
fn fits(text: &str, asked: &str) -> bool {
    let mut letters = text.chars();
    text.len() <= LONGEST && asked.chars().all(|wanted| letters.any(|letter| letter == wanted))
}
