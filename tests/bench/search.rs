//! One keystroke over 54,000 names held in memory: `cargo bench --bench search`.

use cinedex::domain::Entity;
use cinedex::search::{Name, Names, Question, Trouble, find};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::ops::ControlFlow;

/// Names built of syllables: two or three words each.
struct Made(Vec<String>);

impl Made {
    fn new(count: usize) -> Self {
        let mut state = 1_u64;
        let mut next = |limit: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap_or(0) % limit
        };
        let syllables =
            ["ma", "ri", "ka", "to", "len", "ber", "son", "gel", "di", "ro", "wan", "shi", "cas", "bl", "an"];
        let word = |next: &mut dyn FnMut(usize) -> usize| -> String {
            (0..2 + next(3)).map(|_| syllables[next(syllables.len())]).collect()
        };
        let names = (0..count).map(|_| (0..2 + next(2)).map(|_| word(&mut next)).collect::<Vec<_>>().join(" "));
        Self(names.collect())
    }
}

impl Names for Made {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        let names = if entity == Entity::Movie { &self.0[..] } else { &[] };
        for (id, texts) in (0..).zip(names) {
            if visit(Name { id, weight: id % 1000, year: 0, texts }).is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn keystrokes(criterion: &mut Criterion) {
    let names = Made::new(54_000);
    let mut group = criterion.benchmark_group("keystroke over 54,000 names");
    for asked in ["c", "ca", "casabl", "casablnca", "marika berson", "berson mari", "zzzz", "the rito lenk"] {
        group.bench_function(asked, |bench| {
            bench.iter(|| {
                let question = Question::parse(black_box(asked));
                find(&names, &question, None, 50, &|| false, &|_, _| false).map_or(0, |found| found.len())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, keystrokes);
criterion_main!(benches);
