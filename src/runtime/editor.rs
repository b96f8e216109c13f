//! `$EDITOR`: a text goes out in a private file and comes back.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// What comes back may be so long.
const LIMIT: u64 = 1024 * 1024;

/// Has a text edited, on the terminal as it is; gives it back as saved, or a sentence why not.
/// `editor` is what `VISUAL` or `EDITOR` say: a program with its arguments.
pub fn edit(editor: &str, text: &str) -> Result<String, String> {
    // A folder of its own, readable by nobody else, takes the copies and locks that editors leave beside a file too.
    let sorry = |error: io::Error| format!("no temporary file for the editor: {error}");
    let folder = tempfile::Builder::new().prefix("cinedex-").tempdir().map_err(sorry)?;
    let file = folder.path().join("text.txt");
    write_private(&file, text).map_err(sorry)?;
    run(editor, &file)?;
    let edited = read(&file).map_err(|error| format!("the text from the editor cannot be read: {error}"))?;
    Ok(without_added_newline(text, edited))
}

fn write_private(file: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    out.write_all(text.as_bytes())
}

fn run(editor: &str, file: &Path) -> Result<(), String> {
    // The variable may hold arguments and quotes: the shell takes it apart, as git and others have it do.
    let status = Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("cinedex").arg(file).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(127) => {
            Err(format!("the editor {editor:?} was not found: set EDITOR to one that is there"))
        }
        Ok(status) => Err(format!("the editor ended with {status}, the text stays as it was")),
        Err(error) => Err(format!("the editor {editor:?} could not be started: {error}")),
    }
}

fn read(file: &Path) -> io::Result<String> {
    if fs::metadata(file)?.len() > LIMIT {
        return Err(io::Error::other("it is longer than 1 MiB"));
    }
    fs::read_to_string(file)
}

/// Editors end a text with a newline whether it had one or not.
fn without_added_newline(before: &str, mut after: String) -> String {
    if !before.ends_with('\n') && after.ends_with('\n') {
        after.pop();
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_saved() {
        assert_eq!(edit("true", "one"), Ok("one".into()));
        assert_eq!(edit("sed -i -e 's/one/two words/'", "one\nmore"), Ok("two words\nmore".into()));
        let echo = r#"sh -c 'echo more >> "$0"; ls "$(dirname "$0")" >> "$0"'"#;
        assert_eq!(edit(echo, "one\n"), Ok("one\nmore\ntext.txt\n".into()));
    }

    #[test]
    fn the_file_is_private() {
        assert_eq!(edit(r#"f() { stat -c %a "$1" > "$1.new"; mv "$1.new" "$1"; }; f"#, "x"), Ok("600".into()));
    }

    #[test]
    fn what_went_wrong_is_said() {
        let says = |editor: &str| edit(editor, "one").unwrap_err();
        assert!(says("false").contains("stays as it was"));
        assert!(says("no-such-editor-here").contains("set EDITOR"));
        assert!(says("printf '\\377' >").contains("cannot be read"));
        assert!(says("head -c 2000000 /dev/zero >").contains("longer than"));
    }
}
