use super::*;
use crate::catalog::password::Cost;
use crate::domain::{Candidate, External, Likeness, Movie, PersonId, Timestamp, Why};
use crate::store::check;
use crate::transfer::{Report, Tally, wikipedia};
use std::collections::BTreeMap;

/// A catalogue with a few films, and lists to import into it.
struct Bench {
    folder: tempfile::TempDir,
    catalog: Catalog,
    moment: std::cell::Cell<i64>,
}

const THERE: &str = r#"[
  {"title": "Fog", "year": 1930, "cast": ["Ann Lee", "Bob Ray"], "genres": ["Drama"], "href": "Fog"},
  {"title": "Rain", "year": 1940, "cast": ["Cy Day"], "genres": [], "href": "Rain_(A)"},
  {"title": "Rain", "year": 1940, "cast": ["Di Fox"], "genres": [], "href": "Rain_(B)"},
  {"title": "Snow", "year": 1950, "cast": [], "genres": [], "href": "Snow"},
  {"title": "Hail", "year": 1960, "cast": [], "genres": [], "href": "Hail"}
]"#;

const COMING: &str = r#"[
  {"title": "Fog", "year": 1931, "cast": ["Ann Lee", "Eve Orr"], "genres": ["War"], "href": "Fog_(1931)", "extract": "Mist."},
  {"title": "Rain", "year": 1940, "cast": ["Di Fox"], "genres": [], "href": "Rain_(C)"},
  {"title": "Ice", "year": 1950, "cast": ["Flo Gil"], "genres": [], "href": "Ice"},
  {"title": "Hail", "cast": [], "genres": [], "href": "Hail_(x)"},
  {"title": "Sun", "year": 1970, "cast": ["Flo Gil"], "genres": [], "href": "Sun"}
]"#;

impl Bench {
    /// Films that no source knows, so that only their titles tell.
    fn new() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("films")).unwrap();
        let bench =
            Bench { catalog: Catalog::over(store, Cost::new(1, 1, 1), None), folder, moment: std::cell::Cell::new(10) };
        bench.import(THERE);
        let mut writer = bench.store().begin_write().unwrap();
        for id in (1..=5).map(MovieId) {
            let mut movie = writer.read().movie(id).unwrap().unwrap();
            movie.external.clear();
            if movie.title == "Snow" {
                movie.alternative_titles = vec!["Ice".to_owned()];
            }
            writer.set(Key::Movie(id), Some(Record::Movie(movie))).unwrap();
        }
        writer.commit().unwrap();
        bench
    }

    fn store(&self) -> &Store {
        self.catalog.store()
    }

    fn import(&self, list: &str) -> Report {
        self.import_with(list, |_| {})
    }

    fn import_with(&self, list: &str, with: impl FnOnce(&mut Options)) -> Report {
        let path = self.folder.path().join("list.json");
        std::fs::write(&path, list).unwrap();
        let mut options = Options { place: "list.json".to_owned(), ..Options::at(self.tick()) };
        with(&mut options);
        wikipedia::import(self.store(), &[path], &options, &mut |_| {}, &|| false).unwrap()
    }

    fn tick(&self) -> Timestamp {
        self.moment.set(self.moment.get() + 1);
        Timestamp(self.moment.get())
    }

    fn decide(&self, rows: &Rows, verdict: Verdict) -> (u64, u64) {
        let Reviewed { rows, left, .. } = self.try_to(Actor::Guest, rows, verdict).unwrap().reviewed;
        (rows, left)
    }

    fn try_to(&self, actor: Actor, rows: &Rows, verdict: Verdict) -> Result<Decided, Fault> {
        let options = Options { account: actor.account(), ..Options::at(self.tick()) };
        decide(&self.catalog, actor, rows, verdict, &options, &mut |_| {}, &|| false)
    }

    fn row(&self, title: &str) -> (ReviewId, Review) {
        let txn = self.store().begin_read().unwrap();
        let queue = txn.queue(false, None, None).unwrap();
        let mut rows = queue.iter().map(|id| (ReviewId(id), txn.review(ReviewId(id)).unwrap().unwrap()));
        rows.find(|(_, row)| row.film.movie.title == title).unwrap()
    }

    fn waiting(&self) -> u64 {
        self.store().begin_read().unwrap().queue(false, None, None).unwrap().len()
    }

    fn movie(&self, id: u32) -> Movie {
        self.store().begin_read().unwrap().movie(MovieId(id)).unwrap().unwrap()
    }

    /// Every record there is.
    fn records(&self) -> BTreeMap<Key, Record> {
        let txn = self.store().begin_read().unwrap();
        let mut all = BTreeMap::new();
        for id in 1..60 {
            let mut keys = vec![Key::Movie(MovieId(id)), Key::Person(PersonId(id)), Key::Review(ReviewId(id))];
            keys.push(Key::Genre(crate::domain::GenreId(id)));
            keys.push(Key::File(crate::domain::FileId(id)));
            keys.extend(txn.cast(MovieId(id)).unwrap().into_iter().map(|(id, _)| Key::Character(id)));
            all.extend(keys.into_iter().filter_map(|key| Some((key, txn.record(key).unwrap()?))));
        }
        all
    }

    fn turn(&self, undo: bool) -> String {
        use crate::catalog::Command;
        let command = if undo { Command::Undo } else { Command::Redo };
        match self.catalog.run(Actor::Guest, command).unwrap().outcome {
            Outcome::Undone(what) | Outcome::Redone(what) => what,
            other => panic!("{other:?}"),
        }
    }

    fn sound(&self) {
        assert_eq!(check::check(self.store()).unwrap().faults, []);
    }

    fn revision(&self) -> u64 {
        self.store().begin_read().unwrap().revision().unwrap()
    }
}

#[test]
fn what_is_doubtful_waits_with_candidates_and_why() {
    let bench = Bench::new();
    let report = bench.import(COMING);
    assert_eq!((report.doubtful, report.movies), (4, Tally { new: 1, ..Tally::default() }));
    let (_, fog) = bench.row("Fog");
    assert_eq!((fog.source, fog.place.as_str(), fog.why), (Source::Wikipedia, "list.json", Why::Year));
    let likely = |movie, title, apart, people| Candidate { movie: MovieId(movie), title, apart, people, id: false };
    assert_eq!(fog.candidates, [likely(1, Likeness::Same, Some(1), 1)]);
    assert_eq!(fog.film.people.len(), 2);
    let (_, rain) = bench.row("Rain");
    assert_eq!(rain.why, Why::Several);
    let both = [likely(3, Likeness::Same, Some(0), 1), likely(2, Likeness::Same, Some(0), 0)];
    assert_eq!(rain.candidates, both, "the one with the same actor first");
    let (_, ice) = bench.row("Ice");
    assert_eq!((ice.why, &ice.candidates[..]), (Why::Alternative, &[likely(4, Likeness::Alternative, Some(0), 0)][..]));
    let (_, hail) = bench.row("Hail");
    assert_eq!((hail.why, &hail.candidates[..]), (Why::Undated, &[likely(5, Likeness::Same, None, 0)][..]));
    let names: Vec<String> = bench
        .records()
        .values()
        .filter_map(|record| match record {
            Record::Person(person) => Some(person.name()),
            _ => None,
        })
        .collect();
    assert!(names.contains(&"Flo Gil".to_owned()) && !names.contains(&"Eve Orr".to_owned()), "{names:?}");
    bench.sound();
}

#[test]
fn the_same_again_waits_no_second_time() {
    let bench = Bench::new();
    bench.import(COMING);
    let (revision, records) = (bench.revision(), bench.records());
    let report = bench.import(COMING);
    assert_eq!((report.doubtful, report.movies), (4, Tally { unchanged: 1, ..Tally::default() }));
    assert_eq!((bench.revision(), bench.records() == records), (revision, true));
}

#[test]
fn a_trial_counts_and_changes_nothing() {
    let bench = Bench::new();
    let revision = bench.revision();
    let report = bench.import_with(COMING, |options| options.dry_run = true);
    assert_eq!((report.doubtful, report.movies.new, report.for_good), (4, 1, false));
    assert_eq!((bench.revision(), bench.waiting()), (revision, 0));
    assert!(report.lines().iter().any(|line| line.contains("4 may be films that are there")), "{report:?}");
}

#[test]
fn what_is_accepted_is_merged_and_known_from_then_on() {
    let bench = Bench::new();
    bench.import(COMING);
    let (fog, _) = bench.row("Fog");
    assert_eq!(bench.decide(&Rows::These(vec![fog]), Verdict::Accept(None)), (1, 0));
    let movie = bench.movie(1);
    assert_eq!(movie.external, [External { source: Source::Wikipedia, id: "Fog_(1931)".to_owned() }]);
    assert_eq!((movie.genres.len(), movie.description.as_deref()), (2, Some("Mist.")));
    let txn = bench.store().begin_read().unwrap();
    let cast = txn.cast(MovieId(1)).unwrap();
    let names: Vec<String> = cast.iter().map(|(_, one)| txn.person(one.actors[0]).unwrap().unwrap().name()).collect();
    assert_eq!(names, ["Ann Lee", "Bob Ray", "Eve Orr"], "who was there is not made again");
    drop(txn);
    let (rain, _) = bench.row("Rain");
    assert_eq!(bench.decide(&Rows::These(vec![rain]), Verdict::Accept(Some(MovieId(2)))), (1, 0));
    assert_eq!(bench.movie(2).external[0].id, "Rain_(C)", "chosen, though not the best");
    let (hail, _) = bench.row("Hail");
    bench.decide(&Rows::These(vec![hail]), Verdict::New);
    assert_eq!(bench.movie(7).title, "Hail");
    let revision = bench.revision();
    let report = bench.import(COMING);
    assert_eq!((report.doubtful, report.movies), (1, Tally { unchanged: 4, ..Tally::default() }));
    assert_eq!(bench.revision(), revision);
    bench.sound();
}

#[test]
fn what_is_put_aside_stays_there() {
    let bench = Bench::new();
    bench.import(COMING);
    let (ice, _) = bench.row("Ice");
    assert_eq!(bench.decide(&Rows::These(vec![ice]), Verdict::Skip), (1, 0));
    assert_eq!(bench.waiting(), 3);
    let revision = bench.revision();
    let report = bench.import(COMING);
    assert_eq!((report.doubtful, report.put_aside, bench.revision()), (4, 1, revision));
    assert_eq!(bench.decide(&Rows::These(vec![ice]), Verdict::New), (1, 0), "unless asked");
    assert_eq!(bench.movie(7).title, "Ice");
    bench.sound();
}

#[test]
fn all_of_a_kind_are_one_step() {
    let bench = Bench::new();
    bench.import(COMING);
    let before = bench.records();
    assert_eq!(bench.decide(&Rows::Alike { why: Some(Why::Year), source: None }, Verdict::Accept(None)), (1, 0));
    let all = Rows::Alike { why: None, source: Some(Source::Wikipedia) };
    assert_eq!(bench.decide(&Rows::Alike { why: None, source: Some(Source::Imdb) }, Verdict::Skip), (0, 0));
    assert_eq!(bench.decide(&all, Verdict::New), (3, 0));
    let after = bench.records();
    assert_eq!(bench.waiting(), 0);
    assert_eq!(bench.turn(true), "the review of 3 films");
    assert_eq!(bench.waiting(), 3);
    assert_eq!(bench.turn(true), "the review of “Fog”");
    assert!(bench.records() == before);
    bench.sound();
    bench.turn(false);
    bench.turn(false);
    assert!(bench.records() == after);
    bench.sound();
}

#[test]
fn an_import_is_one_step_that_can_be_undone() {
    let bench = Bench::new();
    let before = bench.records();
    bench.import(COMING);
    let after = bench.records();
    assert_eq!(bench.turn(true), "the import of list.json");
    assert!(bench.records() == before, "its rows of the queue go too");
    bench.sound();
    bench.turn(false);
    assert!(bench.records() == after);
    bench.sound();
}

#[test]
fn a_large_import_says_that_it_is_for_good() {
    let bench = Bench::new();
    let film = |n: u32| format!(r#"{{"title": "Film {n}", "year": 1950, "extract": "{}"}}"#, "word ".repeat(2_000));
    let films: Vec<String> = (0..500).map(film).collect();
    let list = format!("[{}]", films.join(","));
    assert!(bench.import_with(&list, |options| options.dry_run = true).for_good);
    let path = bench.folder.path().join("list.json");
    let mut phases = Vec::new();
    let options = Options { place: "much".to_owned(), ..Options::at(bench.tick()) };
    let report = wikipedia::import(bench.store(), &[path], &options, &mut |at| phases.push(at.phase), &|| false);
    assert!(report.unwrap().for_good);
    let first = phases.iter().position(|phase| *phase == Phase::WritingForGood);
    assert!(first.is_some() && !phases.contains(&Phase::Writing), "said before a row is written");
    let next = bench.store().next_turn(None, true).unwrap();
    assert_eq!(next.as_deref(), Some("the import of list.json"), "only what came before it");
}

#[test]
fn several_films_of_the_input_may_be_one() {
    let bench = Bench::new();
    let report = bench.import(
        r#"[{"title": "Fog", "year": 1930, "cast": ["Ann Lee"], "href": "Fog_(A)"},
            {"title": "Fog", "year": 1930, "cast": ["Gus Hall"], "href": "Fog_(B)"}]"#,
    );
    assert_eq!(report.doubtful, 2);
    assert_eq!(bench.row("Fog").1.why, Why::Claimed);
    let all = Rows::Alike { why: Some(Why::Claimed), source: None };
    assert_eq!(bench.decide(&all, Verdict::Accept(None)), (2, 0));
    let ids: Vec<String> = bench.movie(1).external.into_iter().map(|one| one.id).collect();
    assert_eq!(ids, ["Fog_(A)", "Fog_(B)"], "an entity may have several ids of a source");
    bench.sound();
}

#[test]
fn what_is_gone_is_no_candidate() {
    let bench = Bench::new();
    bench.import(COMING);
    let (fog, _) = bench.row("Fog");
    bench.catalog.run(Actor::Guest, crate::catalog::Command::Remove(vec![Key::Movie(MovieId(1))])).unwrap();
    let gone = |rows, verdict| bench.try_to(Actor::Guest, &Rows::These(rows), verdict);
    let chosen = Verdict::Accept(Some(MovieId(1)));
    assert_eq!(gone(vec![fog], chosen), Err(Fault::Gone(Key::Movie(MovieId(1)))));
    assert_eq!(gone(vec![ReviewId(99)], Verdict::New), Err(Fault::Gone(Key::Review(ReviewId(99)))));
    assert_eq!(bench.decide(&Rows::These(vec![fog]), Verdict::Accept(None)), (0, 1));
    assert_eq!(bench.waiting(), 4);
    bench.sound();
}

#[test]
fn only_who_may_edit_decides() {
    use crate::catalog::{Command, Secret};
    let bench = Bench::new();
    bench.import(COMING);
    let sign_up = |name: &str| Command::SignUp {
        username: name.to_owned(),
        password: Secret::new("a long enough one".to_owned()),
        email: None,
        remember: false,
    };
    let actor = |command| match bench.catalog.run(Actor::Guest, command).unwrap().outcome {
        Outcome::SignedIn(who) => Actor::Account(who.id),
        other => panic!("{other:?}"),
    };
    let (curator, member) = (actor(sign_up("ada")), actor(sign_up("bo")));
    let all = Rows::Alike { why: None, source: None };
    let ask = |actor| bench.try_to(actor, &all, Verdict::New);
    assert_eq!(ask(Actor::Guest), Err(Fault::SignInFirst));
    assert_eq!(ask(member), Err(Fault::NotAllowed("a curator")));
    assert!(ask(curator).is_ok());
    assert_eq!(bench.waiting(), 0);
}

/// Imports of many films that share people, genres, pictures and titles, and decisions on what is doubtful in them,
/// undone and done again: every record is as it was after each step.
#[test]
fn steps_of_hundreds_of_records_lead_back_and_forth() {
    let bench = Bench::new();
    let mut seed = 7_u64;
    let mut dice = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let titles = ["Fog", "Rain", "Snow", "Ice", "Hail", "Sun", "Wind", "Dew", "Frost", "Mist", "Thaw", "Gale"];
    let mut records = vec![bench.records()];
    for round in 0..6 {
        if round == 3 {
            let verdict = Verdict::Accept(None);
            assert!(bench.decide(&Rows::Alike { why: None, source: None }, verdict).0 > 1);
            records.push(bench.records());
        }
        let film = |_| {
            let cast: Vec<String> = (0..dice(6)).map(|_| format!("\"Person {}\"", dice(12))).collect();
            format!(
                r#"{{"title": "{}", "year": {}, "cast": [{}], "genres": ["{}"], "href": "F{}", "thumbnail": "https://example.org/{}.png"}}"#,
                titles[dice(12) as usize],
                1928 + dice(40),
                cast.join(","),
                ["Drama", "War", "Noir"][dice(3) as usize],
                dice(40),
                dice(30),
            )
        };
        let films: Vec<String> = (0..60).map(film).collect();
        bench.import(&format!("[{}]", films.join(",")));
        records.push(bench.records());
    }
    bench.sound();
    for before in records.iter().rev().skip(1) {
        bench.turn(true);
        assert!(bench.records() == *before);
    }
    bench.sound();
    for after in &records[1..] {
        bench.turn(false);
        assert!(bench.records() == *after);
    }
    bench.sound();
}

#[test]
fn stopped_amid_many_nothing_is_decided() {
    let bench = Bench::new();
    bench.import(COMING);
    let (before, revision) = (bench.waiting(), bench.revision());
    let all = Rows::Alike { why: None, source: None };
    for verdict in [Verdict::Accept(None), Verdict::New, Verdict::Skip] {
        let told = std::cell::Cell::new(0);
        let options = Options::at(bench.tick());
        let decided =
            decide(&bench.catalog, Actor::Guest, &all, verdict, &options, &mut |_| told.set(told.get() + 1), &|| {
                told.get() > 1
            });
        assert_eq!(decided, Err(Fault::Cancelled), "{verdict:?}");
        assert_eq!((bench.waiting(), bench.revision()), (before, revision));
    }
    bench.sound();
}
