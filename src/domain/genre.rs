//! What other catalogues call a genre, and what it is called here.

use super::fold::fold;
use super::text::clean_line;

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

/// The name that a genre of another catalogue has here; nothing where it is no genre, such as `IMAX`.
/// One that nobody knows keeps its name.
#[must_use]
pub fn canonical_genre(name: &str) -> Option<String> {
    let name = clean_line(name);
    let folded = fold(&name);
    if folded.is_empty() || NO_GENRES.contains(&folded.as_str()) {
        return None;
    }
    let known = GENRES.iter().find(|(ours, theirs)| fold(ours) == folded || theirs.contains(&folded.as_str()));
    Some(known.map_or(name, |(ours, _)| (*ours).to_owned()))
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
        assert!(GENRES.iter().all(|(ours, _)| canonical_genre(ours).as_deref() == Some(ours)));
    }
}
