//! The order in which people file titles and names, as bytes.
//!
//! A key is UTF-8. Digit runs stand as their length (from `!` on) and their digits, so that a longer number is a
//! larger one; all of that is below the letters. A key that starts with a blank files a text of symbols alone.

use super::Language;
use super::fold::fold;
use std::borrow::Cow;

/// The most bytes of a title's key.
pub const TITLE_KEY_MAX: usize = 48;
/// The most bytes of a name's key.
pub const NAME_KEY_MAX: usize = 40;

/// Between last and first name; below every letter and the blank, so that `De, Ann` comes before `De Niro`.
const SEPARATOR: char = '\u{1}';
/// A number's length is written as a character above this one and at most [`LONGEST`].
const BLANK: char = ' ';
const LONGEST: char = '_';

/// Leading articles by language. One that ends in an apostrophe needs no blank after it.
const ARTICLES: [(&str, &[&str]); 14] = [
    ("en", &["the", "a", "an"]),
    ("fr", &["le", "la", "les", "l'", "un", "une"]),
    ("es", &["el", "la", "los", "las", "un", "una", "unos", "unas"]),
    ("it", &["il", "lo", "la", "i", "gli", "le", "l'", "un", "uno", "una", "un'"]),
    ("de", &["der", "die", "das", "ein", "eine"]),
    ("nl", &["de", "het", "een"]),
    ("pt", &["o", "a", "os", "as", "um", "uma"]),
    ("sv", &["en", "ett", "den", "det", "de"]),
    ("da", &["en", "et", "den", "det", "de"]),
    ("no", &["en", "ei", "et", "den", "det", "de"]),
    ("nb", &["en", "ei", "et", "den", "det", "de"]),
    ("nn", &["ein", "ei", "eit", "den", "det", "dei"]),
    ("ca", &["el", "la", "els", "les", "l'", "un", "una"]),
    ("hu", &["a", "az", "egy"]),
];

/// Articles that are hardly anything else in any language.
const PLAIN_ARTICLES: &[&str] = &["the", "a", "an", "le", "les", "une", "il", "gli", "der", "das", "het", "l'"];

/// The key that files a title: case and accents folded, a leading article set aside, numbers by value.
#[must_use]
pub fn title_key(title: &str, language: Option<Language>) -> Vec<u8> {
    let articles = match &language {
        None => PLAIN_ARTICLES,
        Some(language) => {
            ARTICLES.iter().find(|(code, _)| *code == language.as_str()).map_or(&[][..], |(_, list)| list)
        }
    };
    encode(without_article(title, articles), TITLE_KEY_MAX).into_bytes()
}

/// The key that files a person: the last name, then the first.
#[must_use]
pub fn name_key(first: &str, last: &str) -> Vec<u8> {
    let mut key = encode(last, NAME_KEY_MAX);
    let first = encode(first, NAME_KEY_MAX);
    if !key.is_empty() && !first.is_empty() {
        key.push(SEPARATOR);
    }
    key.push_str(&first);
    truncate(&mut key, NAME_KEY_MAX);
    key.into_bytes()
}

/// A sign for one's place in a list sorted by such keys: the first letter, `#` for numbers, else `·`.
#[must_use]
pub fn head(key: &[u8]) -> String {
    // Four bytes hold any first character; what the cut spoils comes after it.
    let start = String::from_utf8_lossy(&key[..key.len().min(4)]);
    match start.chars().next() {
        None | Some('\0'..=BLANK | char::REPLACEMENT_CHARACTER) => "·".to_owned(),
        Some('!'..=LONGEST) => "#".to_owned(),
        Some(letter) => letter.to_uppercase().collect(),
    }
}

/// The title from behind its article, if any title is left there.
fn without_article<'a>(title: &'a str, articles: &[&str]) -> &'a str {
    let Some(start) = title.find(char::is_alphanumeric) else { return title };
    let title = &title[start..];
    let word = title.split(char::is_whitespace).next().unwrap_or_default();
    let elided = word.find(['\'', '’']).map(|at| at + word[at..].chars().next().map_or(0, char::len_utf8));
    let is_article = |word: &str| {
        let word = word.to_lowercase().replace('’', "'");
        articles.iter().any(|article| *article == word)
    };
    let rest = match elided {
        Some(end) if is_article(&word[..end]) => &title[end..],
        _ if is_article(word) && !word.ends_with(['\'', '’']) => &title[word.len()..],
        _ => return title,
    };
    if rest.contains(char::is_alphanumeric) { rest } else { title }
}

fn encode(text: &str, max: usize) -> String {
    let folded = fold(&without_group_marks(text));
    let mut key = String::with_capacity(max);
    if !folded.contains(char::is_alphanumeric) && !folded.is_empty() {
        key.push(BLANK);
        key.push_str(&folded);
        truncate(&mut key, max);
        return key;
    }
    let mut rest = folded.as_str();
    while !rest.is_empty() && key.len() < max {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 {
            let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            key.push_str(&rest[..end]);
            rest = &rest[end..];
        } else {
            let number = rest[..end].trim_start_matches('0');
            let number = if number.is_empty() { "0" } else { number };
            let length = u8::try_from(number.len()).unwrap_or(u8::MAX).min(LONGEST as u8 - BLANK as u8);
            key.push(char::from(BLANK as u8 + length));
            key.push_str(number);
            rest = &rest[end..];
        }
    }
    truncate(&mut key, max);
    key
}

/// `20,000` as one number.
fn without_group_marks(text: &str) -> Cow<'_, str> {
    if !text.contains(',') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let groups = |at: usize| at > 0 && digit(at - 1) && (1..=3).all(|step| digit(at + step)) && !digit(at + 4);
    text.char_indices().filter(|&(at, c)| c != ',' || !groups(at)).map(|(_, c)| c).collect()
}

fn truncate(key: &mut String, max: usize) {
    let end = (0..=max.min(key.len())).rev().find(|&at| key.is_char_boundary(at));
    key.truncate(end.unwrap_or(0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(title: &str, language: &str, filed: &str) {
        let language = Language::new(language);
        let none = Language::new("ja");
        assert_eq!(title_key(title, language), title_key(filed, none), "{title} in {language:?}");
    }

    #[test]
    fn sets_the_article_of_the_language_aside() {
        for (title, language, filed) in [
            ("The Matrix", "en", "Matrix"),
            ("A Bout de Souffle", "en", "Bout de Souffle"),
            ("Die Hard", "en", "Die Hard"),
            ("A.I. Artificial Intelligence", "en", "A.I. Artificial Intelligence"),
            ("I, Tonya", "en", "I, Tonya"),
            ("The", "en", "The"),
            ("The ...", "en", "The ..."),
            ("A", "en", "A"),
            ("Theorem", "en", "Theorem"),
            ("\"The Matrix\"", "en", "Matrix"),
            ("L'Avventura", "it", "Avventura"),
            ("L’Armée des ombres", "fr", "Armée des ombres"),
            ("L'", "fr", "L'"),
            ("À bout de souffle", "fr", "À bout de souffle"),
            ("La Haine", "fr", "Haine"),
            ("Die Blechtrommel", "de", "Blechtrommel"),
            ("El laberinto del fauno", "es", "laberinto del fauno"),
            ("O Pagador de Promessas", "pt", "Pagador de Promessas"),
            ("Det sjunde inseglet", "sv", "sjunde inseglet"),
            ("The Matrix", "fr", "The Matrix"),
            ("The Matrix", "", "Matrix"),
            ("L'Avventura", "", "Avventura"),
            ("Les Diaboliques", "", "Diaboliques"),
            ("Das Boot", "", "Boot"),
            ("La La Land", "", "La La Land"),
            ("Die Hard", "", "Die Hard"),
            ("Un chien andalou", "", "Un chien andalou"),
        ] {
            same(title, language, filed);
        }
    }

    #[test]
    fn files_as_people_do() {
        let titles = [
            "???",
            "2 Fast 2 Furious",
            "8",
            "8½",
            "12 Angry Men",
            "21",
            "101 Dalmatians",
            "1984",
            "20,000 Leagues Under the Sea",
            "Alien",
            "Alien 3",
            "Alien 20",
            "Aliens",
            "Émile",
            "The Exorcist",
            "Zulu",
            "Солярис",
            "七人の侍",
        ];
        let keys = titles.map(|title| title_key(title, None));
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(title_key("007", None), title_key("7", None));
    }

    #[test]
    fn files_people_by_last_name() {
        let names =
            [("Ann", "De"), ("Robert", "De Niro"), ("", "Dean"), ("James", "Dean"), ("Éva", "Ddean"), ("", "宮崎駿")];
        let keys = names.map(|(first, last)| name_key(first, last));
        assert!(keys[..4].is_sorted());
        assert_eq!(name_key("Cher", ""), name_key("", "Cher"));
        assert_eq!(name_key("", ""), Vec::<u8>::new());
    }

    #[test]
    fn heads_tell_the_place() {
        let head_of = |title| head(&title_key(title, None));
        assert_eq!(
            ["Casablanca", "12 Angry Men", "???", "", "Солярис", "七人"].map(head_of),
            ["C", "#", "·", "·", "С", "七"]
        );
    }

    proptest! {
        #[test]
        fn keys_are_short_and_whole(title in "\\PC{0,80}", last in "\\PC{0,60}") {
            let key = title_key(&title, None);
            prop_assert!(key.len() <= TITLE_KEY_MAX && std::str::from_utf8(&key).is_ok());
            let key = name_key(&title, &last);
            prop_assert!(key.len() <= NAME_KEY_MAX && std::str::from_utf8(&key).is_ok());
            prop_assert!(!head(&key).is_empty());
        }

        #[test]
        fn numbers_sort_by_value(a: u64, b: u64) {
            prop_assert_eq!(title_key(&a.to_string(), None).cmp(&title_key(&b.to_string(), None)), a.cmp(&b));
            prop_assert!(title_key(&a.to_string(), None) < title_key("a", Language::new("ja")));
        }
    }
}
