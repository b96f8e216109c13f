//! Ids of other databases, each in the one form it is kept and compared in.

use super::fold::fold;
use super::text::clean_line;
use super::{Entity, External, Source};

impl Source {
    /// The name people know the database by.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.word()
    }
}

impl External {
    /// Whether it is no id but the name of a person whom the source knows by nothing else.
    #[must_use]
    pub fn is_name(&self) -> bool {
        self.id.starts_with('~')
    }

    /// What numbers such ids: the database, and of tables which one. One record has one id there, as a rule.
    #[must_use]
    pub fn database(&self) -> (Source, &str) {
        let table = if self.source == Source::Table { self.id.split(':').next() } else { None };
        (self.source, table.unwrap_or_default())
    }

    /// The id in the form it is kept in, read from an id or an address as people and files write it.
    /// Only movies and people have such ids.
    #[must_use]
    pub fn new(source: Source, entity: Entity, raw: &str) -> Option<External> {
        if !matches!(entity, Entity::Movie | Entity::Person) {
            return None;
        }
        let raw = raw.trim();
        let id = match source {
            Source::Imdb => imdb(entity, raw)?,
            Source::Tmdb => number(tmdb(entity, raw)?)?.to_owned(),
            Source::Movielens => number(after(raw, "movielens.org/movies/").unwrap_or(raw))?.to_owned(),
            Source::Letterboxd => letterboxd(raw)?.to_owned(),
            Source::Wikipedia => wikipedia(raw),
            Source::Nfo if entity == Entity::Person => by_name(raw.strip_prefix('~')?),
            Source::Nfo => clean_line(&raw.replace('\\', "/")).trim_start_matches("./").to_owned(),
            Source::Table => clean_line(raw),
            Source::Freebase => freebase(raw)?,
        };
        (!id.is_empty()).then_some(External { source, id })
    }
}

/// What follows the host and path of an address, up to the end of that step.
fn after<'a>(raw: &'a str, path: &str) -> Option<&'a str> {
    let rest = &raw[raw.find(path)? + path.len()..];
    Some(rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// Digits without noughts before them.
fn number(raw: &str) -> Option<&str> {
    let digits = raw.trim_start_matches('0');
    let fits = (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(digits)
}

fn imdb(entity: Entity, raw: &str) -> Option<String> {
    let (prefix, path) = if entity == Entity::Movie { ("tt", "/title/") } else { ("nm", "/name/") };
    let id = if raw.contains("imdb.com/") { after(raw, path)? } else { raw };
    let bare = id.get(..2).filter(|head| head.eq_ignore_ascii_case(prefix)).map_or(id, |head| &id[head.len()..]);
    Some(format!("{prefix}{:0>7}", number(bare)?))
}

/// Movies and people are numbered apart, so an address must be of the right kind.
fn tmdb(entity: Entity, raw: &str) -> Option<&str> {
    if !raw.contains("themoviedb.org/") {
        return Some(raw);
    }
    let path = if entity == Entity::Movie { "/movie/" } else { "/person/" };
    after(raw, path)?.split('-').next()
}

/// The case of a short link tells links apart.
fn letterboxd(raw: &str) -> Option<&str> {
    let id = after(raw, "boxd.it/").unwrap_or(raw);
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(id)
}

/// The id of whoever is known by a name alone: the folded name behind `~`.
fn by_name(name: &str) -> String {
    let name = fold(name);
    if name.is_empty() { name } else { format!("~{name}") }
}

/// An article's name with blanks for its underscores undone; a name after `~` is folded.
fn wikipedia(raw: &str) -> String {
    if let Some(name) = raw.strip_prefix('~') {
        return by_name(name);
    }
    // Only an address can carry a query; an article's name may hold a question mark.
    let address = raw.split_once("/wiki/").map(|(_, rest)| rest.split('?').next().unwrap_or_default());
    let article = address.unwrap_or(raw);
    let name = clean_line(&decode(article).replace('_', " "));
    name.trim_start_matches(['~', ' ']).replace(' ', "_")
}

/// A path; addresses write it with dots: `http://rdf.freebase.com/ns/m.0abc`.
fn freebase(raw: &str) -> Option<String> {
    let path = match raw.split_once("://") {
        Some((_, address)) => format!("/{}", address.split_once("/ns/")?.1.replace('.', "/")),
        None => raw.to_owned(),
    };
    let fits = path.len() > 1 && path.starts_with('/') && clean_line(&path) == path && !path.contains(' ');
    fits.then_some(path)
}

/// Undoes percent encoding where it is one.
fn decode(text: &str) -> String {
    let hex =
        |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            decoded.push(high << 4 | low);
            at += 3;
        } else {
            decoded.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn movie(source: Source, raw: &str) -> Option<String> {
        External::new(source, Entity::Movie, raw).map(|external| external.id)
    }

    #[test]
    fn one_id_has_one_form() {
        for (source, raw, id) in [
            (Source::Imdb, "tt0034583", "tt0034583"),
            (Source::Imdb, "TT34583", "tt0034583"),
            (Source::Imdb, "34583", "tt0034583"),
            (Source::Imdb, "tt10872600", "tt10872600"),
            (Source::Imdb, "https://www.imdb.com/title/tt0034583/?ref_=fn", "tt0034583"),
            (Source::Imdb, "https://m.imdb.com/de/title/tt0034583", "tt0034583"),
            (Source::Tmdb, " 289 ", "289"),
            (Source::Tmdb, "https://www.themoviedb.org/movie/289-casablanca?language=en", "289"),
            (Source::Letterboxd, "https://boxd.it/1JzG", "1JzG"),
            (Source::Letterboxd, "1jzg", "1jzg"),
            (Source::Movielens, "912", "912"),
            (Source::Wikipedia, "Casablanca_(film)", "Casablanca_(film)"),
            (Source::Wikipedia, "https://en.wikipedia.org/wiki/Am%C3%A9lie", "Amélie"),
            (Source::Wikipedia, "List_of_films#Part%202", "List_of_films#Part_2"),
            (Source::Wikipedia, "100%_Wolf", "100%_Wolf"),
            (Source::Wikipedia, "~Béla Lugosi", "~bela lugosi"),
            (Source::Nfo, ".\\Films\\A (1950)\\movie.nfo", "Films/A (1950)/movie.nfo"),
            (Source::Table, " row 7 ", "row 7"),
            (Source::Freebase, "/en/casablanca", "/en/casablanca"),
            (Source::Freebase, "http://rdf.freebase.com/ns/m.0abc_1", "/m/0abc_1"),
        ] {
            assert_eq!(movie(source, raw).as_deref(), Some(id), "{raw}");
        }
        let person = External::new(Source::Imdb, Entity::Person, "https://www.imdb.com/name/nm0000007/bio").unwrap();
        assert_eq!(person.id, "nm0000007");
        let named = |raw| External::new(Source::Nfo, Entity::Person, raw).map(|external| external.id);
        assert_eq!((named("~Béla Lugosi").as_deref(), named("~ "), named("Ann")), (Some("~bela lugosi"), None, None));
    }

    #[test]
    fn what_is_no_id_is_none() {
        for (source, raw) in [
            (Source::Imdb, ""),
            (Source::Imdb, "tt"),
            (Source::Imdb, "tt0000000"),
            (Source::Imdb, "nm0000007"),
            (Source::Imdb, "https://www.imdb.com/name/nm0000007/"),
            (Source::Tmdb, "0"),
            (Source::Tmdb, "12a"),
            (Source::Tmdb, "https://www.themoviedb.org/person/4110"),
            (Source::Letterboxd, "https://letterboxd.com/film/casablanca/"),
            (Source::Wikipedia, "~ "),
            (Source::Nfo, ""),
            (Source::Table, " "),
            (Source::Freebase, "/"),
            (Source::Freebase, "casablanca"),
            (Source::Freebase, "/en/two words"),
            (Source::Freebase, "http://example.org/casablanca"),
        ] {
            assert_eq!(movie(source, raw), None, "{raw}");
        }
        assert_eq!(External::new(Source::Tmdb, Entity::Genre, "18"), None);
    }

    #[test]
    fn every_table_is_a_database_of_its_own() {
        let table = |id: &str| External { source: Source::Table, id: id.to_owned() };
        assert_eq!(table("films:7").database(), table("films:~fog 1950").database());
        assert_ne!(table("films:7").database(), table("movies:7").database());
        let imdb = |id: &str| External { source: Source::Imdb, id: id.to_owned() };
        assert_eq!(imdb("tt0034583").database(), imdb("tt0034584").database());
    }

    proptest! {
        #[test]
        fn a_kept_id_is_kept_as_it_is(code in 0u8..8, raw in "\\PC{0,30}|(tt|nm)?[0-9]{1,9}|%[0-9A-F]{2}.{0,5}|(http:/)?/ns/[a-z./]{1,9}") {
            let source = Source::from_code(code).unwrap();
            if let Some(id) = movie(source, &raw).filter(|id| source != Source::Wikipedia || !id.contains('%') && !id.contains("/wiki/")) {
                prop_assert_eq!(movie(source, &id), Some(id));
            }
        }
    }
}
