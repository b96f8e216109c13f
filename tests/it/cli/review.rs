//! Films that may be there already, and what they are.

use super::Home;

/// Films that nobody knows by an id yet.
const THERE: &str = r#"[
{"title": "The Lamp", "year": 1921, "cast": ["Ann Lee"], "genres": ["Drama"], "href": "The_Lamp"},
{"title": "Fog", "year": 1930, "cast": [], "genres": [], "href": "Fog"}
]"#;

/// The same films in another list, years apart by one; and one that is new.
const COMING: &str = r#"[
{"title": "The Lamp", "year": 1922, "cast": ["Ann Lee", "Cy Day"], "genres": ["War"], "href": "The_Lamp_(film)"},
{"title": "Fog", "year": 1931, "cast": [], "genres": [], "href": "Fog_(film)"},
{"title": "Sun", "year": 1950, "cast": [], "genres": [], "href": "Sun"}
]"#;

/// A catalogue in which two films wait for review: the first list comes by way of a table without ids.
fn home() -> Home {
    let home = Home::new();
    std::fs::write(home.path("there.json"), THERE).unwrap();
    std::fs::write(home.path("coming.json"), COMING).unwrap();
    assert_eq!(home.run(&["import", "wikipedia", "there.json"]).status, Some(0));
    // In the text form the ids are taken away, so that only titles and years tell.
    let all = home.run(&["export", "jsonl"]).out;
    let bare: Vec<String> = all.lines().map(without_ids).collect();
    std::fs::write(home.path("bare.jsonl"), bare.join("\n") + "\n").unwrap();
    std::fs::remove_file(home.catalog()).unwrap();
    let ran = home.run(&["import", "jsonl", "bare.jsonl"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    home
}

fn without_ids(line: &str) -> String {
    let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
    if let Some(external) = value.pointer_mut("/record/movie/external") {
        *external = serde_json::json!([]);
    }
    value.to_string()
}

#[test]
fn what_is_doubtful_is_listed_and_decided_on() {
    let home = home();
    home.run(&["review"]).is(1, "", "");
    let trial = home.run(&["import", "wikipedia", "--dry-run", "coming.json"]);
    assert!(trial.err.contains("doubtful: 2 may be films that are there; they wait for review\n"), "{trial:?}");
    home.run(&["review"]).is(1, "", "");
    let ran = home.run(&["import", "wikipedia", "coming.json"]);
    assert!(ran.err.contains("movies: 1 new, 0 changed, 0 unchanged\n"), "{ran:?}");
    assert!(ran.err.contains("`cinedex review` lists them; on the screens :review does\n"), "{ran:?}");
    let listed = home.run(&["review"]);
    assert_eq!(listed.status, Some(0), "{listed:?}");
    assert!(
        listed.out.contains("The Lamp  1922  Wikipedia  a film of that title is there, a year apart\n"),
        "{listed:?}"
    );
    let candidate = "      movie 1 The Lamp (1921): same title, a year apart, 1 person in common\n";
    assert!(listed.out.contains(candidate), "{listed:?}");
    let rows = home.run(&["review", "--json", "--why", "year"]).objects();
    assert_eq!((rows.len(), &rows[0]["title"], &rows[0]["candidates"][0]["id"]), (2, &"The Lamp".into(), &1.into()));
    assert_eq!(home.run(&["review", "--source", "imdb"]).status, Some(1));

    home.run(&["review", "accept", "1"]).is_done("", "The Lamp is what was there\n");
    let lamp = &home.run(&["show", "movie", "1", "--json"]).objects()[0];
    assert_eq!((&lamp["title"], lamp["cast"].as_array().map(Vec::len)), (&"The Lamp".into(), Some(2)));
    home.run(&["undo"]).is_done("", "undone: the review of “The Lamp”\n");
    assert_eq!(home.run(&["review", "--json"]).objects().len(), 2);
    home.run(&["redo"]).is_done("", "done again: the review of “The Lamp”\n");

    home.run(&["review", "skip", "--all"]).is_done("", "Fog is put aside\n");
    assert_eq!(home.run(&["review"]).status, Some(1));
    assert_eq!(home.run(&["review", "--aside", "--json"]).objects().len(), 1);
    let again = home.run(&["import", "wikipedia", "coming.json"]);
    assert!(again.err.contains("movies: 0 new, 0 changed, 2 unchanged\n"), "{again:?}");
    assert!(again.err.contains("doubtful: 1 may be films that are there (1 of them put aside)"), "{again:?}");
    home.run(&["review", "choose", "2", "2"]).is_done("", "Fog is what was there\n");
    assert_eq!(home.run(&["check"]).status, Some(0));
}

#[test]
fn an_import_is_taken_back_as_one_step() {
    let home = home();
    let before = home.run(&["list", "movies", "--json"]).out;
    home.run(&["import", "wikipedia", "coming.json"]);
    home.run(&["undo"]).is_done("", "undone: the import of coming.json\n");
    assert_eq!(home.run(&["list", "movies", "--json"]).out, before);
    assert_eq!(home.run(&["review"]).status, Some(1));
    assert_eq!(home.run(&["check"]).status, Some(0));
}

#[test]
fn what_cannot_be_decided_is_refused() {
    let home = home();
    home.run(&["import", "wikipedia", "coming.json"]);
    home.run(&["review", "accept", "99"]).is_refused("review 99 is not in the catalogue");
    home.run(&["review", "choose", "1", "99"]).is_refused("movie 99 is not in the catalogue");
    home.run(&["review", "new", "--all", "--source", "tmdb"]).is(1, "", "nothing was decided\n");
    for words in
        [&["review", "accept"][..], &["review", "new", "1", "--all"], &["review", "skip", "1", "--why", "year"]]
    {
        assert_eq!(home.run(words).status, Some(2), "{words:?}");
    }
    let wrong = home.run(&["review", "--why", "mood"]);
    assert!(wrong.status == Some(2) && wrong.err.contains("choose one of several, year"), "{wrong:?}");
    assert_eq!(home.run(&["review", "--json"]).objects().len(), 2);
}
