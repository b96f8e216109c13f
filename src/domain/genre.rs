//! What other catalogues call a genre, and what it is called here.

use super::fold::fold;
use super::text::clean_line;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Genres as they are called here, each with the folded names it goes by elsewhere.
const GENRES: [(&str, &[&str]); 32] = [
    ("Action", &[]),
    ("Adult", &[]),
    ("Adventure", &[]),
    ("Animation", &["animated", "cartoon"]),
    ("Biography", &["biographical", "biopic"]),
    ("Comedy", &[]),
    ("Crime", &[]),
    ("Documentary", &["documentaries"]),
    ("Drama", &[]),
    ("Family", &["children", "childrens", "kids"]),
    ("Fantasy", &[]),
    ("Game Show", &[]),
    ("History", &["historical"]),
    ("Horror", &[]),
    ("Martial Arts", &[]),
    ("Music", &[]),
    ("Musical", &["musicals"]),
    ("Mystery", &[]),
    ("News", &[]),
    ("Noir", &["film noir"]),
    ("Reality TV", &["reality"]),
    ("Romance", &["romantic"]),
    ("Science Fiction", &["sci fi", "scifi", "sf"]),
    ("Short", &["shorts", "short film"]),
    ("Silent", &["silent film"]),
    ("Sports", &["sport"]),
    ("Superhero", &["superheroes"]),
    ("Suspense", &[]),
    ("Talk Show", &[]),
    ("Thriller", &["thrillers"]),
    ("War", &[]),
    ("Western", &["westerns"]),
];

/// What stands among genres elsewhere but is none.
const NO_GENRES: [&str; 9] =
    ["imax", "no genres listed", "no genre", "none", "unknown", "n a", "n", "foreign", "tv movie"];

/// By folded name what a genre is called here; nothing for what is none.
static NAMES: LazyLock<HashMap<String, Option<&str>>> = LazyLock::new(|| {
    let ours = GENRES.iter().map(|(ours, _)| (fold(ours), Some(*ours)));
    let theirs = GENRES.iter().flat_map(|(ours, theirs)| theirs.iter().map(|name| ((*name).to_owned(), Some(*ours))));
    let none = NO_GENRES.iter().map(|name| ((*name).to_owned(), None));
    ours.chain(theirs).chain(none).collect()
});

/// The name that a genre of another catalogue has here; nothing where it is no genre, such as `IMAX`.
/// One that nobody knows keeps its name.
#[must_use]
pub fn canonical_genre(name: &str) -> Option<String> {
    match NAMES.get(&fold(name)) {
        Some(known) => known.map(str::to_owned),
        None => Some(clean_line(name)).filter(|name| !name.is_empty()),
    }
}

/// The genres that everybody knows and that go by a name beginning so.
pub fn genres_beginning(name: &str) -> impl Iterator<Item = &'static str> {
    let head = fold(name);
    let begins = move |(ours, theirs): &&(&'static str, &[&str])| {
        fold(ours).starts_with(&head) || theirs.iter().any(|name| name.starts_with(&head))
    };
    GENRES.iter().filter(begins).map(|(ours, _)| *ours)
}

/// Whether everybody knows a genre of this name.
#[must_use]
pub fn is_known_genre(name: &str) -> bool {
    NAMES.get(&fold(name)).is_some_and(Option::is_some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_genre_has_one_name() {
        for (theirs, ours) in [
            ("Sci-Fi", "Science Fiction"),
            ("science fiction", "Science Fiction"),
            ("Children", "Family"),
            ("Children's", "Family"),
            ("Film-Noir", "Noir"),
            ("Sport", "Sports"),
            ("Animated", "Animation"),
            ("DRAMA", "Drama"),
            ("Reality-TV", "Reality TV"),
            (" Spaghetti\tWestern ", "Spaghetti Western"),
        ] {
            assert_eq!(canonical_genre(theirs).as_deref(), Some(ours));
        }
        for none in ["IMAX", "(no genres listed)", "\\N", "", " "] {
            assert_eq!(canonical_genre(none), None, "{none}");
        }
        assert!(is_known_genre("sci-fi") && !is_known_genre("IMAX") && !is_known_genre("Drama/Romance"));
        assert!(GENRES.iter().all(|(ours, _)| canonical_genre(ours).as_deref() == Some(ours)));
    }
}
