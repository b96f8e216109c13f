//! Pictures become files: addresses as they are, bytes once.

use super::assemble::{Assembler, look};
use super::draft::Picture;
use super::error::ImportError;
use crate::catalog::picture::file_of;
use crate::domain::{File, FileId, Key, Record, Timestamp, clean_line};
use crate::store::read::Read;
use crate::store::tables::unique;
use std::io::Read as _;
use std::path::Path;

impl Assembler<'_> {
    /// The files of pictures besides those a record has.
    pub(super) fn pictures(&mut self, old: &[FileId], pictures: Vec<Picture>) -> Result<Vec<FileId>, ImportError> {
        let mut known = Vec::new();
        for id in old {
            known.extend(look!(self.glance).file(*id)?.and_then(|file| file.url));
        }
        let is_known = |picture: &Picture| matches!(picture, Picture::Address { url, .. } if known.contains(url));
        let mut files = Vec::new();
        for picture in pictures.into_iter().filter(|picture| !is_known(picture)) {
            files.extend(self.picture(None, picture)?);
        }
        Ok(files)
    }

    /// The file of a picture, in place of one that is only an address too; none where the old one stays.
    pub(super) fn picture(&mut self, old: Option<FileId>, picture: Picture) -> Result<Option<FileId>, ImportError> {
        let (file, bytes) = match picture {
            Picture::Address { url, width, height } => (addressed(url, width, height, self.now), None),
            Picture::Here(path) => match read(Path::new(&path), self.now) {
                Ok((file, bytes)) => (file, Some(bytes)),
                Err(why) => {
                    self.report.note(Path::new(&path), 0, format!("the picture was not taken: {why}"));
                    return Ok(None);
                }
            },
        };
        self.keep(old, file, bytes)
    }

    fn keep(
        &mut self,
        old: Option<FileId>,
        mut file: File,
        bytes: Option<Vec<u8>>,
    ) -> Result<Option<FileId>, ImportError> {
        file.tidy();
        if !file.faults().is_empty() {
            return Ok(None);
        }
        if let Some(there) = self.same(&file)? {
            return Ok(Some(there).filter(|there| Some(*there) != old));
        }
        let before = match old {
            Some(id) => look!(self.glance).file(id)?.map(|before| (id, before)),
            None => None,
        };
        let replaced = match before {
            Some((_, before)) if bytes.is_none() && (before.key.is_some() || before.url == file.url) => {
                return Ok(None);
            }
            Some((id, before)) if before.key.is_none() && self.files.insert(id) => {
                file.created = before.created;
                file.url = file.url.or_else(|| before.url.clone());
                Some((id, Record::File(before)))
            }
            _ => None,
        };
        let id = match &replaced {
            Some((id, _)) => *id,
            None => self.bulk.next_file()?,
        };
        self.kept.extend(file.key.map(|key| (key, id)));
        let is_new = replaced.is_none();
        self.bulk.put(Key::File(id), replaced.map(|(_, before)| before), Record::File(file))?;
        if let Some(bytes) = bytes {
            self.bulk.put_bytes(id, bytes)?;
        }
        Ok(is_new.then_some(id))
    }

    /// The file that has the same bytes.
    fn same(&mut self, file: &File) -> Result<Option<FileId>, ImportError> {
        let Some(key) = file.key else { return Ok(None) };
        if let Some(id) = self.kept.get(&key) {
            return Ok(Some(*id));
        }
        Ok(look!(self.glance).owner(unique::FILE, &key)?.map(FileId))
    }
}

/// A picture whole, or why it is not taken.
fn read(path: &Path, now: Timestamp) -> Result<(File, Vec<u8>), String> {
    let fault = |error: std::io::Error| error.to_string();
    // Anything but a file, such as a pipe, might never come to an end.
    if !std::fs::metadata(path).map_err(fault)?.is_file() {
        return Err("it is no file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(fault)?;
    file.take(File::MAX + 1).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 > File::MAX {
        return Err(format!("it is larger than {} MiB", File::MAX >> 20));
    }
    let name = clean_line(&path.file_name().unwrap_or_default().to_string_lossy());
    let file = file_of(name, &bytes, now);
    if file.width.is_none() {
        return Err("it is no JPEG, PNG, GIF or WebP, or is damaged".to_owned());
    }
    Ok((file, bytes))
}

fn addressed(url: String, width: Option<u32>, height: Option<u32>, now: Timestamp) -> File {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let mime = match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ => "image/jpeg",
    };
    File { name, mime: mime.to_owned(), url: Some(url), width, height, created: now, updated: now, ..File::default() }
}
