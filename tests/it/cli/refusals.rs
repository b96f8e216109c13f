//! What cannot be done: a sentence, status 2, and nothing touched.

use super::Home;
use std::fs;

#[test]
fn help_and_version_are_data() {
    let home = Home::new();
    let help = home.run(&["--help"]);
    assert_eq!((help.status, help.err.as_str()), (Some(0), ""));
    assert!(help.out.starts_with("A film catalogue that lives in a terminal.\n"), "{}", help.out);
    assert!(help.out.ends_with("colours\n"), "{}", help.out);
    for command in ["search", "show", "list", "check", "backup", "restore", "compact", "import", "account", "man"] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command} in {}", help.out);
        let page = home.run(&[command, "--help"]);
        assert_eq!((page.status, page.err.as_str()), (Some(0), ""));
        assert!(page.out.contains(&format!("Usage: cinedex {command}")), "{}", page.out);
    }
    home.run(&["--version"]).is_done(concat!("cinedex ", env!("CARGO_PKG_VERSION"), "\n"), "");
    assert!(!fs::exists(home.path("data")).unwrap(), "asking for help makes no catalogue");
}

#[test]
fn unknown_words_are_refused_by_name() {
    let home = Home::new();
    for (words, says) in [
        (&["frobnicate"][..], "unrecognized subcommand 'frobnicate'"),
        (&["list", "movies", "--frobnicate"], "unexpected argument '--frobnicate'"),
        (&["list", "spaceships"], "invalid value 'spaceships'"),
        (&["list", "movies", "--year", "1950..1940"], "1950 comes after 1940"),
        (&["search", "--limit", "0", "x"], "invalid value '0'"),
        (&["show", "movie"], "<ID>"),
        (&["search"], "<QUERY>"),
        (&["account", "role", "ada", "emperor"], "invalid value 'emperor'"),
    ] {
        let ran = home.run(words);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{words:?}");
        assert!(ran.err.starts_with("error: ") && ran.err.contains(says), "{words:?}: {}", ran.err);
    }
}

#[test]
fn hostile_words_do_not_reach_the_terminal() {
    let home = Home::with_films();
    for words in [["list", "\u{1b}[2J"], ["show", "\u{9b}31m"], ["\u{1b}]0;x\u{7}", "x"]] {
        let ran = home.run(&words);
        assert_eq!(ran.status, Some(2));
        assert!(!ran.err.contains(['\u{1b}', '\u{9b}', '\u{7}']), "{:?}", ran.err);
    }
    let ran = home.run(&["show", "genre", "\u{1b}[2J"]);
    assert!(ran.status == Some(2) && !ran.err.contains('\u{1b}'), "{:?}", ran.err);
}

#[test]
fn there_is_no_catalogue() {
    let home = Home::new();
    home.run(&["list", "movies"]).is_refused("HOME/data/cinedex/catalog.cinedex: there is no such file");
    home.run(&["--catalog", "no/such/folder/x", "list", "movies"])
        .is_refused("no/such/folder/x: there is no such file");
    assert!(!fs::exists(home.path("no")).unwrap());
    assert!(!fs::exists(home.path("data")).unwrap());
}

#[test]
fn what_is_no_catalogue_is_left_alone() {
    let home = Home::with_films();
    let good = fs::read(home.catalog()).unwrap();
    let mut torn = good.clone();
    torn.truncate(good.len() / 3);
    let mut scrambled = good.clone();
    scrambled.iter_mut().skip(4096).step_by(7).for_each(|byte| *byte ^= 0xa5);
    for (name, bytes) in [
        ("empty", &b""[..]),
        ("letter", b"Dear Sir or Madam,\n"),
        ("zeros", &vec![0; 100_000]),
        ("torn", &torn),
        ("scrambled", &scrambled),
    ] {
        let path = home.path(name);
        fs::write(&path, bytes).unwrap();
        for words in [&["list", "movies"][..], &["search", "casablanca"], &["show", "movie", "1"]] {
            let ran = home.run(&[&["--catalog", name], words].concat());
            assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{name} {words:?}: {ran:?}");
            let sentence = ran.err.strip_prefix("cinedex: ").unwrap_or_else(|| panic!("{name}: {}", ran.err));
            assert!(sentence.contains(name) && sentence.lines().count() == 1, "{name} {words:?}: {}", ran.err);
        }
        if !matches!(name, "torn" | "scrambled") {
            assert_eq!(fs::read(&path).unwrap(), bytes, "{name} was touched");
        }
    }
}

#[test]
fn a_folder_is_no_file() {
    let home = Home::new();
    fs::create_dir(home.path("films")).unwrap();
    home.run(&["--catalog", "films", "list", "movies"])
        .is_refused("films: is not a file; name the catalogue's file itself");
    home.run(&["--catalog", "films", "import", "starter"])
        .is_refused("films: is not a file; name the catalogue's file itself");
}

#[cfg(unix)]
#[test]
fn without_permission_it_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::with_films();
    let set = |mode| fs::set_permissions(home.catalog(), fs::Permissions::from_mode(mode)).unwrap();
    assert_eq!(fs::metadata(home.catalog()).unwrap().permissions().mode() & 0o777, 0o600);
    set(0o000);
    if fs::File::open(home.catalog()).is_ok() {
        return; // nothing is denied to the superuser
    }
    home.run(&["list", "movies"])
        .is_refused("HOME/data/cinedex/catalog.cinedex: permission denied; check who owns it and its mode");
    set(0o400);
    assert_eq!(home.run(&["list", "movies", "--limit", "1"]).status, Some(0));
    home.run_with(&["account", "create", "ada", "--password-stdin"], "rosebud rosebud\n")
        .is_refused("the catalogue can only be read: no permission to write HOME/data/cinedex/catalog.cinedex");
}

#[test]
fn settings_that_are_wrong_are_named_with_their_line() {
    let home = Home::with_films();
    fs::create_dir_all(home.path("config/cinedex")).unwrap();
    fs::write(home.path("config/cinedex/config.toml"), "color = true\ncolour = false\n").unwrap();
    let ran = home.run(&["list", "movies"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("cinedex: HOME/config/cinedex/config.toml:2: "), "{}", ran.err);
}

#[test]
fn what_does_not_fit_a_list_is_refused() {
    let home = Home::with_films();
    home.run(&["list", "people", "--genre", "drama"]).is_refused("--genre and --year are for movies, not for people");
    home.run(&["list", "genres", "--country", "France"])
        .is_refused("--country is for movies and people, not for genres");
    home.run(&["list", "people", "--sort", "budget"])
        .is_refused("people cannot be sorted by budget: take one of name, born, popularity, added");
    home.run(&["list", "movies", "--genre", "Opera"]).is_refused("there is no genre \"Opera\"");
    home.run(&["list", "favorites"]).is_refused("sign in or create an account first");
    home.run(&["show", "movie", "Casablanca"]).is_refused("\"Casablanca\" is no id; `cinedex list` shows them");
    home.run(&["show", "character", "12"]).is_refused("\"12\" is no id; `cinedex list` shows them");
    home.run(&["man", "frobnicate"]).is_refused("there is no command frobnicate");
}

#[test]
fn nothing_waits_for_a_key() {
    let home = Home::with_films();
    let no_terminal = "there is no terminal to ask for a password: use --password-stdin";
    home.run(&["account", "create", "ada"]).is_refused(no_terminal);
    home.run(&["--as", "ada", "list", "movies"]).is_refused(no_terminal);
    home.run(&["account", "create", "ada", "--password-stdin"]).is_refused("no password on standard input");
}
