//! What columns can tell: the fields of films, people and credits, and what tables usually call them.

use std::fmt;

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// People, who come first: films and credits name them.
    People,
    /// Films.
    Films,
    /// Who directed or played what.
    Credits,
}

impl Kind {
    /// Every kind, in the order they are read.
    pub(super) const ALL: [Kind; 3] = [Kind::People, Kind::Films, Kind::Credits];

    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::People => "people",
            Kind::Films => "films",
            Kind::Credits => "credits",
        }
    }

    /// The kind of a word; what exports call it will do.
    pub(super) fn of(word: &str) -> Option<Kind> {
        match word.trim() {
            "people" | "persons" => Some(Kind::People),
            "films" | "movies" => Some(Kind::Films),
            "credits" | "characters" => Some(Kind::Credits),
            _ => None,
        }
    }

    /// Its fields: each with its name and with what tables call it, likelier first.
    pub(super) fn fields(self) -> &'static [(Field, &'static str, &'static str)] {
        match self {
            Kind::People => PEOPLE,
            Kind::Films => FILMS,
            Kind::Credits => CREDITS,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

macro_rules! fields {
    ($($field:ident)*) => {
        /// Something a column can tell.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Field { $($field),* }

        /// How many fields there are.
        pub(super) const FIELDS: usize = [$(Field::$field),*].len();
    };
}

fields! {
    Id Title Original Titles Language Kind Year Date EndDate Duration Genres Countries Directors DirectorIds Cast
    Description Budget Currency Rating Votes Poster Images Imdb Tmdb Letterboxd Movielens Wikipedia Freebase Nfo Table
    Name First Last Others Gender Film FilmImdb FilmTmdb Person PersonImdb PersonTmdb Character Role Order
}

impl Field {
    /// Whether several columns can tell it together.
    pub(super) fn is_list(self) -> bool {
        matches!(
            self,
            Field::Titles | Field::Genres | Field::Countries | Field::Directors | Field::Cast | Field::Images
        )
    }
}

const FILMS: &[(Field, &str, &str)] = &[
    (Field::Title, "title", "title movietitle filmtitle primarytitle movie film moviename filmname name"),
    (Field::Original, "original", "originaltitle originalname original"),
    (Field::Titles, "titles", "alternativetitles akas aka alsoknownas titles"),
    (Field::Language, "language", "titlelanguage"),
    (Field::Kind, "kind", "kind type titletype"),
    (Field::Year, "year", "year releaseyear startyear titleyear movieyear filmyear yearreleased"),
    (Field::Date, "date", "releasedate released premiered date release"),
    (Field::Duration, "duration", "duration runtime runtimeminutes minutes runningtime runningtimemin length"),
    (Field::Genres, "genres", "genres genre majorgenre"),
    (Field::Countries, "countries", "productioncountries countries country countrycode origincountry"),
    (Field::Directors, "directors", "directors director directorname directedby"),
    (Field::DirectorIds, "director_ids", "directorids directorid"),
    (Field::Cast, "cast", "cast actors stars starring star actor1name actor2name actor3name actor1 actor2 actor3"),
    (Field::Description, "description", "description plot overview summary synopsis extract abstract storyline"),
    (Field::Budget, "budget", "budget productionbudget"),
    (Field::Currency, "currency", "budgetcurrency currency"),
    (Field::Rating, "rating", "rating imdbrating imdbscore averagerating voteaverage score avgvote"),
    (Field::Votes, "votes", "votes numvotes imdbvotes votecount numvotedusers"),
    (Field::Poster, "poster", "poster posterurl posterlink movieposter"),
    (Field::Images, "images", "images imageurls"),
    (Field::Imdb, "imdb", "imdb imdbid tconst movieimdbid movieimdblink imdbtitleid imdblink imdburl"),
    (Field::Tmdb, "tmdb", "tmdb tmdbid movietmdbid"),
    (Field::Letterboxd, "letterboxd", "letterboxd letterboxduri letterboxdurl"),
    (Field::Movielens, "movielens", "movielens movielensid"),
    (Field::Wikipedia, "wikipedia", "wikipedia wikipediaurl"),
    (Field::Freebase, "freebase", "freebase"),
    (Field::Nfo, "nfo", "nfo"),
    (Field::Table, "table", "table"),
    (Field::Id, "id", "id movieid filmid showid titleid"),
];

const PEOPLE: &[(Field, &str, &str)] = &[
    (Field::Name, "name", "name fullname primaryname personname person actor"),
    (Field::First, "first", "firstname givenname forename first"),
    (Field::Last, "last", "lastname familyname surname last"),
    (Field::Others, "other_names", "othernames alsoknownas aliases alias akas"),
    (Field::Description, "biography", "biography bio description"),
    (Field::Date, "born", "born birthdate birthday dateofbirth birthyear"),
    (Field::EndDate, "died", "died deathdate deathday dateofdeath deathyear"),
    (Field::Gender, "gender", "gender sex"),
    (Field::Countries, "country", "country birthcountry bornin birthplace placeofbirth nationality"),
    (Field::Images, "photos", "photos photo photourl personposter profile picture"),
    (Field::Imdb, "imdb", "imdb imdbid nconst personimdbid imdbnameid"),
    (Field::Tmdb, "tmdb", "tmdb tmdbid persontmdbid"),
    (Field::Letterboxd, "letterboxd", "letterboxd"),
    (Field::Movielens, "movielens", "movielens"),
    (Field::Wikipedia, "wikipedia", "wikipedia wikipediaurl"),
    (Field::Freebase, "freebase", "freebase"),
    (Field::Nfo, "nfo", "nfo"),
    (Field::Table, "table", "table"),
    (Field::Id, "id", "id personid actorid nameid"),
];

const CREDITS: &[(Field, &str, &str)] = &[
    (Field::Film, "film", "movieid filmid titleid showid id"),
    (Field::FilmImdb, "film_imdb", "tconst movieimdbid filmimdb imdbtitleid"),
    (Field::FilmTmdb, "film_tmdb", "movietmdbid filmtmdb"),
    (Field::Title, "title", "title movietitle filmtitle movie film"),
    (Field::Year, "year", "year releaseyear movieyear filmyear"),
    (Field::Person, "person", "personid actorids actorid nameid"),
    (Field::PersonImdb, "person_imdb", "nconst personimdbid personimdb imdbnameid"),
    (Field::PersonTmdb, "person_tmdb", "persontmdbid persontmdb"),
    (Field::Name, "name", "name personname primaryname actors actor actorname person"),
    (Field::Character, "character", "character charactername characters part plays"),
    (Field::Description, "description", "description"),
    (Field::Role, "role", "role job category credit"),
    (Field::Order, "order", "billing order ordering castorder creditorder"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_name_stands_for_two_fields_of_a_kind() {
        for kind in Kind::ALL {
            let (mut names, mut usual) = (HashSet::new(), HashSet::new());
            for (_, name, words) in kind.fields() {
                assert!(names.insert(*name), "{name}");
                for word in words.split(' ') {
                    assert!(usual.insert(word), "{kind}: {word}");
                    assert!(word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{word}");
                }
            }
            assert_eq!(Kind::of(kind.word()), Some(kind));
        }
        assert!(FIELDS > FILMS.len());
    }
}
