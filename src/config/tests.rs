use super::*;
use std::path::{Path, PathBuf};

fn parse(text: &str) -> Result<Settings, String> {
    Settings::parse(text, Path::new("/etc/cinedex/config.toml")).map_err(|complaint| complaint.to_string())
}

#[test]
fn nothing_said_is_the_default() {
    assert_eq!(parse(""), Ok(Settings::default()));
    assert_eq!(Settings::read(Path::new("/nowhere/config.toml")), Ok(Settings::default()));
}

#[test]
fn what_is_said_holds_and_the_rest_stays() {
    let settings = parse("catalog = \"films\"\nascii = true\n").unwrap();
    assert_eq!(settings.catalog, Some(PathBuf::from("/etc/cinedex/films")));
    assert_eq!((settings.ascii, settings.color), (true, true));
    assert_eq!(settings.password_memory, Settings::default().password_memory);
}

#[test]
fn complaints_name_the_line() {
    let complaint = |text: &str| parse(text).unwrap_err();
    let unknown = complaint("ascii = true\n\ncolour = false\n");
    assert!(unknown.starts_with("/etc/cinedex/config.toml:3: unknown field `colour`"), "{unknown}");
    assert!(complaint("ascii = \"yes\"").starts_with("/etc/cinedex/config.toml:1: invalid type"));
    assert!(complaint("ascii = true\nascii = true").starts_with("/etc/cinedex/config.toml:2: duplicate key"));
    assert_eq!(
        complaint("color = true\npassword_memory = 8"),
        "/etc/cinedex/config.toml:2: password_memory: between 19 and 256 MiB are wanted"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let complaint = Settings::read(folder.path()).unwrap_err().to_string();
    assert!(complaint.starts_with(&folder.path().display().to_string()), "{complaint}");
    let file = folder.path().join("config.toml");
    std::fs::write(&file, [0xff, 0xfe]).unwrap();
    assert!(Settings::read(&file).unwrap_err().to_string().contains("not text in UTF-8"));
}

#[test]
fn the_environment_counts_only_where_it_says_something() {
    let vars = [("NO_COLOR", ""), ("EDITOR", "vi"), ("VISUAL", ""), ("TERM", "xterm"), ("CINEDEX_CATALOG", "/films")];
    let read = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).into());
    let around = Surroundings::read(read);
    assert!(!around.no_color);
    assert_eq!(around.editor.as_deref(), Some("vi"));
    assert_eq!(around.catalog, Some(PathBuf::from("/films")));
    assert!(Surroundings::read(|_| Some("1".into())).no_color);
}

#[test]
fn the_config_folder_can_be_set() {
    let set = |name: &str| (name == "XDG_CONFIG_HOME").then(|| "/conf".into());
    let Ok(places) = Places::usual(set) else { return };
    assert_eq!(places.config, PathBuf::from("/conf/cinedex/config.toml"));
    assert!(places.catalog.ends_with("cinedex/catalog.cinedex"));
    assert!(places.log().starts_with(&places.state));
}
