//! Words written as they sound: `shun` for `tion`, `f` for `ph`.

/// Letters that sound like others, where that is further apart than one typo.
const ALIKE: [(&str, &str); 8] = [
    ("shun", "tion"),
    ("shun", "sion"),
    ("f", "ph"),
    ("ph", "f"),
    ("ks", "x"),
    ("x", "ks"),
    ("kw", "qu"),
    ("nite", "night"),
];
/// Shorter words are not written otherwise.
const SHORTEST: usize = 4;

/// The other ways to write a folded word, one place of it at a time.
pub fn respelt(word: &str) -> Vec<String> {
    if word.len() < SHORTEST {
        return Vec::new();
    }
    let ways = ALIKE.iter().flat_map(|(heard, meant)| {
        let places = word.match_indices(heard).map(|(at, _)| at);
        places.map(move |at| [&word[..at], meant, &word[at + heard.len()..]].concat())
    });
    ways.collect()
}

#[cfg(test)]
mod tests {
    use super::respelt;

    #[test]
    fn writes_one_place_otherwise() {
        assert_eq!(respelt("filomena"), ["philomena"]);
        assert_eq!(respelt("inventshuns"), ["inventtions", "inventsions"]);
        assert_eq!(respelt("fifth"), ["phifth", "fiphth"]);
        assert!(respelt("fx").is_empty() && respelt("casablanca").is_empty());
    }
}
