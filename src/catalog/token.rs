//! "Remember me on this machine": a random token in a file that only its owner reads. The catalogue keeps no more
//! than the token's hash, so a copy of the catalogue signs nobody in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const LENGTH: usize = 32;
const HEAD: &[u8] = b"cinedex sign-in 1\n";
/// A file longer than any we write is none of ours.
const FILE_MAX: u64 = 16 * 1024;

/// What the catalogue keeps of a token.
pub type TokenHash = [u8; 32];

/// A token. Never shown, wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Zeroizing<[u8; LENGTH]>);

impl Token {
    /// A new one out of the system's randomness.
    pub fn new() -> io::Result<Token> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Token(bytes))
    }

    /// What the catalogue keeps of it.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        Sha256::digest(self.0.as_slice()).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// Writes the token of a catalogue into the folder, in place of any before: whole or not at all.
pub fn write(folder: &Path, catalogue: &Path, token: &Token) -> io::Result<()> {
    let catalogue = fs::canonicalize(catalogue)?;
    make_folder(folder)?;
    let mut file = tempfile::Builder::new().prefix(".signed-in").tempfile_in(folder)?; // made with 0600
    file.write_all(&contents(&catalogue, token))?;
    file.as_file().sync_all()?;
    file.persist(place(folder, &catalogue))?;
    Ok(())
}

/// Reads the token of a catalogue; none where there is none, or the file is for another catalogue.
pub fn read(folder: &Path, catalogue: &Path) -> io::Result<Option<Token>> {
    let catalogue = fs::canonicalize(catalogue)?;
    let path = place(folder, &catalogue);
    let file = match File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    if open_to_others(&file)? {
        let says = format!("others may read {}: it is left aside; sign in again", path.display());
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, says));
    }
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(FILE_MAX).read_to_end(&mut bytes)?;
    Ok(parse(&bytes, &catalogue))
}

/// Removes the token of a catalogue, if there is one.
pub fn forget(folder: &Path, catalogue: &Path) -> io::Result<()> {
    let catalogue = fs::canonicalize(catalogue)?;
    match fs::remove_file(place(folder, &catalogue)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// The file of a catalogue, one for each path.
fn place(folder: &Path, catalogue: &Path) -> PathBuf {
    of_catalogue(folder, "signed-in", catalogue)
}

/// A file of the state folder that belongs to a catalogue, by its whole path.
pub(super) fn of_catalogue(folder: &Path, what: &str, catalogue: &Path) -> PathBuf {
    let digest = Sha256::digest(catalogue.as_os_str().as_encoded_bytes());
    folder.join(format!("{what}-{}", URL_SAFE_NO_PAD.encode(&digest[..12])))
}

/// Head, token, the catalogue's path to the end.
fn contents(catalogue: &Path, token: &Token) -> Zeroizing<Vec<u8>> {
    let written = Zeroizing::new(URL_SAFE_NO_PAD.encode(token.0.as_slice()));
    let path = catalogue.as_os_str().as_encoded_bytes();
    Zeroizing::new([HEAD, written.as_bytes(), b"\n", path].concat())
}

fn parse(bytes: &[u8], catalogue: &Path) -> Option<Token> {
    let rest = bytes.strip_prefix(HEAD)?;
    let end = rest.iter().position(|&byte| byte == b'\n')?;
    let (written, path) = (&rest[..end], &rest[end + 1..]);
    if path != catalogue.as_os_str().as_encoded_bytes() {
        return None;
    }
    let mut token = Zeroizing::new([0; LENGTH]);
    let length = URL_SAFE_NO_PAD.decode_slice(written, token.as_mut_slice()).ok()?;
    (length == LENGTH).then_some(Token(token))
}

#[cfg(unix)]
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(folder)
}

#[cfg(unix)]
fn open_to_others(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_: &File) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let (folder, catalogue) = (dir.path().join("state/cinedex"), dir.path().join("films.cinedex"));
        fs::write(&catalogue, b"").unwrap();
        (dir, folder, catalogue)
    }

    #[test]
    fn written_read_and_forgotten() {
        let (_dir, folder, catalogue) = world();
        assert_eq!(read(&folder, &catalogue).unwrap(), None);
        let token = Token::new().unwrap();
        write(&folder, &catalogue, &token).unwrap();
        assert_eq!(read(&folder, &catalogue).unwrap(), Some(token));
        let second = Token::new().unwrap();
        write(&folder, &catalogue, &second).unwrap();
        assert_eq!(read(&folder, &catalogue).unwrap().unwrap().hash(), second.hash());
        forget(&folder, &catalogue).unwrap();
        forget(&folder, &catalogue).unwrap();
        assert_eq!(read(&folder, &catalogue).unwrap(), None);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }

    #[test]
    fn each_catalogue_has_its_own_and_takes_no_other() {
        let (dir, folder, catalogue) = world();
        let other = dir.path().join("other.cinedex");
        fs::write(&other, b"").unwrap();
        write(&folder, &catalogue, &Token::new().unwrap()).unwrap();
        assert_eq!(read(&folder, &other).unwrap(), None);
        let (from, to) = (fs::canonicalize(&catalogue).unwrap(), fs::canonicalize(&other).unwrap());
        fs::rename(place(&folder, &from), place(&folder, &to)).unwrap();
        assert_eq!(read(&folder, &other).unwrap(), None);
    }

    #[test]
    fn odd_files_are_no_token() {
        let (_dir, folder, catalogue) = world();
        let path = fs::canonicalize(&catalogue).unwrap();
        write(&folder, &catalogue, &Token::new().unwrap()).unwrap();
        let good = fs::read(place(&folder, &path)).unwrap();
        for length in 0..good.len() {
            assert_eq!(parse(&good[..length], &path), None);
        }
        assert!(parse(&good, &path).is_some());
        assert_eq!(parse(&[HEAD, b"AAAA\n", path.as_os_str().as_encoded_bytes()].concat(), &path), None);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (_dir, folder, catalogue) = world();
        write(&folder, &catalogue, &Token::new().unwrap()).unwrap();
        let file = place(&folder, &fs::canonicalize(&catalogue).unwrap());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let error = read(&folder, &catalogue).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
    }

    #[test]
    fn a_token_is_never_shown() {
        assert_eq!(format!("{:?}", Token::new().unwrap()), "Token");
    }
}
