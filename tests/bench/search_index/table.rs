//! The rows of the index in a redb table.

use cinedex::search::index::{Page, Pages, See, build};
use cinedex::search::{Names, Trouble};
use redb::{AccessGuard, ReadOnlyTable, TableDefinition};
use std::ops::Deref;
use std::path::Path;
use std::time::Instant;

/// The table.
pub const ROWS: TableDefinition<&[u8], &[u8]> = TableDefinition::new("search");

/// Builds a file.
pub fn make(file: &Path, names: &dyn Names) -> Result<(), Trouble> {
    let start = Instant::now();
    let mut sizes = std::collections::BTreeMap::<u8, (u64, u64)>::new();
    let database = redb::Builder::new().set_cache_size(64 << 20).create(file)?;
    let write = database.begin_write()?;
    {
        let mut table = write.open_table(ROWS)?;
        let folder = file.parent().unwrap_or(Path::new("."));
        let mut cursor = table.upper_bound_mut(std::ops::Bound::<&[u8]>::Unbounded)?;
        build(names, folder, &mut |key, row| {
            let size = sizes.entry(key[1]).or_default();
            *size = (size.0 + 1, size.1 + (key.len() + row.len()) as u64);
            cursor.insert_before(key, row)?;
            Ok(())
        })?;
    }
    write.commit()?;
    for (kind, (rows, bytes)) in sizes {
        println!("{}: {rows} rows, {:.1} MB", char::from(kind), bytes as f64 / 1e6);
    }
    println!("built in {:.1} s", start.elapsed().as_secs_f64());
    drop(database);
    let mut database = redb::Builder::new().set_cache_size(64 << 20).open(file)?;
    database.compact()?;
    println!("{:.1} MB after compaction", std::fs::metadata(file)?.len() as f64 / 1e6);
    Ok(())
}

/// The table as of one moment.
pub struct Rows(pub ReadOnlyTable<&'static [u8], &'static [u8]>);

/// A row held.
struct Held<'a>(AccessGuard<'a, &'static [u8]>);

impl Deref for Held<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.value()
    }
}

impl Pages for Rows {
    fn get(&self, key: &[u8]) -> Result<Option<Page<'_>>, Trouble> {
        Ok(self.0.get(key)?.map(|row| Box::new(Held(row)) as Page<'_>))
    }

    fn last_to(&self, key: &[u8]) -> Result<Option<(Vec<u8>, Page<'_>)>, Trouble> {
        let Some(last) = self.0.range::<&[u8]>(..=key)?.next_back() else { return Ok(None) };
        let (key, row) = last?;
        Ok(Some((key.value().to_vec(), Box::new(Held(row)))))
    }

    fn walk(&self, key: &[u8], visit: &mut See<'_>) -> Result<(), Trouble> {
        for row in self.0.range::<&[u8]>(key..)? {
            let (key, row) = row?;
            if visit(key.value(), row.value()).is_break() {
                break;
            }
        }
        Ok(())
    }
}
