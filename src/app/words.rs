//! Small phrases for people, the same wherever they are shown.

use crate::catalog::report::{Report, Tally};
use crate::catalog::{Outcome, Reviewed, Verdict};
pub use crate::domain::grouped;
use crate::domain::{Candidate, Entity, Gender, Likeness, MovieKind, PartialDate, Role, Standing, Why};

/// A number of things: `1 film`, `29,332 films`.
#[must_use]
pub fn counted(number: u64, entity: Entity) -> String {
    format!("{} {}", grouped(number), if number == 1 { singular(entity) } else { plural(entity) })
}

/// What people call one.
#[must_use]
pub fn singular(entity: Entity) -> &'static str {
    match entity {
        Entity::Movie => "film",
        Entity::Person => "person",
        Entity::Character => "character",
        Entity::Genre => "genre",
        Entity::Country => "country",
        Entity::File => "file",
        Entity::Account => "account",
        Entity::Favorite => "favorite",
        Entity::Review => "film to review",
    }
}

/// What people call several.
#[must_use]
pub fn plural(entity: Entity) -> &'static str {
    match entity {
        Entity::Movie => "films",
        Entity::Person => "people",
        Entity::Character => "characters",
        Entity::Genre => "genres",
        Entity::Country => "countries",
        Entity::File => "files",
        Entity::Account => "accounts",
        Entity::Favorite => "favorites",
        Entity::Review => "films to review",
    }
}

/// A word as it begins a title.
#[must_use]
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The kind of a movie; empty for a feature film.
#[must_use]
pub fn kind(kind: MovieKind) -> &'static str {
    match kind {
        MovieKind::Movie => "",
        MovieKind::Short => "short",
        MovieKind::TvMovie => "TV film",
        MovieKind::TvShort => "TV short",
        MovieKind::TvSpecial => "TV special",
        MovieKind::Video => "video",
        MovieKind::Series => "series",
        MovieKind::MiniSeries => "miniseries",
    }
}

/// How much of a movie rests on a character.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Leading => "leading part",
        Role::Supporting => "supporting part",
        Role::Background => "in the background",
    }
}

/// The same as a sign.
#[must_use]
pub fn role_sign(role: Role) -> &'static str {
    match role {
        Role::Leading => "●",
        Role::Supporting => "○",
        Role::Background => "·",
    }
}

/// A gender.
#[must_use]
pub fn gender(gender: Gender) -> &'static str {
    match gender {
        Gender::Unknown => "unknown",
        Gender::Female => "female",
        Gender::Male => "male",
        Gender::NonBinary => "non-binary",
    }
}

/// What an account may do.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Curator => "curator",
        Standing::Member => "member",
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as people write it: `26 November 1942`, `November 1942`, `1942`.
#[must_use]
pub fn date(date: PartialDate) -> String {
    let month = date.month().and_then(|month| MONTHS.get(usize::from(month).wrapping_sub(1)));
    match (month, date.day()) {
        (Some(month), Some(day)) => format!("{day} {month} {}", date.year()),
        (Some(month), None) => format!("{month} {}", date.year()),
        _ => date.year().to_string(),
    }
}

/// A size: `12 KiB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..0x10_0000 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MiB", bytes >> 20, ((bytes & 0xF_FFFF) * 10) >> 20),
    }
}

/// What came of a use case, as a sentence; none where there is nothing to say.
#[must_use]
pub fn outcome(outcome: &Outcome) -> Option<String> {
    let several = |number: &u64, name: &String, one: &str, many: String| {
        if *number == 1 { format!("{name} {one}") } else { format!("{} {many}", grouped(*number)) }
    };
    Some(match outcome {
        Outcome::Added(_, name) => format!("{name} is in the catalogue · u undoes"),
        Outcome::Changed(_, name) => format!("{name} saved · u undoes"),
        Outcome::Unchanged(_) => "nothing was changed".to_owned(),
        Outcome::Removed(number, name) => {
            several(number, name, "deleted · u undoes", "records deleted · u undoes".into())
        }
        Outcome::FavoritesAdded(number, name) => {
            several(number, name, "is a favorite now", "films are favorites now".into())
        }
        Outcome::FavoritesRemoved(number, name) => {
            several(number, name, "is no favorite any more", "films are no favorites any more".into())
        }
        Outcome::Undone(what) => format!("undone: {what} · ctrl-r does it again"),
        Outcome::Redone(what) => format!("done again: {what}"),
        Outcome::SignedIn(who) => format!("signed in as {}", who.username),
        Outcome::SignedOut => "signed out".to_owned(),
        Outcome::PasswordChanged => "the password is changed".to_owned(),
        Outcome::StandingChanged(name, to) => format!("{name} is a {} now", standing(*to)),
        Outcome::Reviewed(what) if what.rows == 0 => reviewed(what),
        Outcome::Reviewed(what) => format!("{} · u undoes", reviewed(what)),
        Outcome::ViewSaved(name) => format!("the view {name} is kept · :view opens it"),
        Outcome::ViewRemoved(name) => format!("the view {name} is gone · u undoes"),
        Outcome::StarterLoaded(films) => format!("{} films to start with · / finds one, ? helps", grouped(*films)),
    })
}

/// Why a film waits for review.
#[must_use]
pub fn why(why: Why) -> &'static str {
    match why {
        Why::Several => "several films of that title and year are there",
        Why::Year => "a film of that title is there, a year apart",
        Why::Alternative => "a film of that year has that alternative title",
        Why::Undated => "a film of that title is there, and a year is missing",
        Why::Id => "one of its ids is that of another film",
        Why::Claimed => "several films of the import may be the same one",
    }
}

/// What speaks for a candidate, and against it.
#[must_use]
pub fn likeness(candidate: &Candidate) -> String {
    let title = match candidate.title {
        Likeness::Same => "same title",
        Likeness::Alternative => "same as an alternative title",
        Likeness::Other => "another title",
    };
    let years = match candidate.apart {
        Some(0) => "same year".to_owned(),
        Some(1) => "a year apart".to_owned(),
        Some(years) => format!("{years} years apart"),
        None => "a year is missing".to_owned(),
    };
    let mut says = vec![title.to_owned(), years];
    says.extend(Some("one id in common".to_owned()).filter(|_| candidate.id));
    says.push(match candidate.people {
        0 => "nobody in common".to_owned(),
        people => format!("{} in common", counted(people.into(), Entity::Person)),
    });
    says.join(", ")
}

/// What became of films that waited for review.
#[must_use]
pub fn reviewed(reviewed: &Reviewed) -> String {
    let Reviewed { verdict, rows, left, title } = reviewed;
    let what = match rows {
        1 => title.clone(),
        rows => counted(*rows, Entity::Movie),
    };
    let (one, many) = match verdict {
        Verdict::Accept(_) => ("is what was there", "are what was there"),
        Verdict::New => ("is in the catalogue", "are in the catalogue"),
        Verdict::Skip => ("is put aside", "are put aside"),
    };
    let rest = match left {
        0 => String::new(),
        1 => " · one has no candidate left and waits on".to_owned(),
        left => format!(" · {} have no candidate left and wait on", grouped(*left)),
    };
    match rows {
        0 => format!("nothing was decided{rest}"),
        _ => format!("{what} {}{rest}", if *rows == 1 { one } else { many }),
    }
}

/// What came of an import or export, in a few words.
#[must_use]
pub fn report(report: &Report) -> String {
    if report.written > 0 {
        return format!("{} records written", grouped(report.written));
    }
    if let Some(what) = &report.reviewed {
        return reviewed(what);
    }
    let Tally { new, changed, unchanged } = report.movies;
    let mut parts = vec![format!("{} new", counted(new, Entity::Movie))];
    let others =
        [(changed, "changed"), (unchanged, "unchanged"), (report.doubtful, "doubtful"), (report.skipped, "skipped")];
    let told = others.into_iter().filter(|(count, _)| *count > 0);
    parts.extend(told.map(|(count, word)| format!("{} {word}", grouped(count))));
    let tried = if report.dry_run { "would be: " } else { "" };
    format!("{tried}{}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        let texts = [0, 999, 1000, 29332, 1_000_000].map(grouped);
        assert_eq!(texts, ["0", "999", "1,000", "29,332", "1,000,000"]);
        assert_eq!(counted(1, Entity::Person), "1 person");
    }

    #[test]
    fn sizes_are_rounded() {
        assert_eq!([size(12), size(2000), size(3_500_000)], ["12 bytes", "2 KiB", "3.3 MiB"]);
    }
}
