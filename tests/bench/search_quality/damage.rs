//! The ways in which names are mistyped.

use super::random::Random;

/// Damages a name, if it can be damaged that way.
pub type Damage = fn(&str, &mut Random) -> Option<String>;

/// The kinds of damage, with whether their answers are ambiguous by nature.
pub const CLASSES: [(&str, bool, Damage); 8] = [
    ("exact", false, |text, _| Some(text.into())),
    ("one typo", false, one_typo),
    ("two typos", false, two_typos),
    ("swapped words", false, swapped),
    ("punctuation lost", false, unpunctuated),
    ("prefix 60 %", true, prefix),
    ("two shortened words", true, shortened),
    ("one word dropped", true, dropped),
];

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// One edit of a word.
fn edit(word: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = word.chars().collect();
    let letter = char::from(b'a' + u8::try_from(random.below(26)).unwrap_or(0));
    let at = random.below(chars.len());
    match random.below(4) {
        0 => chars.insert(at, letter),
        1 => drop(chars.remove(at)),
        2 => chars[at] = letter,
        _ => chars.swap(at.saturating_sub(1), at.max(1)),
    }
    chars.into_iter().collect()
}

/// Misspells a word that has the letters for it.
fn misspell(words: &mut [String], least: usize, times: usize, random: &mut Random) -> Option<usize> {
    let long = |word: &String| word.chars().filter(|c| c.is_alphabetic()).count() >= least;
    let places: Vec<usize> = (0..words.len()).filter(|&at| long(&words[at])).collect();
    let at = *places.get(random.below(places.len()))?;
    for _ in 0..times {
        words[at] = edit(&words[at], random);
    }
    Some(at)
}

fn one_typo(text: &str, random: &mut Random) -> Option<String> {
    let mut words = words(text);
    misspell(&mut words, 4, 1, random)?;
    Some(words.join(" "))
}

fn two_typos(text: &str, random: &mut Random) -> Option<String> {
    let mut words = words(text);
    if random.below(2) == 0 && misspell(&mut words, 8, 2, random).is_some() {
        return Some(words.join(" "));
    }
    let first = misspell(&mut words, 4, 1, random)?;
    let mut rest = words.clone();
    rest[first].clear();
    let second = misspell(&mut rest, 4, 1, random)?;
    words[second].clone_from(&rest[second]);
    Some(words.join(" "))
}

fn swapped(text: &str, random: &mut Random) -> Option<String> {
    let mut words = words(text);
    let last = words.len().checked_sub(1).filter(|last| *last > 0)?;
    let at = random.below(last);
    words.swap(at, at + 1);
    Some(words.join(" "))
}

fn unpunctuated(text: &str, random: &mut Random) -> Option<String> {
    let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let blank = if random.below(2) == 0 { "" } else { " " };
    text.contains(mark).then(|| text.replace(mark, blank))
}

fn prefix(text: &str, _: &mut Random) -> Option<String> {
    let count = text.chars().count() * 6 / 10;
    (count >= 3).then(|| text.chars().take(count).collect())
}

fn shortened(text: &str, random: &mut Random) -> Option<String> {
    let words: Vec<String> = words(text).into_iter().filter(|word| word.chars().count() >= 4).collect();
    let at = random.below(words.len().checked_sub(1).filter(|last| *last > 0)?);
    let short = |word: &str| word.chars().take(word.chars().count().div_ceil(2).max(3)).collect::<String>();
    Some(format!("{} {}", short(&words[at]), short(&words[at + 1])))
}

fn dropped(text: &str, random: &mut Random) -> Option<String> {
    let mut words = words(text);
    if words.len() < 3 {
        return None;
    }
    words.remove(random.below(words.len()));
    Some(words.join(" "))
}
