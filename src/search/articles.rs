//! Leading articles, which people type or leave out as they please.

const ARTICLES: [&str; 22] = [
    "the", "a", "an", "le", "la", "les", "l", "un", "une", "el", "los", "las", "der", "die", "das", "ein", "eine",
    "il", "lo", "gli", "o", "os",
];

/// Whether a folded word is an article.
pub fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// A folded text after its leading article, if it has one and more words after it.
pub fn after_article(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(' ')?;
    is_article(first).then_some(rest)
}
