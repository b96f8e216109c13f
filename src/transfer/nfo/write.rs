//! A film as the text of an NFO file, in the order that Kodi writes it.

use super::film::Film;
use crate::domain::{External, Source};
use quick_xml::escape::partial_escape;
use std::fmt::Write as _;

/// What stands in every file that is written here, so that no other is ever replaced.
pub(super) const MARK: &str = "<!-- written by cinedex -->";

/// The text of an NFO file.
pub(super) fn nfo(film: &Film) -> String {
    let mut out = Lines(format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{MARK}\n<movie>\n"));
    out.line("title", &film.title);
    out.maybe("originaltitle", film.original_title.as_deref());
    if let Some(rating) = film.rating {
        out.open("ratings");
        out.0 += "    <rating name=\"default\" max=\"10\" default=\"true\">\n";
        let _ = writeln!(out.0, "      <value>{}.{:02}</value>", rating / 100, rating % 100);
        if let Some(votes) = film.votes {
            let _ = writeln!(out.0, "      <votes>{votes}</votes>");
        }
        out.0 += "    </rating>\n";
        out.close("ratings");
    }
    out.maybe("plot", film.description.as_deref());
    out.maybe("runtime", film.duration.map(|seconds| ((seconds + 30) / 60).max(1).to_string()).as_deref());
    out.tagged("thumb", " aspect=\"poster\"", film.poster.as_deref());
    if !film.fanart.is_empty() {
        out.open("fanart");
        film.fanart.iter().for_each(|address| out.deeper("thumb", address));
        out.close("fanart");
    }
    let mut ids: Vec<_> = film.ids.iter().filter_map(|id| Some((id.source, kind(id)?, &id.id))).collect();
    ids.sort();
    for (place, (_, kind, id)) in ids.into_iter().enumerate() {
        let default = if place == 0 { " default=\"true\"" } else { "" };
        out.tagged("uniqueid", &format!(" type=\"{kind}\"{default}"), Some(id));
    }
    film.genres.iter().for_each(|genre| out.line("genre", genre));
    // Jellyfin keeps the last of several tags only, but takes one tag apart.
    out.maybe("country", Some(film.countries.join(" / ")).filter(|all| !all.is_empty()).as_deref());
    film.directors.iter().for_each(|director| out.line("director", director));
    match film.released {
        Some(day) if day.day().is_some() => out.line("premiered", &day.to_string()),
        Some(day) => out.line("year", &day.year().to_string()),
        None => {}
    }
    for (place, actor) in film.actors.iter().enumerate() {
        out.open("actor");
        out.deeper("name", &actor.name);
        if !actor.part.is_empty() {
            out.deeper("role", &actor.part);
        }
        out.deeper("order", &place.to_string());
        if let Some(address) = &actor.photo {
            out.deeper("thumb", address);
        }
        for id in &actor.ids {
            if let Some(kind) = kind(id) {
                out.deeper(&format!("{kind}id"), &id.id);
            }
        }
        out.close("actor");
    }
    if film.favorite {
        out.line("isuserfavorite", "true");
    }
    out.0 += "</movie>\n";
    out.0
}

/// What media centres call the database of an id.
fn kind(id: &External) -> Option<&'static str> {
    match id.source {
        Source::Imdb => Some("imdb"),
        Source::Tmdb => Some("tmdb"),
        _ => None,
    }
}

/// XML, an element a line.
struct Lines(String);

impl Lines {
    fn line(&mut self, name: &str, text: &str) {
        self.tagged(name, "", Some(text));
    }

    fn maybe(&mut self, name: &str, text: Option<&str>) {
        self.tagged(name, "", text);
    }

    fn tagged(&mut self, name: &str, attributes: &str, text: Option<&str>) {
        if let Some(text) = text {
            let _ = writeln!(self.0, "  <{name}{attributes}>{}</{name}>", partial_escape(text));
        }
    }

    fn open(&mut self, name: &str) {
        let _ = writeln!(self.0, "  <{name}>");
    }

    fn close(&mut self, name: &str) {
        let _ = writeln!(self.0, "  </{name}>");
    }

    fn deeper(&mut self, name: &str, text: &str) {
        self.0 += "  ";
        self.line(name, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entity;
    use crate::transfer::nfo::film::Actor;

    #[test]
    fn a_film_is_written_as_kodi_does() {
        let id = |source, entity, id| External::new(source, entity, id).unwrap();
        let film = Film {
            title: "Lamp & <Shade>".to_owned(),
            original_title: Some("Die \"Lampe\"".to_owned()),
            description: Some("One.\n\nTwo ]]> three.".to_owned()),
            released: Some("1921-05-01".parse().unwrap()),
            duration: Some(5_430),
            genres: vec!["Drama".to_owned(), "War".to_owned()],
            countries: vec!["France".to_owned(), "Soviet Union".to_owned()],
            directors: vec!["Ann Lee".to_owned()],
            rating: Some(705),
            votes: Some(12),
            ids: vec![
                id(Source::Nfo, Entity::Movie, "x"),
                id(Source::Tmdb, Entity::Movie, "7"),
                id(Source::Imdb, Entity::Movie, "8"),
            ],
            actors: vec![
                Actor { name: "Bob".to_owned(), part: "Genie".to_owned(), ..Actor::default() },
                Actor {
                    name: "Cid".to_owned(),
                    ids: vec![id(Source::Imdb, Entity::Person, "nm0000003")],
                    photo: Some("https://x/?a=b&c".to_owned()),
                    ..Actor::default()
                },
            ],
            poster: Some("https://x/p.jpg".to_owned()),
            fanart: vec!["https://x/f.jpg".to_owned()],
            favorite: true,
            ..Film::default()
        };
        insta::assert_snapshot!(nfo(&film));
        let bare = Film { title: "Fog".to_owned(), released: Some("1921-05".parse().unwrap()), ..Film::default() };
        assert!(nfo(&bare).ends_with("<movie>\n  <title>Fog</title>\n  <year>1921</year>\n</movie>\n"));
    }
}
