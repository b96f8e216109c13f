//! Credits by word on their way into a file: those of one word are laid together before they are sorted, so that far
//! fewer pairs are.

use super::{act, table};
use crate::sorter::Sorter;
use crate::store::credit::{self, Credit};
use crate::store::entry::Index;
use crate::store::error::Result;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// So many credits are held in memory.
const CREDITS: usize = if cfg!(test) { 20 } else { 1 << 20 };

/// Credits that come, by the key of their word.
#[derive(Default)]
pub(super) struct Words {
    lists: HashMap<Vec<u8>, Vec<Credit>, RandomState>,
    credits: usize,
}

impl Words {
    /// Takes credits; where there is no more room all of them are handed to the sorter.
    pub fn put(&mut self, word: &[u8], credits: &[Credit], sorter: &mut Sorter) -> Result<()> {
        match self.lists.get_mut(word) {
            Some(list) => list.extend_from_slice(credits),
            None => drop(self.lists.insert(word.to_vec(), credits.to_vec())),
        }
        self.credits += credits.len();
        if self.credits >= CREDITS { self.settle(sorter) } else { Ok(()) }
    }

    /// Hands all of them to the sorter.
    pub fn settle(&mut self, sorter: &mut Sorter) -> Result<()> {
        let mut bytes = Vec::new();
        for (word, mut credits) in self.lists.drain() {
            credits.sort_unstable();
            bytes.clear();
            credit::put_all(&mut bytes, &credits);
            let first = credits.first().expect("a list begins with a credit").key();
            let key = [&[table::INDEX + Index::Word as u8], word.as_slice(), &[0], &first];
            sorter.push_parts(key, [&[act::JOIN], bytes.as_slice()])?;
        }
        self.credits = 0;
        Ok(())
    }
}
