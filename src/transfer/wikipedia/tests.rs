use super::*;
use crate::domain::{Gender, Key, Movie, MovieId, Person, PersonId, Record, Role, Timestamp};
use crate::store::read::Read;
use crate::transfer::Tally;
use std::io::Write;

const FILMS: &str = r#"[
  {"title": "The Lamp", "year": 1921, "cast": ["Ann Lee", "(", "nominee)", "Sr.", "Béla Kiss", "Bob Ray", "Sr."],
   "genres": ["Drama", "Sport", "Silent"], "href": "The_Lamp_(1921_film)", "extract": "A lamp\nburns.",
   "thumbnail": "https://example.org/a/Lamp.PNG", "thumbnail_width": 200, "thumbnail_height": 300},
  {"title": "The Lamp", "year": 1922, "cast": ["Bela Kiss", "Cy Day", "Béla Kiss"], "genres": ["Sports", "War"], "href": "The_Lamp_(1921_film)"},
  {"title": "The Lamp", "year": 1951, "cast": ["Ann Lee"], "genres": [], "href": "The_Lamp_(1921_film)"},
  {"title": "Fog", "year": 1930, "cast": [], "genres": ["Short"], "href": null},
  {"title": "FOG!", "year": 1930, "cast": ["Ann Lee"], "genres": ["Animated"], "href": null},
  {"title": "Rain .x{color:red}", "year": 1930, "cast": [], "genres": [], "href": null},
  {"title": "", "year": 1930, "cast": [], "genres": []},
  {"title": 7, "year": 1930},
  {"title": "Carmen", "year": 1915, "cast": ["Ann Lee", "Ann Lee", "Bela Kiss", "Ann Lee"], "genres": [], "href": "Carmen_(1915_A_film)"},
  {"title": "Carmen", "year": 1915, "cast": ["Cy Day"], "genres": [], "href": "Carmen_(1915_B_film)", "unheard": {"of": [1, "}"]}}
]"#;

type Bench = crate::transfer::bench::Bench<Lists>;

impl Bench {
    fn import(&self, bytes: impl AsRef<[u8]>, now: i64) -> Result<Report, ImportError> {
        let path = self.file("list.json", bytes);
        import(&self.store, &[path], &Options::at(Timestamp(now)), &mut |_| {}, &|| false)
    }

    fn cast(&self, id: u32) -> Vec<(String, Role, u32)> {
        let txn = self.store.begin_read().unwrap();
        let actor = |id: PersonId| txn.person(id).unwrap().unwrap().name();
        let cast = txn.cast(MovieId(id)).unwrap();
        cast.into_iter().map(|(_, one)| (actor(one.actors[0]), one.role, one.billing)).collect()
    }

    fn set(&self, key: Key, record: Record) {
        let mut writer = self.store.begin_write().unwrap();
        writer.set(key, Some(record)).unwrap();
        writer.commit().unwrap();
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn takes_what_the_lists_tell() {
    let bench = Bench::empty();
    let report = bench.import(FILMS, 5).unwrap();
    assert_eq!((report.read, report.merged, report.skipped, report.doubtful), (10, 2, 3, 0));
    assert_eq!(report.movies, Tally { new: 5, changed: 0, unchanged: 0 });
    assert_eq!(report.people, Tally { new: 4, changed: 0, unchanged: 0 });
    let skips: Vec<_> = report.skips.iter().map(|skip| (skip.line, skip.record, skip.why.as_str())).collect();
    assert_eq!(skips[0], (9, 6, "its title holds a pasted style sheet"));
    assert_eq!(skips[1], (10, 7, "it has no title"));
    assert_eq!((skips[2].0, skips[2].1), (11, 8));
    assert!(skips[2].2.contains("invalid type"), "{skips:?}");

    let lamp = bench.movie(1);
    assert_eq!((lamp.title.as_str(), lamp.released), ("The Lamp", PartialDate::new(1921, None, None)));
    assert_eq!(lamp.description.as_deref(), Some("A lamp\nburns."));
    assert_eq!(lamp.external, [External { source: Source::Wikipedia, id: "The_Lamp_(1921_film)".to_owned() }]);
    assert_eq!(lamp.origins.of(Field::Countries), Origin::Derived);
    use Role::{Leading, Supporting};
    let cast =
        [("Ann Lee", Leading, 0), ("Béla Kiss", Leading, 1), ("Bob Ray Sr.", Leading, 2), ("Cy Day", Supporting, 3)];
    assert_eq!(bench.cast(1), cast.map(|(name, role, billing)| (name.to_owned(), role, billing)));
    let txn = bench.store.begin_read().unwrap();
    let genres: Vec<String> = lamp.genres.iter().map(|id| txn.genre(*id).unwrap().unwrap().name).collect();
    assert_eq!(genres, ["Drama", "Sports", "Silent", "War"]);
    let country = txn.country(lamp.countries[0]).unwrap().unwrap();
    assert_eq!((country.name.as_str(), country.code.as_deref()), ("United States", Some("US")));
    let poster = txn.file(lamp.poster.unwrap()).unwrap().unwrap();
    assert_eq!(
        (poster.name.as_str(), poster.mime.as_str(), poster.width, poster.height),
        ("Lamp.PNG", "image/png", Some(200), Some(300))
    );
    let bela = txn.person(PersonId(2)).unwrap().unwrap();
    assert_eq!(
        (bela.first_name.as_str(), bela.last_name.as_str(), bela.external[0].id.as_str()),
        ("Béla", "Kiss", "~bela kiss")
    );
    assert_eq!(bench.movie(2).external[0].id, "~the lamp 1951", "an article is one film's");
    assert_eq!((bench.movie(3).title.as_str(), bench.movie(3).kind), ("Fog", MovieKind::Short));
    assert_eq!(bench.cast(3).len(), 1);
}

#[test]
fn the_same_again_changes_nothing() {
    let bench = Bench::empty();
    bench.import(FILMS, 5).unwrap();
    let revision = bench.revision();
    let report = bench.import(FILMS, 6).unwrap();
    assert_eq!(report.movies, Tally { new: 0, changed: 0, unchanged: 5 });
    assert_eq!(report.people, Tally { new: 0, changed: 0, unchanged: 4 });
    assert_eq!(report.characters, Tally { new: 0, changed: 0, unchanged: 9 });
    assert_eq!(bench.revision(), revision);
}

#[test]
fn what_was_edited_here_stays_and_the_rest_follows_the_list() {
    let bench = Bench::empty();
    bench.import(r#"[{"title": "Fog", "year": 1930, "cast": ["Ann Lee"], "genres": ["War"], "href": "Fog", "extract": "Old."}]"#, 5).unwrap();
    let movie = bench.movie(1);
    let origins = movie.origins.with(Field::Genres, Origin::Edited).with(Field::Name, Origin::Edited);
    bench.set(
        Key::Movie(MovieId(1)),
        Record::Movie(Movie { title: "Mist".to_owned(), genres: Vec::new(), origins, ..movie }),
    );
    let report = bench.import(r#"[{"title": "Fog", "year": 1931, "cast": ["Ann Lee", "Cy Day"], "genres": ["War"], "href": "Fog", "extract": "New."}]"#, 9).unwrap();
    assert_eq!(report.movies, Tally { new: 0, changed: 1, unchanged: 0 });
    assert_eq!(report.characters, Tally { new: 1, changed: 0, unchanged: 1 });
    let movie = bench.movie(1);
    assert_eq!((movie.title.as_str(), movie.genres.len(), movie.description.as_deref()), ("Mist", 0, Some("New.")));
    assert_eq!((movie.updated, movie.created), (Timestamp(9), Timestamp(5)));
    assert_eq!(movie.released, PartialDate::new(1931, None, None));
}

#[test]
fn finds_the_films_that_are_there() {
    let bench = Bench::empty();
    let person = |name: &str| {
        let (first_name, last_name) = crate::domain::split_name(name);
        Person {
            first_name,
            last_name,
            full_name: None,
            other_names: Vec::new(),
            biography: None,
            born: None,
            died: None,
            gender: Gender::Unknown,
            country: None,
            photos: Vec::new(),
            primary_photo: None,
            external: Vec::new(),
            origins: Origins::EDITED,
            created: Timestamp(1),
            updated: Timestamp(1),
        }
    };
    crate::transfer::starter::load(&bench.store, Timestamp(1)).unwrap();
    let txn = bench.store.begin_read().unwrap();
    let count = txn.count(Entity::Movie).unwrap() as u32;
    let people = txn.count(Entity::Person).unwrap() as u32;
    let id = (1..=count).map(MovieId).find(|id| txn.movie(*id).unwrap().unwrap().title == "Casablanca").unwrap();
    let (lead, actor) = {
        let cast = txn.cast(id).unwrap();
        (cast[0].0, cast[0].1.actors[0])
    };
    let name = txn.person(actor).unwrap().unwrap().name();
    let before = txn.character(lead).unwrap();
    let poster = txn.movie(id).unwrap().unwrap().poster;
    drop(txn);
    bench.set(Key::Person(PersonId(people + 1)), Record::Person(person("Ann Lee")));
    let list = format!(
        r#"[{{"title": "Other", "year": 1940, "cast": ["{name}", "Ann Lee"], "genres": []}},
        {{"title": "Casablanca", "year": 1942, "cast": ["{name}"], "genres": [], "href": "Casablanca_(film)", "thumbnail": "ftp://no"}}]"#
    );
    let report = bench.import(&list, 9).unwrap();
    assert_eq!(report.movies, Tally { new: 1, changed: 1, unchanged: 0 });
    assert_eq!(
        report.people,
        Tally { new: 1, changed: 1, unchanged: 0 },
        "the actor is known from the cast, Ann Lee is not"
    );
    let txn = bench.store.begin_read().unwrap();
    assert_eq!(txn.character(lead).unwrap(), before);
    let movie = txn.movie(id).unwrap().unwrap();
    assert_eq!((movie.external.len(), movie.poster), (1, poster));
    assert_eq!(txn.credits(actor).unwrap().iter().filter(|credit| credit.movie.0 > count).count(), 1);
    drop(txn);
    let revision = bench.revision();
    assert_eq!(bench.import(&list, 10).unwrap().movies.unchanged, 2);
    assert_eq!(bench.revision(), revision);
}

#[test]
fn a_dry_run_tells_and_does_nothing() {
    let bench = Bench::empty();
    let path = bench.file("films.json", FILMS);
    let options = Options { dry_run: true, listed: 1, ..Options::at(Timestamp(5)) };
    let report = import(&bench.store, &[path], &options, &mut |_| {}, &|| false).unwrap();
    assert_eq!((report.movies.new, report.skips.len(), report.skipped, report.dry_run), (5, 1, 3, true));
    assert_eq!(bench.revision(), 0);
}

#[test]
fn reads_folders_and_packed_files() {
    let bench = Bench::empty();
    let folder = bench.at("lists");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("b.json.gz"), gzip(br#"[{"title": "B", "year": 1930}]"#)).unwrap();
    std::fs::write(folder.join("a.json"), b"\xef\xbb\xbf[\r\n{\"title\": \"A\", \"year\": 1930}]\r\n").unwrap();
    std::fs::write(folder.join("notes.txt"), b"no").unwrap();
    let mut told = Vec::new();
    let options = Options::at(Timestamp(5));
    let report =
        import(&bench.store, std::slice::from_ref(&folder), &options, &mut |progress| told.push(progress), &|| false)
            .unwrap();
    assert_eq!(report.movies.new, 2);
    assert_eq!(bench.movie(1).title, "A");
    assert!(told.iter().all(|progress| progress.done <= progress.total));
    let cancelled = import(&bench.store, &[folder], &options, &mut |_| {}, &|| true);
    assert!(matches!(cancelled, Err(ImportError::Cancelled)));
    let empty = bench.at("empty");
    std::fs::create_dir(&empty).unwrap();
    for path in [empty, bench.at("gone.json")] {
        let error = import(&bench.store, std::slice::from_ref(&path), &options, &mut |_| {}, &|| false).unwrap_err();
        assert!(error.to_string().starts_with(&path.display().to_string()), "{error}");
    }
}

#[test]
fn damage_is_said_with_its_place_and_changes_nothing() {
    let bench = Bench::empty();
    let whole = br#"[{"title": "A", "year": 1930}]"#;
    for (bytes, place) in [
        (&br#"{"title": "A"}"#[..], "line 1, column 1"),
        (b"[{\"title\": \"A\"},\n {\"title\": \"B\",}]", "line 2, column 16"),
        (b"[{\"title\": \"A\"}\n {\"title\": \"B\"}]", "line 2, column 2"),
        (b"[{\"title\": \"A\"}", "line 1, column 16"),
        (b"[{\"title\": \"A\"}] x", "line 1, column 18"),
        (b"[{\"title\": \"A\xff\"}]", "line 1, column"),
        (b"[\n\n{\"title\": tru}]", "line 3, column"),
        (b"[,]", "line 1, column 2"),
        (b"", "line 1, column 1"),
        (b"not json at all", "line 1, column 1"),
    ] {
        let error = bench.import(bytes, 5).unwrap_err();
        assert!(error.to_string().contains(place), "{error}");
        assert!(error.to_string().contains("list.json"));
    }
    let packed = gzip(FILMS.as_bytes());
    for bytes in [&packed[..packed.len() - 9], &packed[..40], &[&packed[..60], &[0xff; 60]].concat()] {
        assert!(bench.import(bytes, 5).unwrap_err().to_string().contains("Nothing was imported"));
    }
    let huge = [b"[{\"title\": \"", vec![b'a'; 9 << 20].as_slice(), b"\"}]"].concat();
    assert!(bench.import(huge, 5).unwrap_err().to_string().contains("8 MiB"));
    let bomb = gzip(&[b"[".as_slice(), vec![b' '; 100 << 20].as_slice(), b"]"].concat());
    assert!(bench.import(bomb, 5).unwrap_err().to_string().contains("far more"));
    assert_eq!(bench.revision(), 0);
    assert_eq!(bench.import(whole, 5).unwrap().movies.new, 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    #[test]
    fn damaged_lists_are_answered(at in 0..FILMS.len(), byte: u8, cut: bool) {
        let mut bytes = FILMS.as_bytes().to_vec();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let bench = Bench::empty();
        if bench.import(&bytes, 5).is_err() {
            proptest::prop_assert_eq!(bench.revision(), 0);
        }
    }
}
