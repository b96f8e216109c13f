//! The next and the previous value of what can be compared.

use crate::domain::PartialDate;

/// A value with neighbours.
pub(super) trait Step: Copy + PartialOrd {
    /// The next larger value.
    fn after(self) -> Option<Self>;
    /// The next smaller value.
    fn before(self) -> Option<Self>;
}

/// Amounts are never less than nothing.
impl Step for i64 {
    fn after(self) -> Option<Self> {
        self.checked_add(1)
    }

    fn before(self) -> Option<Self> {
        self.checked_sub(1).filter(|before| *before >= 0)
    }
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl Step for $number {
            fn after(self) -> Option<Self> {
                self.checked_add(1)
            }

            fn before(self) -> Option<Self> {
                self.checked_sub(1)
            }
        }
    )*};
}

counts!(u16, u32);

/// Of whole days only.
impl Step for PartialDate {
    fn after(self) -> Option<Self> {
        let (year, month, day) = (self.year(), self.month()?, self.day()?);
        PartialDate::new(year, Some(month), Some(day + 1))
            .or_else(|| PartialDate::new(year, Some(month + 1), Some(1)))
            .or_else(|| PartialDate::new(year + 1, Some(1), Some(1)))
    }

    fn before(self) -> Option<Self> {
        let (year, month, day) = (self.year(), self.month()?, self.day()?);
        match (month, day) {
            (_, 2..) => PartialDate::new(year, Some(month), Some(day - 1)),
            (2.., _) => PartialDate::new(year, Some(month - 1), None).map(PartialDate::latest),
            _ => PartialDate::new(year - 1, None, None).map(PartialDate::latest),
        }
    }
}
