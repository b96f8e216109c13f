//! What other sites hand out, and what they take: Letterboxd, TMDB, MovieLens.

use super::Home;

const LIKES: &str = "Date,Name,Year,Letterboxd URI\r\n2020-02-29,The Lamp,2001,https://boxd.it/aB1\r\n";
const WATCHED: &str = "Date,Name,Year,Letterboxd URI\r\n2020-01-01,The Lamp,2001,https://boxd.it/aB1\r\n2020-01-02,,1950,https://boxd.it/x\r\n";

fn write(home: &Home, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = home.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

#[track_caller]
fn says(said: &str, lines: &[&str]) {
    for line in lines {
        assert!(said.lines().any(|one| one == *line), "{line}: {said}");
    }
}

#[test]
fn likes_come_from_letterboxd_and_favorites_go_back() {
    let home = Home::new();
    write(&home, &[("export/watched.csv", WATCHED), ("export/likes/films.csv", LIKES)]);
    let guest = home.run(&["import", "letterboxd", "export"]);
    assert_eq!((guest.status, guest.out.as_str()), (Some(0), ""), "{guest:?}");
    says(
        &guest.err,
        &[
            "export/watched.csv: line 3, record 2: skipped: it names no film",
            "movies: 1 new, 0 changed, 0 unchanged",
            "not kept: 1 favorites, as nobody is signed in: sign in (or say --as NAME) and import again, and they are yours",
            "not kept: 1 watched films",
        ],
    );
    let refused = home.run(&["export", "letterboxd"]);
    assert_eq!((refused.status, refused.out.as_str()), (Some(2), ""), "{refused:?}");
    assert!(refused.err.contains("--as NAME"), "{refused:?}");
    let made = home.run_with(&["account", "create", "ann", "--password-stdin"], "lamps and fog\n");
    assert_eq!(made.status, Some(0), "{made:?}");
    let as_ann =
        |words: &[&str]| home.run_with(&[words, &["--as", "ann", "--password-stdin"]].concat(), "lamps and fog\n");
    let mine = as_ann(&["import", "letterboxd", "export"]);
    says(&mine.err, &["movies: 0 new, 0 changed, 1 unchanged", "favorites: 1 new, 0 changed, 0 unchanged"]);
    let again = as_ann(&["import", "letterboxd", "export"]);
    says(&again.err, &["movies: 0 new, 0 changed, 1 unchanged", "favorites: 0 new, 0 changed, 1 unchanged"]);
    let table = "tmdbID,imdbID,Title,Year,Directors\n,,The Lamp,2001,\n";
    assert_eq!(as_ann(&["export", "letterboxd"]).out, table);
    let file = as_ann(&["export", "letterboxd", "mine.csv"]);
    assert_eq!((file.status, file.out.as_str()), (Some(0), ""), "{file:?}");
    assert_eq!(std::fs::read_to_string(home.path("mine.csv")).unwrap(), table);
    let there = as_ann(&["export", "letterboxd", "mine.csv"]);
    assert!(there.status == Some(2) && there.err.contains("mine.csv: is there already"), "{there:?}");
    assert_eq!(home.run(&["check"]).status, Some(0));
}

#[test]
fn a_film_of_tmdb_and_of_movielens_is_one() {
    let home = Home::new();
    write(
        &home,
        &[
            (
                "tmdb.json",
                r#"{"id": 45, "imdb_id": "tt0000123", "title": "The Lantern", "release_date": "1999-05-06"}"#,
            ),
            ("ml/movies.csv", "movieId,title,genres\n7,\"Lantern, The (1999)\",Drama\n"),
            ("ml/links.csv", "movieId,imdbId,tmdbId\n7,123,45\n"),
            ("cut.csv", "id,title,genres\n7,\"Lantern, The (1999),Drama\n"),
        ],
    );
    says(&home.run(&["import", "tmdb", "tmdb.json"]).err, &["movies: 1 new, 0 changed, 0 unchanged"]);
    says(&home.run(&["import", "movielens", "ml"]).err, &["movies: 0 new, 1 changed, 0 unchanged"]);
    says(&home.run(&["import", "movielens", "ml"]).err, &["movies: 0 new, 0 changed, 1 unchanged"]);
    let found = home.run(&["search", "--json", "lantern"]).objects();
    assert_eq!((found.len(), &found[0]["hits"][0]["title"]), (1, &"The Lantern".into()));
    let cut = home.run(&["import", "tmdb", "cut.csv"]);
    assert_eq!((cut.status, cut.out.as_str()), (Some(2), ""), "{cut:?}");
    assert!(cut.err.contains("cut.csv: line 2, column 1: a quote is opened in this row and never closed"), "{cut:?}");
    let other = home.run(&["import", "letterboxd", "cut.csv"]);
    assert!(other.status == Some(2) && other.err.contains("neither a folder nor a zip archive"), "{other:?}");
}
