use super::*;
use crate::domain::{Gender, MovieId, MovieKind, PersonId, Role, Timestamp};
use crate::store::read::Read as _;
use crate::transfer::Tally;

const FILMS: &str = r#"budget,genres,id,original_language,original_title,overview,production_countries,release_date,runtime,title,vote_average,vote_count
5000000,"[{""id"": 18, ""name"": ""Dramma""}, {""id"": 99999, ""name"": ""Lamp film""}]",11,en,The Lamp,A lamp burns.,"[{""iso_3166_1"": ""SU"", ""name"": ""Soviet Union""}]",1999-03-04,101.0,The Lamp,7.25,10
7,"[{'id': 35, 'name': 'Comedy'}, {'id': 10770, 'name': ""TV Movie""}]",12,fr,Brouillard,,[],10/12/2009,1500.0,Fog,0.0,0
0,{broken,13,en,Mist,No overview found.,[],,,Mist,,
,,,,,,,,,,,
"#;
const CREDITS: &str = r#"movie_id,title,cast,crew
11,The Lamp,"[{""character"": ""Bob / Rob"", ""credit_id"": ""b"", ""gender"": 2, ""id"": 22, ""name"": ""Bob Ray"", ""order"": 7}, {""character"": ""Ann (voice)"", ""credit_id"": ""a"", ""gender"": 1, ""id"": 21, ""name"": ""Ann Lee"", ""order"": 1}, {""character"": ""Crowd"", ""id"": 21, ""name"": ""Ann Lee"", ""order"": 9}, {""name"": ""Nobody""}]","[{""department"": ""Directing"", ""gender"": 1, ""id"": 21, ""job"": ""Director"", ""name"": ""Ann Lee""}, {""id"": 21, ""job"": ""Writer"", ""name"": ""Ann Lee""}]"
99,Unheard of,[],[]
"#;
const ANSWERS: &str = r#"{"id": 14, "imdb_id": "tt77", "title": "Haar", "original_title": "Haar", "original_language": "en", "adult": false,
 "release_date": "", "runtime": 0, "budget": 0, "overview": null, "poster_path": "/p.jpg", "backdrop_path": "/b.jpg",
 "belongs_to_collection": null, "origin_country": ["DE"], "production_countries": [], "genres": [],
 "credits": {"cast": [{"id": 23, "name": "Cy Day", "character": null, "order": 0, "profile_path": "/c.jpg"}], "crew": []}}
{"id": 14, "titles": [{"iso_3166_1": "FR", "title": "Brume"}]}
{"id": 23, "imdb_id": "nm9", "name": "Cy Day", "also_known_as": ["C. Day", "Cy Day"], "biography": "Born.\nLived.",
 "birthday": "1950-01-02", "deathday": null, "gender": 3, "place_of_birth": "Fogtown, West Germany [now Germany]",
 "profile_path": "/c.jpg", "movie_credits": {"cast": [
   {"id": 15, "title": "Dew", "release_date": "2001-02-03", "genre_ids": [18], "character": "Leo (uncredited)", "order": 8},
   {"id": 14, "title": "Haar", "character": "", "order": 0}, {"title": "No id"}],
   "crew": [{"id": 15, "title": "Dew", "job": "Director"}, {"id": 15, "title": "Dew", "job": "Producer"}]}}
{"success": false, "status_code": 34, "status_message": "The resource you requested could not be found."}
"#;
const LIST: &str = r#"{"page": 1, "results": [{"id": 1, "title": "A hit"}]}"#;

type Bench = crate::transfer::bench::Bench<Files>;

impl Bench {
    fn with(files: &[(&str, &str)]) -> Bench {
        let bench = Bench::empty();
        for (name, text) in files {
            bench.write(name, text);
        }
        bench
    }

    fn write(&self, name: &str, text: &str) {
        self.file(Path::new("tmdb").join(name), text);
    }

    fn import(&self) -> Result<Report, ImportError> {
        let options = Options::at(Timestamp(5));
        import(&self.store, &[self.at("tmdb")], &options, &mut |_| {}, &|| false)
    }

    fn cast(&self, movie: u32) -> Vec<String> {
        let txn = self.store.begin_read().unwrap();
        let actor = |id: PersonId| txn.person(id).unwrap().unwrap().name();
        let cast = txn.cast(MovieId(movie)).unwrap();
        let line = |one: &crate::domain::Character| format!("{} {} {}", one.billing, one.name, actor(one.actors[0]));
        cast.iter().map(|(_, one)| line(one)).collect()
    }

    fn genres(&self, movie: u32) -> Vec<String> {
        let txn = self.store.begin_read().unwrap();
        self.movie(movie).genres.iter().map(|id| txn.genre(*id).unwrap().unwrap().name).collect()
    }

    fn countries(&self, movie: u32) -> Vec<Option<String>> {
        let txn = self.store.begin_read().unwrap();
        self.movie(movie).countries.iter().map(|id| txn.country(*id).unwrap().unwrap().code).collect()
    }
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

#[test]
fn the_tables_come_in_joined_by_id() {
    let bench = Bench::with(&[("a_credits.csv", CREDITS), ("b_movies.csv", FILMS)]);
    let report = bench.import().unwrap();
    assert_eq!((report.read, report.movies.new, report.merged, report.skipped), (5, 3, 1, 1));
    assert_eq!(report.skips[0].why, "nothing tells which film 99 is; import its details too");
    let lamp = bench.movie(1);
    assert_eq!(
        (lamp.title.as_str(), text(lamp.budget), text(lamp.released)),
        ("The Lamp", "5000000 USD".to_owned(), "1999-03-04".to_owned())
    );
    assert_eq!((lamp.duration, lamp.rating, lamp.votes), (Some(6_060), Some(725), Some(10)));
    assert_eq!(
        (bench.genres(1), bench.countries(1)),
        (vec!["Drama".to_owned(), "Lamp film".to_owned()], vec![Some("SUHH".to_owned())])
    );
    assert_eq!(bench.cast(1), ["0 Ann (voice) Ann Lee", "1 Bob / Rob Bob Ray", "2 Crowd Ann Lee"]);
    assert_eq!(lamp.directors.len(), 1);
    let ann = bench.person(lamp.directors[0].0);
    assert_eq!((ann.name(), ann.gender), ("Ann Lee".to_owned(), Gender::Female));
    let fog = bench.movie(2);
    assert_eq!((fog.original_title.as_deref(), fog.kind, fog.language), (Some("Brouillard"), MovieKind::TvMovie, None));
    assert_eq!((text(fog.released), fog.duration, fog.rating), ("2009".to_owned(), None, None));
    assert_eq!(text(fog.budget), "7 USD");
    assert_eq!((bench.movie(3).description, bench.movie(3).released), (None, None));
    let notes: Vec<String> = report.notes.iter().map(|note| format!("{}: {}", note.line, note.says)).collect();
    assert_eq!(
        notes,
        [
            "3: of 10/12/2009, which is no date as TMDB writes them, only the year is kept",
            "3: Fog would run 1500 minutes; that is not kept",
            "3: Fog would have cost 7 dollars; kept, but perhaps it was meant in millions",
            "4: its genres cannot be read; they are not kept"
        ]
    );
    let unkept: Vec<(&str, u64)> = report.unkept.into_iter().collect();
    assert_eq!(unkept, [("credits of crew other than directors", 1), ("credits of people without an id or a name", 1)]);
}

#[test]
fn saved_answers_come_in() {
    let bench = Bench::with(&[("answers.json", ANSWERS), ("list.json", LIST)]);
    let report = bench.import().unwrap();
    let why: Vec<&str> = report.skips.iter().map(|skip| skip.why.as_str()).collect();
    assert_eq!(
        why,
        [
            "TMDB answered with an error: The resource you requested could not be found.",
            "it is a list of hits or of other facts; save the details of each film",
            "it has no id of a film"
        ]
    );
    let haar = bench.movie(1);
    assert_eq!((haar.title.as_str(), haar.released, haar.duration, haar.budget), ("Haar", None, None, None));
    assert_eq!(
        (&haar.alternative_titles[..], bench.countries(1)),
        (&["Brume".to_owned()][..], vec![Some("DE".to_owned())])
    );
    let ids: Vec<&str> = haar.external.iter().map(|id| id.id.as_str()).collect();
    assert_eq!(ids, ["14", "tt0000077"]);
    let txn = bench.store.begin_read().unwrap();
    let url = |id| txn.file(id).unwrap().unwrap().url.unwrap();
    assert_eq!(url(haar.poster.unwrap()), "https://image.tmdb.org/t/p/original/p.jpg");
    assert_eq!(url(haar.images[0]), "https://image.tmdb.org/t/p/original/b.jpg");
    let cy = bench.person(1);
    assert_eq!(
        (cy.biography.as_deref(), text(cy.born), cy.gender),
        (Some("Born.\nLived."), "1950-01-02".to_owned(), Gender::NonBinary)
    );
    assert_eq!((&cy.other_names[..], cy.photos.len(), cy.external.len()), (&["C. Day".to_owned()][..], 1, 2));
    assert_eq!(txn.country(cy.country.unwrap()).unwrap().unwrap().code.as_deref(), Some("XWG"));
    assert_eq!(bench.cast(1), ["0  Cy Day"], "the filmography tells nothing new of it");
    assert_eq!((bench.cast(2), bench.movie(2).directors.len()), (vec!["8 Leo (uncredited) Cy Day".to_owned()], 1));
    assert_eq!(txn.cast(MovieId(2)).unwrap()[0].1.role, Role::Background);
}

#[test]
fn the_same_again_changes_nothing() {
    let bench = Bench::with(&[("a.csv", CREDITS), ("b.csv", FILMS), ("c.json", ANSWERS)]);
    let first = bench.import().unwrap();
    let revision = bench.revision();
    let again = bench.import().unwrap();
    let all = Tally { unchanged: first.movies.new, ..Tally::default() };
    assert_eq!((again.movies, again.people.changed, again.characters.changed), (all, 0, 0));
    assert_eq!(bench.revision(), revision);
    assert!(crate::store::check::check(&bench.store).unwrap().is_clean());
}

#[test]
fn lists_and_lines_are_read_alike() {
    let films = ["{\"id\": 1, \"title\": \"A\"}", "{\"id\": 2, \"title\": \"B\"}"];
    for text in [films.join("\n"), format!("\u{feff}[{}]", films.join(",\n")), films.concat()] {
        assert_eq!(Bench::with(&[("x.json", &text)]).import().unwrap().movies.new, 2, "{text}");
    }
    for (text, why) in [
        ("{\"id\": 1, \"title\": \"A\"", "x.json: line 1, column 23: the file ends inside its list"),
        ("{\"id\": 1}, {\"id\": 2}", "another object was expected"),
        ("[{\"id\": 1}", "the file ends inside its list"),
        ("{\"id\" 1}", "x.json: line 1"),
    ] {
        let error = Bench::with(&[("x.json", text)]).import().unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn other_tables_are_left_to_another_import() {
    let cut = "id,title,Actor\n11,The Lamp,Ann Lee\n,,\n12,Fog,4711\n";
    let rated =
        "TMDb ID,IMDb ID,Type,Name,Release Date,Your Rating\n5,tt5,movie,Dew,2016-07-20T00:00:00Z,7\n6,,tv,Show,,\n";
    let bench = Bench::with(&[("a.csv", FILMS), ("cut.csv", cut), ("rated.csv", rated), ("x.csv", "a,b\n1,2\n")]);
    let report = bench.import().unwrap();
    let why: Vec<&str> = report.skips.iter().map(|skip| skip.why.as_str()).collect();
    assert_eq!(why, [UNKNOWN, "it is no film", UNKNOWN]);
    assert_eq!((bench.movie(4).title.as_str(), text(bench.movie(4).released)), ("Dew", "2016-07-20".to_owned()));
    assert_eq!(report.unkept.get("ratings of your own"), Some(&1));
}

#[test]
fn a_daily_list_tells_which_ids_are_gone_and_writes_nothing() {
    let bench = Bench::with(&[("b.csv", FILMS)]);
    bench.import().unwrap();
    std::fs::remove_file(bench.at("tmdb/b.csv")).unwrap();
    let revision = bench.revision();
    let line = |id: u32| {
        format!("{{\"adult\":false,\"id\":{id},\"original_title\":\"X\",\"popularity\":1.5,\"video\":false}}\n")
    };
    bench.write("movie_ids_01_02_2024.json", &[line(11), line(13), line(70_000_000)].concat());
    bench.write("person_ids_01_02_2024.json", "{\"adult\":false,\"id\":1,\"name\":\"X\",\"popularity\":1.5}\n");
    let report = bench.import().unwrap();
    let says: Vec<&str> = report.notes.iter().map(|note| note.says.as_str()).collect();
    assert_eq!(
        says,
        [
            "of the movies here it lists 2, and 1 no more",
            "Fog is not in it: it has no 12",
            "of the people here it lists 0, and 0 no more"
        ]
    );
    assert_eq!((bench.revision(), report.movies), (revision, Tally::default()));
}
