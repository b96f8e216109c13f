use super::*;
use crate::domain::{Account, AccountId, Key, Movie, MovieId, Person, Record};
use crate::store::read::Read as _;
use crate::transfer::Tally;

const LIST: &str = "Letterboxd list export v9\r
Date,Name,Tags,URL,Description\r
2021-11-06,Lamps ranked,,https://boxd.it/dLamp,\"three\r
lines,\r
long\"\r
\r
Position,Name,Year,URL,Description\r
1,The Lamp,2001,https://boxd.it/aB1,\r
2,Only Listed,1950,https://boxd.it/Li5t,\r
";
/// An archive of every table.
const FILES: &[(&str, &str)] = &[
    ("watched.csv", "\u{feff}Date,Name,Year,Letterboxd URI\r
2020-01-01,The Lamp,2001,https://boxd.it/aB1\r
2020-01-02,The lamp,2002,https://boxd.it/ab1\r
2020-01-03,\"Fog, \"\"Haar\"\", Mist\",,https://boxd.it/F0g\r
2020-01-04,Nowhere,2001,\r
2020-01-04,Wrong,20x1,https://boxd.it/xx\r
"),
    ("ratings.csv", "Date,Name,Year,Letterboxd URI,Rating\r\n2020-01-01,The Lamp,2001,https://boxd.it/aB1,4.5\r\n"),
    ("watchlist.csv", "Date,Name,Year,Letterboxd URI\r\n2020-05-01,Later,2030,https://boxd.it/L8r\r\n"),
    ("diary.csv", "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\r
2020-01-01,The Lamp,2001,https://boxd.it/entry1,4.5,,\"a, b\",2019-12-31\r
2020-01-02,The Lamp,2001,https://boxd.it/entry2,,Yes,,2020-01-02\r
2020-01-03,Diary Only,1999,https://boxd.it/entry3,,,,\r
2020-01-04,Diary Only,1999,https://boxd.it/entry4,,,,\r
2020-01-05,Yearless,,https://boxd.it/entry5,,,,\r
"),
    ("reviews.csv", "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\r
2020-01-01,The Lamp,2001,https://boxd.it/entry1,4.5,,\"<b>Two\r\nlines</b>\",,2019-12-31\r\n"),
    ("likes/films.csv", "Date,Name,Year,Letterboxd URI\r
2020-02-29,The Lamp,2001,https://boxd.it/aB1\r
,Later,2030,https://boxd.it/L8r\r
"),
    ("lists/lamps.csv", LIST),
    ("profile.csv", "Date Joined,Username,Given Name,Family Name,Email Address,Location,Website,Bio,Pronoun,Favorite Films\r
2019-01-01,ann,Ann,Lee,ann@example.org,,,,,\"https://boxd.it/Li5t, Fog, \"\"Haar\"\", Mist, https://boxd.it/gone, Unheard Of\"\r
"),
    ("comments.csv", "Date,Content\r\n2020-01-01,https://boxd.it/c\r\n"),
    ("deleted/diary.csv", "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\r\n2020-01-01,Deleted,2001,https://boxd.it/d,,,,\r\n"),
];

type Bench = crate::transfer::bench::Bench<Archive>;

impl Bench {
    fn new() -> Bench {
        let bench = Bench::empty();
        let mut writer = bench.store.begin_write().unwrap();
        let id = writer.next_account().unwrap();
        let account = Account { username: "ann".to_owned(), ..Account::default() };
        writer.set(Key::Account(id), Some(Record::Account(account))).unwrap();
        writer.commit().unwrap();
        bench
    }

    fn unpacked(&self, files: &[(&str, &str)]) -> PathBuf {
        let path = self.at("export");
        for (name, text) in files {
            self.file(path.join("letterboxd-ann").join(name), text);
        }
        path
    }

    fn zip(&self, files: &[(&str, &str)]) -> PathBuf {
        self.archive("letterboxd-ann.zip", files)
    }

    fn import(&self, path: &Path, account: Option<u32>) -> Result<Report, ImportError> {
        let options = Options { account: account.map(AccountId), ..Options::at(Timestamp(77)) };
        import(&self.store, path, &options, &mut |_| {}, &|| false)
    }

    fn titles(&self) -> Vec<String> {
        let txn = self.store.begin_read().unwrap();
        let titled = |movie: Movie| {
            let year = movie.released.map_or(String::new(), |date| format!(" {date}"));
            let ids: Vec<String> = movie.external.into_iter().map(|id| id.id).collect();
            format!("{}{year} {}", movie.title, ids.join(","))
        };
        (1..).map_while(|id| txn.movie(MovieId(id)).unwrap()).map(titled).collect()
    }

    fn favorites(&self) -> Vec<(u32, i64)> {
        let txn = self.store.begin_read().unwrap();
        let added = |id: u32| Some((id, txn.favorite(AccountId(1), MovieId(id)).unwrap()?.added.0));
        (1..20).filter_map(added).collect()
    }

    fn parts(&self, most: usize) -> Vec<String> {
        let mut parts = Vec::new();
        let mut part = |bytes: &[u8]| {
            parts.push(String::from_utf8(bytes.to_vec()).unwrap());
            Ok(())
        };
        export::tables(&self.store, AccountId(1), most, &mut part).unwrap();
        parts
    }

    fn exported(&self) -> Vec<String> {
        self.parts(1_000_000)
    }
}

#[test]
fn the_films_come_in_and_likes_are_favorites() {
    let bench = Bench::new();
    let report = bench.import(&bench.unpacked(FILES), Some(1)).unwrap();
    assert_eq!(
        bench.titles(),
        [
            "The Lamp 2001 aB1",
            "The lamp 2002 ab1",
            "Fog, \"Haar\", Mist F0g",
            "Later 2030 L8r",
            "Only Listed 1950 Li5t",
            "Diary Only 1999 "
        ]
    );
    assert_eq!(bench.favorites(), [(1, 1_582_934_400_000), (3, 77), (4, 77), (5, 77)]);
    assert_eq!((report.movies.new, report.favorites.new), (6, 4));
    let why: Vec<String> = report.skips.iter().map(|skip| format!("{}: {}", skip.line, skip.why)).collect();
    assert_eq!(
        why,
        [
            "5: it has no link to its film",
            "6: its year is 20x1, which is none",
            "6: nothing tells which film it is: it has no year, and no list has the film"
        ]
    );
    let said: Vec<&str> = report.notes.iter().map(|note| note.says.as_str()).collect();
    assert_eq!(
        said,
        [
            "the favorite https://boxd.it/gone is none of the films of the archive",
            "the favorite Unheard Of is none of the films of the archive"
        ]
    );
    let unkept: Vec<(&str, u64)> = report.unkept.into_iter().collect();
    assert_eq!(
        unkept,
        [
            ("comments", 1),
            ("entries of the diary", 4),
            ("films of the watchlist", 1),
            ("places of films in lists", 2),
            ("ratings", 1),
            ("reviews", 1),
            ("watched films", 3)
        ]
    );
    assert_eq!(report.read, report.movies.new + report.merged + report.skipped);
}

#[test]
fn the_same_again_changes_nothing() {
    let bench = Bench::new();
    bench.import(&bench.zip(FILES), Some(1)).unwrap();
    let revision = bench.revision();
    for path in [bench.zip(FILES), bench.unpacked(FILES)] {
        let again = bench.import(&path, Some(1)).unwrap();
        assert_eq!(again.movies, Tally { unchanged: 6, ..Tally::default() });
        assert_eq!(again.favorites, Tally { unchanged: 4, ..Tally::default() });
        assert_eq!(bench.revision(), revision);
    }
    assert!(crate::store::check::check(&bench.store).unwrap().is_clean());
}

#[test]
fn films_that_are_there_are_found_by_title_and_year() {
    let bench = Bench::new();
    let mut writer = bench.store.begin_write().unwrap();
    for (title, year) in [("The Lamp", "2001-03-04"), ("DIARY ONLY", "1999")] {
        let movie = Movie { title: title.to_owned(), released: year.parse().ok(), ..Movie::default() };
        let id = writer.next_movie().unwrap();
        writer.set(Key::Movie(id), Some(Record::Movie(movie))).unwrap();
    }
    writer.commit().unwrap();
    let report = bench.import(&bench.unpacked(FILES), None).unwrap();
    assert_eq!((report.movies.new, report.movies.changed, report.movies.unchanged), (4, 1, 1));
    assert_eq!(bench.titles()[..2], ["The Lamp 2001-03-04 aB1", "DIARY ONLY 1999 "]);
    let left = report.unkept.iter().find(|(what, _)| what.contains("favorites")).unwrap();
    assert!(*left.1 == 4 && left.0.contains("--as NAME") && bench.favorites().is_empty());
}

#[test]
fn archives_are_not_trusted() {
    let bench = Bench::new();
    let likes = FILES[5];
    let astray =
        [("../watched.csv", FILES[0].1), ("/watched.csv", FILES[0].1), ("a/../watched.csv", FILES[0].1), likes];
    let report = bench.import(&bench.zip(&astray), Some(1)).unwrap();
    assert_eq!((report.movies.new, report.skipped), (2, 3));
    assert!(report.skips[0].why.contains("lies outside the archive"), "{}", report.skips[0].why);
    let only_deleted = bench.import(&bench.zip(&FILES[9..]), Some(1)).unwrap_err().to_string();
    assert!(only_deleted.contains("holds no file named watched.csv"), "{only_deleted}");
    let revision = bench.revision();
    let bomb = format!("Date,Name,Year,Letterboxd URI\r\n2020-01-01,\"{}", "x".repeat(9 << 20));
    let refused = bench.import(&bench.zip(&[("watched.csv", &bomb)]), Some(1)).unwrap_err().to_string();
    assert!(refused.contains("watched.csv: line 2, column 1: a row takes more than 8 MiB"), "{refused}");
    let zip = bench.zip(FILES);
    let bytes = std::fs::read(&zip).unwrap();
    std::fs::write(&zip, &bytes[..bytes.len() - 30]).unwrap();
    assert!(bench.import(&zip, Some(1)).is_err());
    assert_eq!(bench.revision(), revision);
}

#[test]
fn favorites_go_out_as_a_table() {
    let bench = Bench::new();
    assert_eq!(bench.exported(), ["tmdbID,imdbID,Title,Year,Directors\n"]);
    bench.import(&bench.unpacked(FILES), Some(1)).unwrap();
    let mut writer = bench.store.begin_write().unwrap();
    let mut movie = writer.read().movie(MovieId(1)).unwrap().unwrap();
    for (last_name, full) in [("Lee", "Ann Lee"), ("Ray", "Bob Ray")] {
        let id = writer.next_person().unwrap();
        let person = Person { last_name: last_name.to_owned(), full_name: Some(full.to_owned()), ..Person::default() };
        writer.set(Key::Person(id), Some(Record::Person(person))).unwrap();
        movie.directors.push(id);
    }
    movie.external.extend(External::new(Source::Imdb, Entity::Movie, "tt7"));
    movie.external.extend(External::new(Source::Tmdb, Entity::Movie, "42"));
    writer.set(Key::Movie(MovieId(1)), Some(Record::Movie(movie))).unwrap();
    writer.commit().unwrap();
    assert_eq!(
        bench.exported(),
        ["tmdbID,imdbID,Title,Year,Directors
,,\"Fog, \"\"Haar\"\", Mist\",,
,,Later,2030,
,,Only Listed,1950,
42,tt0000007,The Lamp,2001,\"Ann Lee, Bob Ray\"
"]
    );
}

#[test]
fn many_favorites_go_out_in_parts() {
    let bench = Bench::new();
    bench.import(&bench.unpacked(FILES), Some(1)).unwrap();
    let parts = bench.parts(80);
    assert_eq!(parts.len(), 2);
    assert!(parts.iter().all(|part| part.len() <= 80 && part.starts_with("tmdbID,imdbID,Title,Year,Directors\n")));
    assert_eq!(parts.iter().map(|part| part.lines().count() - 1).sum::<usize>(), 4);
    assert_eq!(bench.parts(10).len(), 4, "a film that takes more than all has a table of its own");
}
