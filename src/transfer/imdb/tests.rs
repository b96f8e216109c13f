use super::*;
use crate::domain::{
    Character, Entity, External, Gender, Movie, MovieId, MovieKind, Person, PersonId, Role, Timestamp,
};
use crate::store::check::check;
use crate::store::read::Read;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

const BASICS: &str = "tconst	titleType	primaryTitle	originalTitle	isAdult	startYear	endYear	runtimeMinutes	genres
tt0000001	movie	The Lantern	The Lantern	0	1921	\\N	70	Drama,Film-Noir
tt0000002	tvEpisode	\"Rolling in the Deep Dish	\"Rolling in the Deep Dish	0	2019	\\N	\\N	\\N
tt0000003	movie	\"Half a Quote	Ein halbes Zeichen	0	1950	\\N	5000	\\N
tt12345678	short	Rain	Rain	0	\\N	\\N	9	Short
tt0000001	movie	The Lantern	The Lantern	0	1921	\\N	70	Drama,Film-Noir
tt0000004	tvPilotOfTomorrow	Odd	Odd	0	1990	\\N	\\N	\\N
tt0000005	movie	\\N	\\N	0	1990	\\N	\\N	\\N
tt0000006	movie	Torn
tt0000007	movie	No Year	No Year	0	19x0	\\N	\\N	\\N
";
const RATINGS: &str = "tconst	averageRating	numVotes
tt0000001	7.3	120
tt12345678	10.0	5
tt0000003	high	5
";
const CREW: &str = "tconst	directors	writers
tt0000001	nm0000002,nm0000001	nm0000001
tt0000003	\\N	\\N
";
const PRINCIPALS: &str = "tconst	ordering	nconst	category	job	characters
tt0000001	1	nm0000009	self	\\N	[\"Self\"]
tt0000001	3	nm0000003	actress	\\N	[\"Ann\",\"Anna\"]
tt0000001	2	nm0000001	actor	\\N	[\"Jake \\\"Bud\\\" Sully\"]
tt0000001	2	nm0000001	actor	\\N	[\"Jake \\\"Bud\\\" Sully\"]
tt0000001	4	nm0000001	director	\\N	\\N
tt0000001	5	nm0000002	writer	screenplay by	\\N
tt0000001	6	nm0000002	stunt_llama	\\N	\\N
tt0000001	7	nm10000000	archive_footage	\\N	[\"Ren\\u00e9\"]
tt0000001	8	nm0000404	actor	\\N	[\"Nobody\"]
tt0000003	1	nm0000009	self	\\N	\\N
tt12345678	1	nm0000003	actress	\\N	Rosa
tt12345678	x	nm0000003	actress	\\N	\\N
tt0000002	1	nm0000003	actress	\\N	\\N
";
const NAMES: &str = "nconst	primaryName	birthYear	deathYear	primaryProfession	knownForTitles
nm0000001	Jan van der Berg	1899	1980	actor,director	\\N
nm0000002	Laura Bailey	\\N	\\N	writer	\\N
nm0000003	Laura Bailey	1899	\\N	actress	tt0000001
nm0000003	Laura Bailey	1899	\\N	actress	tt0000001
nm0000009	Cher	1946	\\N	\\N	\\N
nm10000000	Ōta Ren	\\N	\\N	\\N	\\N
nm0000777	Not In It	\\N	\\N	\\N	\\N
";
const AKAS: &str = "titleId	ordering	title	region	language	types	attributes	isOriginalTitle
tt0000001	1	The Lantern	\\N	\\N	original	\\N	1
tt0000001	2	Фонарь	SUHH	ru	imdbDisplay\u{2}tv	\\N	0
tt0000001	3	Die Laterne	DE	\\N	working	\\N	0
tt0000099	1	Elsewhere	DE	\\N	working	\\N	0
";

struct Bench {
    folder: tempfile::TempDir,
    store: Store,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("films")).unwrap();
    let bench = Bench { folder, store };
    for (name, table) in [
        ("title.basics", BASICS),
        ("title.ratings", RATINGS),
        ("title.crew", CREW),
        ("title.principals", PRINCIPALS),
        ("name.basics", NAMES),
        ("title.akas", AKAS),
    ] {
        bench.put(name, table);
    }
    bench
}

fn all() -> Wanted {
    Wanted { kinds: vec![MovieKind::Movie, MovieKind::Short], akas: true, ..Wanted::default() }
}

impl Bench {
    fn put(&self, name: &str, table: &str) {
        std::fs::write(self.folder.path().join(format!("{name}.tsv")), table).unwrap();
    }

    fn try_import(&self, wanted: &Wanted, now: i64) -> Result<Report, ImportError> {
        let options = Options::at(Timestamp(now));
        import(&self.store, self.folder.path(), wanted, &options, &mut |_| {}, &|| false)
    }

    fn import(&self, wanted: &Wanted, now: i64) -> Report {
        let report = self.try_import(wanted, now).unwrap();
        assert!(check(&self.store).unwrap().is_clean());
        report
    }

    fn movie(&self, imdb: &str) -> (MovieId, Movie) {
        let txn = self.store.begin_read().unwrap();
        let id = External::new(Source::Imdb, Entity::Movie, imdb).unwrap();
        let id = MovieId(txn.external(Entity::Movie, &id).unwrap().unwrap());
        (id, txn.movie(id).unwrap().unwrap())
    }

    fn person(&self, imdb: &str) -> (PersonId, Person) {
        let txn = self.store.begin_read().unwrap();
        let id = External::new(Source::Imdb, Entity::Person, imdb).unwrap();
        let id = PersonId(txn.external(Entity::Person, &id).unwrap().unwrap());
        (id, txn.person(id).unwrap().unwrap())
    }

    fn cast(&self, imdb: &str) -> Vec<Character> {
        let (id, _) = self.movie(imdb);
        let cast = self.store.begin_read().unwrap().cast(id).unwrap();
        let mut cast: Vec<Character> = cast.into_iter().map(|(_, character)| character).collect();
        cast.sort_by_key(|character| character.billing);
        cast
    }

    fn everything(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        crate::transfer::jsonl::export(&self.store.begin_read().unwrap(), None, &mut lines, &mut |_, _| true).unwrap();
        lines
    }
}

#[test]
fn films_come_with_people_and_casts() {
    let bench = bench();
    let report = bench.import(&all(), 7);
    assert_eq!((report.movies.new, report.people.new, report.characters.new), (3, 5, 6));
    let (_, lantern) = bench.movie("tt0000001");
    assert_eq!((lantern.title.as_str(), lantern.original_title.as_deref()), ("The Lantern", None));
    assert_eq!((lantern.duration, lantern.rating, lantern.votes), (Some(4200), Some(730), Some(120)));
    assert_eq!(lantern.alternative_titles, ["Фонарь", "Die Laterne"]);
    assert_eq!(lantern.released, Some("1921".parse().unwrap()));
    assert_eq!(lantern.directors, [bench.person("nm0000002").0, bench.person("nm0000001").0]);
    let (_, quote) = bench.movie("tt0000003");
    assert_eq!(quote.title, "\"Half a Quote");
    assert_eq!((quote.original_title.as_deref(), quote.duration), (Some("Ein halbes Zeichen"), None));
    assert_eq!(bench.movie("tt12345678").1.kind, MovieKind::Short);

    let (_, jan) = bench.person("nm0000001");
    assert_eq!((jan.first_name.as_str(), jan.last_name.as_str(), jan.gender), ("Jan", "van der Berg", Gender::Male));
    assert_eq!((jan.born, jan.died), (Some("1899".parse().unwrap()), Some("1980".parse().unwrap())));
    assert_ne!(bench.person("nm0000002").0, bench.person("nm0000003").0, "namesakes");
    assert_eq!(bench.person("nm10000000").1.name(), "Ōta Ren");

    let cast = bench.cast("tt0000001");
    let told: Vec<(&str, Role)> = cast.iter().map(|one| (one.name.as_str(), one.role)).collect();
    assert_eq!(
        told,
        [
            ("Jake \"Bud\" Sully", Role::Leading),
            ("Ann", Role::Leading),
            ("Anna", Role::Leading),
            ("Self", Role::Supporting),
            ("René", Role::Background),
        ]
    );
    assert_eq!(cast[1].actors, cast[2].actors);
    let own = bench.cast("tt0000003");
    assert_eq!((own[0].name.as_str(), own[0].role), ("", Role::Leading), "nobody acts in it");
}

#[test]
fn what_does_not_come_in_is_counted() {
    let report = bench().import(&all(), 7);
    assert_eq!((report.merged, report.read), (2, 38));
    let skips: Vec<(String, u64, &str)> = report
        .skips
        .iter()
        .map(|skip| (skip.file.file_name().unwrap().to_string_lossy().into_owned(), skip.line, skip.why.as_str()))
        .collect();
    assert_eq!(
        skips.iter().map(|(file, line, why)| (file.as_str(), *line, *why)).collect::<Vec<_>>(),
        [
            ("title.ratings.tsv", 4, "its rating or its votes are no number"),
            ("title.basics.tsv", 8, "it has no title, or one that is no UTF-8"),
            ("title.basics.tsv", 9, "it has 3 columns, the first line 9"),
            ("title.basics.tsv", 10, "its year is none"),
            ("title.principals.tsv", 12, "its characters are no JSON array of texts"),
            ("title.principals.tsv", 13, "its person's id or its place in the order is none"),
        ]
    );
    let unkept: Vec<(&str, u64)> = report.unkept.into_iter().collect();
    assert_eq!(
        unkept,
        [
            ("credits of other jobs than acting and directing", 2),
            ("credits of people who are not among its people", 1),
            ("credits of titles that did not come in", 1),
            ("people without a credit in what came in", 1),
            ("running times that no film has", 1),
            ("titles of kinds that were not asked for", 2),
        ]
    );
}

#[test]
fn a_second_time_nothing_changes() {
    let bench = bench();
    bench.import(&all(), 7);
    let before = bench.everything();
    let again = bench.import(&all(), 8);
    assert_eq!((again.movies.unchanged, again.people.unchanged, again.characters.unchanged), (3, 5, 6));
    assert!(bench.everything() == before);

    bench.put("title.principals", &PRINCIPALS.replace("[\"Ann\",", "[\"Ann\",\"Third\","));
    bench.put("name.basics", &NAMES.replace("Cher	1946", "Cher	1947"));
    let third = bench.import(&all(), 9);
    assert_eq!((third.movies.changed, third.people.changed, third.characters.new), (1, 1, 1));
}

#[test]
fn only_what_was_asked_for() {
    for (wanted, titles) in [
        (Wanted::default(), &["tt0000001", "tt0000003"][..]),
        (Wanted { min_votes: 5, ..all() }, &["tt0000001", "tt12345678"]),
        (Wanted { years: Some((1920, 1930)), ..all() }, &["tt0000001"]),
    ] {
        let bench = bench();
        let report = bench.import(&wanted, 7);
        assert_eq!(report.movies.new, titles.len() as u64, "{wanted:?}");
        for title in titles {
            bench.movie(title);
        }
        assert!(wanted.akas || bench.movie("tt0000001").1.alternative_titles.is_empty());
    }
}

#[test]
fn films_there_are_found_by_title_and_year() {
    let bench = bench();
    let mut writer = bench.store.begin_write().unwrap();
    let id = writer.next_movie().unwrap();
    let movie = Movie { title: "the lantern".into(), released: Some("1921".parse().unwrap()), ..Movie::default() };
    writer.set(crate::domain::Key::Movie(id), Some(crate::domain::Record::Movie(movie))).unwrap();
    writer.commit().unwrap();
    let report = bench.import(&all(), 7);
    assert_eq!((report.movies.new, report.movies.changed), (2, 1));
    assert_eq!(bench.movie("tt0000001").0, id);
}

#[test]
fn gzipped_tables_and_missing_ones() {
    let bench = bench();
    let path = |name: &str| bench.folder.path().join(name);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(PRINCIPALS.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    std::fs::remove_file(path("title.principals.tsv")).unwrap();
    std::fs::write(path("title.principals.tsv.gz"), &packed[..packed.len() - 20]).unwrap();
    let error = bench.try_import(&all(), 7).unwrap_err().to_string();
    assert!(error.contains("title.principals.tsv.gz: is cut short"), "{error}");
    std::fs::write(path("title.principals.tsv.gz"), &packed).unwrap();
    assert_eq!(bench.import(&all(), 7).characters.new, 6);

    let bare = self::bench();
    for name in ["title.ratings", "title.crew", "title.principals", "name.basics", "title.akas"] {
        std::fs::remove_file(bare.folder.path().join(format!("{name}.tsv"))).unwrap();
    }
    let report = bare.import(&all(), 7);
    assert_eq!((report.movies.new, report.people.new), (3, 0));
    std::fs::remove_file(bare.folder.path().join("title.basics.tsv")).unwrap();
    let error = bare.try_import(&all(), 7).unwrap_err().to_string();
    assert!(error.contains("title.basics.tsv"), "{error}");
}

#[test]
fn another_table_stops_before_anything_changes() {
    let old = "tconst	principalCast
tt0000001	nm0000001,nm0000002
";
    let long = format!("{}{}", PRINCIPALS, "x".repeat(17 << 20));
    for (table, why) in [
        (old, "its first line names no column ordering"),
        ("", "its first line names no column tconst"),
        (&long, "line 15, column 1: the line is longer than 16 MiB"),
    ] {
        let bench = bench();
        bench.put("title.principals", table);
        let error = bench.try_import(&all(), 7).unwrap_err().to_string();
        assert!(error.contains("title.principals.tsv") && error.contains(why), "{error}");
        assert_eq!(bench.store.begin_read().unwrap().count(Entity::Movie).unwrap(), 0);
    }
}

#[test]
fn columns_are_found_by_name_whatever_ends_the_lines() {
    let bench = bench();
    let turned: Vec<String> = NAMES
        .lines()
        .map(|line| {
            let mut fields: Vec<&str> = line.split('\t').collect();
            fields.reverse();
            fields.join("\t")
        })
        .collect();
    bench.put("name.basics", &format!("\u{feff}{}", turned.join("\r\n")));
    assert_eq!(bench.import(&all(), 7).people.new, 5);
    assert_eq!(bench.person("nm0000003").1.born, Some("1899".parse().unwrap()));
}
