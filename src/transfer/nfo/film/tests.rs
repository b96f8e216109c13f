use super::*;
use crate::transfer::nfo::tree::Xml;

fn film(inner: &str) -> Film {
    let text = format!("<movie>{inner}</movie>");
    let mut xml = Xml::new(text.as_bytes());
    let start = xml.next_start().unwrap().unwrap();
    Film::read(&xml.whole(start).unwrap())
}

fn ids(film: &Film) -> Vec<&str> {
    film.ids.iter().map(|id| id.id.as_str()).collect()
}

#[test]
fn the_first_that_says_something_counts() {
    let film = film(
        "<title> </title><title>The  Lamp</title><title>Other</title><originaltitle>Die Lampe</originaltitle>\
         <plot/><outline>Short.</outline><review>A\n\nlong  one. </review>",
    );
    assert_eq!((film.title.as_str(), film.original_title.as_deref()), ("The Lamp", Some("Die Lampe")));
    assert_eq!(film.description.as_deref(), Some("A\n\nlong  one."));
}

#[test]
fn dates_are_as_full_as_they_are_told() {
    for (inner, date) in [
        ("<premiered>1999-03-31</premiered><year>2000</year>", "1999-03-31"),
        ("<premiered>1999</premiered>", "1999"),
        ("<premiered>soon</premiered><year>1999</year>", "1999"),
        ("<premiered></premiered><aired>1999-03-31T00:00:00Z</aired>", "1999-03-31"),
        ("<releasedate>1999-03-31 10:00:00</releasedate>", "1999-03-31"),
        ("<premiered>1999-02-30</premiered><year> 1999 </year>", "1999"),
    ] {
        assert_eq!(film(inner).released, Some(date.parse().unwrap()), "{inner}");
    }
    for inner in ["", "<year>0</year>", "<year>1850</year>", "<year>-5</year>", "<premiered>0000-00-00</premiered>"] {
        assert_eq!(film(inner).released, None, "{inner}");
    }
}

#[test]
fn running_times_are_minutes() {
    let stream = "<fileinfo><streamdetails><video><durationinseconds>5311</durationinseconds></video></streamdetails></fileinfo>";
    for (inner, minutes) in [
        ("<runtime>120</runtime>", 120),
        ("<runtime>120.0</runtime>", 120),
        ("<runtime>120 min</runtime>", 120),
        ("<runtime>1h 50m</runtime>", 110),
        (stream, 88),
        (&format!("<runtime>0</runtime>{stream}"), 88),
    ] {
        assert_eq!(film(inner).duration, Some(minutes * 60), "{inner}");
    }
    for (inner, odd) in [
        ("<runtime>0</runtime>", 0),
        ("<runtime/>", 0),
        ("\n<runtime>5000</runtime>", 1),
        ("\n<runtime>-7</runtime>", 1),
        ("\n<runtime>NaN</runtime>", 1),
        ("\n<runtime>long</runtime>", 1),
    ] {
        let film = film(inner);
        assert_eq!((film.duration, film.odd.len()), (None, odd), "{inner}");
        assert!(film.odd.iter().all(|(line, why)| *line == 2 && why.contains("running time")), "{:?}", film.odd);
    }
}

#[test]
fn values_are_apart_where_every_program_has_them_apart() {
    let film = film(
        "<genre>Drama/Romance</genre><genre>Neo/Noirish</genre><genre>Sci-Fi / War|Comedy</genre><genre>drama</genre>\
         <country>USA / Atlantis</country><country>France</country>\
         <director>Robert Downey, Jr.</director><director>Ann Lee | Bob Ray / Ann Lee</director>",
    );
    assert_eq!(film.genres, ["Drama", "Romance", "Neo/Noirish", "Science Fiction", "War", "Comedy", "Drama"]);
    assert_eq!(film.countries, ["USA", "Atlantis", "France"]);
    assert!(film.odd.len() == 1 && film.odd[0].1.contains("Atlantis"), "{:?}", film.odd);
    assert_eq!(film.directors, ["Robert Downey, Jr.", "Ann Lee", "Bob Ray"]);
}

#[test]
fn ratings_are_of_ten() {
    let of = |value: &str, more: &str| format!("<rating {more}><value>{value}</value><votes>1,234</votes></rating>");
    for (inner, rating, votes) in [
        (
            format!("<ratings>{}{}</ratings>", of("5", "name='a'"), of("8", "default='true' max='10'")),
            Some(800),
            Some(1234),
        ),
        (
            format!("<ratings>{}{}</ratings>", of("99", "name='tomatometer' max='100'"), of("3.55", "max='5'")),
            Some(710),
            Some(1234),
        ),
        (format!("<ratings>{}{}</ratings>", of("0", "default='true'"), of("6.4", "")), Some(640), Some(1234)),
        ("<rating>7,7</rating><votes>12.345</votes>".to_owned(), Some(770), Some(12345)),
        ("<communityrating>7.5</communityrating>".to_owned(), Some(750), None),
        ("<rating>15.5</rating><votes>3</votes>".to_owned(), None, None),
        (format!("<ratings>{}</ratings>", of("5", "max='0'")), None, None),
        ("<rating>inf</rating>".to_owned(), None, None),
    ] {
        let film = film(&inner);
        assert_eq!((film.rating, film.votes), (rating, votes), "{inner}");
    }
}

#[test]
fn ids_have_many_names() {
    for (inner, expected) in [
        (
            "<uniqueid type='tmdb'>0345</uniqueid><uniqueid type='IMDB' default='true'>12345</uniqueid>",
            &["tt0012345", "345"][..],
        ),
        ("<uniqueid type='imdb'>tt1</uniqueid><uniqueid type='imdb' default='true'>tt2</uniqueid>", &["tt0000002"]),
        ("<id TMDB='7'>tt0000005</id><uniqueid type='tvdb'>9</uniqueid>", &["tt0000005", "7"]),
        ("<id>99</id><tmdbId>8</tmdbId><imdb_id>tt0000009</imdb_id>", &["tt0000009", "8"]),
        ("<uniqueid type='imdb'>none</uniqueid><uniqueid type='tmdb'>-1</uniqueid><id/>", &[]),
    ] {
        assert_eq!(ids(&film(inner)), expected, "{inner}");
    }
    let mut film = film("<tmdbid>8</tmdbid>");
    join_ids(&mut film.ids, "https://www.imdb.com/title/tt0000009 https://www.themoviedb.org/movie/1");
    assert_eq!(ids(&film), ["tt0000009", "8"], "what the film says is before what follows it");
}

#[test]
fn the_cast_is_in_the_order_of_billing() {
    let actor = |name: &str, more: &str| format!("<actor><name>{name}</name>{more}</actor>");
    let names =
        |inner: String| film(&inner).actors.iter().map(|actor| actor.name.clone()).collect::<Vec<_>>().join(" ");
    let (ann, bob, cid) = ("<order>2</order>", "<sortorder>1</sortorder>", "<order>0</order>");
    assert_eq!(names([actor("Ann", ann), actor("Bob", bob), actor("Cid", cid)].concat()), "Cid Bob Ann");
    assert_eq!(names([actor("Ann", ann), actor("Bob", ""), actor("Cid", cid)].concat()), "Ann Bob Cid", "not all say");
    let crew = [actor("Ann", "<type>Producer</type>"), actor("Bob", "<type>gueststar</type>"), actor("", "")];
    assert_eq!(names(crew.concat()), "Bob");
    let told = film(&actor(
        "Ann",
        "<role>Queen (archive footage)</role><thumb>Ann.jpg</thumb><tmdbid>4</tmdbid><imdbid>nm0000003</imdbid>",
    ));
    let ann = &told.actors[0];
    assert_eq!((ann.part.as_str(), ann.photo.as_deref()), ("Queen (archive footage)", Some("Ann.jpg")));
    assert_eq!(ann.ids.iter().map(|id| id.id.as_str()).collect::<Vec<_>>(), ["nm0000003", "4"]);
}

#[test]
fn pictures_of_a_set_are_not_those_of_the_film() {
    let film = film(
        "<thumb aspect='set.poster'>a</thumb><thumb aspect='banner'>b</thumb><thumb>c</thumb><thumb aspect='poster'>d</thumb>\
         <fanart><thumb>e</thumb><thumb>e</thumb><thumb/><thumb>f</thumb></fanart><isuserfavorite>True</isuserfavorite>",
    );
    assert_eq!((film.poster.as_deref(), film.favorite), (Some("c"), true));
    assert_eq!(film.fanart, ["e", "f"]);
}
