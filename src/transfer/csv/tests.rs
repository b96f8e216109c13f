use super::*;
use crate::domain::{Entity, Field as Kept, Gender, MovieId, MovieKind, Origin, PersonId, Role, Timestamp};
use crate::store::read::Read;

type Bench = crate::transfer::bench::Bench<Workbook>;

impl Bench {
    fn import(&self, files: &[impl AsRef<Path>], settings: &[(&'static str, &str)]) -> Result<Report, ImportError> {
        let settings = Settings(settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect());
        let files: Vec<PathBuf> = files.iter().map(|file| file.as_ref().to_owned()).collect();
        import(&self.store, &files, &settings, &Options::at(Timestamp(9)), &mut |_| {}, &|| false)
    }

    fn fault(&self, files: &[impl AsRef<Path>], settings: &[(&'static str, &str)]) -> String {
        let before = self.revision();
        let error = self.import(files, settings).unwrap_err().to_string();
        assert_eq!(self.revision(), before);
        error
    }

    fn people(&self) -> u64 {
        self.store.begin_read().unwrap().count(Entity::Person).unwrap()
    }

    /// `character: actors`, in the order of billing.
    fn cast(&self, movie: u32) -> Vec<String> {
        let txn = self.store.begin_read().unwrap();
        let mut cast = txn.cast(MovieId(movie)).unwrap();
        cast.sort_by_key(|(_, character)| character.billing);
        let name = |id: &PersonId| txn.person(*id).unwrap().unwrap().name();
        let actors = |actors: &[PersonId]| actors.iter().map(name).collect::<Vec<_>>().join("+");
        cast.iter().map(|(_, character)| format!("{}: {}", character.name, actors(&character.actors))).collect()
    }

    /// The same once more changes nothing.
    fn settled(&self, files: &[impl AsRef<Path>], settings: &[(&'static str, &str)]) {
        let before = self.revision();
        let report = self.import(files, settings).unwrap();
        assert_eq!((report.movies.new, report.movies.changed), (0, 0), "{report:?}");
        assert_eq!((report.people.new, report.people.changed), (0, 0), "{report:?}");
        assert_eq!((report.characters.new, report.characters.changed), (0, 0), "{report:?}");
        assert_eq!(self.revision(), before);
        assert!(crate::store::check::check(&self.store).unwrap().is_clean());
    }
}

const FILMS: &str = "id,title,type,release_year,runtime,genres,production_countries,imdb_id,imdb_score,imdb_votes,seasons\r\n\
    tm1,\"Fog, the\",MOVIE,1950,1h 41m,\"['drama', 'sci-fi']\",\"['US', 'SU']\",tt0000101,7.7,1200.0,\r\n\
    tm2,Lamp,SHOW,1961,120 min,['comedy'],['XX'],,,,3\r\n";
const CREDITS: &str = "person_id,id,name,character,role\r\n\
    7,tm1,Ann Lee,Rosa (voice),ACTOR\r\n\
    8,tm1,Bo Ray,,ACTOR\r\n\
    8,tm1,Bo Ray,,DIRECTOR\r\n\
    9,tm2,Cy Tan,Ned / Ted,ACTOR\r\n\
    9,tm9,Cy Tan,Ned,ACTOR\r\n\
    9,tm2,Cy Tan,,PRODUCER\r\n";

#[test]
fn films_and_credits_are_joined_by_the_tables_ids() {
    let bench = Bench::empty();
    let files = [bench.file("credits.csv", CREDITS), bench.file("titles.csv", FILMS)];
    let report = bench.import(&files, &[]).unwrap();
    assert_eq!((report.movies.new, report.people.new, report.characters.new), (2, 3, 3));
    assert_eq!((report.read, report.skipped, report.skips[0].line), (8, 1, 6), "no film has the id tm9");
    assert_eq!(report.unkept.values().sum::<u64>(), 1, "the producer");
    assert!(report.told[0].says.contains("film = id, person = person_id"), "{:?}", report.told);
    assert!(report.told[1].says.ends_with("not used: seasons"), "{:?}", report.told);
    let fog = bench.movie(1);
    assert_eq!(
        (fog.title.as_str(), fog.duration, fog.rating, fog.votes),
        ("Fog, the", Some(6_060), Some(770), Some(1_200))
    );
    assert_eq!((fog.genres.len(), fog.countries.len(), fog.directors.len()), (2, 2, 1));
    assert_eq!(bench.cast(1), ["Rosa (voice): Ann Lee", ": Bo Ray"]);
    assert_eq!((bench.movie(2).kind, bench.cast(2)), (MovieKind::Series, vec!["Ned / Ted: Cy Tan".to_owned()]));
    bench.settled(&files, &[]);
    // The same ids, another day: credits find the films by the name they are kept under.
    let more = bench.file("more.csv", "film_id,person_id,name,character\ntm2,7,Ann Lee,Moth\n");
    assert_eq!(bench.import(&[&more], &[("source", "credits")]).unwrap().characters.new, 1);
    assert_eq!((bench.cast(2).len(), bench.people()), (2, 3));
    bench.settled(&[more], &[("source", "credits")]);
}

#[test]
fn a_table_of_facts_tells_only_of_films_that_are_known() {
    let bench = Bench::empty();
    bench.import(&[bench.file("titles.csv", FILMS)], &[]).unwrap();
    let facts = bench.file("facts.csv", "id,cost,from\ntt101,\"$1,200,000\",FR\ntt0000999,5,IT\n,1,US\n");
    let map = [("map", "imdb=id,budget=cost,countries=from")];
    let report = bench.import(&[&facts], &map).unwrap();
    assert_eq!((report.movies.changed, report.movies.new, report.skipped), (1, 0, 2));
    assert!(report.skips[0].why.contains("no film that is known has its id"), "{:?}", report.skips);
    let fog = bench.movie(1);
    assert_eq!((fog.budget.unwrap().human().as_str(), fog.countries.len()), ("$1,200,000", 3));
    assert_eq!(fog.title, "Fog, the");
    bench.settled(&[facts], &map);
}

#[test]
fn any_columns_will_do_once_they_are_mapped() {
    let bench = Bench::empty();
    let text = "Who;Titel;Sign;A;B\nann;Der Nebel;'x';Ann Lee;Bo Ray, Jr.\n;\\N;;;\nbo;Lampe;;Cy Tan;\n";
    let file = bench.file("liste.csv", text);
    let map = [("map", "title=titel, id=#1,cast=A+B,countries:DE,kind:short,films.genres:drama")];
    let report = bench.import(&[&file], &map).unwrap();
    assert_eq!((report.movies.new, report.skipped), (2, 1));
    assert_eq!(bench.cast(1), [": Ann Lee", ": Bo Ray, Jr."]);
    assert_eq!(
        (bench.movie(1).kind, bench.movie(1).genres.len(), bench.movie(2).countries.len()),
        (MovieKind::Short, 1, 1)
    );
    assert_eq!(bench.movie(2).external[0].id, "liste:bo");
    bench.settled(&[&file], &map);
    for (map, says) in [
        ("title=Title", "liste.csv: has no column Title; its columns are Who, Titel, Sign, A, B. Nothing was imported"),
        ("title=Titel,titel=Titel", "no field of films; theirs are title, original,"),
        ("title", "write FIELD=COLUMN"),
        ("title=Titel,people.name=Who", "none of the files is a table of people"),
        ("actors.name=Who", "actors is none of films"),
        ("genres=Sign", "no column tells a title or an id of the films"),
    ] {
        let said = bench.fault(&[&file], &[("map", map), ("kind", "films")]);
        assert!(said.contains(says), "{map}: {said}");
    }
    for (name, value, says) in [
        ("kind", "plays", "say films, people or credits"),
        ("kind", "films,films", "2 kinds for 1 files"),
        ("encoding", "klingon", "no encoding of that name"),
        ("escape", "ab", "give one character"),
        ("map", "", "do not tell what its rows are"),
    ] {
        let said = bench.fault(&[&file], &[(name, value)]);
        assert!(said.contains(says), "{name}: {said}");
    }
}

#[test]
fn an_id_may_take_several_columns() {
    let bench = Bench::empty();
    let films = bench.file("films.csv", "sort,no,title\nfilm,7,Fog\nshow,7,Fog\n");
    let settings = [("map", "films.id=sort+no,films.title=title,credits.film=sort+no,credits.character=part")];
    let parts = bench.file("parts.csv", "sort,no,part\nshow,7,Rosa\n,,Nobody\n");
    let report = bench.import(&[&films, &parts], &[settings[0], ("kind", "films,credits")]).unwrap();
    assert_eq!((report.movies.new, report.characters.new, report.skipped), (2, 1, 1), "{:?}", report.skips);
    assert_eq!(bench.movie(2).external[0].id, "films:show 7");
}

#[test]
fn whoever_has_but_an_unknown_id_is_counted() {
    let bench = Bench::empty();
    let file = bench.file("films.csv", "tconst,title,year,directors\ntt0000001,Fog,1930,\"nm0000001,nm0000002\"\n");
    let report = bench.import(&[&file], &[]).unwrap();
    assert_eq!((report.movies.new, report.people.new, report.noted), (1, 0, 0));
    assert_eq!(report.unkept.values().sum::<u64>(), 2, "{:?}", report.unkept);
}

#[test]
fn people_come_with_their_lives() {
    let bench = Bench::empty();
    let text = "\u{feff}person_tmdbId,bio,born,bornIn,died,name,person_poster\n\
        31,\"Two\n\nlines, \"\"quoted\"\"\",1920-07-09,\"Lyon, France\",,Ann van Lee,https://x.test/a.jpg\n\
        32,,\"Dec 18, 1930\",Nowhere at all,1925,Bo Ray,\n\
        33,,1931,\"Rome, Atlantis\",,Cy Tan,\n";
    let file = bench.file("persons.csv", text);
    let report = bench.import(&[&file], &[]).unwrap();
    assert_eq!((report.people.new, report.skipped, report.skips[0].line), (2, 1, 5));
    assert!(report.notes[0].says.contains("\"Rome, Atlantis\" cannot be taken as country"), "{:?}", report.notes);
    let ann = bench.person(1);
    assert_eq!((ann.first_name.as_str(), ann.last_name.as_str()), ("Ann", "van Lee"));
    assert_eq!(ann.biography.as_deref(), Some("Two\n\nlines, \"quoted\""));
    assert_eq!((ann.photos.len(), ann.country.is_some(), ann.external[0].id.as_str()), (1, true, "31"));
    bench.settled(&[file], &[]);
    let more = bench.file("more.csv", "last name,first name,sex,id\nLee,Ann,f,1\n,Cher,F,2\n");
    bench.import(&[&more], &[]).unwrap();
    assert_eq!((bench.person(3).name().as_str(), bench.person(3).gender), ("Ann Lee", Gender::Female));
    assert_eq!(bench.person(4).first_name, "Cher");
    bench.settled(&[more], &[]);
}

#[test]
fn characters_without_actors_stand_in_their_order() {
    let bench = Bench::empty();
    let film = bench.file("t.txt", b"m0 +++$+++ Caf\xe9 Moon +++$+++ 1950 +++$+++ ['drama']\n");
    let settings = [("delimiter", " +++$+++ "), ("no-header", ""), ("encoding", "iso-8859-1"), ("source", "talk")];
    let with = |map: &'static str, kind: &'static str| {
        let mut all = settings.to_vec();
        all.extend([("map", map), ("kind", kind)]);
        all
    };
    bench.import(&[film], &with("id=1,title=2,year=3,genres=4", "films")).unwrap();
    assert_eq!(bench.movie(1).title, "Café Moon");
    let text = "u0 +++$+++ ROSA +++$+++ m0 +++$+++ f +++$+++ 4\nu1 +++$+++ NED +++$+++ m0 +++$+++ ? +++$+++ ?\n\
        u2 +++$+++ \"TED\" +++$+++ m0 +++$+++ m +++$+++ 1\nu3 +++$+++ MOTH +++$+++ m7 +++$+++ m +++$+++ 1\n";
    let file = bench.file("c.txt", text);
    let settings = with("film=3,character=2,order=5", "credits");
    let report = bench.import(&[&file], &settings).unwrap();
    assert_eq!((report.characters.new, report.skipped, bench.people()), (3, 1, 0));
    assert_eq!(bench.cast(1), ["\"TED\": ", "ROSA: ", "NED: "]);
    bench.settled(&[file], &settings);
}

#[test]
fn a_number_that_stands_for_several_is_no_id() {
    let bench = Bench::empty();
    let text =
        "id,release_date,movie,production_budget\n1,\"Dec 18, 2009\",Fog,\"$425,000\"\n2,1999,Lamp,5\n1,2001,Moth,$0\n";
    let file = bench.file("budgets.csv", text);
    let report = bench.import(&[&file], &[]).unwrap();
    assert_eq!(report.movies.new, 3);
    assert!(report.told[0].to_string().contains("budgets.csv: line 4: 1 is not one id"), "{:?}", report.told);
    assert_eq!(bench.movie(1).external[0].id, "budgets:~fog 2009");
    assert_eq!((bench.movie(1).budget.is_some(), bench.movie(3).budget), (true, None));
    bench.settled(&[file], &[]);
}

#[test]
fn films_that_are_there_are_found() {
    let bench = Bench::empty();
    bench.import(&[bench.file("titles.csv", FILMS)], &[]).unwrap();
    let other = bench.file("other.csv", "name,released,director\n\"FOG, THE\",1950-03-01,Bo Ray\nLamp,1961,Cy Tan\n");
    let report = bench.import(&[&other], &[]).unwrap();
    assert_eq!((report.movies.new, report.movies.changed), (0, 2));
    assert_eq!(bench.movie(1).released, Some("1950-03-01".parse().unwrap()));
    assert_eq!(bench.movie(1).origins.of(Kept::Date), Origin::Imported);
    bench.settled(&[other], &[]);
}

#[test]
fn objects_are_rows_too() {
    let bench = Bench::empty();
    let text = r#"[{"Title": "Fog", "Release Date": "Jun 12 1998", "US Gross": 5, "Running Time min": null},
        {"Title": 1776, "Release Date": "1972", "Running Time min": 141, "Director": "Bo Ray", "IMDB Rating": 6.1}, 7]"#;
    let file = bench.file("films.json", text);
    let report = bench.import(&[&file], &[]).unwrap();
    assert_eq!((report.movies.new, report.skipped, report.skips[0].record), (2, 1, 3));
    assert_eq!((bench.movie(2).title.as_str(), bench.movie(2).duration), ("1776", Some(8_460)));
    assert_eq!(
        (bench.movie(1).released.unwrap().to_string().as_str(), bench.movie(2).rating),
        ("1998-06-12", Some(610))
    );
    bench.settled(&[file], &[]);
}

#[test]
fn credits_may_name_films_by_title_and_year() {
    let bench = Bench::empty();
    let films = bench.file("films.csv", "imdb_id,title,year\ntt0000101,Fog,1950\ntt0000102,Fog,1980\n");
    let credits = bench.file(
        "parts.csv",
        "title,year,name,character,role\nFog,1980,Ann Lee,Rosa,leading\nFog,1950,Bo Ray,,director\n",
    );
    bench.import(&[&films, &credits], &[]).unwrap();
    assert_eq!((bench.cast(2), bench.movie(1).directors.len()), (vec!["Rosa: Ann Lee".to_owned()], 1));
    let txn = bench.store.begin_read().unwrap();
    assert_eq!(txn.cast(MovieId(2)).unwrap()[0].1.role, Role::Leading);
    drop(txn);
    bench.settled(&[films, credits], &[]);
    let bare = bench.file("bare.csv", "movie_id,person_id\n1,2\n");
    assert!(bench.fault(&[bare], &[]).contains("add role:director or role:actor to --map"));
}

#[test]
fn quotes_behind_backslashes() {
    let bench = Bench::empty();
    let text = "\"id\",\"name\",\"date\"\n\"2\",\"The \\\"Fog\\\"\",\"1988-10-21\"\n\"3\",\"Lamp, again\",\\N\n";
    let file = bench.file("all.csv", text);
    let settings = [("escape", "\\")];
    bench.import(&[&file], &settings).unwrap();
    assert_eq!((bench.movie(1).title.as_str(), bench.movie(2).released), ("The \"Fog\"", None));
    bench.settled(&[file], &settings);
}

#[test]
fn damaged_tables_change_nothing() {
    let bench = Bench::empty();
    let open = bench.file("open.csv", "title,year\nFog,1950\n\"Lamp,1961\nMoth,1970\n");
    assert!(
        bench
            .fault(&[open], &[])
            .contains("open.csv: line 3, column 1: a quote is opened in this row and never closed")
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, FILMS.repeat(2_000).as_bytes()).unwrap();
    let mut packed = packed.finish().unwrap();
    packed.truncate(packed.len() / 2);
    let cut = bench.file("cut.csv.gz", packed);
    assert!(bench.fault(&[cut], &[]).contains("cut short"));
    let empty = bench.file("empty.csv", "");
    assert!(bench.fault(&[empty], &[]).contains("holds no row that names the columns"));
    let latin = bench.file("latin.csv", b"title,year\nCaf\xe9,1950\nFog,1951\n");
    let report = bench.import(&[&latin], &[]).unwrap();
    assert_eq!((report.movies.new, report.skipped, report.skips[0].line), (1, 1, 2));
    assert!(report.skips[0].why.contains("not written in UTF-8"));
    assert_eq!(bench.import(&[latin], &[("encoding", "latin1")]).unwrap().movies.new, 1);
    assert_eq!(bench.movie(2).title, "Café");
}

#[test]
fn what_is_the_same_in_every_row_does_not_stop_columns_from_being_recognised() {
    let bench = Bench::empty();
    let films = bench.file("films.csv", "movieId,title,year\n1,Fog,1950\n2,Lamp,1961\n");
    bench.import(&[&films], &[]).unwrap();
    let directed = bench.file("directed.csv", "movieId,person_tmdbId,name\n1,7,Ann Lee\n2,7,Ann Lee\n");
    let settings = [("map", "role:director"), ("source", "films")];
    let report = bench.import(&[&directed], &settings).unwrap();
    assert_eq!((report.movies.changed, report.people.new, report.characters.new), (2, 1, 0), "{:?}", report.told);
    assert_eq!((bench.movie(1).directors.len(), bench.movie(2).directors.len()), (1, 1));
    bench.settled(&[&directed], &settings);
}

#[test]
fn a_film_is_one_by_any_of_its_ids_and_two_where_one_differs() {
    let bench = Bench::empty();
    let first = bench.file("a.csv", "title,year,tmdb\nFog,1950,7\nLamp,1961,8\n");
    let second = bench.file("b.csv", "title,year,imdb,tmdb\nFog,1950,tt0000001,7\nLamp,1961,tt0000002,9\n");
    let map = [("map", "title=title,year=year,imdb=imdb,tmdb=tmdb")];
    let one = bench.file(
        "one.csv",
        "title,year,tmdb,imdb\nFog,1950,7,\nLamp,1961,8,tt0000003\nFog,1950,7,tt0000001\nLamp,1961,8,tt0000002\n",
    );
    let report = bench.import(&[&one], &map).unwrap();
    assert_eq!((report.movies.new, bench.movie(1).external.len()), (3, 2));
    let other = Bench::empty();
    let files = [&first, &second];
    let report = other.import(&files, &[]).unwrap();
    assert_eq!((report.movies.new, other.movie(1).external.len()), (3, 2), "one Fog, two Lamps");
    other.settled(&files, &[]);
    let third = other.file("c.csv", "title,year,imdb\nFog,1950,tt0000004\n");
    assert_eq!(other.import(&[&third], &[]).unwrap().movies.new, 1, "another id of one database is another film");
}
