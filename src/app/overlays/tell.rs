//! What a use case came to, as the notice line says it.

use crate::catalog::Outcome;

/// The sentence for an outcome.
#[must_use]
pub fn tell(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Added(key, name) => format!("added {} {name}", key.entity()),
        Outcome::Changed(_, name) => format!("saved {name} · u undoes this"),
        Outcome::Unchanged(_) => "nothing changed".to_owned(),
        Outcome::Removed(1, name) => format!("removed {name} · u undoes this"),
        Outcome::Removed(count, name) => format!("removed {name} and {} more · u undoes this", count.saturating_sub(1)),
        Outcome::FavoritesAdded(1, title) => format!("♥ {title}"),
        Outcome::FavoritesAdded(count, _) => format!("{count} favorites added"),
        Outcome::FavoritesRemoved(1, title) => format!("{title} is no favorite any more"),
        Outcome::FavoritesRemoved(count, _) => format!("{count} favorites removed"),
        Outcome::Undone(what) => format!("undone: {what} · ctrl-r does it again"),
        Outcome::Redone(what) => format!("done again: {what}"),
        Outcome::SignedIn(who) => format!("signed in as {} · {}", who.username, who.standing),
        Outcome::SignedOut => "signed out".to_owned(),
        Outcome::PasswordChanged => "the password is changed".to_owned(),
        Outcome::StandingChanged(name, now) => format!("{name} is now a {}", now),
        Outcome::StarterLoaded(count) => format!("{count} films to start with · / finds one, ? helps"),
    }
}
