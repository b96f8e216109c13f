use super::*;
use crate::domain::{Account, AccountId, Entity, External, MovieId, Timestamp};
use crate::store::read::Read;
use crate::transfer::draft::MovieDraft;
use crate::transfer::report::Tally;

/// Titles, and since when each is a favorite.
struct Liked(Vec<(&'static str, Option<i64>)>);

impl Format for Liked {
    fn source(&self) -> Source {
        Source::Table
    }

    fn read(&self, intake: &mut Intake, _: &mut Watch) -> Result<(), ImportError> {
        for (title, since) in &self.0 {
            intake.report.read += 1;
            intake.movie(MovieDraft {
                ids: vec![External::new(Source::Table, Entity::Movie, title).unwrap()],
                title: (*title).to_owned(),
                favorite: since.map(Timestamp),
                ..MovieDraft::default()
            })?;
        }
        Ok(())
    }
}

fn bench() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("films")).unwrap();
    let mut writer = store.begin_write().unwrap();
    let me = Account { username: "ann".to_owned(), ..Account::default() };
    let id = writer.next_account().unwrap();
    writer.set(Key::Account(id), Some(Record::Account(me))).unwrap();
    writer.commit().unwrap();
    (folder, store)
}

fn import(store: &Store, liked: Vec<(&'static str, Option<i64>)>, account: Option<u32>, dry_run: bool) -> Report {
    let options = Options { account: account.map(AccountId), dry_run, ..Options::at(Timestamp(99)) };
    let mut watch = Watch { progress: &mut |_| {}, cancelled: &|| false };
    run(store, &Liked(liked), &options, &mut watch).unwrap()
}

fn added(store: &Store, movie: u32) -> Option<i64> {
    let txn = store.begin_read().unwrap();
    txn.favorite(AccountId(1), MovieId(movie)).unwrap().map(|favorite| favorite.added.0)
}

#[test]
fn favorites_come_with_their_movies() {
    let (_folder, store) = bench();
    let films = || vec![("Fog", Some(7)), ("Lamp", None), ("Fog", Some(5))];
    assert_eq!(import(&store, films(), Some(1), true).favorites.new, 1);
    let first = import(&store, films(), Some(1), false);
    assert_eq!((first.movies.new, first.favorites.new), (2, 1));
    assert_eq!((added(&store, 1), added(&store, 2)), (Some(5), None), "the earliest day counts");
    let revision = store.begin_read().unwrap().revision().unwrap();
    let again = import(&store, vec![("Fog", Some(3))], Some(1), false);
    assert_eq!(again.favorites, Tally { unchanged: 1, ..Tally::default() });
    assert_eq!(store.begin_read().unwrap().revision().unwrap(), revision);
    let later = import(&store, vec![("Lamp", Some(8))], Some(1), false);
    assert_eq!((later.movies.unchanged, later.favorites.new), (1, 1), "a favorite of a film that is there");
    assert_eq!(added(&store, 2), Some(8));
    assert!(crate::store::check::check(&store).unwrap().is_clean());
}

#[test]
fn favorites_of_nobody_are_counted() {
    let (_folder, store) = bench();
    for account in [None, Some(9)] {
        let report = import(&store, vec![("Fog", Some(7))], account, false);
        assert_eq!(report.favorites, Tally::default());
        let (what, count) = report.unkept.into_iter().next().unwrap();
        assert!(count == 1 && what.contains("--as NAME"), "{what}");
    }
}

/// Films as they are.
struct Films(Vec<MovieDraft>);

impl Format for Films {
    fn source(&self) -> Source {
        Source::Imdb
    }

    fn read(&self, intake: &mut Intake, _: &mut Watch) -> Result<(), ImportError> {
        self.0.iter().try_for_each(|film| intake.movie(film.clone()).map(drop))
    }
}

fn film(title: &str, year: u16, ids: &[(Source, &str)]) -> MovieDraft {
    let id = |(source, id): &(Source, &str)| External::new(*source, Entity::Movie, id).unwrap();
    let released = crate::domain::PartialDate::new(year, None, None);
    MovieDraft { ids: ids.iter().map(id).collect(), title: title.to_owned(), released, ..MovieDraft::default() }
}

fn take(store: &Store, films: Vec<MovieDraft>) -> Report {
    let mut watch = Watch { progress: &mut |_| {}, cancelled: &|| false };
    let options = Options { place: "titles".to_owned(), listed: 9, ..Options::at(Timestamp(99)) };
    run(store, &Films(films), &options, &mut watch).unwrap()
}

#[test]
fn an_id_of_another_film_is_a_doubt() {
    use Source::{Imdb, Tmdb};
    let (_folder, store) = bench();
    take(&store, vec![film("Fog", 1930, &[(Imdb, "tt1"), (Tmdb, "5")])]);
    let report = take(&store, vec![film("Lamp", 1950, &[(Imdb, "tt2"), (Tmdb, "5")])]);
    assert_eq!((report.doubtful, report.movies.new), (1, 0));
    let txn = store.begin_read().unwrap();
    let row = txn.review(ReviewId(1)).unwrap().unwrap();
    assert_eq!((row.why, row.candidates[0].movie, row.candidates[0].id), (crate::domain::Why::Id, MovieId(1), true));
    drop(txn);
    let both = vec![film("Fog", 1930, &[(Imdb, "tt1")]), film("Haze", 1950, &[(Imdb, "tt3"), (Tmdb, "5")])];
    let report = take(&store, both);
    assert_eq!((report.doubtful, report.movies.new), (0, 1), "the movie is another film of the input for certain");
}

#[test]
fn a_row_is_bounded() {
    let (_folder, store) = bench();
    take(&store, vec![film("Fog", 1930, &[(Source::Tmdb, "5")])]);
    let mut large = film("Fog", 1931, &[(Source::Imdb, "tt2")]);
    large.alternative_titles = (0..9_000).map(|n| format!("title {n}")).collect();
    let report = take(&store, vec![large]);
    assert_eq!((report.doubtful, report.skipped, report.movies.new), (0, 1, 0));
    let says = report.skips[0].to_string();
    assert_eq!(says, "titles: skipped: “Fog” may be a film that is there, and is too large for the review queue");
}
