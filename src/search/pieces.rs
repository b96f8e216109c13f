//! Where one word of a question lies on a text.

use super::letters::lacking;
use super::question::Word;

/// So many words of a text may be run together in a typed one.
const JOINED: u32 = 8;

/// A word of a text: its letters' places, counted without blanks, and their set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    /// Place of its first letter.
    pub start: usize,
    /// Place after its last letter.
    pub end: usize,
    /// Its letters.
    pub letters: u64,
}

/// The part of a text that a typed word lies on.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// First word.
    pub first: usize,
    /// How many words it reaches into.
    pub count: u32,
    /// Letters it covers from the start of the first word.
    pub letters: usize,
    /// Typos.
    pub edits: u32,
    /// What is amiss, typos included.
    pub cost: u32,
    /// More typos than a word of this length is usually forgiven.
    pub strained: bool,
    /// Two typed words, run together, lie here.
    pub pair: bool,
}

impl Piece {
    /// What one typo costs.
    const EDIT: u32 = 10;
    /// What a lost or an extra blank costs.
    const BLANK: u32 = 4;
    /// What it costs to be the beginning of a word that was meant to be whole.
    const SHORTENED: u32 = 6;
    /// What it costs to strain forgiveness.
    const STRAIN: u32 = 8;
    /// What the same number written otherwise costs.
    const TWIN: u32 = 2;
    /// What the same sound written otherwise costs.
    const RESPELT: u32 = 8;

    /// The words it reaches into, as bits.
    pub fn mask(&self) -> u32 {
        ((1 << self.count) - 1) << self.first
    }

    /// The same piece with a typo that its word is too short for.
    fn strain(self) -> Self {
        Self { strained: true, cost: self.edits * Self::EDIT + Self::STRAIN, ..self }
    }

    /// The same piece for two typed words with a blank too many between them.
    pub fn paired(mut self) -> Self {
        self.pair = true;
        self.cost += Self::BLANK;
        self
    }
}

/// Typos forgiven at most in a typed word of so many letters: usually, and where another word stands firm.
pub fn most_edits(typed: usize) -> (u32, u32) {
    match typed {
        0 | 1 => (0, 0),
        2 => (0, 1),
        3 => (1, 1),
        4 | 5 => (1, 2),
        _ => (2, 2),
    }
}

/// Typos forgiven in a word of the record of so many letters: usually, and where another word stands firm.
fn forgiven(letters: usize) -> (u32, u32) {
    match letters {
        0..=2 => (0, 0),
        3 => (0, 1),
        4 => (1, 1),
        5..=7 => (1, 2),
        _ => (2, 2),
    }
}

/// The cheapest place for a word among the words of a text that are not yet used.
pub fn best_piece(word: &Word, chars: &[char], spans: &[Span], used: u32) -> Option<Piece> {
    let mut best: Option<Piece> = None;
    for first in 0..spans.len() {
        if used & 1 << first != 0 || !may_lie(word, &spans[first..]) {
            continue;
        }
        let piece = lie(word, chars, spans, first, used).or_else(|| twin(word, chars, spans, first));
        best = cheaper(cheaper(best, piece), respelt(word, chars, spans, first));
    }
    best
}

/// The cheaper of two places, the first where they cost the same.
fn cheaper(best: Option<Piece>, other: Option<Piece>) -> Option<Piece> {
    match (best, other) {
        (Some(best), Some(other)) => Some(if other.cost < best.cost { other } else { best }),
        (best, other) => best.or(other),
    }
}

/// Whether the letters of the words from here on allow it.
pub fn may_lie(word: &Word, spans: &[Span]) -> bool {
    let most = word.most;
    let enough = word.len().saturating_sub(most as usize);
    let mut there = 0;
    for span in spans.iter().take(JOINED as usize) {
        there |= span.letters;
        if span.end - spans[0].start >= enough {
            break;
        }
    }
    lacking(word.letters, there) <= most || !word.twins.is_empty() || !word.respelt.is_empty()
}

/// Lays a word on the text from the word `first` on.
fn lie(word: &Word, chars: &[char], spans: &[Span], first: usize, used: u32) -> Option<Piece> {
    let most = word.most;
    let start = spans[first].start;
    let mut run = word.pattern.run();
    let mut best: Option<Piece> = None;
    for (count, (at, span)) in (1..=JOINED).zip(spans.iter().enumerate().skip(first)) {
        if used & 1 << at != 0 {
            break;
        }
        for (letters, &c) in (span.start + 1 - start..).zip(&chars[span.start..span.end]) {
            let edits = run.push(c);
            if edits <= most {
                let piece = Piece { first, count, letters, edits, cost: 0, strained: false, pair: false };
                let whole = start + letters == span.end;
                let doubled = || whole && is_doubled(&word.chars, &chars[start..start + letters]);
                best = cheaper(best, weigh(word, piece, whole).or_else(|| doubled().then(|| piece.strain())));
            }
            if letters > word.len() + most as usize {
                return best;
            }
        }
    }
    best
}

/// The cost of lying there, if it is allowed. A whole piece ends with a word of the text.
fn weigh(word: &Word, mut piece: Piece, whole: bool) -> Option<Piece> {
    let (usual, strained) = if whole { forgiven(piece.letters) } else { forgiven(piece.letters.max(word.len())) };
    if piece.edits > strained || !whole && piece.edits > 0 && !word.unfinished {
        return None;
    }
    piece.strained = piece.edits > usual;
    piece.cost = piece.edits * Piece::EDIT
        + u32::from(piece.strained) * Piece::STRAIN
        + (piece.count - 1) * Piece::BLANK
        + match (whole, word.unfinished) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => Piece::SHORTENED,
        };
    Some(piece)
}

/// Whether a typed word is a short one with one of its letters twice: one slip of the finger, not another word.
fn is_doubled(typed: &[char], meant: &[char]) -> bool {
    let at = typed.iter().zip(meant).take_while(|(typed, meant)| typed == meant).count();
    meant.len() == 2 && typed.len() == 3 && at > 0 && typed[at] == typed[at - 1] && typed[at + 1..] == meant[at..]
}

/// The word as the same number written otherwise.
fn twin(word: &Word, chars: &[char], spans: &[Span], first: usize) -> Option<Piece> {
    whole_word(&word.twins, chars, spans, first, (0, Piece::TWIN))
}

/// The word as it sounds.
fn respelt(word: &Word, chars: &[char], spans: &[Span], first: usize) -> Option<Piece> {
    whole_word(&word.respelt, chars, spans, first, (1, Piece::RESPELT))
}

/// The place of one of these words, with its typos and cost.
fn whole_word(
    words: &[Vec<char>],
    chars: &[char],
    spans: &[Span],
    first: usize,
    (edits, cost): (u32, u32),
) -> Option<Piece> {
    let span = spans[first];
    let same = words.iter().any(|word| word[..] == chars[span.start..span.end]);
    let letters = span.end - span.start;
    same.then_some(Piece { first, count: 1, letters, edits, cost, strained: false, pair: false })
}
