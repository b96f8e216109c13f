//! Numbers that are written two ways in titles: `ii` and `2`.

const ROMAN: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
];
const SPELT: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The other ways to write the number that a folded word may be.
pub fn twins(word: &str) -> Vec<String> {
    let place = |list: &[&str]| list.iter().position(|other| *other == word).map(|at| at + 1);
    let number = word.parse().ok().or_else(|| place(&ROMAN)).or_else(|| place(&SPELT));
    let Some(at) = number.and_then(|number: usize| number.checked_sub(1)) else { return Vec::new() };
    let ways = [ROMAN.get(at).copied(), SPELT.get(at).copied()].into_iter().flatten().map(str::to_owned);
    let digits = (at < ROMAN.len()).then(|| (at + 1).to_string());
    ways.chain(digits).filter(|way| way != word).collect()
}

#[cfg(test)]
mod tests {
    use super::twins;

    #[test]
    fn writes_numbers_the_other_ways() {
        assert_eq!(twins("2"), ["ii", "two"]);
        assert_eq!(twins("xiii"), ["13"]);
        assert_eq!(twins("seven"), ["vii", "7"]);
        assert!(twins("2001").is_empty() && twins("0").is_empty() && twins("mix").is_empty());
    }
}
