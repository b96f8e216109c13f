//! What the use cases promise.

use super::*;
use crate::domain::{Character, External, Genre, Movie, Origins, PartialDate, PersonId, Role, Source};

fn catalog(folder: &Path) -> Catalog {
    let store = Store::create(&folder.join("films.cinedex")).unwrap();
    Catalog::over(store, Cost::default(), Some(folder.join("state"))).with_clock(|| Timestamp(1_000_000))
}

fn movie(title: &str, year: u16) -> Movie {
    Movie { title: title.to_owned(), released: PartialDate::new(year, None, None), ..Movie::default() }
}

fn draft(movie: Movie, directors: &[&str], genres: &[&str]) -> Draft {
    let new = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    Draft::Movie {
        movie,
        directors: new(directors).into_iter().map(Pick::New).collect(),
        countries: vec![Pick::New("USA".to_owned())],
        genres: new(genres).into_iter().map(Pick::New).collect(),
        poster: None,
        images: Vec::new(),
    }
}

fn add(catalog: &Catalog, actor: Actor, draft: Draft) -> Key {
    let save = Save { key: None, base: None, draft };
    match catalog.run(actor, Command::Save(Box::new(save))).unwrap().outcome {
        Outcome::Added(key, _) => key,
        other => panic!("{other:?}"),
    }
}

fn sign_up(catalog: &Catalog, name: &str) -> Actor {
    let password = Secret::new("a long enough one".to_owned());
    let command = Command::SignUp { username: name.to_owned(), password, email: None, remember: false };
    match catalog.run(Actor::Guest, command).unwrap().outcome {
        Outcome::SignedIn(who) => Actor::Account(who.id),
        other => panic!("{other:?}"),
    }
}

fn rows(catalog: &Catalog, actor: Actor, list: List, start: Start, count: usize) -> Page {
    match catalog.ask(actor, &Query::Page(PageQuery { list, start, count })).unwrap() {
        Answer::Page(page) => page,
        other => panic!("{other:?}"),
    }
}

fn titles(page: &Page) -> Vec<&str> {
    page.rows
        .iter()
        .map(|row| match &row.cells {
            Cells::Movie(cells) => cells.title.as_str(),
            Cells::Person(cells) => cells.name.as_str(),
            Cells::Name { name, .. } => name.as_str(),
            Cells::Review(cells) => cells.title.as_str(),
        })
        .collect()
}

fn movies(order: MovieOrder, reverse: bool, filter: MovieFilter) -> List {
    List::Movies { order, reverse, filter }
}

#[test]
fn a_movie_brings_its_people_genres_and_countries() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    let key =
        add(&catalog, Actor::Guest, draft(movie("The Glass River", 1951), &["Ada Mott"], &["Drama", "drama", "Noir"]));
    let Answer::Detail(detail) = catalog.ask(Actor::Guest, &Query::Detail(key)).unwrap() else { panic!() };
    let Detail::Movie(detail) = *detail else { panic!() };
    assert_eq!(detail.directors[0].name, "Ada Mott");
    assert_eq!(detail.countries[0].name, "United States");
    assert_eq!(detail.genres.iter().map(|genre| genre.name.as_str()).collect::<Vec<_>>(), ["Drama", "Noir"]);
    assert_eq!(detail.movie.created, Timestamp(1_000_000));
    let people = List::People { order: PersonOrder::Name, reverse: false, filter: PersonFilter::default() };
    let page = rows(&catalog, Actor::Guest, people, Start::First, 10);
    assert_eq!(titles(&page), ["Ada Mott"]);
    let Cells::Person(cells) = &page.rows[0].cells else { panic!() };
    assert_eq!((cells.credits, cells.known_for.as_deref()), (1, Some("The Glass River (1951)")));
}

#[test]
fn undo_takes_a_whole_step_back_and_redo_does_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    let ada = sign_up(&catalog, "ada");
    let key = add(&catalog, ada, draft(movie("Harbour Lights", 1939), &["Ben Okri"], &["Drama"]));
    let before = catalog.store().begin_read().unwrap().record(key).unwrap();
    catalog.run(ada, Command::Remove(vec![Key::Person(PersonId(1))])).unwrap();
    assert_eq!(catalog.store().begin_read().unwrap().credits(PersonId(1)).unwrap(), []);
    let undone = catalog.run(ada, Command::Undo).unwrap();
    assert_eq!(undone.outcome, Outcome::Undone("removing “Ben Okri”".to_owned()));
    assert_eq!(catalog.store().begin_read().unwrap().record(key).unwrap(), before);
    assert_eq!(catalog.store().begin_read().unwrap().credits(PersonId(1)).unwrap().len(), 1);
    catalog.run(ada, Command::Undo).unwrap();
    assert_eq!(catalog.store().begin_read().unwrap().record(key).unwrap(), None);
    assert_eq!(catalog.run(ada, Command::Undo), Err(Fault::NothingToUndo));
    catalog.run(ada, Command::Redo).unwrap();
    assert_eq!(catalog.store().begin_read().unwrap().record(key).unwrap(), before);
    catalog.run(ada, Command::Redo).unwrap();
    assert_eq!(catalog.run(ada, Command::Redo), Err(Fault::NothingToRedo));
    let bob = sign_up(&catalog, "bob");
    assert_eq!(catalog.run(bob, Command::Undo), Err(Fault::NothingToUndo));
}

#[test]
fn the_second_of_two_editors_is_shown_both() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    let key = add(&catalog, Actor::Guest, draft(movie("Salt", 2001), &[], &[]));
    let base = catalog.store().begin_read().unwrap().record(key).unwrap();
    let save = |title: &str, base: Option<Record>| {
        let Draft::Movie { movie: _, directors, genres, poster, images, .. } = draft(movie(title, 2001), &[], &[])
        else {
            panic!()
        };
        let countries = vec![Pick::New("USA".to_owned())];
        let draft = Draft::Movie { movie: movie(title, 2001), directors, countries, genres, poster, images };
        catalog.run(Actor::Guest, Command::Save(Box::new(Save { key: Some(key), base, draft })))
    };
    save("Salt and Iron", base.clone()).unwrap();
    let Err(Fault::Conflict(theirs)) = save("Pepper", base) else { panic!("no conflict") };
    assert_eq!(save::name_of(&theirs), "Salt and Iron");
    let Ok(Done { outcome: Outcome::Unchanged(_), changes }) = save("Salt and Iron", None) else { panic!() };
    assert_eq!(changes, []);
}

#[test]
fn pages_walk_the_whole_list_both_ways_unknown_values_last() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    for (title, year) in [("The Zoo", 1950), ("An Apple", 1940), ("10 Nights", 0), ("2 Days", 1960), ("Élan", 1940)] {
        add(&catalog, Actor::Guest, draft(movie(title, year), &[], &["Drama"]));
    }
    let all = |order, reverse| {
        let list = movies(order, reverse, MovieFilter::default());
        let mut seen: Vec<String> = Vec::new();
        let mut start = Start::First;
        loop {
            let page = rows(&catalog, Actor::Guest, list.clone(), start, 2);
            assert_eq!(page.total, Some(5));
            seen.extend(titles(&page).into_iter().map(str::to_owned));
            if !page.after {
                let up = rows(&catalog, Actor::Guest, list.clone(), Start::Last, 5);
                assert_eq!(titles(&up), seen);
                assert!(!up.before);
                return seen;
            }
            start = Start::After(page.rows.last().unwrap().cursor.clone());
        }
    };
    assert_eq!(all(MovieOrder::Title, false), ["2 Days", "10 Nights", "An Apple", "Élan", "The Zoo"]);
    assert_eq!(all(MovieOrder::Released, false), ["An Apple", "Élan", "The Zoo", "2 Days", "10 Nights"]);
    assert_eq!(all(MovieOrder::Released, true), ["2 Days", "The Zoo", "Élan", "An Apple", "10 Nights"]);
    let filter = MovieFilter { years: vec![(1940, 1949)], ..MovieFilter::default() };
    let page = rows(&catalog, Actor::Guest, movies(MovieOrder::Title, false, filter.clone()), Start::First, 9);
    assert_eq!((titles(&page), page.total), (vec!["An Apple", "Élan"], Some(2)));
    let Answer::Facets(facets) = catalog.ask(Actor::Guest, &Query::Facets(filter)).unwrap() else { panic!() };
    assert_eq!((facets.decades, facets.genres[0].2), (vec![(1940, 2)], 2));
    let around = Start::Around(page.rows[1].key, None);
    let page = rows(&catalog, Actor::Guest, movies(MovieOrder::Title, false, MovieFilter::default()), around, 3);
    assert_eq!((titles(&page), page.focus), (vec!["An Apple", "Élan", "The Zoo"], Some(1)));
    assert_eq!((page.before, page.after), (true, false));
}

#[test]
fn members_keep_favorites_and_curators_edit() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    let ada = sign_up(&catalog, "Ada");
    let bob = sign_up(&catalog, "bob");
    let key = add(&catalog, ada, draft(movie("Salt", 2001), &["Cy Dow"], &[]));
    let Key::Movie(id) = key else { panic!() };
    let save = || Save {
        key: None,
        base: None,
        draft: Draft::Genre(Genre { name: "Noir".into(), created: now(), updated: now() }),
    };
    assert_eq!(catalog.run(bob, Command::Save(Box::new(save()))), Err(Fault::NotAllowed("a curator")));
    assert_eq!(catalog.run(Actor::Guest, Command::Save(Box::new(save()))), Err(Fault::SignInFirst));
    let on = Command::Favorite { movies: vec![id], on: true };
    assert_eq!(catalog.run(Actor::Guest, on.clone()), Err(Fault::SignInFirst));
    catalog.run(bob, on).unwrap();
    let list = List::Favorites { order: FavoriteOrder::Added, reverse: true, words: String::new() };
    assert_eq!(titles(&rows(&catalog, bob, list, Start::First, 5)), ["Salt"]);
    let Answer::Consequences(found) = catalog.ask(ada, &Query::Consequences(vec![key])).unwrap() else { panic!() };
    assert_eq!(found.besides, ["1 favorite goes too"]);
    let Actor::Account(ada_id) = ada else { panic!() };
    let Err(Fault::Refused(_)) = catalog.run(ada, Command::Remove(vec![Key::Account(ada_id)])) else { panic!() };
    let wrong = Command::SignIn { username: "ADA".into(), password: Secret::new("no".into()), remember: false };
    assert_eq!(catalog.run(Actor::Guest, wrong), Err(Fault::WrongPassword));
    let right =
        Command::SignIn { username: "ADA".into(), password: Secret::new("a long enough one".into()), remember: true };
    catalog.run(Actor::Guest, right).unwrap();
    assert_eq!(catalog.remembered().unwrap().unwrap().username, "Ada");
    catalog.run(ada, Command::SignOut).unwrap();
    assert_eq!(catalog.remembered().unwrap(), None);
}

#[test]
fn the_finder_forgives_and_tells_namesakes_apart() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    let key = add(&catalog, Actor::Guest, draft(movie("Casablanca", 1942), &["Michael Curtiz"], &[]));
    add(&catalog, Actor::Guest, draft(movie("Casablanca Express", 1989), &[], &[]));
    let Key::Movie(id) = key else { panic!() };
    let character = Character {
        name: "Rick Blaine".into(),
        description: None,
        role: Role::Leading,
        actors: Vec::new(),
        billing: 0,
        origins: Origins::default(),
        created: now(),
        updated: now(),
    };
    let movie = Pick::Known(id, String::new());
    add(
        &catalog,
        Actor::Guest,
        Draft::Character { movie, character, actors: vec![Pick::New("Humphrey Bogart".into())] },
    );
    let find = |text: &str| {
        let query = Query::Find(Find { text: text.into(), only: None, limit: 10 });
        let Answer::Hits(hits) = catalog.ask(Actor::Guest, &query).unwrap() else { panic!() };
        hits.hits.into_iter().map(|hit| (hit.text, hit.note)).collect::<Vec<_>>()
    };
    assert_eq!(find("casablnca")[0], ("Casablanca".to_owned(), "Michael Curtiz".to_owned()));
    assert_eq!(find("humphry bogrt")[0], ("Humphrey Bogart".to_owned(), "Casablanca (1942)".to_owned()));
    assert_eq!(find("rick blaine")[0], ("Rick Blaine".to_owned(), "in Casablanca (1942)".to_owned()));
    assert_eq!(find(""), []);
}

#[test]
fn a_character_is_shown_in_the_best_known_film() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    for (title, votes) in [("One", 5), ("Two", 900)].into_iter().chain([("Many", 70); 40]).chain([("Last", 1_000)]) {
        let film = add(&catalog, Actor::Guest, draft(Movie { votes: Some(votes), ..movie(title, 1950) }, &[], &[]));
        let Key::Movie(id) = film else { panic!() };
        let mut writer = catalog.store().begin_write().unwrap();
        let id = writer.next_character(id).unwrap();
        let character = Character {
            name: "Narrator".into(),
            description: None,
            role: Role::Supporting,
            actors: Vec::new(),
            billing: 0,
            origins: Origins::default(),
            created: now(),
            updated: now(),
        };
        writer.set(Key::Character(id), Some(Record::Character(character))).unwrap();
        writer.commit().unwrap();
    }
    let note = || {
        let query = Query::Find(Find { text: "narrator".into(), only: Some(Entity::Character), limit: 10 });
        let Answer::Hits(hits) = catalog.ask(Actor::Guest, &query).unwrap() else { panic!() };
        hits.hits[0].note.clone()
    };
    assert_eq!(note(), "in Two (1950) and 42 more", "among the first of a new name");
    crate::store::repair::repair(catalog.store()).unwrap();
    assert_eq!(note(), "in Last (1950) and 42 more", "among all, once the index was made anew");
}

#[test]
fn an_external_id_owns_one_record() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    let with_id = |title| {
        let external = vec![External { source: Source::Imdb, id: "tt0000001".into() }];
        draft(Movie { external, ..movie(title, 1950) }, &[], &[])
    };
    add(&catalog, Actor::Guest, with_id("One"));
    let save = Save { key: None, base: None, draft: with_id("Two") };
    let Err(Fault::Fields(fields)) = catalog.run(Actor::Guest, Command::Save(Box::new(save))) else { panic!() };
    assert_eq!(fields[0].0, "external");
    assert_eq!(catalog.store().begin_read().unwrap().count(Entity::Movie).unwrap(), 1);
}

#[test]
fn a_character_can_move_to_another_film_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    let films = ["One", "Two"].map(|title| match add(&catalog, Actor::Guest, draft(movie(title, 1950), &[], &[])) {
        Key::Movie(id) => id,
        other => panic!("{other:?}"),
    });
    let part = |movie: usize| {
        let character = Character {
            name: "Rick".into(),
            description: None,
            role: Role::Leading,
            actors: Vec::new(),
            billing: 0,
            origins: Origins::EDITED,
            created: Timestamp(0),
            updated: Timestamp(0),
        };
        Draft::Character { movie: Pick::Known(films[movie], String::new()), character, actors: Vec::new() }
    };
    let old = add(&catalog, Actor::Guest, part(0));
    let save = Save { key: Some(old), base: None, draft: part(1) };
    let done = catalog.run(Actor::Guest, Command::Save(Box::new(save))).unwrap();
    let Outcome::Changed(Key::Character(id), _) = done.outcome else { panic!("{done:?}") };
    assert_eq!((id.movie, done.changes.len()), (films[1], 2));
    assert_eq!(catalog.store().begin_read().unwrap().record(old).unwrap(), None);
    catalog.run(Actor::Guest, Command::Undo).unwrap();
    let txn = catalog.store().begin_read().unwrap();
    assert!(txn.record(old).unwrap().is_some() && txn.record(Key::Character(id)).unwrap().is_none());
}

#[test]
fn a_query_is_asked_as_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    let film = |title: &str, director: &str, year, minutes: u32, genre: &str, country: &str| {
        let record = Movie { duration: Some(minutes * 60), ..movie(title, year) };
        let Draft::Movie { movie, directors, genres, poster, images, .. } = draft(record, &[director], &[genre]) else {
            panic!()
        };
        let countries = vec![Pick::New(country.to_owned())];
        add(&catalog, Actor::Guest, Draft::Movie { movie, directors, countries, genres, poster, images });
    };
    film("Le Trou", "Jacques Becker", 1960, 131, "Drama", "France");
    film("Lola Montès", "Max Ophüls", 1955, 116, "Drama", "France");
    film("Long Talk", "Jean-Luc Godard", 1967, 130, "Drama", "France");
    film("Gervaise", "René Clément", 1956, 121, "Drama", "France");
    film("The Nun", "Jacques Rivette", 1970, 140, "Drama", "France");
    film("Ben-Hur", "William Wyler", 1959, 212, "Drama", "United States");
    film("Play", "Jacques Tati", 1967, 124, "Comedy", "France");
    let said = "genre:drama country:france 1950..1969 -director:godard >2h";
    let filter = MovieFilter { words: said.to_owned(), ..MovieFilter::default() };
    let page = rows(&catalog, Actor::Guest, movies(MovieOrder::Title, false, filter.clone()), Start::First, 9);
    assert_eq!((titles(&page), page.total), (vec!["Gervaise", "Le Trou"], Some(2)));
    let Answer::Facets(facets) = catalog.ask(Actor::Guest, &Query::Facets(filter)).unwrap() else { panic!() };
    assert_eq!(facets.decades, [(1960, 1), (1950, 1)]);
    let find = |text: &str, only| catalog.ask(Actor::Guest, &Query::Find(Find { text: text.into(), only, limit: 9 }));
    let Answer::Hits(hits) = find(&format!("={said}"), None).unwrap() else { panic!() };
    assert_eq!(hits.hits.iter().map(|hit| hit.text.as_str()).collect::<Vec<_>>(), ["Le Trou", "Gervaise"]);
    let Answer::Hits(hits) = find("=title:trou", Some(crate::domain::Entity::Person)).unwrap() else { panic!() };
    assert_eq!((hits.hits.len(), hits.hits[0].text.as_str()), (1, "Jacques Becker"));
    let Err(Fault::Query { says, span }) = find("=genre:dramma", None) else { panic!() };
    assert_eq!((says.as_str(), span), ("no genre is called “dramma”; is it Drama?", 0..12));
}

#[test]
fn the_finder_prefers_what_was_opened_lately() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog(folder.path());
    add(&catalog, Actor::Guest, draft(movie("The Blue Lamp", 1990), &[], &[]));
    let older = add(&catalog, Actor::Guest, draft(movie("The Blue Lamp", 1950), &[], &[]));
    let years = || {
        let query = Query::Find(Find { text: "blue lamp".into(), only: None, limit: 10 });
        let Answer::Hits(hits) = catalog.ask(Actor::Guest, &query).unwrap() else { panic!() };
        hits.hits.iter().map(|hit| hit.year.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(years(), [1990, 1950]);
    catalog.opened(Actor::Guest, older);
    assert_eq!(years(), [1950, 1990]);
}
