//! Whether a text answers a question, and how closely: each word of the question is laid on a word of the text.
//!
//! Words may stand in any order, with words of the text left out between them. A word is met whole, by its
//! beginning, with typos, or run together with its neighbours. Nothing is allocated for a text.

use super::articles::{after_article, is_article};
use super::letters::letter;
use super::pieces::{Piece, Span, best_piece, may_lie};
use super::question::{Question, Word};
use super::rank::Tier;
use super::subsequence::Subsequence;
use super::typo::compare;

/// So many words of a text are looked at.
const WORDS: usize = 32;
/// So many letters of a text are looked at.
const LETTERS: usize = 400;
/// Closeness where nothing is amiss.
const CLOSE: u32 = 1000;
/// What can be amiss at most.
const AMISS: u32 = 900;

/// What is amiss where any word of the text is left out: a sequel's number is few letters, yet another film.
const LEFT_OUT: u32 = 40;

/// What is amiss where blanks alone are others: as much as being known to a few hundred times fewer makes up for.
const BLANKS: u32 = 100;

/// How well a text answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// In kind.
    pub tier: Tier,
    /// Within its kind: 1000 where nothing is amiss.
    pub closeness: u32,
}

/// Lays one question on many texts.
pub struct Aligner<'q> {
    question: &'q Question,
    subsequence: Subsequence,
    chars: Vec<char>,
    spans: Vec<Span>,
    /// Which word of the question, or which pair of words, lies where.
    pieces: Vec<(usize, Piece)>,
}

impl<'q> Aligner<'q> {
    /// For one question.
    pub fn new(question: &'q Question) -> Self {
        let subsequence = Subsequence::new();
        Self { question, subsequence, chars: Vec::new(), spans: Vec::new(), pieces: Vec::new() }
    }

    /// How well a folded text answers the question; `None` where it does not.
    pub fn fit(&mut self, text: &str) -> Option<Fit> {
        self.cut(text);
        let laid = self.lay();
        let closeness = if laid { CLOSE - self.amiss().min(AMISS) } else { CLOSE - AMISS };
        if let Some((tier, amiss)) = literal(self.question, text) {
            return Some(Fit { tier, closeness: closeness.saturating_sub(amiss) });
        }
        if laid && self.pieces.iter().all(|(_, piece)| piece.edits == 0) {
            return Some(Fit { tier: Tier::Words, closeness });
        }
        if let Some(over) = self.initials() {
            return Some(Fit { tier: Tier::Initials, closeness: CLOSE - (over * 60).min(AMISS) });
        }
        laid.then_some(Fit { tier: Tier::Typo, closeness })
    }

    /// What a closer look at a text that answers adds to its closeness.
    pub fn look(&mut self, text: &str) -> i32 {
        match self.fit(text) {
            Some(Fit { tier: Tier::Words | Tier::Typo, .. }) => {}
            _ => return 0,
        }
        let together = self.subsequence.share(text, self.question.text()).unwrap_or(0) / 5;
        let likely: i32 = self.laid().map(|(_, typed, meant)| compare(typed, meant).cost).map(u32::cast_signed).sum();
        let counted: i32 = self.pieces.iter().map(|(_, piece)| piece.edits.cast_signed() * 10).sum();
        together + (counted - likely) * 5
    }

    /// Where the words lie on the text last fitted: the place of the first letter, what was typed and what was
    /// meant.
    pub fn laid(&self) -> impl Iterator<Item = (usize, &[char], &[char])> {
        self.pieces.iter().map(|(at, piece)| {
            let start = self.spans[piece.first].start;
            let word = if piece.pair { self.question.pair(*at) } else { self.question.words().get(*at) };
            let typed = word.map_or(&[][..], |word| &word.chars[..]);
            (start, typed, &self.chars[start..start + piece.letters])
        })
    }

    /// Cuts a text into words.
    fn cut(&mut self, text: &str) {
        self.chars.clear();
        self.spans.clear();
        let mut span = Span::default();
        for c in text.chars().take(LETTERS).chain([' ']) {
            if c != ' ' {
                span.letters |= letter(c);
                self.chars.push(c);
                continue;
            }
            span.end = self.chars.len();
            if span.end > span.start && self.spans.len() < WORDS {
                self.spans.push(span);
            }
            span = Span { start: span.end, end: 0, letters: 0 };
        }
    }

    /// Lays every word of the question; false where one finds no place. Each takes the best place that those
    /// before it left; one that finds none is laid first and the others again.
    fn lay(&mut self) -> bool {
        let possible = |word: &Word| word.article || (0..self.spans.len()).any(|at| may_lie(word, &self.spans[at..]));
        if !self.question.words().iter().all(possible) {
            return false;
        }
        let laid = match self.lay_all(None) {
            Err(late) if late > 0 => self.lay_all(Some(late)),
            laid => laid,
        };
        laid.is_ok() && self.anchored()
    }

    /// Lays the words in order, one of them early; tells which one finds no place.
    fn lay_all(&mut self, early: Option<usize>) -> Result<(), usize> {
        self.pieces.clear();
        let words = self.question.words();
        let (mut at, mut used) = (0, 0);
        if let Some(early) = early {
            let piece = best_piece(&words[early], &self.chars, &self.spans, 0).ok_or(early)?;
            used = piece.mask();
            self.pieces.push((early, piece));
        }
        while let Some(word) = words.get(at) {
            if early == Some(at) {
                at += 1;
                continue;
            }
            let alone = best_piece(word, &self.chars, &self.spans, used);
            if let Some(piece) = self.run_together(at, alone, used).or(alone) {
                used |= piece.mask();
                self.pieces.push((at, piece));
                at += if piece.pair { 2 } else { 1 };
            } else if at == 0 && words.len() > 1 && word.article {
                at += 1;
            } else {
                return Err(at);
            }
        }
        self.pieces.sort_unstable_by_key(|(at, _)| *at);
        Ok(())
    }

    /// Two words of the question as one word of the text, where that is the better reading.
    fn run_together(&self, at: usize, alone: Option<Piece>, used: u32) -> Option<Piece> {
        let pair = self.question.pair(at)?;
        if alone.is_some_and(|piece| piece.cost == 0) {
            return None;
        }
        let together = best_piece(pair, &self.chars, &self.spans, used)?.paired();
        let next = &self.question.words()[at + 1];
        let apart = alone.and_then(|first| {
            let second = best_piece(next, &self.chars, &self.spans, used | first.mask())?;
            Some(first.cost + second.cost)
        });
        apart.is_none_or(|apart| together.cost < apart).then_some(together)
    }

    /// More typos than usual are forgiven in one word if another one stands firm.
    fn anchored(&self) -> bool {
        let strained = self.pieces.iter().filter(|(_, piece)| piece.strained).count();
        let firm = || self.pieces.iter().any(|(_, piece)| piece.edits == 0 && piece.letters >= 3);
        strained == 0 || strained == 1 && firm()
    }

    /// What keeps the text from being the question, in thousandths.
    fn amiss(&self) -> u32 {
        let cost: u32 = self.pieces.iter().map(|(_, piece)| piece.cost).sum();
        let disorder = self.pieces.windows(2).any(|two| two[0].1.first > two[1].1.first);
        let article = self.pieces.first().is_some_and(|(at, _)| *at > 0);
        cost * 10 + u32::from(disorder) * 60 + u32::from(article) * 30 + self.left_out()
    }

    /// What the letters of the text cost that nobody asked for: less where they may still be typed.
    fn left_out(&self) -> u32 {
        let used = self.pieces.iter().fold(0, |used, (_, piece)| used | piece.mask());
        let last = (u32::BITS - used.leading_zeros()) as usize;
        let (mut before, mut after) = (0, 0);
        for (at, span) in self.spans.iter().enumerate() {
            match used & 1 << at {
                0 if at < last => before += span.end - span.start,
                0 => after += span.end - span.start,
                _ => {}
            }
        }
        let later = if self.question.unfinished() { 100 } else { 150 };
        let share = (before * 200 + after * later) / self.chars.len().max(1);
        let some = if before + after > 0 { LEFT_OUT } else { 0 };
        u32::try_from(share).map_or(AMISS, |share| share + some)
    }

    /// How many words of the text are left over where the question is the first letters of its words.
    fn initials(&self) -> Option<u32> {
        let [word] = self.question.words() else { return None };
        let over = |spans: &[Span]| {
            let left = spans.len().checked_sub(word.len())?;
            let all = spans.iter().zip(&word.chars).all(|(span, c)| self.chars[span.start] == *c);
            all.then_some(u32::try_from(left).ok()?)
        };
        let bare = || {
            let (first, rest) = self.spans.split_first()?;
            let article = self.chars[first.start..first.end].iter().collect::<String>();
            is_article(&article).then(|| over(rest))?
        };
        if word.len() < 3 { None } else { over(&self.spans).or_else(bare) }
    }
}

/// The tier of a text that is, or begins, as typed, and what is amiss; a leading article of the text may be missing,
/// and what stands after a comma may come first.
fn literal(question: &Question, text: &str) -> Option<(Tier, u32)> {
    let asked = question.text();
    let bare = after_article(text).unwrap_or(text);
    let is = |same: fn(&str, &str) -> bool| {
        let mut readings = [Some(asked), question.turned()].into_iter().flatten();
        readings.any(|asked| same(asked, text) || same(asked, bare))
    };
    if is(same_letters) {
        return Some((Tier::Exact, if is(str::eq) { 0 } else { BLANKS }));
    }
    let begins = |text: &str| {
        let rest = text.strip_prefix(asked);
        rest.is_some_and(|rest| question.unfinished() || rest.starts_with(' '))
    };
    (begins(text) || begins(bare)).then_some((Tier::Prefix, 0))
}

/// Whether two texts differ in blanks only.
fn same_letters(a: &str, b: &str) -> bool {
    a == b || a.bytes().filter(|byte| *byte != b' ').eq(b.bytes().filter(|byte| *byte != b' '))
}
