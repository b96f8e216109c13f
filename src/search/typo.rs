//! A close look at one misspelt word: which letters stand, and how likely the slips are.

use std::sync::LazyLock;

/// What a slip costs at most, in tenths of a typo.
const SLIP: u32 = 10;

/// A typed word beside the letters it was meant to be.
pub struct Typo {
    /// Cost of the slips, in tenths of a typo.
    pub cost: u32,
    /// For each meant letter whether it was typed.
    pub stands: Vec<bool>,
}

/// Compares a typed word with what was meant.
pub fn compare(typed: &[char], meant: &[char]) -> Typo {
    let table = Table::fill(typed, meant);
    Typo { cost: table.at(typed.len(), meant.len()), stands: table.trace(typed, meant) }
}

/// Costs of turning each beginning of the typed word into each beginning of the meant one.
struct Table {
    costs: Vec<u32>,
    width: usize,
}

impl Table {
    fn fill(typed: &[char], meant: &[char]) -> Self {
        let width = meant.len() + 1;
        let mut table = Self { costs: vec![0; (typed.len() + 1) * width], width };
        for i in 0..=typed.len() {
            for j in 0..=meant.len() {
                let steps = table.steps(typed, meant, i, j);
                table.costs[i * width + j] = steps.into_iter().flatten().map(|(cost, ..)| cost).min().unwrap_or(0);
            }
        }
        table
    }

    fn at(&self, i: usize, j: usize) -> u32 {
        self.costs[i * self.width + j]
    }

    /// The ways to reach a place: cost, and how many letters of each word the last step takes.
    fn steps(&self, typed: &[char], meant: &[char], i: usize, j: usize) -> [Option<(u32, usize, usize)>; 4] {
        let both = (i > 0 && j > 0).then(|| (self.at(i - 1, j - 1) + changed(typed, meant, i, j), 1, 1));
        let extra = (i > 0).then(|| (self.at(i - 1, j) + stray(typed, i), 1, 0));
        let lost = (j > 0).then(|| (self.at(i, j - 1) + stray(meant, j), 0, 1));
        let swapped = i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1];
        let swap = swapped.then(|| (self.at(i - 2, j - 2) + 8, 2, 2));
        [both, swap, extra, lost]
    }

    /// Walks the cheapest way back and notes the meant letters that were typed.
    fn trace(&self, typed: &[char], meant: &[char]) -> Vec<bool> {
        let mut stands = vec![false; meant.len()];
        let (mut i, mut j) = (typed.len(), meant.len());
        while i > 0 || j > 0 {
            let here = self.at(i, j);
            let steps = self.steps(typed, meant, i, j);
            let Some((_, down, right)) = steps.into_iter().flatten().find(|(cost, ..)| *cost == here) else { break };
            match (down, right) {
                (1, 1) => stands[j - 1] = typed[i - 1] == meant[j - 1],
                (2, 2) => stands[j - 2..j].fill(true),
                _ => {}
            }
            (i, j) = (i - down, j - right);
        }
        stands
    }
}

/// Cost of one letter typed for another.
fn changed(typed: &[char], meant: &[char], i: usize, j: usize) -> u32 {
    let (a, b) = (typed[i - 1], meant[j - 1]);
    if a == b {
        0
    } else {
        let likely = place(a).zip(place(b)).is_some_and(|(a, b)| LIKELY[a] & 1 << b != 0);
        (if likely { 7 } else { SLIP }) + first(i.min(j))
    }
}

/// The place of a plain letter or digit among them.
fn place(letter: char) -> Option<usize> {
    match letter {
        'a'..='z' => Some(letter as usize - 'a' as usize),
        '0'..='9' => Some(26 + letter as usize - '0' as usize),
        _ => None,
    }
}

/// For each letter and digit, those that are likely typed instead, as bits.
static LIKELY: LazyLock<[u64; 36]> = LazyLock::new(|| {
    let all = || ('a'..='z').chain('0'..='9');
    let mut likely = [0; 36];
    for (at, a) in all().enumerate() {
        let others = all().enumerate().filter(|(_, b)| alike(a, *b) || neighbours(a, *b));
        likely[at] = others.fold(0, |bits, (place, _)| bits | 1 << place);
    }
    likely
});

/// Cost of one letter too many or too few: less where it only doubles the one before.
fn stray(word: &[char], at: usize) -> u32 {
    let doubled = at > 1 && word[at - 1] == word[at - 2];
    (if doubled { 6 } else { 9 }) + first(at)
}

/// People seldom miss the first letter.
fn first(at: usize) -> u32 {
    if at <= 1 { 3 } else { 0 }
}

/// Letters that sound alike.
fn alike(a: char, b: char) -> bool {
    ["aeiouy", "ckq", "szc", "vwf", "td", "bp", "mn", "gj", "lr"].iter().any(|set| set.contains(a) && set.contains(b))
}

/// Letters that lie side by side on the keyboard.
fn neighbours(a: char, b: char) -> bool {
    const ROWS: [&str; 4] = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let place = |letter| ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.find(letter)?)));
    let (Some((row, at)), Some((other, there))) = (place(a), place(b)) else { return false };
    row.abs_diff(other) <= 1 && at.abs_diff(there) <= 1
}

#[cfg(test)]
mod tests {
    use super::compare;

    fn cost(typed: &str, meant: &str) -> u32 {
        compare(&typed.chars().collect::<Vec<_>>(), &meant.chars().collect::<Vec<_>>()).cost
    }

    #[test]
    fn likelier_slips_cost_less() {
        assert_eq!(cost("casablanca", "casablanca"), 0);
        assert!(cost("hugoo", "hugo") < cost("hugko", "hugo"));
        assert!(cost("cesablanca", "casablanca") < cost("cpsablanca", "casablanca"));
        assert!(cost("karibbean", "caribbean") < cost("paribbean", "caribbean"));
        assert_eq!(cost("lkie", "like"), 8);
    }

    #[test]
    fn tells_which_letters_stand() {
        let stands = |typed: &str, meant: &str| {
            let meant: Vec<char> = meant.chars().collect();
            let typo = compare(&typed.chars().collect::<Vec<_>>(), &meant);
            meant.iter().zip(typo.stands).map(|(c, stands)| if stands { *c } else { '.' }).collect::<String>()
        };
        assert_eq!(stands("casablnca", "casablanca"), "casabl.nca");
        assert_eq!(stands("tehe", "the"), "the");
        assert_eq!(stands("lkie", "like"), "like");
        assert_eq!(stands("dotes", "dates"), "d.tes");
    }
}
