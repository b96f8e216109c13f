//! What may be typed on the way to a name.

use super::random::Random;

/// Every keystroke of a name, then the ways in which it may be mistyped; each with its class. The name is plain ASCII.
pub fn questions(name: &str, random: &mut Random) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&str, String)> = (1..=name.len())
        .map(|end| (if end < 3 { "1 or 2 letters" } else { "prefix" }, name[..end].to_owned()))
        .collect();
    let typo = typo(name, random);
    all.extend((4..=typo.len()).map(|end| ("typo", typo[..end].to_owned())));
    let words: Vec<&str> = name.split(' ').collect();
    all.push(("reversed", words.iter().rev().copied().collect::<Vec<_>>().join(" ")));
    let short: Vec<String> = words.iter().map(|word| word.chars().take(3).collect()).collect();
    all.push(("shortened", short.join(" ")));
    all.push(("last word", (*words.last().unwrap_or(&"")).to_owned()));
    all.push(("blank lost", words.concat()));
    let nonsense = (0..4 + random.below(8)).map(|_| char::from(b'a' + random.below(26) as u8)).collect();
    all.push(("nonsense", nonsense));
    all
}

fn typo(name: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = name.chars().collect();
    let at = random.below(name.len() - 1);
    match random.below(3) {
        0 => chars.insert(at, 'e'),
        1 => drop(chars.remove(at)),
        _ => chars.swap(at, at + 1),
    }
    chars.into_iter().collect()
}
