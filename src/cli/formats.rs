//! `import` and `export` as the table of formats makes them: a subcommand a format.

use crate::catalog::task::{self, Format, Setting, Settings, Takes};
use crate::transfer::formats::{EXPORTS, Exporter, IMPORTS};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, Error, FromArgMatches, Subcommand, value_parser};
use std::path::PathBuf;

/// `import`
#[derive(Debug)]
pub struct Import {
    /// What was asked for.
    pub task: task::Import,
    /// The report as one JSON object.
    pub json: bool,
}

/// `export`
#[derive(Debug)]
pub struct Export(pub task::Export);

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue)
}

fn setting(setting: &Setting) -> Arg {
    let value = setting.value.trim_matches(['[', ']']);
    let arg = Arg::new(setting.name).long(setting.name).help(setting.help);
    match (value, setting.value.starts_with('[')) {
        ("", _) => arg.action(ArgAction::SetTrue),
        (_, false) => arg.value_name(value),
        (_, true) => arg.value_name(value).num_args(0..=1).default_missing_value(""),
    }
}

fn paths(takes: Takes) -> Option<Arg> {
    let path = Arg::new("paths").value_parser(value_parser!(PathBuf));
    match takes {
        Takes::Nothing => None,
        Takes::One(word) => Some(path.value_name(word)),
        Takes::Several(word) => Some(path.value_name(word).num_args(1..)),
    }
}

fn command(format: &Format, paths: Option<Arg>) -> Command {
    Command::new(format.name).about(format.about).args(paths).args(format.settings.iter().map(setting))
}

/// The setting whose value may be left out, so that what stands behind it may be the path.
fn open_setting(format: &Format) -> Option<&Setting> {
    format.settings.iter().find(|setting| setting.value.starts_with('['))
}

fn import(format: &Format) -> Command {
    let needed = |paths: Arg| match open_setting(format) {
        Some(setting) => paths.required_unless_present(setting.name),
        None => paths.required(true),
    };
    let command = command(format, paths(format.takes).map(needed));
    let command = command.arg(flag("json", "The report as one JSON object, on standard output"));
    if !format.merges {
        return command;
    }
    command
        .arg(flag("dry-run", "Say what would be new, changed and skipped; change nothing"))
        .arg(flag("overwrite", "Let it replace what was entered here"))
}

fn export(row: &Exporter) -> Command {
    let (format, streams) = (&row.format, row.streams());
    let help = if streams { "What to make; none: standard output" } else { "What to make" };
    let paths = paths(format.takes).map(|paths| paths.help(help).required(!streams));
    let command = command(format, paths).arg(flag("overwrite", "Write over what is there"));
    if !format.chooses {
        return command;
    }
    let query = Arg::new("where").long("where").value_name("QUERY").allow_hyphen_values(true);
    command.arg(query.help("Only the films that this query lets through, as typed after `=`"))
}

/// What was given for a format's settings.
fn settings(format: &Format, given: &ArgMatches) -> Settings {
    let value = |setting: &Setting| match setting.value {
        "" => given.get_flag(setting.name).then(String::new),
        _ => given.get_one::<String>(setting.name).cloned(),
    };
    Settings(format.settings.iter().filter_map(|setting| Some((setting.name, value(setting)?))).collect())
}

/// The format of the subcommand, and what was given to it.
fn chosen<'a>(given: &'a ArgMatches, table: &[&'static Format]) -> Result<(&'static Format, &'a ArgMatches), Error> {
    let missing = || Error::raw(ErrorKind::MissingSubcommand, "name a format\n");
    let (name, given) = given.subcommand().ok_or_else(missing)?;
    let format = table.iter().find(|format| format.name == name).ok_or_else(missing)?;
    Ok((format, given))
}

fn given_paths(format: &Format, given: &ArgMatches) -> Vec<PathBuf> {
    match format.takes {
        Takes::Nothing => Vec::new(),
        _ => given.get_many("paths").into_iter().flatten().cloned().collect(),
    }
}

/// The path that was taken for a setting's value: `--download FOLDER`.
fn path_behind(setting: &Setting, settings: &mut Settings) -> Result<PathBuf, Error> {
    let value = settings.0.iter_mut().find(|(name, _)| *name == setting.name).map(|(_, value)| value);
    match value.map(std::mem::take) {
        Some(path) if !path.is_empty() && !path.contains("://") => Ok(path.into()),
        _ => Err(Error::raw(ErrorKind::MissingRequiredArgument, format!("name a path behind --{}\n", setting.name))),
    }
}

fn imports() -> Vec<&'static Format> {
    IMPORTS.iter().map(|row| &row.format).collect()
}

fn exports() -> Vec<&'static Format> {
    EXPORTS.iter().map(|row| &row.format).collect()
}

impl FromArgMatches for Import {
    fn from_arg_matches(given: &ArgMatches) -> Result<Import, Error> {
        let (format, given) = chosen(given, &imports())?;
        let on = |name| format.merges && given.get_flag(name);
        let mut task = task::Import {
            format: format.name,
            paths: given_paths(format, given),
            settings: settings(format, given),
            dry_run: on("dry-run"),
            overwrite: on("overwrite"),
        };
        if task.paths.is_empty()
            && let Some(setting) = open_setting(format)
        {
            task.paths.push(path_behind(setting, &mut task.settings)?);
        }
        Ok(Import { task, json: given.get_flag("json") })
    }

    fn update_from_arg_matches(&mut self, given: &ArgMatches) -> Result<(), Error> {
        *self = Import::from_arg_matches(given)?;
        Ok(())
    }
}

impl FromArgMatches for Export {
    fn from_arg_matches(given: &ArgMatches) -> Result<Export, Error> {
        let (format, given) = chosen(given, &exports())?;
        let query = if format.chooses { given.get_one::<String>("where").cloned() } else { None };
        Ok(Export(task::Export {
            format: format.name,
            to: given_paths(format, given).pop(),
            movies: Vec::new(),
            query: query.unwrap_or_default(),
            settings: settings(format, given),
            overwrite: given.get_flag("overwrite"),
        }))
    }

    fn update_from_arg_matches(&mut self, given: &ArgMatches) -> Result<(), Error> {
        *self = Export::from_arg_matches(given)?;
        Ok(())
    }
}

impl Subcommand for Import {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(imports().into_iter().map(import))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Import::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        imports().iter().any(|format| format.name == name)
    }
}

impl Subcommand for Export {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(EXPORTS.iter().map(export))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Export::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        exports().iter().any(|format| format.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE_UP: Format = Format::new("csv", Takes::Several("FILE"), "Tables").merging().with(&[
        Setting { name: "map", value: "A=B,…", help: "Columns" },
        Setting { name: "download", value: "[URL]", help: "Fetch it" },
        Setting { name: "akas", value: "", help: "Other titles too" },
    ]);

    fn given(words: &[&str]) -> Settings {
        settings(&MADE_UP, &import(&MADE_UP).try_get_matches_from(words).unwrap())
    }

    #[test]
    fn settings_become_options() {
        import(&MADE_UP).debug_assert();
        let all = given(&["csv", "x", "--map", "a=b", "--akas", "--download"]);
        assert_eq!((all.get("map"), all.get("akas"), all.get("download")), (Some("a=b"), Some(""), Some("")));
        assert_eq!(given(&["csv", "x", "--download", "http://x"]).get("download"), Some("http://x"));
        assert_eq!(given(&["csv", "x"]), Settings::default());
        assert!(import(&MADE_UP).try_get_matches_from(["csv"]).is_err());
    }

    #[test]
    fn a_value_that_may_be_left_out_takes_no_path_away() {
        let given = |words: &[&str]| {
            let command = Import::augment_subcommands(Command::new("import")).no_binary_name(true);
            let Import { task, .. } = Import::from_arg_matches(&command.try_get_matches_from(words).ok()?).ok()?;
            Some((task.paths, task.settings.get("download").map(str::to_owned)))
        };
        let folder = |url: Option<&str>| Some((vec![PathBuf::from("sets")], url.map(str::to_owned)));
        assert_eq!(given(&["imdb", "sets"]), folder(None));
        for words in [&["imdb", "sets", "--download"][..], &["imdb", "--download", "sets"]] {
            assert_eq!(given(words), folder(Some("")), "{words:?}");
        }
        for words in [["imdb", "--download", "http://x", "sets"], ["imdb", "sets", "--download", "http://x"]] {
            assert_eq!(given(&words), folder(Some("http://x")), "{words:?}");
        }
        for words in [&["imdb"][..], &["imdb", "--download"], &["imdb", "--download", "http://x"]] {
            assert_eq!(given(words), None, "{words:?}");
        }
    }
}
