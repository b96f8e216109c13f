//! Media libraries.

use super::Home;

const LAMP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<movie>\n  <title>The Lamp</title>\n  <year>1921</year>\n\
    <uniqueid type=\"imdb\">tt0000021</uniqueid>\n  <isuserfavorite>true</isuserfavorite>\n\
    <actor><name>Bob Ray</name><role>Genie</role></actor>\n</movie>\n";

fn library(home: &Home) {
    for (name, text) in [
        ("Films/The Lamp (1921)/The Lamp (1921).nfo", LAMP),
        ("Films/The Lamp (1921)/poster.jpg", "no picture"),
        ("Films/Show/tvshow.nfo", "<tvshow><title>Show</title></tvshow>"),
        ("Films/Torn/Torn.nfo", "<movie>\n<title>Torn"),
    ] {
        std::fs::create_dir_all(home.path(name).parent().unwrap()).unwrap();
        std::fs::write(home.path(name), text).unwrap();
    }
}

#[test]
fn a_library_comes_in_once() {
    let home = Home::new();
    library(&home);
    let first = home.run(&["import", "nfo", "Films"]);
    assert_eq!((first.status, first.out.as_str()), (Some(0), ""), "{first:?}");
    for line in [
        "Films/Show/tvshow.nfo: line 1: skipped: it is about a tvshow, not a film",
        "Films/Torn/Torn.nfo: line 2: skipped: it is cut short",
        "Films/The Lamp (1921)/poster.jpg: the picture was not taken: it is no JPEG, PNG, GIF or WebP, or is damaged",
        "read 3, of which 2 were skipped",
        "movies: 1 new, 0 changed, 0 unchanged",
        "not kept: 1 favorites, as nobody is signed in: sign in (or say --as NAME) and import again, and they are yours",
    ] {
        assert!(first.err.lines().any(|said| said == line), "{line}: {}", first.err);
    }
    let before = home.run(&["export", "jsonl"]).out;
    let again = home.run(&["import", "nfo", "Films/The Lamp (1921)", "Films"]);
    assert!(again.err.contains("movies: 0 new, 1 changed"), "a second path of the file: {}", again.err);
    let again = home.run(&["import", "nfo", "Films"]);
    assert!(again.err.contains("movies: 0 new, 0 changed, 1 unchanged"), "{}", again.err);
    assert_eq!(home.run(&["check"]).status, Some(0));
    assert_eq!(before.lines().count(), home.run(&["export", "jsonl"]).out.lines().count());
}

#[test]
fn favorites_become_those_of_who_imports() {
    let home = Home::new();
    library(&home);
    assert_eq!(home.run(&["import", "starter"]).status, Some(0));
    let made = home.run_with(&["account", "create", "ann", "--password-stdin"], "a long password\n");
    assert_eq!(made.status, Some(0), "{made:?}");
    let taken = home.run_with(&["import", "nfo", "Films", "--as", "ann", "--password-stdin"], "a long password\n");
    assert!(taken.err.contains("favorites: 1 new, 0 changed, 0 unchanged"), "{}", taken.err);
}

#[test]
fn a_trial_makes_nothing() {
    let home = Home::new();
    library(&home);
    let trial = home.run(&["import", "nfo", "--dry-run", "Films"]);
    assert!(trial.status == Some(0) && trial.err.contains("movies: 1 new"), "{trial:?}");
    assert!(!home.catalog().exists());
    let ran = home.run(&["import", "nfo", "Gone"]);
    ran.is_refused("Gone: there is no such file");
}

#[test]
fn a_library_goes_out_and_comes_in_again() {
    let home = Home::with_films();
    let films = home.films;
    let out = home.run(&["export", "nfo", "Library"]);
    out.is_done("", &format!("{films} records written\n"));
    let nfo = std::fs::read_to_string(home.path("Library/Casablanca (1942)/Casablanca (1942).nfo")).unwrap();
    assert!(nfo.contains("<director>Michael Curtiz</director>"), "{nfo}");
    let taken = home.run(&["import", "nfo", "Library", "--catalog", "other"]);
    assert!(taken.err.contains(&format!("movies: {films} new, 0 changed, 0 unchanged")), "{}", taken.err);
    let titles = |catalog: &[&str]| {
        let all = home.run(&[&["list", "movies", "--json"], catalog].concat()).objects();
        let mut all: Vec<String> =
            all.iter().map(|movie| format!("{} {:.5}", movie["title"], movie["released"].to_string())).collect();
        all.sort();
        all
    };
    assert_eq!(titles(&["--catalog", "other"]), titles(&[]));
    let again = home.run(&["export", "nfo", "Library", "--where", "casablanca"]);
    again.is_refused(
        "Library/Casablanca (1942)/Casablanca (1942).nfo: is there already; --overwrite replaces what cinedex wrote. \
         Nothing was written",
    );
    home.run(&["export", "nfo", "Library", "--where", "casablanca", "--overwrite"]).is_done("", "1 records written\n");
    let wrong = home.run(&["export", "nfo", "Library", "--where", "year:1950..1940"]);
    assert!(wrong.status == Some(2) && wrong.err.contains("^^^"), "{}", wrong.err);
    assert_eq!(home.run(&["export", "nfo"]).status, Some(2));
}
